"""Debt figures that a creditor hands over every month (пакет обмена), and readings of such packages against our own books."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.common import months
from casedesk.common.fields import KopeckField, MonthField
from casedesk.plans.rules.debt_rows import KINDS


def stored_name(package: "DebtPackage", name: str) -> str:
    """Nobody's file name reaches the disk."""
    return f"debt-packages/{package.key.hex}.zip"


class DebtPackage(models.Model):
    """A creditor's debts of a month for a municipality or a bailiff department: plan row Z2b.

    Made once and never changed: what was learnt later goes into the month's next edition. `key` stands in the archive.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def visible_to(self, user) -> "DebtPackage.QuerySet":
            """The creditor's own, and to those they are for once they were sent."""
            scope = scope_of(user)
            if scope.everything:
                return self.all()
            hall = Q(recipient__kind="municipality", recipient__territory__in=scope.territories)
            came = Q(sent_on__isnull=False) & (hall | Q(recipient__in=scope.departments))
            return self.filter(Q(creditor__in=scope.creditors) | came)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="debt_packages")
    recipient = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="debt_packages_received")
    month = MonthField()
    edition = models.PositiveSmallIntegerField(default=1)
    known_at = models.DateTimeField(help_text="Facts learnt by this moment are in it")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.OneToOneField("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stored = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    totals = models.JSONField(default=dict, blank=True, help_text="Control totals, kopecks")
    sent_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When we learnt that it was sent")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_how = models.CharField(max_length=200, blank=True, help_text="Channel, number of the covering letter")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-edition", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "recipient", "month", "edition"], name="one_debt_package_per_edition"),
            models.CheckConstraint(
                name="a_sent_debt_package_is_built_and_says_how",
                condition=Q(sent_on__isnull=True, sent_at__isnull=True, sent_how="")
                | Q(sent_on__isnull=False, sent_at__isnull=False) & ~Q(sent_how="") & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        edition = f", редакция {self.edition}" if self.edition > 1 else ""
        return f"пакет обмена за {months.named(self.month)}{edition}"

    def get_absolute_url(self) -> str:
        return reverse("plans:debt-package", args=[self.pk])

    @property
    def as_of(self) -> dt.date:
        """The day the debts stand on."""
        return months.last_day(self.month)

    @property
    def file_name(self) -> str:
        return f"dolg-{self.creditor.code}-{months.iso(self.month)}-{self.edition}.zip"


class DebtReading(models.Model):
    """A package that was read back and held against our own books: control totals of both sides."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def visible_to(self, user) -> "DebtReading.QuerySet":
            """To the creditor whose debts they are, and to the organisation that read them."""
            scope = scope_of(user)
            if scope.everything:
                return self.all()
            hall = Q(reader__kind="municipality", reader__territory__in=scope.territories)
            return self.filter(Q(creditor__in=scope.creditors) | hall | Q(reader__in=scope.departments))

    package = models.ForeignKey(
        DebtPackage, null=True, blank=True, on_delete=models.PROTECT, related_name="readings", help_text="When it was made here"
    )
    key = models.UUIDField()
    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="+")
    month = MonthField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    known_at = models.DateTimeField(help_text="Our side is what was known at this moment")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.OneToOneField("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    theirs = models.JSONField(help_text="Control totals of the package, kopecks")
    ours = models.JSONField(help_text="The same of our books")
    differing = models.PositiveIntegerField(help_text="Rows that differ")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"сверка пакета за {months.named(self.month)}, {self.creditor}"

    def get_absolute_url(self) -> str:
        return reverse("plans:debt-reading", args=[self.pk])

    @property
    def agrees(self) -> bool:
        return not self.differing


class DebtDifference(models.Model):
    """A row of a package that our books tell otherwise."""

    class QuerySet(ScopedQuerySet):
        def visible_to(self, user):
            return self.filter(reading__in=DebtReading.objects.visible_to(user))

    reading = models.ForeignKey(DebtReading, on_delete=models.CASCADE, related_name="differences")
    account = models.CharField(max_length=40)
    resource = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    house = models.CharField(max_length=400, blank=True)
    theirs = KopeckField(help_text="Debt in the package")
    ours = KopeckField(help_text="Debt in our books")
    by = KopeckField(help_text="Theirs less ours")
    theirs_overdue = KopeckField()
    ours_overdue = KopeckField()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["reading", "account", "resource"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "account", "resource"], name="one_difference_per_row_of_a_package"),
            models.CheckConstraint(name="a_difference_is_theirs_less_ours", condition=Q(by=F("theirs") - F("ours"))),
        ]

    def __str__(self) -> str:
        return f"л/с {self.account}: {self.get_kind_display()}"
