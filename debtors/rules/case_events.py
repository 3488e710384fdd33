"""The catalogue of what can happen on a case file. `enforcement` adds its own kinds when it starts.

Amounts in the data of an event are kopecks (`*_kopecks`), days ISO text; `debtors.queries.timeline` words them.
"""

from casedesk.common.events import Catalogue, EventType
from debtors.rules.outreach_events import OUTREACH_EVENTS
from debtors.rules.restriction_events import RESTRICTION_EVENTS
from debtors.rules.stages import Turn

EVENTS = Catalogue(
    [
        EventType(
            "case_opened",
            "Дело открыто",
            "Просрочено {overdue_kopecks} ₽, это {months_x100} мес. среднего начисления; старший месяц {oldest_month}",
            fields=("overdue_kopecks", "months_x100", "oldest_month", "rule"),
            term="срок на подготовку напоминания",
            turn=Turn.CREDITOR,
            icon="folder-open",
        ),
        EventType("case_closed", "Дело закрыто", "{why}", fields=("why",), icon="folder-check", tone="ok"),
        EventType("assigned", "Назначен ответственный", "{to}", fields=("to",), icon="user-check"),
        EventType("noted", "Заметка", fields=("note",), icon="sticky-note"),
        EventType(
            "reminder_prepared",
            "Напоминание подготовлено",
            "№ {number} на сумму {total_kopecks} ₽",
            fields=("number", "total_kopecks"),
            term="срок на вручение",
            turn=Turn.CREDITOR,
            icon="file-text",
        ),
        EventType("reminder_cancelled", "Напоминание отменено", "№ {number}: {why}", fields=("number", "why"), icon="file-x"),
        EventType(
            "reminder_sent",
            "Напоминание вручено",
            "№ {number}, {channel}; ждём оплату до {until}",
            fields=("number", "channel", "until"),
            term="срок на добровольную оплату",
            turn=Turn.DEBTOR,
            icon="send",
            tone="info",
        ),
        EventType(
            "hold_placed", "Дело приостановлено", "{kind}: {reason}", fields=("kind", "reason"), icon="pause", tone="warn"
        ),
        EventType("hold_lifted", "Приостановка снята", "{kind}: {reason}", fields=("kind", "reason"), icon="play"),
        EventType("flag_set", "Поставлена отметка", "{kind}: {reason}", fields=("kind", "reason"), icon="flag"),
        EventType("flag_removed", "Снята отметка", "{kind}: {reason}", fields=("kind", "reason"), icon="flag-off"),
        EventType(
            "penalty_recorded",
            "Пени зафиксированы",
            "по {through}: {total_kopecks} ₽",
            fields=("through", "total_kopecks"),
            icon="percent",
        ),
        EventType(
            "debt_written_off",
            "Долг списан",
            "{document}: {total_kopecks} ₽",
            fields=("document", "total_kopecks"),
            norm="Приказ Минфина № 34н п. 77",
            icon="eraser",
            tone="warn",
        ),
        EventType(
            "write_off_restored",
            "Списанный долг восстановлен",
            "{document}: {total_kopecks} ₽",
            fields=("document", "total_kopecks"),
            icon="undo-2",
            tone="info",
        ),
        EventType(
            "penalty_waived",
            "Пени списаны по акции",
            "{document}: {total_kopecks} ₽",
            fields=("document", "total_kopecks"),
            norm="ГК РФ ст. 415",
            icon="badge-percent",
            tone="ok",
        ),
        EventType(
            "debt_acknowledged",
            "Долг признан должником",
            "{document}; месяцы с {first_month} по {last_month}",
            fields=("document", "first_month", "last_month", "written"),
            norm="ГК РФ ст. 203, 206",
            icon="file-pen-line",
        ),
        EventType(
            "agreement_signed",
            "Заключено соглашение о рассрочке",
            "№ {number} на {total_kopecks} ₽, взносов: {parts}; месяцы с {first_month} по {last_month}",
            fields=("number", "total_kopecks", "parts", "first_month", "last_month", "written"),
            term="последний взнос",
            norm="ГК РФ ст. 203, 421",
            turn=Turn.DEBTOR,
            icon="handshake",
            tone="info",
        ),
        EventType(
            "agreement_breached",
            "Соглашение нарушено",
            "№ {number}: {why}",
            fields=("number", "why", "behind_kopecks"),
            term="срок уведомить должника",
            turn=Turn.CREDITOR,
            icon="handshake",
            tone="danger",
        ),
        EventType(
            "agreement_breach_notified",
            "Должник уведомлён о нарушении соглашения",
            "№ {number}, {channel}",
            fields=("number", "channel"),
            turn=Turn.CREDITOR,
            icon="send",
        ),
        EventType(
            "agreement_resumed", "Соглашение снова в силе", "№ {number}", fields=("number",), turn=Turn.DEBTOR, icon="handshake"
        ),
        EventType("agreement_fulfilled", "Соглашение исполнено", "№ {number}", fields=("number",), icon="handshake", tone="ok"),
        EventType(
            "agreement_ended",
            "Соглашение расторгнуто",
            "№ {number}: {why}",
            fields=("number", "why"),
            norm="ГК РФ ст. 450",
            turn=Turn.CREDITOR,
            icon="handshake",
            tone="warn",
        ),
    ]
)
EVENTS.add(*OUTREACH_EVENTS, *RESTRICTION_EVENTS)
