"""Decisions as tasks: whether facts of the case already show that they are carried out, which are late."""

import datetime as dt

from django.db.models import Case, DateField, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from casedesk.commission.models import Decision
from casedesk.commission.rules.decision_kinds import DecisionKind
from debtors.models import Payment, RepaymentAgreement, ServiceRestriction, WriteOffAct
from enforcement.models import Claim
from enforcement.rules.claim_stages import ClaimKind


def with_facts(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions with `fact_on`, the day a fact of the case carried them out, and `ended_on`, that day or the reported one."""
    case, since = OuterRef("item__case"), OuterRef("in_force_on")
    agreement = RepaymentAgreement.objects.filter(case=case, signed_on__gte=since).order_by().values("case")
    claim = Claim.objects.filter(case_file=case, filed_on__gte=since).order_by().values("case_file")
    evictions = claim.filter(kind=ClaimKind.EVICTION)
    paid = Payment.objects.filter(
        account__case_links__case=case, counts_on__gte=since, booking__undone_at__isnull=True, amount__gt=0
    )
    paid = paid.exclude(channel=Payment.Channel.WRITE_OFF).order_by().values("account__case_links__case")
    cut = ServiceRestriction.objects.annotate(cut_on=Coalesce("limited_on", "suspended_on"))
    cut = cut.filter(case=case, cut_on__gte=since).order_by().values("case")
    acts = WriteOffAct.objects.filter(items__account__case_links__case=case, decided_on__gte=since)
    acts = acts.filter(state__in=("approved", "posted")).order_by().values("items__account__case_links__case")
    fact = Case(
        When(kind=DecisionKind.AGREEMENT, then=Subquery(agreement.annotate(day=Min("signed_on")).values("day"))),
        When(kind=DecisionKind.CLAIM, then=Subquery(claim.annotate(day=Min("filed_on")).values("day"))),
        When(kind=DecisionKind.EVICTION, then=Subquery(evictions.annotate(day=Min("filed_on")).values("day"))),
        When(kind=DecisionKind.RESTRICTION, then=Subquery(cut.annotate(day=Min("cut_on")).values("day"))),
        When(kind=DecisionKind.WRITE_OFF, then=Subquery(acts.annotate(day=Min("decided_on")).values("day"))),
        When(
            Q(kind=DecisionKind.PAY_BY, item__case__overdue=0),
            then=Coalesce(Subquery(paid.annotate(day=Max("counts_on")).values("day")), F("in_force_on")),
        ),
        default=Value(None),
        output_field=DateField(),
    )
    return decisions.annotate(fact_on=fact).annotate(ended_on=Coalesce(F("done_on"), F("fact_on")))


def tasks(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Tasks with their facts, what is due first on top."""
    return with_facts(decisions.tasks()).select_related("item__case__creditor", "item__meeting__commission", "responsible")


def late(found: QuerySet[Decision], on: dt.date) -> QuerySet[Decision]:
    """Not carried out by their day."""
    return found.filter(ended_on__isnull=True, due_on__lt=on)


def standing(one: Decision, on: dt.date) -> tuple[str, str]:
    """Where the task stands, in words and with a tone. The decision comes from `tasks`."""
    if one.done_on:
        return f"исполнено {one.done_on:%d.%m.%Y}", "ok"
    if one.fact_on:
        return f"исполнено {one.fact_on:%d.%m.%Y} по данным дела", "ok"
    left = (one.due_on - on).days
    if left < 0:
        return f"просрочено на {-left} дн.", "danger"
    return ("сегодня", "warn") if left == 0 else (f"ещё {left} дн.", "info")
