"""The vocabulary of a case file: stages, whose turn it is, what stops it. Words only, so that rules need no database."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case file stands: the last thing that moved it. Terms run inside a stage; days alone never change it."""

    OPENED = "opened"
    REMINDER_READY = "reminder_ready"
    REMINDER_SENT = "reminder_sent"
    WRIT = "writ"
    PROCEEDING = "proceeding"
    RETURNED = "returned"
    CLOSED = "closed"


STAGE_NAMES = {
    Stage.OPENED: "Открыто",
    Stage.REMINDER_READY: "Напоминание подготовлено",
    Stage.REMINDER_SENT: "Напоминание вручено",
    Stage.WRIT: "Есть исполнительный документ",
    Stage.PROCEEDING: "У приставов",
    Stage.RETURNED: "Возвращено приставами",
    Stage.CLOSED: "Закрыто",
}
LIVE_STAGES = frozenset(Stage) - {Stage.CLOSED}
PRE_TRIAL = frozenset({Stage.OPENED, Stage.REMINDER_READY, Stage.REMINDER_SENT})


class Turn(StrEnum):
    """Who must act for the case to move on."""

    CREDITOR = "creditor"
    DEBTOR = "debtor"
    COURT = "court"
    BAILIFF = "bailiff"


TURN_NAMES = {Turn.CREDITOR: "взыскатель", Turn.DEBTOR: "должник", Turn.COURT: "суд", Turn.BAILIFF: "приставы"}


class HoldKind(StrEnum):
    """Why work on a case is stopped for a time (приостановка)."""

    DISPUTE = "dispute"
    SUBSIDY = "subsidy"
    INHERITANCE = "inheritance"
    BANKRUPTCY = "bankruptcy"
    MORATORIUM = "moratorium"
    AGREEMENT = "agreement"


HOLD_NAMES = {
    HoldKind.DISPUTE: "спор о начислениях",
    HoldKind.SUBSIDY: "рассматривается субсидия",
    HoldKind.INHERITANCE: "наследственное дело",
    HoldKind.BANKRUPTCY: "дело о банкротстве",
    HoldKind.MORATORIUM: "мораторий",
    HoldKind.AGREEMENT: "соглашение о рассрочке",
}
HOLD_LAW = {
    HoldKind.DISPUTE: "ПП РФ от 06.05.2011 № 354, п. 31",
    HoldKind.SUBSIDY: "ЖК РФ ст. 159",
    HoldKind.INHERITANCE: "ГК РФ ст. 1154, 1175",
    HoldKind.BANKRUPTCY: "127-ФЗ ст. 213.11",
    HoldKind.MORATORIUM: "127-ФЗ ст. 9.1",
    HoldKind.AGREEMENT: "ГК РФ ст. 421, 450",
}


class FlagKind(StrEnum):
    """What everybody who opens the case must know at once (отметка)."""

    MALICIOUS = "malicious"
    DECEASED = "deceased"
    BANKRUPT = "bankrupt"
    HARDSHIP = "hardship"
    DISPUTED = "disputed"


FLAG_NAMES = {
    FlagKind.MALICIOUS: "злостный неплательщик",
    FlagKind.DECEASED: "должник умер",
    FlagKind.BANKRUPT: "банкрот",
    FlagKind.HARDSHIP: "трудное положение",
    FlagKind.DISPUTED: "спорит с долгом",
}


def choices(names: dict) -> list[tuple[str, str]]:
    """A dictionary of names as choices of a model field or a form."""
    return [(str(code), name) for code, name in names.items()]
