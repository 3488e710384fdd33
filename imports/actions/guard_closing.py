"""A month is not closed over more unplaced money than the creditor lets stand."""

import datetime as dt

from casedesk.access.models import Organisation, User
from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from imports.models import SuspenseLimit
from imports.queries.money_in import suspense


class TooMuchSuspense(Refusal):
    """More money of the month waits to be placed than the creditor's limit."""

    code = "too_much_suspense"


def guard_closing(*, creditor: Organisation, month: int) -> None:
    """Raise TooMuchSuspense when money received by the month's end and not placed is over the limit. No limit: never."""
    limit = SuspenseLimit.objects.filter(creditor=creditor).first()
    if limit is None:
        return
    number, waiting = suspense(creditor.pk, through=months.last_day(month))
    if waiting > limit.amount:
        raise TooMuchSuspense(
            f"{months.named(month).capitalize()} нельзя закрыть: не выяснено {money.spaced(waiting)} ₽ ({number} док.), "
            f"предел «{creditor}» — {money.spaced(limit.amount)} ₽. Разнесите платежи или поднимите предел.",
            waiting=waiting,
            limit=limit.amount,
        )


def set_limit(*, creditor: Organisation, amount: int | None, by: User, at: dt.datetime) -> SuspenseLimit | None:
    """Set the limit in kopecks; None takes it away."""
    if amount is None:
        SuspenseLimit.objects.filter(creditor=creditor).delete()
        return None
    limit, _ = SuspenseLimit.objects.update_or_create(
        creditor=creditor, defaults={"amount": amount, "changed_by": by, "changed_at": at}
    )
    return limit
