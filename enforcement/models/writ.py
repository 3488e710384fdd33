"""Writs: the papers on which a debt is collected by force, and the sums they grant.

`state`, `state_on`, `present_until` and `repeat_from` are columns kept for lists and queues: the answer of the pure function
`enforcement.rules.standing` to the writ's presentations, proceedings and facts. `refresh_writs` writes them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.common.fields import KopeckField
from enforcement.rules.words import FINAL, STATE_NAMES, WritState, choices


class Writ(models.Model):
    """A paper that bailiffs, a bank or an employer must obey (исполнительный документ).

    One that came with a booking is there no more when the booking is undone (`live`). The sums are as granted.
    """

    class Kind(models.TextChoices):
        COURT_ORDER = "court_order", "судебный приказ"
        EXECUTION_WRIT = "execution_writ", "исполнительный лист"
        NOTARY_INSCRIPTION = "notary_inscription", "исполнительная надпись нотариуса"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def visible_to(self, user):
            """A creditor's own; a bailiff department sees what was presented to it or is executed there."""
            scope = scope_of(user)
            if scope.everything or not scope.departments:
                return super().visible_to(user)
            papers = self.model._default_manager.order_by()
            here = Q(pk__in=papers.filter(presentations__department__in=scope.departments).values("pk"))
            running = papers.filter(proceedings__department__in=scope.departments, proceedings__booking__undone_at__isnull=True)
            here |= Q(pk__in=running.values("pk"))
            return self.filter(here | Q(creditor__in=scope.creditors))

        def live(self) -> "Writ.QuerySet":
            """Writs whose booking stands."""
            return self.filter(Q(booking__isnull=True) | Q(booking__undone_at__isnull=True))

        def working(self) -> "Writ.QuerySet":
            """Those on which something can still be collected."""
            return self.exclude(state__in=[str(state) for state in FINAL])

        def returned(self) -> "Writ.QuerySet":
            return self.filter(state=WritState.RETURNED)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="writs")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="writs")
    debtor = models.ForeignKey("debtors.Debtor", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    case_file = models.ForeignKey("debtors.CaseFile", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    claim = models.ForeignKey("enforcement.Claim", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    award = models.ForeignKey("debtors.Award", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    duplicate_of = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicate",
        help_text="The lost paper",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.CharField(max_length=40)
    issued_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True, help_text="The act came into force: the term of a writ starts")
    issuer = models.CharField(max_length=300, blank=True, help_text="The court or the notary, as printed")
    court_case = models.CharField(max_length=40, blank=True, help_text="Номер дела в суде")
    principal = KopeckField(default=0)
    penalty = KopeckField(default=0)
    duty = KopeckField(default=0)
    booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    source_row = models.PositiveIntegerField(null=True, blank=True)

    state = models.CharField(max_length=20, choices=choices(STATE_NAMES), default=WritState.IN_HAND)
    state_on = models.DateField(null=True, blank=True, help_text="The day of what led to the state")
    present_until = models.DateField(null=True, blank=True, help_text="Last day to present; empty while the paper is away")
    repeat_from = models.DateField(null=True, blank=True, help_text="First day to present again without news of property")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        indexes = [
            models.Index(fields=["creditor", "number"], name="writ_by_number"),
            models.Index(fields=["creditor", "state", "repeat_from"], name="writ_by_state"),
            models.Index(fields=["creditor", "present_until"], name="writ_by_last_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="writ_sums_not_negative", condition=Q(principal__gte=0) & Q(penalty__gte=0) & Q(duty__gte=0)
            ),
            models.CheckConstraint(name="a_writ_does_not_replace_itself", condition=~Q(duplicate_of=F("id"))),
        ]

    def __str__(self) -> str:
        issued = f" от {self.issued_on:%d.%m.%Y}" if self.issued_on else ""
        return f"{self.get_kind_display()} {self.number}{issued}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:writ", args=[self.pk])

    @property
    def total(self) -> int:
        """All that was granted, kopecks."""
        return self.principal + self.penalty + self.duty


class WritFact(models.Model):
    """What happened to the paper itself, apart from presenting it. Appended, never edited; a slip is taken back.

    `PART_PAID`: the debtor paid a part, which interrupts the term (229-ФЗ ст. 22 ч. 1). The ledger's own payments on the writ's
    award count without a row here.
    """

    class Kind(models.TextChoices):
        LOST = "lost", "утрачен"
        FOUND = "found", "найден"
        REPLACED = "replaced", "заменён дубликатом"
        RECALLED = "recalled", "отозван судом"
        PART_PAID = "part_paid", "исполнен в части"

    class QuerySet(ScopedQuerySet):
        creditor_path = "writ__creditor"

        def standing(self) -> "WritFact.QuerySet":
            return self.filter(taken_back_at__isnull=True)

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=20, choices=Kind)
    happened_on = models.DateField()
    amount = KopeckField(default=0)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d.%m.%Y}"
