"""What a creditor's papers say of the creditor beside its bank requisites: full name, address, who signs."""

from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet

OGRN_DIGITS = RegexValidator(r"^\d{13}(\d{2})?$", "ОГРН: 13 или 15 цифр")


class Letterhead(models.Model):
    """A creditor's letterhead and signature (бланк). Documents keep a copy of the day they were made.

    Where debtors pay stands in `access.CreditorRequisites`, by day.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.OneToOneField("access.Organisation", on_delete=models.PROTECT, related_name="letterhead")
    full_name = models.CharField("полное наименование", max_length=300, blank=True)
    ogrn = models.CharField("ОГРН", max_length=15, blank=True, validators=[OGRN_DIGITS])
    address = models.CharField("адрес", max_length=400, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    signer = models.CharField("кто подписывает", max_length=200, blank=True, help_text="Фамилия Имя Отчество")
    signer_post = models.CharField("должность", max_length=200, blank=True)
    signer_basis = models.CharField(
        "на основании", max_length=300, blank=True, help_text="устава; доверенности № 5 от 01.02.2026"
    )
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    def __str__(self) -> str:
        return f"бланк: {self.creditor}"
