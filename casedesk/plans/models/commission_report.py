"""Frozen reports on a commission's work (rows L1, L-App3, P3.1, Z9b): kept once, changed never."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casedesk.access.rights import Role
from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.commission.models import Commission
from casedesk.commission.models.commission import MUNICIPAL
from casedesk.plans.models.report import Frozen, FrozenFile


class CommissionReport(Frozen):
    """What a commission did in a period as it was submitted: meetings, decisions, what was carried out, what it brought.

    A report that was wrong is followed by a further edition.
    """

    class QuerySet(ScopedQuerySet):
        def visible_to(self, user) -> "CommissionReport.QuerySet":
            """Its municipality's people and its members: a creditor must not add up what others are owed."""
            scope = scope_of(user)
            if scope.everything:
                return self.all()
            seen = Q(pk__in=[])
            if scope.roles & MUNICIPAL:
                seen |= Q(commission__municipality__territory__in=scope.territories)
            if Role.COMMISSION_MEMBER in scope.roles:
                seen |= Q(commission__seats__user=user)
            return self.filter(seen).distinct()

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="reports")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-last_month", "-first_month", "-edition", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "first_month", "last_month", "edition"], name="one_commission_report_per_edition"
            ),
            models.CheckConstraint(
                name="commission_report_ends_after_it_starts", condition=Q(last_month__gte=F("first_month"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commission}: {self.period.name}"

    def get_absolute_url(self) -> str:
        return reverse("plans:commission-report", args=[self.pk])


class CommissionReportFile(FrozenFile):
    report = models.ForeignKey(CommissionReport, on_delete=models.CASCADE, related_name="files")

    class Meta:
        ordering = ["report", "form"]
        constraints = [models.UniqueConstraint(fields=["report", "form"], name="one_commission_file_per_form")]
