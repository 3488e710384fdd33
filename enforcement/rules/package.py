"""The package that goes with a writ (пакет к исполнительному документу): which papers are in, why, and what is missing.

Pure: the facts of one writ and the norms give a verdict per paper. Plan row B2: a slip with the creditor's own requisites goes
with every writ, so that the debtor pays the creditor directly.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from casedesk.common import money
from casedesk.norms.calculators import travel_ban
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.reading import Reading


class Paper(StrEnum):
    """The papers of a package; the values are the kinds of the document engine."""

    APPLICATION = "bailiff_application"
    TRAVEL_BAN = "travel_ban_petition"
    CALCULATION = "writ_calculation"
    SLIP = "payment_slip"


PAPER_NAMES = {
    Paper.APPLICATION: "Заявление приставам о возбуждении",
    Paper.TRAVEL_BAN: "Ходатайство об ограничении выезда",
    Paper.CALCULATION: "Расчёт остатка",
    Paper.SLIP: "Квитанция с кодом для оплаты",
}


@dataclass(frozen=True)
class PackageFacts:
    """What the verdicts depend on. Sums are kopecks still to be collected."""

    on: dt.date
    remaining: int
    duty: int = 0
    debtor: str = ""
    is_citizen: bool = True
    born: dt.date | None = None
    identifier: str = ""
    address: str = ""
    department: str = ""
    requisites: bool = True
    requisites_doubts: tuple[str, ...] = ()
    has_original: bool = True
    cannot_be_presented: str = ""
    """Why the writ itself cannot be presented today, in words; empty when it can."""


@dataclass(frozen=True)
class Verdict:
    """One paper: in the package or not, why, by which norm, and what has to be filled in before it can be made."""

    paper: Paper
    is_in: bool
    why: str
    norm: str = ""
    missing: tuple[str, ...] = ()
    wishes: tuple[str, ...] = field(default=())
    """What would make it better, without stopping it."""

    @property
    def name(self) -> str:
        return PAPER_NAMES[self.paper]

    @property
    def can_be_made(self) -> bool:
        return self.is_in and not self.missing


def judge(facts: PackageFacts, norms: Catalogue) -> list[Verdict]:
    """A verdict for each paper, in the order they lie in the package."""
    return [rule(facts, norms) for rule in _RULES]


def _application(facts: PackageFacts, norms: Catalogue) -> Verdict:
    missing, wishes = [], []
    if not facts.debtor:
        missing.append("имя должника")
    if not facts.address:
        missing.append("адрес должника")
    if not facts.department:
        missing.append("отдел приставов")
    if facts.cannot_be_presented:
        missing.append(facts.cannot_be_presented)
    if facts.is_citizen and facts.born is None:
        wishes.append("дата рождения: без неё приставы путают однофамильцев")
    if not facts.identifier:
        wishes.append("СНИЛС или ИНН: по ним пристав запрашивает счета и доходы")
    if not facts.requisites:
        wishes.append("реквизиты взыскателя: без них приставам некуда перечислять")
    return Verdict(
        Paper.APPLICATION, True, "документ предъявляют с заявлением", "229-ФЗ ст. 30 ч. 1, 2", tuple(missing), tuple(wishes)
    )


def _travel_ban(facts: PackageFacts, norms: Catalogue) -> Verdict:
    norm = "229-ФЗ ст. 67"
    if not facts.is_citizen:
        return Verdict(Paper.TRAVEL_BAN, False, "должник не гражданин: выезд ограничивают гражданам и предпринимателям", norm)
    threshold, reached = travel_ban_opens(facts.remaining, facts.on, norms)
    if not reached:
        why = f"остаток {money.spaced(facts.remaining)} ₽ меньше порога {money.spaced(threshold)} ₽"
        return Verdict(Paper.TRAVEL_BAN, False, why, norm)
    missing = tuple(
        word for word, given in (("имя должника", facts.debtor), ("отдел приставов", facts.department)) if not given
    )
    why = f"остаток {money.spaced(facts.remaining)} ₽ не меньше порога {money.spaced(threshold)} ₽"
    return Verdict(Paper.TRAVEL_BAN, True, why, norm, missing)


def travel_ban_opens(kopecks: int, on: dt.date, norms: Catalogue) -> tuple[int, bool]:
    """The threshold of the day in kopecks, and whether the debt opens a ban as soon as the voluntary term is over."""
    asked = {"amount": money.text(kopecks), "voluntary_term_ended": on.isoformat(), "as_of": on.isoformat()}
    answer = travel_ban.calculate(asked, Reading(norms, "ограничение на выезд"))
    return money.kopecks(answer["threshold"]), answer["allowed_from"] == on + dt.timedelta(days=1)


def _calculation(facts: PackageFacts, norms: Catalogue) -> Verdict:
    if facts.remaining <= 0:
        return Verdict(Paper.CALCULATION, False, "взыскивать нечего")
    return Verdict(Paper.CALCULATION, True, "сколько присуждено, взыскано и осталось по составляющим", "229-ФЗ ст. 110")


def _slip(facts: PackageFacts, norms: Catalogue) -> Verdict:
    if facts.remaining <= 0:
        return Verdict(Paper.SLIP, False, "платить нечего")
    missing = () if facts.requisites else ("реквизиты взыскателя: заполните их на странице «Реквизиты»",)
    why = "чтобы должник платил прямо взыскателю, минуя депозит приставов"
    return Verdict(Paper.SLIP, True, why, "ГОСТ Р 56042-2014", missing, facts.requisites_doubts)


_RULES: tuple[Callable[[PackageFacts, Catalogue], Verdict], ...] = (_application, _travel_ban, _calculation, _slip)
