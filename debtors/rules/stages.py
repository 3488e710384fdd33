"""The vocabulary of a case file: stages, whose turn it is, what stops it. Words only, so that rules need no database."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case file stands: the last thing that moved it. Terms run inside a stage; days alone never change it."""

    OPENED = "opened"
    REMINDER_READY = "reminder_ready"
    REMINDER_SENT = "reminder_sent"
    CLAIM_READY = "claim_ready"
    IN_COURT = "in_court"
    DEFECTS = "defects"
    CLAIM_RETURNED = "claim_returned"
    AWARDED = "awarded"
    CLAIM_LOST = "claim_lost"
    ORDER_SET_ASIDE = "order_set_aside"
    IN_FORCE = "in_force"
    WRIT = "writ"
    PRESENTED = "presented"
    PROCEEDING = "proceeding"
    RETURNED = "returned"
    CLOSED = "closed"


STAGE_NAMES = {
    Stage.OPENED: "Открыто",
    Stage.REMINDER_READY: "Напоминание подготовлено",
    Stage.REMINDER_SENT: "Напоминание вручено",
    Stage.CLAIM_READY: "Требование подготовлено",
    Stage.IN_COURT: "В суде",
    Stage.DEFECTS: "Оставлено без движения",
    Stage.CLAIM_RETURNED: "Суд вернул требование",
    Stage.AWARDED: "Долг присуждён",
    Stage.CLAIM_LOST: "Суд отказал",
    Stage.ORDER_SET_ASIDE: "Приказ отменён",
    Stage.IN_FORCE: "Акт вступил в силу",
    Stage.WRIT: "Есть исполнительный документ",
    Stage.PRESENTED: "Предъявлен",
    Stage.PROCEEDING: "У приставов",
    Stage.RETURNED: "Возвращено приставами",
    Stage.CLOSED: "Закрыто",
}
LIVE_STAGES = frozenset(Stage) - {Stage.CLOSED}
PRE_TRIAL = frozenset({Stage.OPENED, Stage.REMINDER_READY, Stage.REMINDER_SENT, Stage.CLAIM_READY})
COURT = frozenset(
    {
        Stage.CLAIM_READY,
        Stage.IN_COURT,
        Stage.DEFECTS,
        Stage.CLAIM_RETURNED,
        Stage.AWARDED,
        Stage.CLAIM_LOST,
        Stage.ORDER_SET_ASIDE,
        Stage.IN_FORCE,
    }
)
"""Stages that a claim leads to."""
BEYOND_COURT = frozenset({Stage.WRIT, Stage.PRESENTED, Stage.PROCEEDING, Stage.RETURNED})
"""A writ is there: what happens to further claims leaves the case with it."""


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
    INCAPABLE = "incapable"
    LIQUIDATED = "liquidated"


FLAG_NAMES = {
    FlagKind.MALICIOUS: "злостный неплательщик",
    FlagKind.DECEASED: "должник умер",
    FlagKind.BANKRUPT: "банкрот",
    FlagKind.HARDSHIP: "трудное положение",
    FlagKind.DISPUTED: "спорит с долгом",
    FlagKind.INCAPABLE: "недееспособен",
    FlagKind.LIQUIDATED: "организация ликвидирована",
}


def choices(names: dict) -> list[tuple[str, str]]:
    """A dictionary of names as choices of a model field or a form."""
    return [(str(code), name) for code, name in names.items()]


STAGE_CHOICES = choices(STAGE_NAMES)
