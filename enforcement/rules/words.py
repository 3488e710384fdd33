"""The vocabulary of enforcement: states of a writ, grounds on which it leaves, measures, what may be decided after a return.

Words only, so that rules and tables of moves need no database.
"""

from enum import StrEnum


class WritState(StrEnum):
    """Where a writ stands: the last thing that happened to the paper. Days alone never change it."""

    IN_HAND = "in_hand"
    PRESENTED = "presented"
    EXECUTING = "executing"
    RETURNED = "returned"
    LOST = "lost"
    EXECUTED = "executed"
    ENDED = "ended"
    RECALLED = "recalled"
    REPLACED = "replaced"


STATE_NAMES = {
    WritState.IN_HAND: "На руках",
    WritState.PRESENTED: "Предъявлен",
    WritState.EXECUTING: "Исполняется",
    WritState.RETURNED: "Возвращён",
    WritState.LOST: "Утрачен",
    WritState.EXECUTED: "Исполнен",
    WritState.ENDED: "Окончен без исполнения",
    WritState.RECALLED: "Отозван судом",
    WritState.REPLACED: "Заменён дубликатом",
}
AWAY = frozenset({WritState.PRESENTED, WritState.EXECUTING})
"""The paper is with whoever must obey it."""
FINAL = frozenset({WritState.EXECUTED, WritState.ENDED, WritState.RECALLED, WritState.REPLACED})
WORKING = frozenset(WritState) - FINAL


class Addressee(StrEnum):
    """Who must obey a presented writ."""

    BAILIFFS = "bailiffs"
    BANK = "bank"
    EMPLOYER = "employer"


ADDRESSEE_NAMES = {
    Addressee.BAILIFFS: "судебные приставы",
    Addressee.BANK: "банк",
    Addressee.EMPLOYER: "работодатель",
}

WITHDRAWN, REFUSED, EXECUTED, UNEXECUTED, LOST, UNNAMED = "withdrawn", "refused", "executed", "unexecuted", "lost", "47"
GROUND_NAMES = {
    "executed": "исполнен полностью",
    "withdrawn": "отозван взыскателем",
    "refused": "отказано в возбуждении (ст. 31)",
    "lost": "утрачен адресатом",
    "unexecuted": "возвращён банком или работодателем без полного исполнения",
    "46.1.2": "ст. 46 ч. 1 п. 2: невозможно исполнить действие",
    "46.1.3": "ст. 46 ч. 1 п. 3: не найден должник, его имущество, счета",
    "46.1.4": "ст. 46 ч. 1 п. 4: нет имущества, на которое обратить взыскание",
    "46.1.5": "ст. 46 ч. 1 п. 5: взыскатель отказался от имущества",
    "46.1.6": "ст. 46 ч. 1 п. 6: взыскатель мешает исполнению",
    "47.1.1": "ст. 47 ч. 1 п. 1: исполнен фактически",
    "47.1.2": "ст. 47 ч. 1 п. 2: исполнен одним из солидарных должников",
    "47.1.3": "ст. 47 ч. 1 п. 3: извещение о невозможности взыскания",
    "47.1.4": "ст. 47 ч. 1 п. 4: возвращён по требованию суда",
    "47.1.6": "ст. 47 ч. 1 п. 6: ликвидация должника-организации",
    "47.1.7": "ст. 47 ч. 1 п. 7: банкротство должника",
    "47.1.8": "ст. 47 ч. 1 п. 8: копия направлена работодателю",
    "43": "ст. 43: производство прекращено",
    "47": "окончено, основание не названо",
}
"""Grounds on which a stay or a proceeding ends, as people choose them; registers may bring further ones."""
RETURN_GROUNDS = ("46.1.2", "46.1.3", "46.1.4", "46.1.5", "46.1.6")
END_GROUNDS = ("47.1.1", "47.1.2", "47.1.4", "47.1.6", "47.1.7", "47.1.8", "43")


class MeasureKind(StrEnum):
    """What a bailiff does in a proceeding (исполнительные действия и меры)."""

    ACCOUNTS = "accounts"
    WAGES = "wages"
    TRAVEL_BAN = "travel_ban"
    PROPERTY = "property"
    REGISTRATION_BAN = "registration_ban"
    SEARCH = "search"
    OTHER = "other"


MEASURE_NAMES = {
    MeasureKind.ACCOUNTS: "взыскание на счета",
    MeasureKind.WAGES: "удержание из зарплаты или пенсии",
    MeasureKind.TRAVEL_BAN: "ограничение на выезд",
    MeasureKind.PROPERTY: "арест имущества",
    MeasureKind.REGISTRATION_BAN: "запрет регистрационных действий",
    MeasureKind.SEARCH: "розыск",
    MeasureKind.OTHER: "иная мера",
}
MEASURE_LAW = {
    MeasureKind.ACCOUNTS: "229-ФЗ ст. 70, 81",
    MeasureKind.WAGES: "229-ФЗ ст. 98, 99",
    MeasureKind.TRAVEL_BAN: "229-ФЗ ст. 67",
    MeasureKind.PROPERTY: "229-ФЗ ст. 80",
    MeasureKind.REGISTRATION_BAN: "229-ФЗ ст. 64",
    MeasureKind.SEARCH: "229-ФЗ ст. 65",
    MeasureKind.OTHER: "229-ФЗ ст. 68",
}


class Position(StrEnum):
    """What the creditor says to an act of impossibility."""

    UNDECIDED = "undecided"
    AGREED = "agreed"
    CONTESTED = "contested"


POSITION_NAMES = {
    Position.UNDECIDED: "решения нет",
    Position.AGREED: "согласны с актом",
    Position.CONTESTED: "обжалуем",
}


class Choice(StrEnum):
    """What the creditor chose to do after a return (plan row B4)."""

    PRESENT_AGAIN = "present_again"
    EVICTION = "eviction"
    EMPLOYMENT = "employment"
    PROPERTY_SEARCH = "property_search"
    BANKRUPTCY = "bankruptcy"
    WRITE_OFF = "write_off"
    OTHER = "other"


CHOICE_NAMES = {
    Choice.PRESENT_AGAIN: "предъявить снова",
    Choice.EVICTION: "иск о выселении",
    Choice.EMPLOYMENT: "помочь с работой, предъявить работодателю",
    Choice.PROPERTY_SEARCH: "искать имущество",
    Choice.BANKRUPTCY: "банкротство должника",
    Choice.WRITE_OFF: "готовить списание",
    Choice.OTHER: "другое",
}


class PropertyKind(StrEnum):
    """What became known of the debtor's property."""

    INCOME = "income"
    ACCOUNT = "account"
    VEHICLE = "vehicle"
    REAL_ESTATE = "real_estate"
    INHERITANCE = "inheritance"
    OTHER = "other"


PROPERTY_NAMES = {
    PropertyKind.INCOME: "работа или пенсия",
    PropertyKind.ACCOUNT: "счёт или вклад",
    PropertyKind.VEHICLE: "машина",
    PropertyKind.REAL_ESTATE: "недвижимость",
    PropertyKind.INHERITANCE: "наследство",
    PropertyKind.OTHER: "другое имущество",
}


class Inaction(StrEnum):
    """Which term the bailiff let pass; the keys of the calculator `procedural_terms`."""

    OPENING = "opening"
    PROCEEDING = "proceeding"
    RULING_COPY = "ruling_copy"
    TRANSFER = "transfer"


INACTION_NAMES = {
    Inaction.OPENING: "не возбуждено производство (3 рабочих дня)",
    Inaction.PROCEEDING: "два месяца без исполнения",
    Inaction.RULING_COPY: "не направлена копия постановления",
    Inaction.TRANSFER: "не перечислены взысканные деньги",
}
INACTION_LAW = {
    Inaction.OPENING: "229-ФЗ ст. 30 ч. 8",
    Inaction.PROCEEDING: "229-ФЗ ст. 36 ч. 1",
    Inaction.RULING_COPY: "229-ФЗ ст. 30 ч. 17, ст. 46, 47",
    Inaction.TRANSFER: "229-ФЗ ст. 110 ч. 1",
}


def choices(names: dict) -> list[tuple[str, str]]:
    """A dictionary of names as choices of a model field or a form."""
    return [(str(code), name) for code, name in names.items()]
