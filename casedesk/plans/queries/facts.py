"""The lines behind a figure, worded for the screen: whose account, in which house; names only for the creditor's people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from casedesk.plans.catalogue import Fact
from debtors.models import UtilityAccount


@dataclass(frozen=True)
class Line:
    """A fact as people read it: a name that may be a link, what stands under it, the house, the sums."""

    label: str
    about: str
    house: str
    url: str
    fact: Fact

    @property
    def amounts(self) -> tuple[int, ...]:
        return self.fact.amounts


def lines_of(facts: Sequence[Fact], *, named: bool) -> list[Line]:
    """Word the facts. `named` False leaves out names and links: account number, house and sums remain."""
    accounts = _accounts([fact.account for fact in facts if fact.account is not None])
    several = len({account.creditor_id for account in accounts.values()}) > 1
    return [_line(fact, accounts.get(fact.account), named, several) for fact in facts]


def _accounts(ids: list[int]) -> dict[int, UtilityAccount]:
    found: dict[int, UtilityAccount] = {}
    for start in range(0, len(ids), 500):
        some = UtilityAccount.objects.filter(pk__in=ids[start : start + 500]).select_related("premises__house", "creditor")
        found |= {account.pk: account for account in some}
    return found


def _line(fact: Fact, account: UtilityAccount | None, named: bool, several: bool) -> Line:
    if account is None:
        return Line(fact.label, fact.about, "", fact.url, fact)
    house = account.premises.house.address if account.premises else ""
    about = " · ".join(
        filter(None, (account.holder_name if named else "", fact.about, account.creditor.name if several else ""))
    )
    url = (fact.url or reverse("debtors:account", args=[account.pk])) if named else ""
    return Line(account.number, about, house, url, fact)
