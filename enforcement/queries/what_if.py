"""What a change of the opening rule would bring and cost before it is saved (проба правила): cases, fees, hours, money back.

Every figure is the sum of its rows, and every row says how it was counted. A fee is the state duty on today's overdue debt
without penalty, for an order where the law lets; what comes back is the formula of the filing policy in force.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from casedesk.access.models import Organisation
from casedesk.norms.due_dates import newest_overdue_month
from casedesk.norms.queries.current import current
from debtors.models import POPULATION, CaseAccount, OpeningRule
from debtors.queries.candidates import effect_of
from debtors.queries.open_months import open_months
from enforcement.models import FilingPolicy
from enforcement.rules.claim_duty import duty_of, order_limit
from enforcement.rules.claim_stages import KIND_SHORT, ClaimKind
from enforcement.rules.expected_return import prospect

CHUNK = 20_000
"""Accounts whose open months are read by one statement."""


@dataclass(frozen=True)
class Subject:
    """An account that a case would open for, or a case that would be let go, with what is known of its debt. Kopecks."""

    label: str
    holder: str
    overdue: int
    category: str
    accounts: tuple[int, ...]
    paid_on: dt.date | None
    case: int | None = None


@dataclass(frozen=True)
class Weighed:
    """A subject with its fee and expected return; `why` tells both in words."""

    subject: Subject
    kind: str
    fee: int
    expected: int
    why: str


@dataclass(frozen=True)
class Side:
    """What opens, or what is let go: dearest first. `minutes` of an officer's work on each."""

    rows: list[Weighed]
    minutes: int

    @property
    def cases(self) -> int:
        return len(self.rows)

    @property
    def overdue(self) -> int:
        return sum(row.subject.overdue for row in self.rows)

    @property
    def fees(self) -> int:
        return sum(row.fee for row in self.rows)

    @property
    def expected(self) -> int:
        return sum(row.expected for row in self.rows)

    @property
    def work(self) -> int:
        """Minutes of all."""
        return self.cases * self.minutes

    @property
    def by_kind(self) -> list[tuple[str, int, int, int]]:
        """(kind in words, cases, overdue, fees) for each kind of claim."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in self.rows:
            for place, amount in enumerate((1, row.subject.overdue, row.fee)):
                found[row.kind][place] += amount
        return [(KIND_SHORT[kind], *sums) for kind, sums in sorted(found.items())]


@dataclass(frozen=True)
class WhatIf:
    """The answer: what the rule would open and let go, and the difference of the two."""

    rule: OpeningRule
    on: dt.date
    opens: Side
    lets_go: Side
    policy: FilingPolicy = field(repr=False)

    def change(self, name: str) -> int:
        """How much more (less) of `cases`, `overdue`, `fees`, `expected`, `work` the officers would have."""
        return getattr(self.opens, name) - getattr(self.lets_go, name)


def what_if(*, creditor: Organisation, rule: OpeningRule, on: dt.date) -> WhatIf:
    """Weigh a rule that is not saved. Five queries for up to 20 000 accounts."""
    effect = effect_of(creditor=creditor, rule=rule, on=on)
    policy = FilingPolicy.objects.in_force(creditor=creditor, on=on)
    opening, going = list(_opening(effect.opens)), list(_going(effect.lets_go))
    owed = _months_owed([account for one in [*opening, *going] for account in one.accounts], on)
    weigh = _scales(owed, policy, on)
    minutes = rule.officer_minutes
    return WhatIf(
        rule, on, Side([weigh(one) for one in opening], minutes), Side([weigh(one) for one in going], minutes), policy
    )


def _opening(states) -> Iterator[Subject]:
    names = ("account_id", "account__number", "account__holder_name", "overdue", "account__category", "last_payment_on")
    for account, number, holder, overdue, category, paid_on in states.select_related(None).values_list(*names):
        yield Subject(number, holder, overdue, category, (account,), paid_on)


def _going(cases) -> Iterator[Subject]:
    listed = list(cases.values_list("pk", "number", "debtor_names", "overdue", "category"))
    accounts: dict[int, list[tuple[int, dt.date | None]]] = defaultdict(list)
    links = CaseAccount.objects.filter(case__in=cases.order_by().values("pk"), is_live=True)
    for case, account, paid_on in links.values_list("case_id", "account_id", "account__state__last_payment_on"):
        accounts[case].append((account, paid_on))
    for case, number, names, overdue, category in listed:
        own = accounts[case]
        paid_on = max((day for _, day in own if day), default=None)
        yield Subject(f"дело № {number}", names, overdue, category, tuple(account for account, _ in own), paid_on, case)


def _months_owed(accounts: list[int], on: dt.date) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start in range(0, len(accounts), CHUNK):
        for line in open_months(account_ids=accounts[start : start + CHUNK], overdue_on=on):
            found[line.account_id].append((line.month, line.kopecks))
    return found


def _scales(owed: dict[int, list[tuple[int, int]]], policy: FilingPolicy, on: dt.date):
    """The function that weighs one subject, with the law of the day and the creditor's odds at hand."""
    norms, odds, newest = current(), policy.odds, newest_overdue_month(on)
    limit_of = lru_cache(None)(lambda arbitrazh: order_limit(arbitrazh, on, norms))

    @lru_cache(None)
    def fee_of(kind: str, price: int) -> int:
        return duty_of(kind, price, on, norms, exempt=policy.exempt_from_duty).to_pay

    def weigh(one: Subject) -> Weighed:
        arbitrazh = one.category not in POPULATION
        within = one.overdue <= limit_of(arbitrazh)
        kind = _kind(arbitrazh, within)
        back = prospect(
            _together(owed[account] for account in one.accounts),
            newest=newest,
            last_payment_on=one.paid_on,
            returns=0,
            on=on,
            odds=odds,
        )
        return Weighed(one, kind, fee_of(kind, one.overdue) if one.overdue else 0, back.expected, back.why)

    return weigh


def _kind(arbitrazh: bool, within: bool) -> str:
    """An order where its limit lets, else a lawsuit (ГПК РФ ст. 121, АПК РФ ст. 229.2)."""
    if within:
        return ClaimKind.ARBITRAZH_ORDER if arbitrazh else ClaimKind.ORDER
    return ClaimKind.ARBITRAZH if arbitrazh else ClaimKind.LAWSUIT


def _together(months: Iterable[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    return [line for listed in months for line in listed]
