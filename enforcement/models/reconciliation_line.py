"""Lines of both registers of a reconciliation, and the lines that a person joined by hand."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.models.reconciliation import Reconciliation
from enforcement.rules.reconciliation_compare import Facts
from enforcement.rules.reconciliation_keys import debtor_key, proceeding_key, writ_keys
from enforcement.rules.reconciliation_match import Keys
from enforcement.rules.reconciliation_words import BY_NAMES, STATUS_NAMES


class ReconciliationLine(models.Model):
    """What one side says of one writ (of one proceeding on it) at the month's end.

    `fingerprint` names the line within its side: taking the side again updates the same line. Money is cumulative since the
    writ was presented; `received_month` is the month's part. Empty sums: the register is silent about them.
    """

    class Side(models.TextChoices):
        OURS = "ours", "взыскатель"
        THEIRS = "theirs", "отдел"

    class Source(models.TextChoices):
        LEDGER = "ledger", "учёт взыскателя"
        FILE = "file", "файл отдела"
        SCREEN = "screen", "заполнено отделом на экране"

    class QuerySet(ScopedQuerySet):
        creditor_path = "reconciliation__creditor"
        department_path = "reconciliation__department"

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(max_length=6, choices=Side)
    fingerprint = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    group = models.PositiveIntegerField(default=0, help_text="Lines of both sides about one writ share the number")
    matched_how = models.CharField(max_length=12, blank=True, choices=[(by.value, name) for by, name in BY_NAMES.items() if by])
    source = models.CharField(max_length=6, choices=Source)
    source_row = models.PositiveIntegerField(null=True, blank=True)
    writ = models.ForeignKey("enforcement.Writ", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    debtor = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=400, blank=True)
    writ_kind = models.CharField(max_length=40, blank=True)
    writ_number = models.CharField(max_length=120)
    issued_on = models.DateField(null=True, blank=True)
    court = models.CharField(max_length=200, blank=True)
    amount = KopeckField(null=True, blank=True)
    presented_on = models.DateField(null=True, blank=True)
    proceeding_number = models.CharField(max_length=60, blank=True)
    consolidated_number = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    bailiff = models.CharField(max_length=150, blank=True)
    received_month = KopeckField(null=True, blank=True)
    received = KopeckField(null=True, blank=True)
    paid_directly = KopeckField(default=0)
    remainder = KopeckField(null=True, blank=True)
    status = models.CharField(max_length=12, blank=True, choices=[(s.value, name) for s, name in STATUS_NAMES.items() if s])
    ended_on = models.DateField(null=True, blank=True)
    ended_ground = models.CharField(max_length=20, blank=True)
    transferred_to = models.CharField(max_length=200, blank=True)
    is_elsewhere = models.BooleanField(default=False, help_text="Ours: by our data the writ is with another department")
    is_archived = models.BooleanField(default=False, help_text="Ours: ended before the month, looked up for their line")
    note = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["side", "position", "pk"]
        indexes = [models.Index(fields=["reconciliation", "group"], name="reconciliation_by_group")]
        constraints = [
            models.UniqueConstraint(fields=["reconciliation", "side", "fingerprint"], name="one_line_per_fingerprint"),
            models.CheckConstraint(name="line_sums_not_negative", condition=Q(paid_directly__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.writ_number}, {self.debtor}"

    @property
    def keys(self) -> Keys:
        """What the line is matched by."""
        return Keys(self.pk, writ_keys(self.writ_number), debtor_key(self.debtor), proceeding_key(self.proceeding_number))

    @property
    def facts(self) -> Facts:
        """What the line is compared by."""
        return Facts(
            id=self.pk,
            writs=writ_keys(self.writ_number),
            debtor=debtor_key(self.debtor),
            proceeding=proceeding_key(self.proceeding_number),
            amount=self.amount,
            received=self.received,
            remainder=self.remainder,
            paid_directly=self.paid_directly,
            status=self.status,
            opened_on=self.opened_on,
            ended_on=self.ended_on,
            ground=self.ended_ground,
            account=self.writ.account_id if self.writ else None,
            elsewhere=self.is_elsewhere,
            archived=self.is_archived,
        )

    @property
    def status_name(self) -> str:
        return STATUS_NAMES.get(self.status, self.status)

    @property
    def ground_text(self) -> str:
        """`46.1.4` -> `ст. 46 ч. 1 п. 4`."""
        parts = self.ended_ground.split(".") if self.ended_ground else []
        return " ".join(f"{word} {part}" for word, part in zip(("ст.", "ч.", "п."), parts, strict=False))


class LineJoin(models.Model):
    """Two lines that a person said are one writ; appended, and taken back by a mark, never deleted."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "reconciliation__creditor"
        department_path = "reconciliation__department"

        def standing(self) -> "LineJoin.QuerySet":
            return self.filter(taken_back_at__isnull=True)

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="joins")
    ours = models.CharField(max_length=300, help_text="Fingerprint of our line")
    theirs = models.CharField(max_length=300, help_text="Fingerprint of their line")
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.ours} = {self.theirs}"
