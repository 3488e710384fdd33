"""Who looked into whose file: every look is written down and never changed (152-ФЗ ст. 19)."""

from django.conf import settings
from django.db import models

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.commission.models.agenda import AgendaItem
from debtors.models import CaseFile


class ReadRecord(models.Model):
    """One look at a person's file in the commission's rooms (просмотр): who, whose, what, when, from where."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "case__creditor"

        def visible_to(self, user):
            """A municipality's auditor reads the looks at its own commissions' cases."""
            scope = scope_of(user)
            seen = super().visible_to(user)
            if scope.everything or not scope.territories:
                return seen
            own = AgendaItem.objects.filter(meeting__commission__municipality__territory__in=scope.territories)
            return seen | self.filter(item__in=own)

    class What(models.TextChoices):
        ITEM = "item", "дело в повестке"
        SUMMONS = "summons", "приглашение"
        MINUTES = "minutes", "протокол"
        API = "api", "программа (API)"

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="reads")
    what = models.CharField(max_length=10, choices=What)
    masked = models.BooleanField(default=False, help_text="Whether the regulations hid a part")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_index=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-id"]

    def __str__(self) -> str:
        return f"{self.read_by}: дело № {self.case.number}"
