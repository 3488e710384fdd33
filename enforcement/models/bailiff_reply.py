"""What bailiff departments say of a creditor's writs: replies to a reconciliation and extracts of the data bank.

Rows are facts of the day they speak of (`BailiffReply.as_of`): they are appended with a booking and go with it, never edited.
"""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.models.proceeding import EnforcementProceeding
from enforcement.models.writ import Writ


class BailiffReply(models.Model):
    """One reply of a department (ответ ОСП на сверку), or one extract of the data bank of proceedings.

    `as_of_stated` is False when the file names no day: `as_of` is then the latest day that it mentions.
    """

    class Source(models.TextChoices):
        REPLY = "reply", "ответ отдела"
        DATA_BANK = "data_bank", "банк данных исполнительных производств"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        department_path = "department"

        def live(self) -> "BailiffReply.QuerySet":
            """Replies whose booking stands."""
            return self.filter(booking__undone_at__isnull=True)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="bailiff_replies")
    department = models.ForeignKey("access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department_text = models.CharField(max_length=300, blank=True, help_text="As the file prints it")
    source = models.CharField(max_length=10, choices=Source, default=Source.REPLY)
    as_of = models.DateField()
    as_of_stated = models.BooleanField(default=True)
    booking = models.ForeignKey("debtors.Booking", on_delete=models.PROTECT, related_name="bailiff_replies")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-id"]
        verbose_name_plural = "bailiff replies"

    def __str__(self) -> str:
        return f"{self.get_source_display()} на {self.as_of:%d.%m.%Y}"


class BailiffReplyRow(models.Model):
    """What a reply says of one writ. Sums are kopecks and None where the cell is empty.

    `writ` and `proceeding_known` are what the row was matched with; both empty: nobody here knows the writ yet.
    """

    class Status(models.TextChoices):
        NOT_RECEIVED = "not_received", "документ не поступал"
        OPEN = "open", "на исполнении"
        FINISHED = "finished", "окончено"
        TERMINATED = "terminated", "прекращено"

    class QuerySet(ScopedQuerySet):
        creditor_path = "reply__creditor"
        department_path = "reply__department"

        def live(self) -> "BailiffReplyRow.QuerySet":
            return self.filter(reply__booking__undone_at__isnull=True)

    reply = models.ForeignKey(BailiffReply, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    writ_kind = models.CharField(max_length=20, blank=True, choices=Writ.Kind)
    writ_number = models.CharField(max_length=60, blank=True)
    other_writs = models.CharField(max_length=300, blank=True, help_text="More writs of the same cell, without sums")
    writ_issued_on = models.DateField(null=True, blank=True)
    court = models.CharField(max_length=300, blank=True)
    debtor_name = models.CharField(max_length=300, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=400, blank=True)
    claimed = KopeckField(null=True, blank=True)
    presented_on = models.DateField(null=True, blank=True)
    proceeding = models.CharField(max_length=40, blank=True)
    consolidated = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    bailiff = models.CharField(max_length=150, blank=True)
    collected = KopeckField(null=True, blank=True)
    remaining = KopeckField(null=True, blank=True)
    status = models.CharField(max_length=15, choices=Status, blank=True)
    status_text = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_ground = models.CharField(max_length=20, blank=True, help_text="46.1.4: article, part, point")
    sent_on = models.DateField(null=True, blank=True, help_text="When the ruling was sent to the creditor")
    note = models.CharField(max_length=500, blank=True)
    writ = models.ForeignKey(Writ, null=True, blank=True, on_delete=models.PROTECT, related_name="reply_rows")
    proceeding_known = models.ForeignKey(
        EnforcementProceeding, null=True, blank=True, on_delete=models.PROTECT, related_name="reply_rows"
    )

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["reply", "row", "id"]
        indexes = [models.Index(fields=["writ_number"], name="reply_row_by_writ")]
        constraints = [
            models.CheckConstraint(
                name="a_matched_reply_row_names_its_writ", condition=Q(proceeding_known__isnull=True) | Q(writ__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.writ_number or self.proceeding}: {self.get_status_display() or 'состояние не названо'}"

    @property
    def received(self) -> bool:
        """Whether the department has the writ."""
        return self.status != self.Status.NOT_RECEIVED
