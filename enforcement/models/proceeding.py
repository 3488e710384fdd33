"""Enforcement proceedings: what the bailiffs do on a writ."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.models.presentation import Presentation
from enforcement.models.writ import Writ


class EnforcementProceeding(models.Model):
    """A bailiff's proceeding on a writ (исполнительное производство). A writ may have several over the years.

    `ended_ground` is the article and point the bailiff names, in the short form `46.1.4` (229-ФЗ), empty when unknown. The fee
    (исполнительский сбор) is set once on the first sum and never counted anew from what remains, so it stands by itself.
    """

    class Status(models.TextChoices):
        OPEN = "open", "на исполнении"
        FINISHED = "finished", "окончено"
        TERMINATED = "terminated", "прекращено"

    class QuerySet(ScopedQuerySet):
        creditor_path = "writ__creditor"
        department_path = "department"

        def live(self) -> "EnforcementProceeding.QuerySet":
            """Proceedings whose booking stands."""
            return self.filter(Q(booking__isnull=True) | Q(booking__undone_at__isnull=True))

        def open(self) -> "EnforcementProceeding.QuerySet":
            return self.filter(status="open")

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="proceedings")
    presentation = models.ForeignKey(Presentation, null=True, blank=True, on_delete=models.PROTECT, related_name="proceedings")
    department = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="proceedings"
    )
    number = models.CharField(max_length=40, help_text="NNNNN/ГГ/OOOOO-ИП")
    consolidated_number = models.CharField(max_length=40, blank=True, help_text="Сводное производство, -СД")
    bailiff = models.CharField(max_length=150, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    ended_ground = models.CharField(max_length=20, blank=True)
    fee = KopeckField(default=0, help_text="Исполнительский сбор, as the bailiff set it")
    voluntary_until = models.DateField(null=True, blank=True, help_text="Last day for the debtor to pay by himself")
    booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="proceedings")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["number"], name="proceeding_by_number")]
        constraints = [
            models.CheckConstraint(
                name="proceeding_ends_after_it_opens",
                condition=Q(ended_on__isnull=True) | Q(opened_on__isnull=True) | Q(ended_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="an_open_proceeding_has_no_end", condition=~Q(status="open") | Q(ended_on__isnull=True, ended_ground="")
            ),
        ]

    def __str__(self) -> str:
        return f"ИП {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:proceeding", args=[self.pk])

    @property
    def ground_text(self) -> str:
        """`46.1.4` -> `ст. 46 ч. 1 п. 4`."""
        parts = self.ended_ground.split(".") if self.ended_ground else []
        return " ".join(f"{word} {part}" for word, part in zip(("ст.", "ч.", "п."), parts, strict=False))
