"""The vocabulary of a claim: its kinds, where it may stand, whose turn it is there. Words only, no database."""

from enum import StrEnum

from debtors.rules.stages import Turn, choices


class ClaimKind(StrEnum):
    """By which way a debt is taken to court."""

    ORDER = "order"
    LAWSUIT = "lawsuit"
    EVICTION = "eviction"
    ARBITRAZH = "arbitrazh"
    ARBITRAZH_ORDER = "arbitrazh_order"


KIND_NAMES = {
    ClaimKind.ORDER: "заявление о судебном приказе",
    ClaimKind.LAWSUIT: "исковое заявление",
    ClaimKind.EVICTION: "иск о выселении",
    ClaimKind.ARBITRAZH: "иск в арбитражный суд",
    ClaimKind.ARBITRAZH_ORDER: "заявление об арбитражном приказе",
}
KIND_SHORT = {
    ClaimKind.ORDER: "приказ",
    ClaimKind.LAWSUIT: "иск",
    ClaimKind.EVICTION: "выселение",
    ClaimKind.ARBITRAZH: "арбитраж",
    ClaimKind.ARBITRAZH_ORDER: "арбитражный приказ",
}
ORDERS = frozenset({ClaimKind.ORDER, ClaimKind.ARBITRAZH_ORDER})
LAWSUITS = frozenset({ClaimKind.LAWSUIT, ClaimKind.EVICTION, ClaimKind.ARBITRAZH})
IN_ARBITRAZH = frozenset({ClaimKind.ARBITRAZH, ClaimKind.ARBITRAZH_ORDER})


class ClaimStage(StrEnum):
    """Where a claim stands: the last court event that moved it."""

    PREPARED = "prepared"
    FILED = "filed"
    DEFECTIVE = "defective"
    ACCEPTED = "accepted"
    ORDER_ISSUED = "order_issued"
    OBJECTED = "objected"
    JUDGED = "judged"
    JUDGED_AGAINST = "judged_against"
    APPEALED = "appealed"
    IN_FORCE = "in_force"
    WRIT_ISSUED = "writ_issued"
    DISMISSED = "dismissed"
    RENOUNCED = "renounced"
    DROPPED = "dropped"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNHEARD = "unheard"
    SET_ASIDE = "set_aside"


CLAIM_STAGE_NAMES = {
    ClaimStage.PREPARED: "Подготовлено",
    ClaimStage.FILED: "Подано в суд",
    ClaimStage.DEFECTIVE: "Оставлено без движения",
    ClaimStage.ACCEPTED: "Принято судом",
    ClaimStage.ORDER_ISSUED: "Приказ вынесен",
    ClaimStage.OBJECTED: "Есть возражения",
    ClaimStage.JUDGED: "Есть решение",
    ClaimStage.JUDGED_AGAINST: "В иске отказано",
    ClaimStage.APPEALED: "Обжалуется",
    ClaimStage.IN_FORCE: "Вступило в силу",
    ClaimStage.WRIT_ISSUED: "Выдан исполнительный документ",
    ClaimStage.DISMISSED: "Отказ вступил в силу",
    ClaimStage.RENOUNCED: "Отказались от иска",
    ClaimStage.DROPPED: "Отменено до подачи",
    ClaimStage.RETURNED: "Возвращено судом",
    ClaimStage.REFUSED: "Отказано в принятии",
    ClaimStage.WITHDRAWN: "Отозвано",
    ClaimStage.UNHEARD: "Оставлено без рассмотрения",
    ClaimStage.SET_ASIDE: "Приказ отменён",
}

FREED = frozenset(
    {
        ClaimStage.DROPPED,
        ClaimStage.RETURNED,
        ClaimStage.REFUSED,
        ClaimStage.WITHDRAWN,
        ClaimStage.UNHEARD,
        ClaimStage.SET_ASIDE,
    }
)
"""The claim lets its kopecks go: another may take them to court again."""

HOLDING = frozenset(ClaimStage) - FREED
"""The claim holds its kopecks. A judgment that refused holds them too: the same claim is not heard twice (ГПК РФ ст. 134)."""

DECIDED = frozenset({ClaimStage.WRIT_ISSUED, ClaimStage.DISMISSED, ClaimStage.RENOUNCED})
"""Nothing more is expected of the court."""

UNDER_WAY = HOLDING - DECIDED
GRANTED = frozenset({ClaimStage.ORDER_ISSUED, ClaimStage.JUDGED, ClaimStage.IN_FORCE, ClaimStage.WRIT_ISSUED})

STAGE_TURNS = {
    ClaimStage.PREPARED: Turn.CREDITOR,
    ClaimStage.FILED: Turn.COURT,
    ClaimStage.DEFECTIVE: Turn.CREDITOR,
    ClaimStage.ACCEPTED: Turn.COURT,
    ClaimStage.ORDER_ISSUED: Turn.DEBTOR,
    ClaimStage.OBJECTED: Turn.COURT,
    ClaimStage.JUDGED: Turn.DEBTOR,
    ClaimStage.JUDGED_AGAINST: Turn.CREDITOR,
    ClaimStage.APPEALED: Turn.COURT,
    ClaimStage.IN_FORCE: Turn.CREDITOR,
    ClaimStage.RETURNED: Turn.CREDITOR,
    ClaimStage.REFUSED: Turn.CREDITOR,
    ClaimStage.UNHEARD: Turn.CREDITOR,
    ClaimStage.SET_ASIDE: Turn.CREDITOR,
}

STAGE_CHOICES = choices(CLAIM_STAGE_NAMES)
KIND_CHOICES = choices(KIND_NAMES)
