"""What a board looks at: whose accounts, up to which month. Everything a board shows starts here."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.plans.queries.question import Reach, reach_of
from debtors.models import CaseFile, UtilityAccount

SHOWN_MONTHS = 13
MINE, ALL = "mine", "all"


@dataclass(frozen=True)
class Sight:
    """Figures of whole months up to `month`, for one person: of all they may count, of one creditor, or of their own cases."""

    user: User
    month: int
    whose: str = ALL
    creditor: Organisation | None = None

    @cached_property
    def reach(self) -> Reach:
        """Counting is wider than seeing: a municipality counts its whole territory."""
        return reach_of(self.user, None)

    @property
    def mine(self) -> bool:
        return self.whose == MINE

    @property
    def span(self) -> range:
        """The months shown, oldest first: a year and the month it is compared with."""
        return range(self.month - SHOWN_MONTHS + 1, self.month + 1)

    @property
    def year(self) -> range:
        """The last twelve months shown."""
        return self.span[1:]

    @cached_property
    def creditors(self) -> list[Organisation]:
        """Whose accounts may be looked at, by name."""
        found = Organisation.objects.filter(kind=Organisation.Kind.CREDITOR).order_by("name")
        if self.reach.everything:
            return list(found)
        mine = Q(pk__in=self.reach.creditors or ())
        if self.reach.territories:
            here = UtilityAccount.objects.filter(premises__house__territory__in=self.reach.territories)
            mine |= Exists(here.filter(creditor=OuterRef("pk")))
        return list(found.filter(mine))

    @cached_property
    def accounts(self) -> QuerySet:
        """The accounts that the figures are made of."""
        if self.mine:
            own = CaseFile.objects.live().filter(officer=self.user)
            seen = UtilityAccount.objects.visible_to(self.user)
            return seen.filter(pk__in=own.filter(account_links__is_live=True).values("account_links__account"))
        found = self.reach.accounts()
        return found.filter(creditor=self.creditor) if self.creditor else found

    @cached_property
    def cases(self) -> QuerySet:
        """The cases behind the way to court, by the reach of their account."""
        if self.mine:
            return CaseFile.objects.visible_to(self.user).filter(officer=self.user)
        return CaseFile.objects.filter(self.limits("account__premises__house__territory"))

    def limits(self, territory: str, creditor: str = "creditor") -> Q:
        """The reach as a condition on rows that name a creditor and, by a path, a territory."""
        one = Q(**{creditor: self.creditor}) if self.creditor else Q()
        if self.reach.everything or (self.reach.creditors is None and self.reach.territories is None):
            return one
        mine = Q(**{f"{creditor}__in": self.reach.creditors or ()})
        if self.reach.territories:
            mine |= Q(**{f"{territory}__in": self.reach.territories})
        return one & mine

    def asked(self, **changes: object) -> str:
        """The question as a query string with changes; None takes a parameter out."""
        creditor = {"creditor": self.creditor.code} if self.creditor else {}
        whose = {"whose": MINE} if self.mine else {}
        given = {"period": months.iso(self.month)} | creditor | whose | changes
        return urlencode({name: value for name, value in given.items() if value is not None})


def may_have_own(user: User) -> bool:
    """Whether cases can be given to the person."""
    return scope_of(user).may(Right.WORK_CASES)


def sight_of(user: User, asked, *, today) -> Sight:
    """Read the question of an address. Without a month, or with a wrong one, the last whole month.

    A creditor that the person does not count is as good as none; so is one's own work of a person without any.
    """
    newest = months.of(today) - 1
    try:
        month = min(months.parse(asked.get("period", "")), newest)
    except ValueError:
        month = newest
    whose = MINE if asked.get("whose") == MINE and may_have_own(user) else ALL
    sight = Sight(user, month, whose)
    if whose == MINE or not asked.get("creditor"):
        return sight
    named = next((one for one in sight.creditors if one.code == asked["creditor"]), None)
    return Sight(user, month, whose, named)
