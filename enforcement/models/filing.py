"""Filing packages: claims handed to a court together as one archive, and the court's answers to them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet
from enforcement.models.claim import Claim
from enforcement.models.court import Court
from enforcement.models.court_event import CourtEvent


def stored_name(package: "FilingPackage", name: str) -> str:
    """Nobody's file name reaches the disk."""
    return f"filing/{package.key.hex}.zip"


class FilingPackage(models.Model):
    """Claims of one creditor to one court in one archive (пакет подачи). `key` stands in its index and in receipts.

    Made once and never changed: a claim that was left out goes with the next package.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="filing_packages")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="filing_packages")
    stored = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"пакет № {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:filing-package", args=[self.pk])


class FilingItem(models.Model):
    """One claim of a package, and what the court answered."""

    class Answer(models.TextChoices):
        WAITING = "", "ответа нет"
        ACCEPTED = "accepted", "принято"
        RETURNED = "returned", "возвращено"
        REFUSED = "refused", "отказано"

    class QuerySet(ScopedQuerySet):
        creditor_path = "package__creditor"

    package = models.ForeignKey(FilingPackage, on_delete=models.CASCADE, related_name="items")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="filing_items")
    documents = models.PositiveSmallIntegerField(default=0, help_text="Papers of the claim in the archive")
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default=Answer.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    court_case = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    event = models.ForeignKey(CourtEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["package", "claim__number"]
        constraints = [
            models.UniqueConstraint(fields=["package", "claim"], name="a_claim_is_once_in_a_package"),
            models.UniqueConstraint(fields=["claim"], condition=Q(answer=""), name="a_claim_waits_in_one_package"),
            models.CheckConstraint(name="an_answer_has_its_day", condition=Q(answer="") ^ Q(answered_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.get_answer_display()}"
