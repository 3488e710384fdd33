"""Write the dashboard's cells of the months that changed. Safe to repeat; a month written twice is the same."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Sum

from casedesk.access.models import Organisation
from casedesk.common import months
from debtors.models import AgedCell, CellStamp, Payment, RecoveredCell, UtilityAccount
from debtors.queries.ageing import age
from debtors.queries.recovery_channels import with_recovery
from debtors.queries.stale_cells import known_now, stale_cells

KEPT_MONTHS = 13
"""A year and the month it is compared with: what the boards show, kept fresh after each import."""


def keep_fresh(*, creditor: Organisation, on: dt.date) -> int:
    """The months that boards show by themselves, so that nobody who opens one waits; return how many were written."""
    newest = months.of(on) - 1
    return refresh_cells(creditors=[creditor.pk], span=range(newest - KEPT_MONTHS + 1, newest + 1))


def refresh_cells(*, creditors: Iterable[int], span: Iterable[int]) -> int:
    """Bring the cells of these creditors and months up to what is known now; return how many months were written."""
    asked = sorted(span)
    looked = stale_cells(set(creditors), asked, known_now())
    for creditor in sorted({creditor for creditor, _ in looked.stale} | looked.behind):
        _refresh(creditor, asked)
    return sum(len(listed) for listed in looked.stale.values())


@transaction.atomic
def _refresh(creditor: int, span: list[int]) -> None:
    """One creditor's stale months, asked again under the lock: somebody else may have written them meanwhile.

    Months that nothing since has touched are stamped anew too: else each look would ask again what came since, for every
    stamp there is, over ever more bookings.
    """
    Organisation.objects.select_for_update().get(pk=creditor)
    now = known_now()
    known = {"booking": now.booking, "undone_at": now.undone_at, "event": now.event}
    for (_, kind), stale in stale_cells([creditor], span, now).stale.items():
        for month in stale:
            (_write_aged if kind == CellStamp.Kind.AGED else _write_recovered)(creditor, month)
            CellStamp.objects.update_or_create(creditor_id=creditor, kind=kind, month=month, defaults=known)
    CellStamp.objects.filter(creditor=creditor, month__in=span).update(**known)


def _write_aged(creditor: int, month: int) -> None:
    accounts = UtilityAccount.objects.filter(creditor=creditor)
    aged = age(accounts, as_of=months.last_day(month), by=("house_id",))
    AgedCell.objects.filter(creditor=creditor, month=month).delete()
    AgedCell.objects.bulk_create(
        (
            AgedCell(
                creditor_id=creditor,
                house_id=group["house_id"],
                month=month,
                total=one.total,
                not_yet_due=one.not_yet_due,
                **dict(zip(AgedCell.BUCKETS, one.buckets.values(), strict=True)),
                accounts=one.accounts,
            )
            for group, one in aged.rows
            if one.total
        ),
        batch_size=1_000,
    )


def _write_recovered(creditor: int, month: int) -> None:
    span = (months.first_day(month), months.last_day(month))
    payments = with_recovery(Payment.objects.filter(account__creditor=creditor, counts_on__range=span))
    sums = (
        payments.values("account__premises__house__territory", "recovery")
        .annotate(amount=Sum("amount"), lines=Count("pk"))
        .values_list("account__premises__house__territory", "recovery", "amount", "lines")
        .order_by()
    )
    RecoveredCell.objects.filter(creditor=creditor, month=month).delete()
    RecoveredCell.objects.bulk_create(
        RecoveredCell(creditor_id=creditor, territory_id=land, month=month, channel=way, amount=amount, payments=lines)
        for land, way, amount, lines in sums
    )
