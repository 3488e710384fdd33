"""What the municipality itself owes (row P1.4): months in which nobody else answered for the premises.

Until premises are let or given over, the municipality pays (Housing Code art. 153 part 3). A month belongs to whoever
answered on its first day. A closed account of a municipal flat, whose tenant left or died, leaves its whole open debt to it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from casedesk.common import months
from debtors.models import Liability, PremisesCondition, PremisesTenure, Tenure, UtilityAccount
from debtors.queries.aged_months import aged_months

IDLE = (PremisesCondition.Kind.EMPTY, PremisesCondition.Kind.CONSERVED, PremisesCondition.Kind.REPAIR)
OWN = (Tenure.SOCIAL_RENT, Tenure.MUNICIPAL, Tenure.VACANT, Tenure.ESCHEAT)
UNLET = (Tenure.VACANT, Tenure.ESCHEAT)
BASES = {
    "annulled": "счёт закрыт: наниматель выбыл или умер",
    "vacant": "пустует, наниматель не заселён",
    "escheat": "выморочное",
    "liable": "ответственный — муниципалитет",
}


@dataclass
class MunicipalDebt:
    """One account's debt that is the municipality's, on one basis. Kopecks by month in `months`."""

    account: UtilityAccount
    basis: str
    months: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def kopecks(self) -> int:
        return sum(self.months.values())

    @property
    def because(self) -> str:
        return BASES[self.basis]


@dataclass(frozen=True)
class Period:
    """Something that held from a day to a day (exclusive; None: open)."""

    what: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def covers(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to > day)


def municipal_debts(accounts: QuerySet, *, as_of: dt.date, known_on: dt.datetime | None = None) -> list[MunicipalDebt]:
    """The municipality's own debt among these accounts on the day, by account and basis. A fixed number of queries."""
    found = _Parties(accounts, as_of)
    if not found.accounts:
        return []
    debts: dict[tuple[int, str], MunicipalDebt] = {}
    for row in aged_months(UtilityAccount.objects.filter(pk__in=list(found.accounts)), as_of=as_of, known_on=known_on):
        if row.service.is_penalty or row.unpaid <= 0:
            continue
        account = found.accounts[row.account_id]
        basis = found.basis(account, months.first_day(row.month))
        if basis:
            debt = debts.setdefault((account.pk, basis), MunicipalDebt(account, basis))
            debt.months[row.month] += row.unpaid
    return sorted(debts.values(), key=lambda debt: (-debt.kopecks, debt.account.pk))


class _Parties:
    """Who answered for the premises of the accounts, by day."""

    def __init__(self, accounts: QuerySet, as_of: dt.date):
        self.as_of = as_of
        concerned = (
            Q(premises__tenure__in=UNLET)
            | Q(premises__tenures__tenure__in=UNLET)
            | Q(premises__conditions__kind__in=IDLE)
            | Q(liabilities__ground=Liability.Ground.MUNICIPALITY)
            | Q(closed_on__lte=as_of) & (Q(premises__tenure__in=OWN) | Q(premises__tenures__tenure__in=OWN))
        )
        picked = accounts.order_by().filter(concerned).values("pk")
        rows = UtilityAccount.objects.filter(pk__in=picked).select_related("premises__house", "creditor")
        self.accounts = {account.pk: account for account in rows}
        flats = {account.premises_id for account in self.accounts.values()}
        self.tenures = _periods(PremisesTenure.objects.filter(premises__in=flats), "premises_id", "tenure")
        self.conditions = _periods(PremisesCondition.objects.filter(premises__in=flats), "premises_id", "kind")
        liable = Liability.objects.filter(account__in=list(self.accounts))
        self.liable = _periods(liable, "account_id", "ground")

    def basis(self, account: UtilityAccount, day: dt.date) -> str:
        """Why the month that begins on the day is the municipality's; empty when it is somebody else's."""
        held = self._held(account, day)
        if account.closed_on and account.closed_on <= self.as_of and self._held(account, account.closed_on) in OWN:
            return "annulled"
        grounds = {period.what for period in self.liable.get(account.pk, ()) if period.covers(day)}
        if Liability.Ground.MUNICIPALITY in grounds:
            return "liable"
        if held == Tenure.ESCHEAT and Liability.Ground.HEIR not in grounds:
            return "escheat"
        state = _at(self.conditions.get(account.premises_id, ()), day)
        if held == Tenure.VACANT and state != PremisesCondition.Kind.LET:
            return "vacant"
        return "vacant" if held in OWN and state in IDLE else ""

    def _held(self, account: UtilityAccount, day: dt.date) -> str:
        """The tenure of the day; undated, it is taken for what the register says now."""
        periods = self.tenures.get(account.premises_id)
        if periods:
            return _at(periods, day)
        return account.premises.tenure if account.premises else ""


def _periods(rows: QuerySet, of: str, what: str) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for key, name, first, last in rows.values_list(of, what, "valid_from", "valid_to"):
        found[key].append(Period(name, first, last))
    return found


def _at(periods: Iterable[Period], day: dt.date) -> str:
    return next((period.what for period in periods if period.covers(day)), "")
