"""Documents of bank statements: money that came, money that went, and what became of each."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField


class BankDocument(models.Model):
    """One document of a bank statement (документ выписки).

    The same document comes in many files: its natural key (own account, direction, number, day, sum, the other side's
    account) is booked once. `verdict` is what the matching ladder said when it came and never changes; `state` is where
    the document is now, by its newest standing decision. Money that nobody has placed yet is `WAITING` (невыясненное).
    """

    class Direction(models.TextChoices):
        INCOMING = "incoming", "поступление"
        OUTGOING = "outgoing", "списание"
        INTERNAL = "internal", "между своими счетами"

    class Payer(models.TextChoices):
        BAILIFF = "bailiff", "приставы"
        TREASURY = "treasury", "казначейство"
        CITIZEN = "citizen", "гражданин"
        BANK = "bank", "банк"
        FIRM = "firm", "организация"

    class Verdict(models.TextChoices):
        AUTO = "auto", "точный ключ"
        SUGGEST = "suggest", "подсказка"
        REVIEW = "review", "разобрать"
        NONE = "none", "не оплата долга"
        REGISTER = "register", "итог реестра"

    class State(models.TextChoices):
        WAITING = "waiting", "не выяснено"
        BOOKED = "booked", "разнесено"
        REGISTER = "register", "по реестру"
        NOT_OURS = "not_ours", "не долг"
        OUTSIDE = "outside", "без разноски"
        DRAFT = "draft", "просмотр"
        GONE = "gone", "отменено"

    STANDING = (State.WAITING, State.BOOKED, State.REGISTER, State.NOT_OURS, State.OUTSIDE)

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def standing(self) -> "BankDocument.QuerySet":
            """Without previews and documents of undone files."""
            return self.filter(state__in=BankDocument.STANDING)

        def waiting(self) -> "BankDocument.QuerySet":
            """Money in suspense."""
            return self.filter(state=BankDocument.State.WAITING)

        def received(self) -> "BankDocument.QuerySet":
            """Money that came from others and stands."""
            return self.standing().filter(direction=BankDocument.Direction.INCOMING)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="bank_documents")
    batch = models.ForeignKey("imports.ImportBatch", on_delete=models.PROTECT, related_name="bank_documents")
    row = models.PositiveIntegerField(help_text="Line of the file where the document begins")
    own_account = models.CharField(max_length=30)
    direction = models.CharField(max_length=10, choices=Direction)
    kind = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=40, blank=True)
    dated_on = models.DateField()
    counts_on = models.DateField(help_text="The day the money came or went")
    amount = KopeckField()
    other_account = models.CharField(max_length=30, blank=True)
    other_name = models.CharField(max_length=300, blank=True)
    other_inn = models.CharField(max_length=12, blank=True)
    payer = models.CharField(max_length=10, choices=Payer, blank=True)
    uin = models.CharField(max_length=40, blank=True)
    purpose = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State)
    owner = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="bank_documents")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-counts_on", "-id"]
        indexes = [
            models.Index(fields=["creditor", "state", "counts_on"], name="document_by_state"),
            models.Index(fields=["batch", "row"], name="document_by_row"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["creditor", "own_account", "dated_on", "number", "amount", "other_account", "direction"],
                condition=~Q(state__in=["draft", "gone"]),
                name="a_bank_document_is_taken_once",
            ),
            models.CheckConstraint(name="a_bank_document_has_a_sum", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="only_money_in_is_judged", condition=Q(direction="incoming") | Q(verdict="", owner__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number or 'б/н'} от {self.dated_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("imports:bank-document", args=[self.pk])


class MatchCandidate(models.Model):
    """An account that a document may pay (кандидат): its place among the others and the reasons for it."""

    document = models.ForeignKey(BankDocument, on_delete=models.CASCADE, related_name="candidates")
    place = models.PositiveSmallIntegerField()
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.CASCADE, related_name="+")
    writ = models.ForeignKey("enforcement.Writ", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    proceeding = models.CharField(max_length=40, blank=True)
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["document", "place"]
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="one_candidate_per_place")]

    def __str__(self) -> str:
        return f"{self.account}: {'; '.join(self.reasons)}"


class DocumentAssignment(models.Model):
    """Who was asked to find out about a document, by whom and when; the newest one is the document's owner."""

    document = models.ForeignKey(BankDocument, on_delete=models.CASCADE, related_name="assignments")
    owner = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["-assigned_at", "-id"]

    def __str__(self) -> str:
        return f"{self.document}: {self.owner or 'никому'}"
