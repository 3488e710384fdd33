"""What contact with a debtor leaves on the timeline of a case."""

from casedesk.common.events import EventType
from debtors.rules.stages import Turn

CONTACT_EVENTS = (
    EventType(
        "contacted",
        "Обращение к должнику",
        "{channel}: {step}, {total_kopecks} ₽",
        fields=("channel", "step", "total_kopecks"),
        turn=Turn.DEBTOR,
        icon="message-square",
    ),
    EventType("letter_posted", "Письмо сдано на почту", "{tracking}", fields=("tracking",), icon="mail"),
    EventType("talked", "Разговор с должником", "{channel}: {outcome}", fields=("channel", "outcome"), icon="phone"),
    EventType(
        "promise_made",
        "Обещал оплатить",
        "{total_kopecks} ₽",
        fields=("total_kopecks",),
        term="обещание",
        term_inclusive=True,
        turn=Turn.DEBTOR,
        icon="hand-coins",
        tone="info",
    ),
    EventType(
        "promise_kept",
        "Обещание сдержано",
        "оплачено {paid_kopecks} ₽ из {total_kopecks} ₽",
        fields=("paid_kopecks", "total_kopecks"),
        icon="circle-check",
        tone="ok",
    ),
    EventType(
        "promise_broken",
        "Обещание нарушено",
        "оплачено {paid_kopecks} ₽ из {total_kopecks} ₽",
        fields=("paid_kopecks", "total_kopecks"),
        turn=Turn.CREDITOR,
        icon="circle-alert",
        tone="danger",
    ),
    EventType("promise_withdrawn", "Обещание снято", "{why}", fields=("why",), icon="undo-2"),
)
