"""Close a month of a creditor's books: keep its figures; what is learnt about it afterwards is late."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.common.refusals import Refusal
from debtors.models import MonthClosing
from debtors.queries.ageing import age
from debtors.queries.printed import printed


class MonthNotOver(Refusal):
    """The month has not ended on the day."""

    code = "month_not_over"


class MonthAlreadyClosed(Refusal):
    """The month was closed before."""

    code = "month_already_closed"


@transaction.atomic
def close_month(*, creditor: Organisation, month: int, by: User | None, at: dt.datetime, on: dt.date) -> MonthClosing:
    """Close a month at the moment `at` and keep its ageing on its last day.

    Nothing is locked: a late fact is booked with its own business day and is known only after `at`, so the closed figures
    go on coming out of `age(known_on=closed_at)`. Raises MonthNotOver, MonthAlreadyClosed.
    """
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    if on <= months.last_day(month):
        raise MonthNotOver(
            f"{months.named(month).capitalize()} ещё не закончился: закройте его с {months.first_day(month + 1):%d.%m.%Y}.",
            month=month,
        )
    closed = MonthClosing.objects.filter(creditor=creditor, month=month).first()
    if closed:
        raise MonthAlreadyClosed(
            f"{months.named(month).capitalize()} закрыт {closed.closed_at:%d.%m.%Y}: поздние факты видны и так.",
            closed_at=closed.closed_at,
        )
    figures = age(creditor.accounts.all(), as_of=months.last_day(month), known_on=at).figures
    return MonthClosing.objects.create(creditor=creditor, month=month, closed_at=at, closed_by=by, figures=printed(figures))
