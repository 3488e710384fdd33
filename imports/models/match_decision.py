"""Decisions on bank documents: appended, never edited, taken back by a word and a reversal."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from imports.models.bank_document import BankDocument


class MatchDecision(models.Model):
    """What was decided on a document, by whom (nobody: the program), why, and what it booked.

    A decision that is taken back stays with the word why; its payments are reversed by a booking of their own.
    """

    class Kind(models.TextChoices):
        AUTO = "auto", "разнесено по точному ключу"
        ACCEPTED = "accepted", "разнесено человеком"
        SPLIT = "split", "разделено по списку"
        REGISTER = "register", "связано с реестром"
        NOT_OURS = "not_ours", "не долг, признано человеком"
        RETURNED = "returned", "возвращается плательщику"
        ELSEWHERE = "elsewhere", "учтено другим файлом"
        NOT_DEBT = "not_debt", "не долг, по тексту"

    PLACING = (Kind.AUTO, Kind.ACCEPTED, Kind.SPLIT)

    class QuerySet(ScopedQuerySet):
        creditor_path = "document__creditor"

        def standing(self) -> "MatchDecision.QuerySet":
            """Decisions in force."""
            return self.filter(undone_at__isnull=True)

    document = models.ForeignKey(BankDocument, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    register = models.ForeignKey(
        "imports.ImportBatch", null=True, blank=True, on_delete=models.PROTECT, related_name="register_totals"
    )
    undone_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=500, blank=True)
    undo_booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(undone_at__isnull=True), name="one_standing_decision_per_document"
            ),
            models.UniqueConstraint(
                fields=["register"], condition=Q(undone_at__isnull=True), name="a_register_answers_one_document"
            ),
            models.CheckConstraint(
                name="placing_books_and_a_tie_names_its_register",
                condition=Q(kind__in=["auto", "accepted", "split"], booking__isnull=False, register__isnull=True)
                | Q(kind="register", booking__isnull=True, register__isnull=False)
                | Q(kind__in=["not_ours", "returned", "elsewhere", "not_debt"], booking__isnull=True, register__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_kind_display()}"


class DecisionLine(models.Model):
    """A part of a document's money and the account it went to. The payment is the booking's one of that `row`."""

    decision = models.ForeignKey(MatchDecision, on_delete=models.CASCADE, related_name="lines")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="bank_lines")
    writ = models.ForeignKey("enforcement.Writ", null=True, blank=True, on_delete=models.PROTECT, related_name="bank_lines")
    amount = KopeckField()
    channel = models.CharField(max_length=10)
    row = models.PositiveIntegerField()

    class Meta:
        ordering = ["decision", "row"]
        constraints = [
            models.CheckConstraint(name="a_decision_line_has_a_sum", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["decision", "row"], name="one_decision_line_per_row"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.amount}"
