"""Rulings of bailiffs that came as documents: what was decided in a proceeding, on which day, by whom."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.models.proceeding import EnforcementProceeding
from enforcement.models.writ import Writ


class BailiffRuling(models.Model):
    """One ruling (постановление судебного пристава-исполнителя). `data` keeps every element of the document as it was.

    A ruling of a type that we do not know is kept too (`other`). `proceeding` is empty until its proceeding is known here.
    """

    class Kind(models.TextChoices):
        ENDED = "ended", "окончание производства"
        RETURNED = "returned", "возвращение документа взыскателю"
        RESUMED = "resumed", "возобновление производства"
        CONSOLIDATED = "consolidated", "объединение в сводное"
        TRANSFERRED = "transferred", "передача в другой отдел"
        OTHER = "other", "другой документ"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        department_path = "department"

        def live(self) -> "BailiffRuling.QuerySet":
            """Rulings whose booking stands."""
            return self.filter(Q(booking__isnull=True) | Q(booking__undone_at__isnull=True))

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="bailiff_rulings")
    department = models.ForeignKey("access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=Kind)
    doc_type = models.CharField(max_length=60, help_text="O_IP_ACT_END_END and the like")
    title = models.CharField(max_length=300, blank=True)
    external_id = models.CharField(max_length=60, help_text="The document's own id at the bailiffs'")
    number = models.CharField(max_length=60, blank=True)
    made_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    proceeding_number = models.CharField(max_length=40, blank=True)
    consolidated_number = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    writ_number = models.CharField(max_length=60, blank=True)
    writ_issued_on = models.DateField(null=True, blank=True)
    debtor_name = models.CharField(max_length=300, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=400, blank=True)
    debt_sum = KopeckField(null=True, blank=True)
    remaining = KopeckField(null=True, blank=True)
    bailiff = models.CharField(max_length=150, blank=True)
    department_text = models.CharField(max_length=300, blank=True)
    to_department = models.CharField(max_length=300, blank=True, help_text="Where a transfer goes, when it says")
    ended_ground = models.CharField(max_length=20, blank=True, help_text="46.1.4: article, part, point")
    data = models.JSONField(default=dict, blank=True)
    writ = models.ForeignKey(Writ, null=True, blank=True, on_delete=models.PROTECT, related_name="rulings")
    proceeding = models.ForeignKey(
        EnforcementProceeding, null=True, blank=True, on_delete=models.PROTECT, related_name="rulings"
    )
    booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="rulings")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-id"]
        indexes = [
            models.Index(fields=["creditor", "external_id"], name="ruling_by_external_id"),
            models.Index(fields=["proceeding_number"], name="ruling_by_proceeding"),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.get_kind_display()} от {self.made_on:%d.%m.%Y}"

    @property
    def ground_text(self) -> str:
        """`46.1.4` -> `ст. 46 ч. 1 п. 4`."""
        parts = self.ended_ground.split(".") if self.ended_ground else []
        return " ".join(f"{word} {part}" for word, part in zip(("ст.", "ч.", "п."), parts, strict=False))
