"""What is asked of the plan: of which month, as known when, of whose accounts; and answers shared by one page's figures."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from casedesk.access.models import Organisation, Territory
from casedesk.access.scope import Scope, scope_of
from casedesk.common import months
from debtors.models import UtilityAccount
from debtors.queries.ageing import Ageing, age
from debtors.queries.restructured import Restructured, restructured


@dataclass(frozen=True)
class Reach:
    """Whose accounts may be counted. None: no limit.

    Counting is wider than seeing: a municipality counts its whole territory.
    """

    creditors: frozenset[int] | None = None
    territory: int | None = None
    territories: frozenset[int] | None = None

    @property
    def everything(self) -> bool:
        return self.creditors is None and self.territories is None and self.territory is None

    def accounts(self) -> QuerySet:
        """The accounts that figures are made of."""
        found = UtilityAccount.objects.all()
        if self.territory is not None:
            found = found.filter(premises__house__territory=self.territory)
        if self.creditors is None and self.territories is None:
            return found
        mine = Q(creditor__in=self.creditors or ())
        if not self.territories:
            return found.filter(mine)
        return found.filter(mine | Q(premises__house__territory__in=self.territories or ()))

    def organisations(self) -> QuerySet:
        """The creditors whose accounts are counted."""
        return Organisation.objects.filter(kind=Organisation.Kind.CREDITOR, pk__in=self.accounts().values("creditor"))


def reach_of(user, territory: Territory | None) -> Reach:
    """What a person's figures cover inside a plan's territory: their creditors' accounts and their municipality's land."""
    scope = scope_of(user)
    land = territory.pk if territory else None
    if scope.everything:
        return Reach(territory=land)
    return Reach(scope.creditors, land, scope.territories)


def reach_of_organisation(organisation: Organisation | None, territory: Territory | None) -> Reach:
    """What an organisation's own figures cover inside a plan's territory; None: the whole installation."""
    land = territory.pk if territory else None
    if organisation is None:
        return Reach(territory=land)
    if organisation.kind == Organisation.Kind.MUNICIPALITY:
        return Reach(frozenset(), land, frozenset({organisation.territory_id}))
    served = Organisation.objects.filter(served_by=organisation).values_list("pk", flat=True)
    return Reach(frozenset({organisation.pk, *served}), land, frozenset())


def sees_names(scope: Scope) -> bool:
    """Names of account holders are for the creditor's own people; a municipality reads numbers, houses and sums."""
    return scope.everything or bool(scope.creditors)


@dataclass(frozen=True)
class Question:
    """A month of a plan, asked with a moment of knowledge (None: all that is known now).

    Answers that several figures share are computed once and kept on the question.
    """

    period: int
    reach: Reach = field(default_factory=Reach)
    known_at: dt.datetime | None = None
    base_on: dt.date | None = None
    day: dt.date | None = None
    """A day to ask of instead of the month's last one."""
    params: dict = field(default_factory=dict, hash=False)
    shared: "Shared | None" = field(default=None, compare=False)

    @property
    def as_of(self) -> dt.date:
        """Figures of a month stand on its last day, unless another was asked for."""
        return self.day or months.last_day(self.period)

    def with_params(self, params: dict) -> "Question":
        """The same question for another indicator: its parameters, the same shared answers."""
        return replace(self, params=params, shared=self.answers)

    @cached_property
    def answers(self) -> "Shared":
        return self.shared or Shared(self)


class Shared:
    """Answers that many indicators of one page read."""

    def __init__(self, question: Question):
        self.question = question
        self._aged: dict[tuple, Ageing] = {}
        self._kept: dict[tuple, object] = {}

    def aged(self, *by: str, on: dt.date | None = None) -> Ageing:
        """The ageing on the question's day (or on another), split by dimensions of `debtors.queries.ageing`."""
        day = on or self.question.as_of
        if (day, by) not in self._aged:
            reach = self.question.reach
            accounts = None if reach.everything else reach.accounts()
            self._aged[day, by] = age(accounts, as_of=day, known_on=self.question.known_at, by=by)
        return self._aged[day, by]

    def restructured(self) -> Restructured:
        """What agreements kept on the question's day cover: a part of the ageing of the same accounts."""
        return self.once("restructured", _restructured)

    def once(self, name: str, ask: Callable, *args):
        """`ask(question, *args)`, asked once per page and kept under the name."""
        key = (name, *args)
        if key not in self._kept:
            self._kept[key] = ask(self.question, *args)
        return self._kept[key]


def _restructured(question: Question) -> Restructured:
    reach = question.reach
    accounts = None if reach.everything else reach.accounts()
    return restructured(accounts, as_of=question.as_of, known_on=question.known_at)


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day by the installation's clock: what «known on a day» means."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
