"""Bookings: the sets of facts that were learnt together, and what they stand on."""

from django.db import models
from django.db.models import F, Q

from casedesk.access.scope import ScopedQuerySet


class Booking(models.Model):
    """Facts that were learnt together (проводка): one file applied, or one manual posting."""

    class Kind(models.TextChoices):
        IMPORT = "import", "загрузка файла"
        MANUAL = "manual", "ручная проводка"
        ALLOCATION = "allocation", "распределение"
        WRITE_OFF = "write_off", "списание"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="bookings")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=300)
    learnt_at = models.DateTimeField(db_index=True)
    booked_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True, db_index=True)
    undone_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undo_reason = models.CharField(max_length=300, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-learnt_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="undone_after_learnt", condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("learnt_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.about


class BookingBasis(models.Model):
    """One booking stands on another: it left out what the other had already booked, or reversed or replaced a part of it.

    The other cannot be undone while this one stands, or money that both files name would be gone.
    """

    class Why(models.TextChoices):
        KNOWN = "known", "строки уже были загружены"
        OPENING = "opening", "входящее сальдо сверено с его начислениями"
        TURNOVER = "turnover", "оплата месяца сверена с его платежами"
        REVERSAL = "reversal", "сторнирует его платежи"
        AWARD = "award", "деньги пришли по присуждённому в ней"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="bases")
    stands_on = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="borne")
    why = models.CharField(max_length=10, choices=Why)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "stands_on", "why"], name="one_basis_per_reason"),
            models.CheckConstraint(name="a_booking_does_not_stand_on_itself", condition=~Q(booking=F("stands_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.booking} → {self.stands_on}"
