"""Who owes so many average monthly bills on a day: what thresholds in «monthly payments» are measured with."""

from django.db.models import F, Q, QuerySet, Sum

from casedesk.common import months
from casedesk.plans.queries.question import Question
from debtors.models import Charge, MonthTotal
from debtors.queries.debtors_over import overdue_over
from debtors.rules.ageing import average_charge

MONTHS = 12


def owing_over(question: Question, threshold_x100: int) -> dict[int, int]:
    """Account id -> overdue kopecks, of those who owe at least so many hundredths of their average bill.

    As known now it is one statement; as known at an earlier moment the bills of that moment are read.
    """
    reach = question.reach
    if question.known_at is None:
        accounts = None if reach.everything else reach.accounts()
        return overdue_over(accounts, as_of=question.as_of, threshold_x100=threshold_x100)
    averages = question.answers.once("averages", average_charges)
    return {
        group["account"]: figures.overdue
        for group, figures in question.answers.aged("account").rows
        if figures.overdue and figures.overdue * 100 >= threshold_x100 * averages.get(group["account"], 0)
    }


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
