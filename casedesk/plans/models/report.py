"""Versions of a plan and its frozen reports: kept once, changed never (triggers in migration 0004 hold it)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.common import months
from casedesk.common.fields import MonthField
from casedesk.plans.models.plan import PartQuerySet, Plan
from casedesk.plans.rules.spans import Period, Span


class PlanVersion(models.Model):
    """A plan as it stood when a report was made of it, or when its people published it: the text of its file."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(help_text="The plan's file, TOML")
    sha256 = models.CharField(max_length=64)
    published = models.BooleanField(default=False, help_text="Its people put it in force; else a report needed it")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_per_number")]

    def __str__(self) -> str:
        return f"{self.plan.code}, версия {self.number}"


class Frozen(models.Model):
    """What every report that was submitted keeps: its period, the moment of knowledge, the content and its hash.

    `content` holds every figure and table, `sha256` its canonical JSON. Facts learnt by `known_at` are in it and no others.
    """

    span = models.CharField(max_length=10, choices=Span)
    first_month = MonthField()
    last_month = MonthField()
    edition = models.PositiveSmallIntegerField(default=1)
    known_at = models.DateTimeField(help_text="Facts learnt by this moment are in the report")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.OneToOneField("common.Job", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(help_text="Figures and tables as they were submitted")
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.span, self.first_month)

    @property
    def as_of(self) -> dt.date:
        """The day that the report's debt stands on."""
        return months.last_day(self.last_month)


class FrozenFile(models.Model):
    """A report as a file, byte for byte as it was first made."""

    class Form(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        DOCX = "docx", "DOCX"

    form = models.CharField(max_length=5, choices=Form)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class PlanReport(Frozen):
    """A plan's figures of a period as an organisation submitted them (зафиксированный отчёт).

    The lists behind its figures can be asked again by `known_at`. `previous` is the report of an earlier period that its
    explanation of the debt starts from. Organisation None: the whole installation. A report that was wrong is followed by a
    further edition.
    """

    class QuerySet(ScopedQuerySet):
        def visible_to(self, user) -> "PlanReport.QuerySet":
            """A creditor sees its own reports, a municipality those of its administration: they count all of its land."""
            scope = scope_of(user)
            if scope.everything:
                return self.all()
            hall = Q(organisation__kind="municipality", organisation__territory__in=scope.territories)
            return self.filter(Q(organisation__in=scope.creditors) | hall)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="plan_reports"
    )
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-last_month", "-first_month", "-edition", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation", "first_month", "last_month", "edition"], name="one_report_per_edition"
            ),
            models.UniqueConstraint(
                fields=["plan", "first_month", "last_month", "edition"],
                condition=Q(organisation__isnull=True),
                name="one_report_of_all_per_edition",
            ),
            models.CheckConstraint(name="report_ends_after_it_starts", condition=Q(last_month__gte=F("first_month"))),
        ]

    def __str__(self) -> str:
        return f"{self.plan.code}: {self.period.name}"

    def get_absolute_url(self) -> str:
        return reverse("plans:report", args=[self.pk])


class ReportFile(FrozenFile):
    report = models.ForeignKey(PlanReport, on_delete=models.CASCADE, related_name="files")

    class Meta:
        ordering = ["report", "form"]
        constraints = [models.UniqueConstraint(fields=["report", "form"], name="one_file_per_form")]
