"""Houses and premises, with the history of who holds them and in what state they are."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet


class House(models.Model):
    """A house (дом). `address_key` is the folded address that registers are matched by."""

    territory = models.ForeignKey("access.Territory", on_delete=models.PROTECT, related_name="houses")
    locality = models.CharField(max_length=100, blank=True)
    street = models.CharField(max_length=150, blank=True)
    number = models.CharField(max_length=20, blank=True)
    building = models.CharField("корпус, строение", max_length=20, blank=True)
    address = models.CharField(max_length=300)
    address_key = models.CharField(max_length=300)
    fias_guid = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["address"]
        constraints = [models.UniqueConstraint(fields=["territory", "address_key"], name="one_house_per_address")]

    def __str__(self) -> str:
        return self.address


class Tenure(models.TextChoices):
    """On what footing premises are held (вид пользования)."""

    PRIVATE = "private", "частное"
    SOCIAL_RENT = "social_rent", "социальный наём"
    MUNICIPAL = "municipal", "муниципальное"
    VACANT = "vacant", "пустующее"
    ESCHEAT = "escheat", "выморочное"


class Premises(models.Model):
    """A flat or other room that bills are made for (помещение)."""

    class Kind(models.TextChoices):
        RESIDENTIAL = "residential", "жилое"
        NON_RESIDENTIAL = "non_residential", "нежилое"

    class QuerySet(ScopedQuerySet):
        creditor_path = "accounts__creditor"
        territory_path = "house__territory"

        def visible_to(self, user):
            return super().visible_to(user).distinct()

        def municipal_rows(self) -> Q:
            """A municipality sees what it owns or must look after; flats in private hands are not its business."""
            return Q(tenure__in=[Tenure.SOCIAL_RENT, Tenure.MUNICIPAL, Tenure.VACANT, Tenure.ESCHEAT])

    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="premises")
    number = models.CharField(max_length=30, help_text="Flat or room; empty for a whole house", blank=True)
    number_key = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.RESIDENTIAL)
    area_x100 = models.PositiveIntegerField(null=True, blank=True, help_text="Square metres times 100")
    tenure = models.CharField(
        max_length=20, choices=Tenure, default=Tenure.PRIVATE, help_text="The tenure in force; kept from the history"
    )
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["house", "number"]
        verbose_name_plural = "premises"
        constraints = [models.UniqueConstraint(fields=["house", "number_key"], name="one_premises_per_number")]

    def __str__(self) -> str:
        return f"{self.house}, кв. {self.number}" if self.number else str(self.house)


class PremisesTenure(models.Model):
    """Tenure and status of premises during a period (end exclusive): the register that plan rows Z4 and Z5 ask for."""

    premises = models.ForeignKey(Premises, on_delete=models.CASCADE, related_name="tenures")
    tenure = models.CharField(max_length=20, choices=Tenure)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["premises", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["premises", "valid_from"], name="one_tenure_per_start"),
            models.CheckConstraint(
                name="tenure_ends_after_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tenure_display()} с {self.valid_from}"


class PremisesCondition(models.Model):
    """What is done with premises nobody lives in, during a period (end exclusive): conserved, under repair, let (rows Z4a-d).

    Whose they are is the tenure; this says in what state they stand. No period: nothing is done with them.
    """

    class Kind(models.TextChoices):
        EMPTY = "empty", "пустует"
        CONSERVED = "conserved", "законсервировано"
        REPAIR = "repair", "в ремонте"
        LET = "let", "заселено (сдано)"

    premises = models.ForeignKey(Premises, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=12, choices=Kind)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["premises", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["premises", "valid_from"], name="one_condition_per_start"),
            models.CheckConstraint(
                name="condition_ends_after_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} с {self.valid_from:%d.%m.%Y}"
