"""What moved in a month: charged, credited, paid and received through enforcement, by account. Principal only, kopecks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from casedesk.common import months
from casedesk.plans.queries.question import Question
from debtors.models import Charge, MonthTotal, Payment


@dataclass(slots=True)
class Flow:
    """One account's month. `charged` is net of recalculations; opening balances are not charges."""

    charged: int = 0
    paid: int = 0
    enforced: int = 0


def flows(question: Question) -> dict[tuple[int, str], Flow]:
    """(account id, consumer category) -> what moved in the asked month, as known at the asked moment."""
    found: dict[tuple[int, str], Flow] = {}
    source = _from_totals(question) if question.known_at is None else _from_facts(question)
    for account, category, charged, paid in source:
        flow = found.setdefault((account, category), Flow())
        flow.charged += charged
        flow.paid += paid
    for account, category, amount in _enforced(question):
        found.setdefault((account, category), Flow()).enforced += amount
    return {key: flow for key, flow in found.items() if flow.charged or flow.paid or flow.enforced}


def flow_sums(question: Question) -> Flow:
    """What moved in the asked month in all: one row of each source, for a figure without its list."""
    if question.known_at is None:
        month = within(question, MonthTotal.objects.filter(month=question.period))
        sums = month.aggregate(net=Sum(F("charged") - F("opening") - F("credited"), default=0), money=Sum("paid", default=0))
        charged, paid = sums["net"], sums["money"]
    else:
        charged = paid = 0
        for _, _, net, money in _from_facts(question):
            charged, paid = charged + net, paid + money
    forced = known(question, within(question, _forced(question)))
    return Flow(charged, paid, forced.aggregate(money=Sum("amount", default=0))["money"])


def within(question: Question, facts: QuerySet) -> QuerySet:
    """Only facts of the accounts that are counted; penalties are not principal."""
    facts = facts.filter(service__is_penalty=False)
    return facts if question.reach.everything else facts.filter(account__in=question.reach.accounts())


def known(question: Question, facts: QuerySet) -> QuerySet:
    """Facts learnt by the asked moment and not yet undone then."""
    if question.known_at is None:
        return facts.filter(booking__undone_at__isnull=True)
    standing = Q(booking__undone_at__isnull=True) | Q(booking__undone_at__gt=question.known_at)
    return facts.filter(standing, booking__learnt_at__lte=question.known_at)


def _from_totals(question: Question) -> Iterable[tuple]:
    rows = within(question, MonthTotal.objects.filter(month=question.period))
    return (
        rows.values_list("account_id", "account__category")
        .annotate(net=Sum(F("charged") - F("opening") - F("credited")), money=Sum("paid"))
        .order_by()
    )


def _from_facts(question: Question) -> Iterable[tuple]:
    charges = Charge.objects.filter(month=question.period).exclude(kind=Charge.Kind.OPENING)
    billed = known(question, within(question, charges)).values_list("account_id", "account__category")
    for account, category, net in billed.annotate(net=Sum(F("charged") - F("credited"))).order_by():
        yield account, category, net, 0
    received = _payments(question).exclude(channel=Payment.Channel.WRITE_OFF)
    paid = known(question, within(question, received)).values_list("account_id", "account__category")
    for account, category, money in paid.annotate(money=Sum("amount")).order_by():
        yield account, category, 0, money


def _payments(question: Question) -> QuerySet:
    return Payment.objects.filter(counts_on__range=(months.first_day(question.period), months.last_day(question.period)))


def _forced(question: Question) -> QuerySet:
    forced = Q(channel__in=(Payment.Channel.BAILIFF, Payment.Channel.EMPLOYER)) | Q(award__isnull=False)
    return _payments(question).filter(forced)


def _enforced(question: Question) -> Iterable[tuple]:
    rows = known(question, within(question, _forced(question))).values_list("account_id", "account__category")
    return rows.annotate(money=Sum("amount")).order_by()
