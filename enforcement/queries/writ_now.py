"""Writs as the table of moves sees them: with their running presentation, open proceedings and news of property."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from enforcement.models import EnforcementProceeding, Presentation, PropertyFact, Writ
from enforcement.queries.writ_money import WritMoney, writ_money


@dataclass
class WritNow:
    """A writ on a day with its running presentation, open proceedings, and news of property since it last came back."""

    writ: Writ
    running: Presentation | None = None
    proceedings: list[EnforcementProceeding] = field(default_factory=list)
    news: list[PropertyFact] = field(default_factory=list)
    money: WritMoney | None = None

    @property
    def remaining(self) -> int:
        """What is still to be collected, kopecks."""
        return self.money.remaining.total if self.money else 0

    @property
    def state(self) -> str:
        return self.writ.state


def news_since(fact: PropertyFact, writ: Writ) -> bool:
    """Whether the news count for the writ: of its debtor, or of nobody named, and known since the writ came back."""
    theirs = fact.debtor_id is None or writ.debtor_id is None or fact.debtor_id == writ.debtor_id
    return theirs and (writ.state_on is None or fact.known_on >= writ.state_on)


def with_parts(writs: Iterable[Writ]) -> list[Writ]:
    """The same writs in the same order with all that guards and papers read of them. One query."""
    ids = [writ.pk for writ in writs]
    found = Writ.objects.filter(pk__in=ids).select_related("creditor", "case_file", "account__premises__house", "debtor")
    by_id = {writ.pk: writ for writ in found}
    return [by_id[pk] for pk in ids]


def writs_now(writs: Iterable[Writ]) -> dict[int, WritNow]:
    """Writ id -> the writ with what guards ask. A fixed number of queries."""
    listed = list(writs)
    ids = [writ.pk for writ in listed]
    running = {one.writ_id: one for one in Presentation.objects.running().filter(writ__in=ids).select_related("department")}
    proceedings: dict[int, list] = defaultdict(list)
    for one in EnforcementProceeding.objects.live().open().filter(writ__in=ids).order_by("opened_on", "pk"):
        proceedings[one.writ_id].append(one)
    facts: dict[int, list] = defaultdict(list)
    for fact in PropertyFact.objects.standing().filter(account__in={writ.account_id for writ in listed}):
        facts[fact.account_id].append(fact)
    sums = writ_money(listed)
    return {
        writ.pk: WritNow(
            writ,
            running=running.get(writ.pk),
            proceedings=proceedings[writ.pk],
            news=[fact for fact in facts[writ.account_id] if news_since(fact, writ)],
            money=sums[writ.pk],
        )
        for writ in listed
    }
