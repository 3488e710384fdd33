"""Accounts that a rule opens cases for, and cases that it would let go: what the pass does and the dry run lists."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThanOrEqual

from casedesk.norms.due_dates import newest_overdue_month
from debtors.models import AccountState, CaseAccount, CaseFile, OpeningRule
from debtors.rules.stages import Stage

LIVE_LINK = CaseAccount.objects.filter(account=OuterRef("account"), is_live=True)


def meets(rule: OpeningRule, on: dt.date) -> Q:
    """Account states over the rule on the day.

    Enough average charges overdue and the oldest month old enough; without an average any overdue debt is enough.
    Whatever the average, no less than the rule's least sum.
    """
    oldest = newest_overdue_month(on) - rule.min_overdue_months + 1
    much = Q(GreaterThanOrEqual(F("overdue") * 100, F("average_charge") * rule.threshold_x100))
    return Q(overdue__gt=0, overdue__gte=rule.min_overdue) & (Q(average_charge=0) | (much & Q(oldest_open_month__lte=oldest)))


def candidates(*, creditor, rule: OpeningRule, on: dt.date) -> QuerySet[AccountState]:
    """States of the creditor's accounts that are over the rule and in no live case."""
    return AccountState.objects.filter(~Exists(LIVE_LINK), meets(rule, on), account__creditor=creditor)


def paid_up(*, creditor) -> QuerySet[CaseFile]:
    """Open cases with nothing overdue on any of their accounts."""
    owing = CaseAccount.objects.filter(case=OuterRef("pk"), is_live=True, account__state__overdue__gt=0)
    return CaseFile.objects.live().filter(~Exists(owing), creditor=creditor)


def let_go(*, creditor, rule: OpeningRule, on: dt.date) -> QuerySet[CaseFile]:
    """Open cases that the rule would not have opened and on which nothing has been done: no step, officer, hold or flag."""
    covered = AccountState.objects.filter(meets(rule, on)).values("account")
    still = CaseAccount.objects.filter(case=OuterRef("pk"), is_live=True, account__in=covered)
    untouched = CaseFile.objects.live().filter(creditor=creditor, stage=Stage.OPENED, hold_kind="", flag_marks="", officer=None)
    return untouched.filter(~Exists(still))


@dataclass(frozen=True)
class RuleEffect:
    """What a rule would change on the day: accounts it would open cases for, untouched cases it no longer covers."""

    opens: QuerySet[AccountState]
    lets_go: QuerySet[CaseFile]


def effect_of(*, creditor, rule: OpeningRule, on: dt.date) -> RuleEffect:
    """The dry run of a rule, as two lists, dearest first."""
    opens = candidates(creditor=creditor, rule=rule, on=on).select_related("account").order_by("-overdue", "account_id")
    return RuleEffect(opens, let_go(creditor=creditor, rule=rule, on=on).order_by("-overdue", "id"))
