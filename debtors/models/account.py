"""Utility accounts, the people behind them and who is liable for what."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.text import search_key
from debtors.models.premises import Tenure


class Category(models.TextChoices):
    """Consumer group (группа потребителей): the split of plan rows Z1a and P2.1."""

    OWNER = "owner", "собственник жилья"
    SOCIAL_TENANT = "social_tenant", "наниматель по социальному найму"
    LEGAL_ENTITY = "legal_entity", "юридическое лицо"
    MUNICIPAL_INSTITUTION = "municipal_institution", "муниципальное учреждение"
    MANAGING_COMPANY = "managing_company", "управляющая организация"
    SUPPLIER = "supplier", "ресурсоснабжающая организация"


POPULATION = (Category.OWNER, Category.SOCIAL_TENANT)


class Debtor(models.Model):
    """A person or organisation that owes or may owe (должник): owner, tenant, heir, firm, municipality."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "гражданин"
        ENTREPRENEUR = "entrepreneur", "предприниматель"
        ORGANISATION = "organisation", "организация"

    class QuerySet(ScopedQuerySet):
        creditor_path = "liabilities__account__creditor"

        def visible_to(self, user):
            return super().visible_to(user).distinct()

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CITIZEN)
    name = models.CharField(max_length=300)
    birth_date = models.DateField(null=True, blank=True)
    birth_place = models.CharField(max_length=200, blank=True, db_default="")
    inn = models.CharField(max_length=12, blank=True)
    snils = models.CharField(max_length=14, blank=True)
    document = models.CharField(
        max_length=120, blank=True, help_text="Паспорт, водительское удостоверение или документ на машину: серия и номер"
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    search = models.CharField(max_length=400, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["search"])

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.search = search_key(self.name, self.inn)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("debtors:debtor", args=[self.pk])

    @property
    def identifier(self) -> str:
        """One identifier in words, as a court takes it (ГПК РФ ст. 124 ч. 2); empty when none is known."""
        if self.snils:
            return f"СНИЛС {self.snils}"
        return f"ИНН {self.inn}" if self.inn else self.document


class UtilityAccount(models.Model):
    """An account of one creditor for one premises (лицевой счёт)."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        territory_path = "premises__house__territory"

        def standing(self) -> "UtilityAccount.QuerySet":
            """Without the accounts that only an undone file had opened: they stay for questions about the past."""
            return self.filter(Q(first_booking__isnull=True) | Q(first_booking__undone_at__isnull=True))

        def visible_to(self, user):
            return super().visible_to(user).standing()

        def municipal_rows(self) -> Q:
            return Q(premises__tenure__in=[Tenure.SOCIAL_RENT, Tenure.MUNICIPAL, Tenure.VACANT, Tenure.ESCHEAT])

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="accounts")
    number = models.CharField(max_length=40)
    premises = models.ForeignKey("debtors.Premises", null=True, blank=True, on_delete=models.PROTECT, related_name="accounts")
    category = models.CharField(max_length=30, choices=Category, default=Category.OWNER)
    holder_name = models.CharField(max_length=300, blank=True, help_text="As the register prints it")
    address_text = models.CharField(max_length=400, blank=True, help_text="As the register prints it")
    unified_number = models.CharField(max_length=20, blank=True, help_text="Единый лицевой счёт ГИС ЖКХ")
    gis_id = models.CharField(max_length=40, blank=True, help_text="Идентификатор ЖКУ")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    search = models.CharField(max_length=800, blank=True, editable=False)
    first_booking = models.ForeignKey(
        "debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    history = HistoricalRecords(excluded_fields=["search"])

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["creditor", "number"], name="one_account_per_number")]

    def __str__(self) -> str:
        return f"л/с {self.number}"


class Liability(models.Model):
    """Who owes for an account, in what share or jointly, during a period (end exclusive).

    Joint: Housing Code art. 31 and 69; by share: Civil Code art. 249.
    """

    class Kind(models.TextChoices):
        JOINT = "joint", "солидарно"
        BY_SHARE = "by_share", "в доле"

    class QuerySet(ScopedQuerySet):
        creditor_path = "account__creditor"

    class Ground(models.TextChoices):
        OWNER = "owner", "собственник"
        TENANT = "tenant", "наниматель"
        FAMILY = "family", "член семьи"
        HEIR = "heir", "наследник"
        MUNICIPALITY = "municipality", "муниципалитет"

    account = models.ForeignKey(UtilityAccount, on_delete=models.CASCADE, related_name="liabilities")
    debtor = models.ForeignKey(Debtor, on_delete=models.PROTECT, related_name="liabilities")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.JOINT)
    ground = models.CharField(max_length=20, choices=Ground, default=Ground.OWNER)
    share_num = models.PositiveIntegerField(default=1)
    share_den = models.PositiveIntegerField(default=1)
    valid_from = models.DateField(null=True, blank=True, help_text="Empty: from the beginning")
    valid_to = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name_plural = "liabilities"
        constraints = [
            models.CheckConstraint(
                name="share_is_a_proper_fraction", condition=Q(share_num__gt=0) & Q(share_den__gte=F("share_num"))
            ),
            models.CheckConstraint(
                name="liability_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debtor} ({self.get_kind_display()})"

    def in_force(self, day: dt.date) -> bool:
        """Whether the person answers on the day."""
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_to is None or self.valid_to > day)
