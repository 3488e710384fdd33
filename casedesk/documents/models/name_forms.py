"""Names that the rules decline wrongly, put right once by a person."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet


class NameForms(models.Model):
    """The cases of one name as a creditor's people write it. An empty form leaves that case to the rules."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="name_forms")
    name = models.CharField("имя", max_length=300, help_text="Именительный падеж, как в реестре")
    genitive = models.CharField("родительный (кого?)", max_length=300, blank=True)
    dative = models.CharField("дательный (кому?)", max_length=300, blank=True)
    accusative = models.CharField("винительный (кого?)", max_length=300, blank=True)
    instrumental = models.CharField("творительный (кем?)", max_length=300, blank=True)
    prepositional = models.CharField("предложный (о ком?)", max_length=300, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["creditor", "name"], name="one_set_of_name_forms")]
        verbose_name_plural = "name forms"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("documents:name", args=[self.pk])

    @property
    def forms(self) -> dict[str, str]:
        """The forms that were given, by case."""
        return {case: given for case in self.CASES if (given := getattr(self, case))}
