"""Reading one payment purpose (назначение платежа): what it names, who speaks, how sure we are and why.

The text alone is read here; whether a number is one of ours is for the matching ladder to ask. Certainty is a share of 1:
0.9 and more is an exact key; 0.5-0.9 a key that needs a second sign; below, a hint for a person.
"""

import re
from dataclasses import dataclass

from casedesk.common.text import clean
from imports.matching import names, tokens

LIMIT = 1000
"""Characters that are read; what follows is no purpose."""

_BUDGET = re.compile(
    r"исполнительск\w* сбор|госпошлин|государственн\w* пошлин|(?<!без )налог(?!\w* (?:на добавл|\(?ндс))|штраф", re.IGNORECASE
)
_EMPLOYER = re.compile(r"удерж\w+ из (?:з/п|заработн)|алимент", re.IGNORECASE)
_BANK = re.compile(r"\d{2}ПБ|взыскани\w+ по ИД от", re.IGNORECASE)
_BAILIFF = re.compile(
    r"(?<![а-яё])(?:и/п|и/л|и/д|ип(?= ?(?:№|\d))|сп|с/п|с/пр|суд\.?пр|спи|осп|фссп|исп\.? ?(?:пост|пр)|исполнительн"
    r"|судебный приказ|взыск|д-к|должник|долг(?! за))",
    re.IGNORECASE,
)
_WRIT_CONTEXT = re.compile(
    r"приказ|с/п|суд\.?пр|(?<![а-яё])ид(?![а-яё])|и/д|и/л|лист|дел[оу]|взыск|долг|должник|№ ?сп-|по документу", re.IGNORECASE
)
_OWN_WORDS = re.compile(r"долг за |оплата (?:за )?(?:жку|тепл|вод|газ|свет|квартир)", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"(?:сч[её]т\w*|договор\w*|накладн\w*|акт\w*) ?(?:№|N)? ?$", re.IGNORECASE)
_REFUND = re.compile(r"возврат|ошибочно перечисл", re.IGNORECASE)
_SALARY = re.compile(r"(?:перечисление |^|} ?)заработн\w+ плат\w+ (?:по реестру|резиденту|за )", re.IGNORECASE)
_BETWEEN_DEPARTMENTS = re.compile(r"в друг\w+ ОСП|по распоряж", re.IGNORECASE)
_REGISTER = re.compile(r"согласно реестру (?:за|от|№)|по реестру (?:№|за|от)|платеж\w+\. комисси", re.IGNORECASE)

OBJECTIONS = {
    "budget": (_BUDGET, "сбор, пошлина или налог: не деньги взыскателя"),
    "refund": (_REFUND, "возврат ошибочно перечисленного"),
    "between": (_BETWEEN_DEPARTMENTS, "передача денег между отделами"),
    "salary": (_SALARY, "заработная плата: не оплата долга"),
    "register": (_REGISTER, "итог реестра: разносится по реестру"),
}
"""What a text may say against being a payment of a debt: code -> (pattern, words)."""


@dataclass(frozen=True)
class Purpose:
    """What a purpose says. Absent is None. `kind` tells whose words these are."""

    purpose: str
    kind: str
    proceeding: str | None
    consolidated: str | None
    writ: str | None
    court_case: str | None
    uin: str | None
    debtor: str | None
    account: str | None
    period: str | None
    confidence: float
    why: str


@dataclass(frozen=True)
class Examined:
    """A purpose read, with every token of it and what speaks against booking it: a code of `OBJECTIONS`, or nothing."""

    purpose: Purpose
    tokens: tokens.Tokens
    text: str
    objection: str = ""
    cut: bool = False


def read(raw: str) -> Purpose:
    """Read a purpose of any length in linear time. Never fails: a text that says nothing gives an empty reading."""
    return examine(raw).purpose


def examine(raw: str) -> Examined:
    """Read a purpose with all its tokens: what the matching ladder needs."""
    joined = tokens.cut_number(raw)
    text = clean(re.sub(r"(?<=\d) ?[\r\n]+ ?(?=\d)", "", raw[:LIMIT].replace("\x00", " ")))
    cut_at = tokens.BANK_FIELD if len(text) >= tokens.BANK_FIELD else None
    found = tokens.read(text, cut_at=cut_at, joined=joined)
    writ, case = _writ(text, found)
    proceeding, doubt = _proceeding(found)
    debtor = names.debtor(text)
    account = found.accounts[0].text if len(found.accounts) == 1 else None
    confidence, why = _certainty(text, found, proceeding, doubt, writ, debtor, account)
    said = Purpose(
        purpose=raw,
        kind=_kind(text, proceeding, account),
        proceeding=proceeding,
        consolidated=found.consolidated[0].text if found.consolidated else None,
        writ=writ.text if writ else None,
        court_case=case,
        uin=found.uin.text if found.uin else None,
        debtor=debtor,
        account=account,
        period=found.period,
        confidence=confidence,
        why=why,
    )
    return Examined(said, found, text, objection(text), cut_at is not None)


def _proceeding(found: tokens.Tokens) -> tuple[str | None, str]:
    if len(found.proceedings) > 1:
        return None, "названо несколько производств: сумму делит человек"
    if found.proceedings:
        return found.proceedings[0].text, found.proceedings[0].doubt
    restored = tokens.proceeding_from_uin(found.uin.text) if found.uin else None
    return restored, "номер производства восстановлен из УИН" if restored else ""


def _writ(text: str, found: tokens.Tokens) -> tuple[tokens.Number | None, str | None]:
    """The writ's number and the court case. An order's number is the case's; an invoice of the same shape is neither."""
    orders = [order for order in found.orders if not _OTHER_NUMBER.search(text[max(0, order.start - 20) : order.start])]
    if not _WRIT_CONTEXT.search(text):
        orders = []
    case = next((order.text for order in orders if "/" in order.text), None)
    if found.writs:
        writ = found.writs[0]
        if writ.date is None and orders:
            writ = tokens.Number(writ.text, writ.start, writ.end, orders[0].date)
        return writ, case
    return (orders[0], case) if orders else (None, None)


def _kind(text: str, proceeding: str | None, account: str | None) -> str:
    if _BUDGET.search(text):
        return "budget"
    if _EMPLOYER.search(text):
        return "employer"
    if _REFUND.search(text) or _REGISTER.search(text):
        return "other"
    if proceeding is None and _BANK.search(text):
        return "bank"
    if proceeding is None and (account or _OWN_WORDS.search(text)):
        return "debtor"
    return "bailiff" if proceeding or _BAILIFF.search(text) else "other"


def _certainty(
    text: str,
    found: tokens.Tokens,
    proceeding: str | None,
    doubt: str,
    writ: tokens.Number | None,
    debtor: str | None,
    account: str | None,
) -> tuple[float, str]:
    against = _against(text)
    if against:
        return 0.2, against
    if proceeding:
        return (0.4, doubt) if doubt else (0.98, f"назван номер производства {proceeding}")
    if doubt:
        return 0.2, doubt
    if writ:
        return _certainty_of_writ(found, writ, debtor)
    if account:
        return 0.95, f"назван лицевой счёт {account}"
    if debtor:
        return 0.3, f"названо только имя: {debtor}"
    return 0.0, "в тексте нет ни номера, ни имени"


def _certainty_of_writ(found: tokens.Tokens, writ: tokens.Number, debtor: str | None) -> tuple[float, str]:
    """A writ's or order's number is an exact key only with its date or a name beside it, an order's only with its year."""
    if writ.doubt:
        return 0.4, writ.doubt
    second = "дата" if writ.date else "имя должника" if debtor else ""
    if second and (found.writs or "/" in writ.text):
        return 0.95, f"назван документ {writ.text} и {second}"
    return 0.6, f"назван документ {writ.text}, но нет года, даты или имени: подтверждает человек"


def objection(text: str) -> str:
    """The code of what speaks against booking the text as a payment of a debt, or an empty string."""
    return next((code for code, (pattern, _) in OBJECTIONS.items() if pattern.search(text)), "")


def _against(text: str) -> str:
    code = objection(text)
    return OBJECTIONS[code][1] if code and code != "salary" else ""
