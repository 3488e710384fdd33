"""The average monthly charge of accounts on a day: what thresholds in «monthly payments» are measured with."""

from django.db.models import F, Q, QuerySet, Sum

from casedesk.common import months
from casedesk.plans.queries.question import Question
from debtors.models import Charge, MonthTotal
from debtors.rules.ageing import average_charge

MONTHS = 12


def average_charges(question: Question) -> dict[int, int]:
    """Account id -> the half-up mean of its charged months among the last twelve counted ones, in kopecks.

    Regular charges and corrections of principal services; opening balances and recalculations downwards are left out.
    """
    newest = months.fully_counted(question.as_of)
    rows = _charged(question).filter(month__range=(newest - MONTHS + 1, newest), service__is_penalty=False)
    if not question.reach.everything:
        rows = rows.filter(account__in=question.reach.accounts())
    by_account: dict[int, list[int]] = {}
    for account, _, charged in rows.values_list("account_id", "month").annotate(charged_sum=_sum(question)).order_by():
        by_account.setdefault(account, []).append(charged)
    return {account: average_charge(charged) for account, charged in by_account.items()}


def _sum(question: Question):
    return Sum(F("charged") - F("opening")) if question.known_at is None else Sum("charged")


def _charged(question: Question) -> QuerySet:
    if question.known_at is None:
        return MonthTotal.objects.all()
    standing = Q(booking__undone_at__isnull=True) | Q(booking__undone_at__gt=question.known_at)
    return Charge.objects.filter(standing, booking__learnt_at__lte=question.known_at).exclude(kind=Charge.Kind.OPENING)
