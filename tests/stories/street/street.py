"""The street itself: its households, its calendar of deeds, and the sums that they must come to."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest import mock

from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.access.rights import Role
from casedesk.common import months
from casedesk.town import TownPlan
from casedesk.town.facts import Bill, Money, TownAccount
from casedesk.town.indicators import added, by_registers
from casedesk.town.places import House, Place
from casedesk.town.plan import TownCreditor
from casedesk.town.truth import WRITTEN_OFF, Truth
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import CaseEvent, CaseFile, Debtor, Premises, UtilityAccount
from debtors.models import House as HouseRow
from enforcement.actions.run_pass import run_pass
from enforcement.models import CourtEvent
from tests.factories import access, claims
from tests.factories.town import noon

SBYT, KVARTAL = (
    TownCreditor(code, name, inn, f"4070281000000000{inn[-4:]}", "90", (), tells_means=True, names_months=False)
    for code, name, inn in (("sbyt", "АО «Сбыт»", "5199009990"), ("kvartal", "ООО «Квартал»", "5199009991"))
)
BILL = 100_000
EARLIER = 8
LATE = 8
"""What is recorded late is told in this month of the year, after a report of the seventh was made."""
"""Months billed before the first of the year."""
ELECTRICITY, HEATING, PENALTY = 5, 1, 90
BILLS_COME, PASS = 4, 5
"""Days of a month on which the bills of the month before are booked, and the morning pass is run."""


@dataclass
class Household:
    """An account of the street: what it is billed and pays is known from the beginning."""

    number: str
    house: str = "1"
    category: str = "owner"
    tenure: str = "private"
    holder: str = ""
    service: int = HEATING
    facts: TownAccount | None = None
    owed_to: str = SBYT.code
    awarded: dict[str, Callable[[], int]] = field(default_factory=dict)
    """Document of a payment -> the award on whose writ it came."""

    @property
    def row(self) -> UtilityAccount:
        return UtilityAccount.objects.select_related("premises", "creditor").get(
            creditor__code=self.owed_to, number=self.number
        )

    @property
    def case(self) -> CaseFile:
        return CaseFile.objects.get(account_links__account=self.row, account_links__is_live=True)


def _in_order(deed: tuple) -> tuple[dt.date, int]:
    return deed[:2]


@contextmanager
def the_clock_at(moment: dt.datetime) -> Iterator[None]:
    """Whatever is recorded meanwhile is recorded at the moment; the columns that the database fills included."""
    filled = [model._meta.get_field("recorded_at") for model in (CaseEvent, CourtEvent)]
    with ExitStack() as kept:
        kept.enter_context(mock.patch.object(timezone, "now", lambda: moment))
        for column in filled:
            kept.enter_context(mock.patch.dict(column.__dict__, {"_get_default": lambda: moment}))
        yield


class Street:
    """The calendar. `does` puts a deed on a day, `counts` states what it adds to an indicator of that day's month."""

    def __init__(self, plan: TownPlan, creditor: TownCreditor, *, founds_commission: bool):
        self.plan, self.of, self.founds_commission = plan, creditor, founds_commission
        self.year = list(plan.span)[-12:]
        self.first = self.year[0] - EARLIER
        self.households: list[Household] = []
        self.work: dict[int, dict[str, tuple[int, ...]]] = {month: {} for month in self.year}
        self._deeds: list[tuple[dt.date, int, Callable[[], object]]] = []
        self._claims: list[tuple[Household, dt.date, dt.date, int]] = []
        self._agreements: list[tuple[Household, dt.date, dt.date | None]] = []

    # --- people -------------------------------------------------------------------------------------------------------
    def settle(self) -> None:
        """The creditor, its people, the municipality and the department."""
        self.land = access.territory()
        self.creditor = Organisation.objects.create(
            kind="creditor", code=self.of.code, name=self.of.name, inn=self.of.inn, territory=self.land
        )
        self.officer = access.person(Role.LEGAL_OFFICER, self.creditor, username=f"{self.of.code}-officer")
        self.chief = access.person(Role.LEGAL_OFFICER, self.creditor, username=f"{self.of.code}-chief")
        self.department = access.department(f"osp-{self.of.code}")
        self.hall = access.municipality()
        self.clerk = access.person(Role.PLAN_SUPERVISOR, self.hall, username=f"{self.of.code}-hall")
        for one in self.households:
            self._move_in(one)

    def _move_in(self, one: Household) -> None:
        address = f"ул. {self.of.code}, д. {one.house}"
        house, _ = HouseRow.objects.get_or_create(
            territory=self.land, address_key=address.lower(), defaults={"address": address}
        )
        flat = Premises.objects.create(house=house, number=one.number, number_key=one.number, tenure=one.tenure)
        account = UtilityAccount.objects.create(
            creditor=self.creditor,
            number=one.number,
            premises=flat,
            category=one.category,
            holder_name=one.holder or f"Житель {one.number}",
            address_text=f"{address}, кв. {one.number}",
        )
        claims.identified(account, account.holder_name)

    def household(self, number: str, **about) -> Household:
        """A household that is billed `BILL` every month and pays nothing unless `pays` says so."""
        bill, since = about.pop("bill", BILL), about.pop("since", self.first)
        until = about.pop("until", self.plan.last)
        one = Household(number, owed_to=self.of.code, **about)
        place = Place(House("ул", "Сбытовая", one.house, "", 100), len(self.households) + 1)
        one.facts = TownAccount(
            self.of, number, one.holder, place, 5000, one.category, one.tenure, "street", False, since, True
        )
        one.facts.bills = [Bill(one.service, month, bill) for month in range(since, until + 1)]
        self.households.append(one)
        return one

    def pays(self, one: Household, day: dt.date, kopecks: int, *, means: str = "bank", award=None) -> None:
        """Money that comes in with the next bills. `award`: gives the award on whose writ it came."""
        document = f"п-{one.number}-{len(one.facts.payments)}"
        one.facts.payments.append(Money(one.service, day, kopecks, document, "ФССП" if means == "bailiff" else means))
        if award:
            one.awarded[document] = award

    # --- the calendar -------------------------------------------------------------------------------------------------
    def does(self, day: dt.date, deed: Callable[[], object], *, told_on: dt.date | None = None) -> None:
        """`told_on`: the deed of the day is recorded only then."""
        self._deeds.append((told_on or day, len(self._deeds), deed))

    def counts(self, name: str, day: dt.date, *parts: int) -> None:
        """What the judge adds to the parts of an indicator for the month of the day."""
        month = months.of(day)
        if month in self.work:
            self.work[month] = added(self.work[month], {name: parts})

    def claims(self, one: Household, filed_on: dt.date, kopecks: int, *, until: dt.date | None = None) -> None:
        """So much of the household's debt stands in court from the day on, perhaps until another (row Z6b)."""
        self._claims.append((one, filed_on, until or dt.date.max, kopecks))

    def keeps_agreement(self, one: Household, since: dt.date, until: dt.date | None) -> None:
        """An agreement stops the claims of its household while it is kept."""
        self._agreements.append((one, since, until))

    def house(self, name: str) -> int:
        """The id of a house of the street."""
        return HouseRow.objects.get(address=f"ул. {self.of.code}, д. {name}").pk

    @property
    def next_on(self) -> dt.date | None:
        """The day of the next deed."""
        return min(self._deeds, key=_in_order)[0] if self._deeds else None

    def do_next(self) -> None:
        deed = min(self._deeds, key=_in_order)
        self._deeds.remove(deed)
        with the_clock_at(noon(deed[0])):
            deed[2]()

    def bill_every_month(self) -> None:
        """Put the coming of bills and the morning passes into the calendar, before all other deeds of their days."""
        for month in range(self.year[0], self.plan.last + 2):
            day = months.first_day(month).replace(day=BILLS_COME)
            self._deeds.append((day, -2, lambda day=day: self._book(day)))
            morning = day.replace(day=PASS)
            self._deeds.append((morning, -1, lambda day=morning: run_pass(creditor=self.creditor, on=day, by=None)))
        self._booked = 0

    def _book(self, day: dt.date) -> None:
        """Bills and payments of the month before (the first time: of all months before) come in one register."""
        newest = months.of(day) - 1
        span = range(self._booked + 1 if self._booked else 0, newest + 1)
        self._booked, facts = newest, []
        accounts = dict(UtilityAccount.objects.filter(creditor=self.creditor).values_list("number", "pk"))
        for one in self.households:
            account = accounts[one.number]
            for bill in one.facts.bills:
                if bill.month in span:
                    facts.append(StagedFact(len(facts) + 1, account, bill.service, month=bill.month, charged=bill.charged))
            for paid in one.facts.payments:
                if months.of(paid.day) in span and paid.means != WRITTEN_OFF:
                    facts.append(self._money(len(facts) + 1, account, one, paid))
        at = noon(day)
        book_facts(creditor=self.creditor, facts=facts, about=f"реестр {newest}", by=None, learnt_at=at, on=day)

    def _money(self, row: int, account: int, one: Household, paid: Money) -> StagedFact:
        award = one.awarded.get(paid.document)
        return StagedFact(
            row,
            account,
            0 if award else paid.service,
            amount=paid.amount,
            paid_on=paid.day,
            channel="bailiff" if paid.means == "ФССП" else "bank",
            document=paid.document,
            award_id=award() if award else None,
        )

    # --- what it must come to -----------------------------------------------------------------------------------------
    def truth(self) -> dict[int, dict[str, tuple[int, ...]]]:
        """Month -> indicator -> parts: of the bills and payments, judged as the town's are, and of the stated work."""
        judge = Truth(self.plan)
        for one in self.households:
            judge.judge(one.facts)
        for one in self.households:
            judge.premises[one.tenure] += 1
        on_time = {months.iso(month): [True] for month in self.year}
        told = by_registers(judge, "all", on_time)
        for month in self.year:
            told[month]["claims.covered"] = self._covered(judge, month)
            told[month] = added(told[month], self.work[month])
        return told

    def _covered(self, judge: Truth, month: int) -> tuple[int, int]:
        """Row Z6b: three average bills or more overdue, no agreement kept; how much of it stands in court."""
        day, due, held = months.last_day(month), 0, 0
        for one in self.households:
            overdue = judge.over_claims["all"][day].get((self.of.code, one.number), 0)
            kept = any(who is one and since <= day and (until is None or day < until) for who, since, until in self._agreements)
            if overdue and not kept:
                due += overdue
                held += min(overdue, sum(sum_ for who, on, until, sum_ in self._claims if who is one and on <= day < until))
        return due, held

    def day(self, month: int, number: int) -> dt.date:
        return months.first_day(month).replace(day=number)

    def person(self, one: Household, **fields) -> Debtor:
        """Who is liable for the household's account, with these things told about them."""
        found = Debtor.objects.get(liabilities__account=one.row)
        for name, value in fields.items():
            setattr(found, name, value)
        found.save()
        return found
