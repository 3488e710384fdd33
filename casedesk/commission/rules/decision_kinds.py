"""What a commission may decide on a case: typed, each with what it asks of whom and what in the case shows that it is done."""

from dataclasses import dataclass
from enum import StrEnum


class DecisionKind(StrEnum):
    """A kind of decision (вид решения)."""

    AGREEMENT = "agreement"
    PAY_BY = "pay_by"
    CLAIM = "claim"
    EVICTION = "eviction"
    RESTRICTION = "restriction"
    WRITE_OFF = "write_off"
    SUPPORT = "support"
    SUPERVISION = "supervision"
    MALICIOUS = "malicious"
    HEAR_AGAIN = "hear_again"
    NOTED = "noted"


@dataclass(frozen=True)
class KindOfDecision:
    """`days`: the usual term of the task, None when nothing is to be done; `shown_by`: the fact that ends the task."""

    name: str
    days: int | None
    about: str
    shown_by: str = ""
    needs_addressee: bool = False


KINDS: dict[str, KindOfDecision] = {
    DecisionKind.AGREEMENT: KindOfDecision(
        "предложить соглашение о рассрочке", 14, "Исполнено, когда соглашение подписано.", shown_by="agreement"
    ),
    DecisionKind.PAY_BY: KindOfDecision("оплатить долг", 30, "Исполнено, когда просроченного долга нет.", shown_by="paid"),
    DecisionKind.CLAIM: KindOfDecision("обратиться в суд", 30, "Исполнено, когда требование подано.", shown_by="claim"),
    DecisionKind.EVICTION: KindOfDecision(
        "подать иск о выселении нанимателя", 60, "Исполнено, когда подан иск о выселении (ЖК РФ ст. 90).", shown_by="eviction"
    ),
    DecisionKind.RESTRICTION: KindOfDecision(
        "ограничить коммунальную услугу",
        30,
        "Исполнено, когда услуга ограничена или приостановлена (ПП РФ от 06.05.2011 № 354, п. 117-119).",
        shown_by="restriction",
    ),
    DecisionKind.WRITE_OFF: KindOfDecision(
        "рекомендовать списание долга",
        60,
        "Списание решает взыскатель своим порядком. Исполнено, когда акт о списании утверждён.",
        shown_by="write_off",
    ),
    DecisionKind.SUPPORT: KindOfDecision(
        "направить в социальную защиту", 14, "За субсидией или другой помощью.", needs_addressee=True
    ),
    DecisionKind.SUPERVISION: KindOfDecision(
        "передать сведения в надзорный орган", 10, "Какой орган и о чём, пишут в решении.", needs_addressee=True
    ),
    DecisionKind.MALICIOUS: KindOfDecision(
        "признать злостным неплательщиком", None, "Отметка на деле ставится в день подписания протокола."
    ),
    DecisionKind.HEAR_AGAIN: KindOfDecision("рассмотреть повторно", None, "Дело само встаёт в повестку следующего заседания."),
    DecisionKind.NOTED: KindOfDecision("принять к сведению", None, "Ничего делать не нужно."),
}
KIND_NAMES = {str(code): kind.name for code, kind in KINDS.items()}
TASKS = frozenset(code for code, kind in KINDS.items() if kind.days is not None)
"""Kinds that become a task with a day and somebody responsible."""
