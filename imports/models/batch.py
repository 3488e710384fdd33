"""One file that came in: what was read from it, what was booked and what it said of itself."""

from django.db import models
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet

KIND_NAMES = {
    "auto": "определить по содержимому",
    "accounts": "лицевые счета",
    "charges": "начисления и сальдо",
    "payments": "платежи",
    "bank_statement": "выписка банка",
    "writs": "исполнительные документы",
    "bailiff_register": "реестр приставов",
}


def stored_name(batch: "ImportBatch", name: str) -> str:
    """Content names the stored file: the same bytes are kept once, and nobody's file name reaches the disk."""
    return f"imports/{batch.sha256[:2]}/{batch.sha256}"


class ImportBatch(models.Model):
    """One file, read once and applied in one transaction (загрузка).

    `rows_accepted`, `rows_known` and `rows_rejected` share out the data rows of the file; `rows_doubtful` of the accepted
    wait for a person. `totals` are kopecks over the rows that were not rejected.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "ждёт очереди"
        READING = "reading", "читается"
        COLUMNS = "columns", "ждёт подтверждения колонок"
        PREVIEW = "preview", "ждёт подтверждения"
        APPLYING = "applying", "проводится"
        APPLIED = "applied", "проведена"
        NOTHING_NEW = "nothing_new", "нового нет"
        REFUSED = "refused", "отказано"
        UNDONE = "undone", "отменена"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="import_batches")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField(default=0)
    stored = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    kind = models.CharField(max_length=20, default="auto")
    format = models.CharField(max_length=30, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    profile = models.CharField(max_length=100, blank=True)
    period = models.SmallIntegerField(
        null=True, blank=True, help_text="The month given by the person, when the file names none"
    )
    confidence = models.FloatField(default=0)
    columns = models.JSONField(default=dict, blank=True)
    sheets = models.JSONField(default=list, blank=True, help_text="Names of the sheets that rows were read from, in order")
    status = models.CharField(max_length=20, choices=Status, default=Status.WAITING, db_index=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_accepted = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    rows_skipped = models.PositiveIntegerField(default=0)
    rows_doubtful = models.PositiveIntegerField(default=0)
    skipped_why = models.JSONField(default=dict, blank=True)
    totals = models.JSONField(default=dict, blank=True)
    control_totals = models.JSONField(default=list, blank=True)
    statement = models.JSONField(
        default=dict, blank=True, help_text="Of a bank statement: documents by direction and decisions, numbers and kopecks"
    )
    accounts_created = models.PositiveIntegerField(default=0)
    accounts_touched = models.PositiveIntegerField(default=0)
    as_of = models.DateField(null=True, blank=True, help_text="The day a bailiffs' reply speaks of, given by the person")
    bailiffs = models.JSONField(default=dict, blank=True, help_text="Figures of a bailiffs' or a court's file")
    totals_confirmed = models.BooleanField(
        default=False, help_text="A person saw that the file's own totals differ and went on"
    )
    booking = models.OneToOneField(
        "debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="import_batch"
    )
    job = models.ForeignKey("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return f"{self.file_name} (№ {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("imports:batch", args=[self.pk])

    @property
    def kind_name(self) -> str:
        return KIND_NAMES.get(self.kind, self.kind)

    @property
    def totals_agree(self) -> bool:
        """All totals that the file states of itself are the sums of its rows."""
        return all(line["agrees"] for line in self.control_totals)
