"""How differences and their settlements are named, and which settlement a type of difference proposes."""

from enum import StrEnum

from enforcement.rules.reconciliation_compare import Kind, Status
from enforcement.rules.reconciliation_match import By


class Resolution(StrEnum):
    """How a difference was settled."""

    PRESENTED_AGAIN = "presented_again"
    REGISTERED = "registered"
    THEIRS_TAKEN = "theirs_taken"
    OURS_CONFIRMED = "ours_confirmed"
    NOTIFIED = "notified"
    END_TAKEN = "end_taken"
    TRANSFER_TAKEN = "transfer_taken"
    REPEAT_DROPPED = "repeat_dropped"
    OTHER = "other"
    GONE = "gone"


KIND_NAMES = {
    Kind.NOT_RECEIVED: "не поступал в отдел",
    Kind.UNKNOWN_TO_US: "нет у взыскателя",
    Kind.SUM_DIFFERS: "суммы расходятся",
    Kind.PAID_DIRECTLY: "оплачено напрямую",
    Kind.ENDED: "окончено по статье",
    Kind.TRANSFERRED: "передано в другой отдел",
    Kind.DUPLICATE: "повтор",
}
KIND_TONES = {
    Kind.NOT_RECEIVED: "danger",
    Kind.UNKNOWN_TO_US: "warn",
    Kind.SUM_DIFFERS: "danger",
    Kind.PAID_DIRECTLY: "info",
    Kind.ENDED: "court",
    Kind.TRANSFERRED: "court",
    Kind.DUPLICATE: "warn",
}
RESOLUTION_NAMES = {
    Resolution.PRESENTED_AGAIN: "предъявлен повторно",
    Resolution.REGISTERED: "учтён у взыскателя",
    Resolution.THEIRS_TAKEN: "приняты данные отдела",
    Resolution.OURS_CONFIRMED: "верны данные взыскателя",
    Resolution.NOTIFIED: "отдел уведомлён о платеже",
    Resolution.END_TAKEN: "окончание принято к учёту",
    Resolution.TRANSFER_TAKEN: "передача принята к учёту",
    Resolution.REPEAT_DROPPED: "повтор исключён",
    Resolution.OTHER: "иное, см. причину",
    Resolution.GONE: "устранено: стороны сошлись",
}
FITTING: dict[Kind, tuple[Resolution, ...]] = {
    Kind.NOT_RECEIVED: (Resolution.PRESENTED_AGAIN, Resolution.OURS_CONFIRMED, Resolution.OTHER),
    Kind.UNKNOWN_TO_US: (Resolution.REGISTERED, Resolution.OURS_CONFIRMED, Resolution.OTHER),
    Kind.SUM_DIFFERS: (Resolution.THEIRS_TAKEN, Resolution.OURS_CONFIRMED, Resolution.OTHER),
    Kind.PAID_DIRECTLY: (Resolution.NOTIFIED, Resolution.THEIRS_TAKEN, Resolution.OTHER),
    Kind.ENDED: (Resolution.END_TAKEN, Resolution.OURS_CONFIRMED, Resolution.OTHER),
    Kind.TRANSFERRED: (Resolution.TRANSFER_TAKEN, Resolution.OURS_CONFIRMED, Resolution.OTHER),
    Kind.DUPLICATE: (Resolution.REPEAT_DROPPED, Resolution.OTHER),
}
"""What fits a type; the first one is proposed."""

STATUS_NAMES = {
    Status.PRESENTED: "предъявлен",
    Status.OPEN: "на исполнении",
    Status.FINISHED: "окончено",
    Status.TERMINATED: "прекращено",
    Status.REFUSED: "отказано в возбуждении",
    Status.NOT_RECEIVED: "ИД не поступал",
    Status.TRANSFERRED: "передано в другой отдел",
    Status.UNSAID: "не указано",
}
BY_NAMES = {
    By.WRIT: "по номеру документа и должнику",
    By.PROCEEDING: "по номеру производства",
    By.HAND: "соединено вручную",
    By.NOTHING: "пары нет",
}
STATES = {"draft": "черновик", "exchanged": "направлена отделу", "in_work": "в работе", "signed": "подписана"}
STATE_TONES = {"draft": "", "exchanged": "info", "in_work": "warn", "signed": "ok"}
