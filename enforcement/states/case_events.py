"""What courts and bailiffs bring onto the timeline of a case: kinds of events that this room adds to the catalogue."""

from casedesk.common.events import EventType
from debtors.rules.stages import Turn

WRIT_EVENTS = (
    EventType(
        "writ_registered",
        "Учтён исполнительный документ",
        "{writ} на сумму {total_kopecks} ₽",
        fields=("writ", "total_kopecks"),
        term="срок предъявления",
        norm="229-ФЗ ст. 21",
        turn=Turn.CREDITOR,
        icon="gavel",
        tone="court",
    ),
    EventType(
        "proceeding_opened",
        "Производство у приставов",
        "{proceeding}, {bailiff}",
        fields=("proceeding", "bailiff"),
        term="срок исполнительных действий",
        norm="229-ФЗ ст. 36 ч. 1",
        turn=Turn.BAILIFF,
        icon="shield",
    ),
    EventType(
        "writ_returned",
        "Документ возвращён приставами",
        "{proceeding}: {ground}",
        fields=("proceeding", "ground"),
        term="срок до повторного предъявления",
        norm="229-ФЗ ст. 46 ч. 5",
        turn=Turn.CREDITOR,
        icon="undo-2",
        tone="warn",
    ),
    EventType(
        "proceeding_ended",
        "Производство окончено",
        "{proceeding}: {ground}",
        fields=("proceeding", "ground"),
        turn=Turn.CREDITOR,
        icon="shield-check",
    ),
    EventType("writ_withdrawn", "Документ снят", "{why}", fields=("why",), turn=Turn.CREDITOR, icon="eraser"),
)
