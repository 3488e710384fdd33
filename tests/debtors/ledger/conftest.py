"""The least that a ledger needs: a creditor, accounts, and a way to book facts learnt on a day."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from casedesk.access.models import Organisation, Territory
from casedesk.common import months
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import Booking, House, Premises, UtilityAccount

MOSCOW = ZoneInfo("Europe/Moscow")


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), MOSCOW)


@dataclass
class Books:
    """A creditor's books under test: `books.charge(...)`, `books.pay(...)` collect lines, `books.post(day)` books them."""

    creditor: Organisation
    accounts: list[UtilityAccount]
    lines: list[StagedFact] = field(default_factory=list)

    def add(self, account: int = 0, service: int = 1, **parts) -> "Books":
        self.lines.append(StagedFact(len(self.lines) + 1, self.accounts[account].pk, service, **parts))
        return self

    def charge(self, month: str, amount: int, *, account: int = 0, service: int = 1, credited: int = 0) -> "Books":
        return self.add(account, service, month=months.parse(month), charged=amount, credited=credited)

    def pay(self, day: str, amount: int, *, account: int = 0, service: int = 0, document: str = "") -> "Books":
        return self.add(account, service, amount=amount, paid_on=dt.date.fromisoformat(day), document=document)

    def post(self, learnt: str, *, on: str = "2025-01-31") -> Booking:
        booking = book_facts(
            creditor=self.creditor,
            facts=self.lines,
            about="test",
            by=None,
            learnt_at=noon(dt.date.fromisoformat(learnt)),
            on=dt.date.fromisoformat(on),
        )
        self.lines = []
        return booking


@pytest.fixture
def books(db) -> Books:
    """Three accounts of one creditor in one house."""
    creditor = Organisation.objects.create(kind=Organisation.Kind.CREDITOR, code="osen", name="Осень", inn="7701000001")
    territory = Territory.objects.create(code="verhneozersk", name="Верхнеозёрск")
    house = House.objects.create(territory=territory, address="ул. Лесная, 1", address_key="лесная 1")
    accounts = []
    for number in ("100", "101", "102"):
        premises = Premises.objects.create(house=house, number=number, number_key=number)
        accounts.append(UtilityAccount.objects.create(creditor=creditor, number=number, premises=premises))
    return Books(creditor, accounts)
