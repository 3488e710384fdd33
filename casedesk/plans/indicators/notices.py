"""First notices with an offer to pay before court: row L12."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register
from casedesk.plans.queries.question import Question
from debtors.models import CaseEvent, PreTrialNotice


def handed_over(known_at: dt.datetime | None) -> QuerySet:
    """Notices that were handed over, as known at the moment: the case's event tells when we learnt of it."""
    sent = PreTrialNotice.objects.filter(state=PreTrialNotice.State.SENT)
    if known_at is None:
        return sent
    told = CaseEvent.objects.filter(code="reminder_sent", subject_kind="pretrialnotice", recorded_at__lte=known_at)
    return sent.filter(pk__in=told.values("subject_id"))


def _first_notices(question: Question) -> QuerySet:
    """Notices handed over in the month that were the first of their case."""
    sent = handed_over(question.known_at)
    earlier = sent.filter(case=OuterRef("case")).filter(sent_on__lt=OuterRef("sent_on"))
    same_day = sent.filter(case=OuterRef("case"), sent_on=OuterRef("sent_on"), pk__lt=OuterRef("pk"))
    found = sent.filter(sent_on__range=(months.first_day(question.period), months.last_day(question.period)))
    found = found.filter(~Exists(earlier), ~Exists(same_day))
    return found if question.reach.everything else found.filter(case__account__in=question.reach.accounts())


def _totals(question: Question) -> Totals:
    sums = list(_first_notices(question).values_list("total", flat=True))
    return (len(sums), sum(sums))


def _facts(question: Question) -> Iterable[Fact]:
    notices = _first_notices(question).select_related("case").order_by("sent_on", "pk")
    return [
        Fact(
            (1, notice.total),
            account=notice.case.account_id,
            about=f"{notice} ({notice.get_channel_display()})",
            url=notice.get_absolute_url(),
            on=notice.sent_on,
        )
        for notice in notices
    ]


register(
    Indicator(
        "notices.first",
        "Первые уведомления должникам",
        "Число дел, по которым в этом месяце впервые вручено уведомление с предложением оплатить долг до суда.",
        Unit.COUNT,
        "L12",
        (Column("notices", "Уведомлений", "number"), Column("asked", "Предложено оплатить, ₽")),
        _totals,
        _facts,
        dated="за месяц",
    )
)
