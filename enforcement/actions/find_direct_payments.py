"""Find money paid past the bailiffs on debts they are collecting, and prepare the notices. Part of the pass after a booking."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from casedesk.access.models import Organisation
from casedesk.norms.act_within import act_by
from debtors.models import AwardLine, Payment
from enforcement.models import DirectPayment, EnforcementProceeding

BATCH = 2_000
REACH = (
    "account__writs__proceedings",
    "account__award_lines__award__writs__proceedings",
    "account__claim_lines__claim__writs__proceedings",
)
"""How a proceeding is about an account: its writ names it, or months of it were granted or claimed together with others."""
ENDED_LATELY = dt.timedelta(days=90)
"""How long after the end of a proceeding its bailiff is still told."""
_OWN = Payment.Channel
FORCED = (_OWN.BAILIFF, _OWN.EMPLOYER, _OWN.OFFSET, _OWN.TURNOVER, _OWN.WRITE_OFF)
"""Not direct: taken by force, no money, or a month's total that tells no way and no day."""


def find_direct_payments(*, creditor: Organisation, on: dt.date) -> int:
    """Prepare a notice for each direct payment of the creditor that has none; return how many. Three statements and the insert.

    Accounts of several debtors of one claim count as its own: what one of them pays, no other owes. A payment that names a
    month outside what was granted is no payment on the debt under execution. Money that came while the
    proceeding ran counts, also when the proceeding has ended lately: what was collected twice has to be known.
    """
    found = [
        DirectPayment(
            proceeding_id=proceeding,
            payment_id=payment,
            amount=amount,
            paid_on=paid_on,
            found_on=on,
            due_on=act_by(on),
        )
        for payment, proceeding, amount, paid_on in _direct(creditor, on)
    ]
    DirectPayment.objects.bulk_create(found, BATCH, ignore_conflicts=True)
    return len(found)


def _direct(creditor: Organisation, on: dt.date) -> list[tuple[int, int, int, dt.date]]:
    """(payment, proceeding, kopecks, day) with no notice yet, oldest first."""
    lately = Q(ended_on__isnull=True) | Q(ended_on__gte=on - ENDED_LATELY)
    running = EnforcementProceeding.objects.live().filter(lately, writ__creditor=creditor, opened_on__isnull=False)
    found = {row for path in REACH for row in _reached(path, running, creditor)}
    return sorted(found, key=lambda row: (row[3], row[0], row[1]))


def _reached(path: str, running: QuerySet, creditor: Organisation) -> QuerySet:
    """Payments on accounts that a running proceeding is about by one path, while it ran."""
    on_the_writ = Q(award__isnull=True) | Q(award=F(f"{path}__writ__award"))
    still_ran = Q(**{f"{path}__ended_on__isnull": True}) | Q(**{f"{path}__ended_on__gte": F("counts_on")})
    # One filter call: all that is asked of the proceeding is asked of the same one.
    paid = (
        Payment.objects.filter(
            on_the_writ,
            still_ran,
            **{f"{path}__in": running, "counts_on__gte": F(f"{path}__opened_on")},
            amount__gt=0,
            booking__undone_at__isnull=True,
            booking__creditor=creditor,
            service__is_penalty=False,
        )
        .exclude(channel__in=FORCED)
        .annotate(proceeding=F(path))
        .exclude(Exists(DirectPayment.objects.filter(payment=OuterRef("pk"), proceeding=OuterRef("proceeding"))))
        .exclude(Exists(Payment.objects.filter(reverses=OuterRef("pk"), booking__undone_at__isnull=True)))
    )
    granted = AwardLine.objects.filter(award__writs__proceedings=OuterRef("proceeding"))
    month = granted.filter(month=OuterRef("designated_month"), account=OuterRef("account"))
    of_the_debt = Q(designated_month__isnull=True) | Q(award__isnull=False) | Exists(month) | ~Exists(granted)
    return paid.filter(of_the_debt).order_by().values_list("pk", "proceeding", "amount", "counts_on").distinct()
