"""A ledger under test: accounts in houses of a territory, and facts learnt on days."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from casedesk.access.models import Organisation
from casedesk.common import months
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import Booking, Category, House, Premises, Tenure, UtilityAccount
from tests.factories import access

MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass
class Ledger:
    """One creditor's books: `charge` and `pay` collect lines, `post` books what was collected."""

    creditor: Organisation
    lines: list[StagedFact] = field(default_factory=list)

    def account(self, number: str, *, category=Category.OWNER, tenure=Tenure.PRIVATE, holder="", land=None) -> UtilityAccount:
        house, _ = House.objects.get_or_create(
            territory=land or access.territory(), address_key="мира 1", defaults={"address": "ул. Мира, д. 1"}
        )
        found = {"number": number, "tenure": tenure}
        premises, _ = Premises.objects.get_or_create(house=house, number_key=number, defaults=found)
        return UtilityAccount.objects.create(
            creditor=self.creditor, number=number, premises=premises, category=category, holder_name=holder
        )

    def charge(self, account, month: str, amount: int, *, service: int = 1, credited: int = 0) -> "Ledger":
        return self._add(account, service, month=months.parse(month), charged=amount, credited=credited)

    def pay(self, account, day: str, amount: int, *, service: int = 1, channel: str = "bank") -> "Ledger":
        document = f"п-{len(self.lines)}-{day}"
        on = dt.date.fromisoformat(day)
        return self._add(account, service, amount=amount, paid_on=on, document=document, channel=channel)

    def _add(self, account, service: int, **parts) -> "Ledger":
        self.lines.append(StagedFact(len(self.lines) + 1, account.pk, service, **parts))
        return self

    def post(self, learnt: str) -> Booking:
        on = dt.date.fromisoformat(learnt)
        moment = dt.datetime.combine(on, dt.time(12), MOSCOW)
        lines, self.lines = self.lines, []
        return book_facts(creditor=self.creditor, facts=lines, about="проверка", by=None, learnt_at=moment, on=on)
