"""Payments with the way they came back, and the sums by month and way: the same rule as `channel_of`, said set-based."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from casedesk.common import months
from debtors.models import CaseEvent, Payment, RepaymentAgreement
from debtors.rules.recovery import EVENTS, RecoveryChannel


def with_recovery(payments: QuerySet) -> QuerySet:
    """The payments with a column `recovery`. Offsets, write-offs and undone bookings are no money that came: left out."""
    own = Payment.Channel
    return (
        payments.exclude(channel__in=Payment.NO_MONEY)
        .filter(booking__undone_at__isnull=True)
        .annotate(
            recovery=Case(
                When(channel=own.BAILIFF, then=Value(RecoveryChannel.BAILIFF.value)),
                When(channel=own.EMPLOYER, then=Value(RecoveryChannel.EMPLOYER.value)),
                When(award__isnull=False, then=Value(RecoveryChannel.BANK.value)),
                When(_agreed(), then=Value(RecoveryChannel.AGREEMENT.value)),
                *(When(_after(codes), then=Value(channel.value)) for channel, codes in EVENTS.items()),
                default=Value(RecoveryChannel.VOLUNTARY.value),
                output_field=CharField(),
            )
        )
    )


def _agreed() -> Exists:
    """An agreement of a case of the account was in force on the payment's day."""
    day = OuterRef("counts_on")
    standing = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    account = OuterRef("account")
    return Exists(RepaymentAgreement.objects.filter(standing, case__account_links__account=account, signed_on__lte=day))


def _after(codes: tuple[str, ...]) -> Exists:
    """Something of the kind happened by the payment's day in a case of its account that was open on it.

    The code is compared as an expression, so that no database walks all events of the code for each payment.
    """
    return Exists(
        CaseEvent.objects.annotate(kind=Coalesce("code", Value(""))).filter(
            Q(case__closed_on__isnull=True) | Q(case__closed_on__gte=OuterRef("counts_on")),
            case__account_links__account=OuterRef("account"),
            kind__in=codes,
            happened_on__lte=OuterRef("counts_on"),
            corrected_by__isnull=True,
        )
    )


@dataclass(frozen=True)
class Recovered:
    """What came back in a month by one way. Kopecks; `payments` is how many lines the list behind it has."""

    month: int
    channel: str
    kopecks: int
    payments: int

    @property
    def name(self) -> str:
        return RecoveryChannel(self.channel).label


def by_month(payments: QuerySet) -> list[Recovered]:
    """Sums by month and way, oldest month first. One query; each figure is the total of `of_month`."""
    rows = (
        with_recovery(payments)
        .annotate(first=TruncMonth("counts_on"))
        .values("first", "recovery")
        .annotate(kopecks=Sum("amount"), lines=Count("pk"))
        .order_by("first", "recovery")
    )
    return [Recovered(months.of(row["first"]), row["recovery"], row["kopecks"], row["lines"]) for row in rows]


def of_month(payments: QuerySet, month: int, channel: str = "") -> QuerySet:
    """The payments behind a figure of `by_month`; without a channel those of all."""
    span = (months.first_day(month), months.last_day(month))
    found = with_recovery(payments).filter(counts_on__range=span)
    found = found.filter(recovery=channel) if channel else found
    return found.order_by(F("counts_on"), F("pk"))
