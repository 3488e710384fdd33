"""What receptions, consultations, appeals and letters leave on the timeline of a case."""

from casedesk.common.events import EventType

OUTREACH_EVENTS = (
    EventType(
        "outreach_recorded",
        "Работа с должником",
        "{what}: {text}",
        fields=("what", "text"),
        icon="user-check",
        tone="info",
    ),
    EventType(
        "outreach_reversed",
        "Запись снята",
        "{what} {happened}: {why}",
        fields=("what", "happened", "why"),
        icon="undo-2",
    ),
)
