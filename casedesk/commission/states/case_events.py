"""What a commission brings onto the timeline of a case."""

from casedesk.common.events import EventType

COMMISSION_EVENTS = (
    EventType(
        "commission_listed",
        "Вынесено на комиссию",
        "{meeting}: {reason}",
        fields=("meeting", "reason"),
        term="день заседания",
        term_inclusive=True,
        icon="users",
        tone="info",
    ),
    EventType(
        "commission_summoned",
        "Должник приглашён на комиссию",
        "{meeting}: приглашение № {number}, {channel}, {proof}",
        fields=("meeting", "number", "channel", "proof"),
        icon="send",
    ),
    EventType(
        "commission_decided",
        "Решение комиссии",
        "{minutes}: {decision}",
        fields=("minutes", "decision"),
        term="срок исполнения",
        term_inclusive=True,
        icon="gavel",
        tone="info",
    ),
    EventType(
        "commission_carried_out",
        "Решение комиссии исполнено",
        "{decision}: {note}",
        fields=("decision", "note"),
        icon="check",
        tone="ok",
    ),
)
