"""Services and the resources behind them."""

from django.db import models


class Resource(models.TextChoices):
    """What is consumed (коммунальный ресурс): the split that plan row Z2a asks for."""

    HEATING = "heating", "теплоснабжение"
    WATER = "water", "водоснабжение и водоотведение"
    ELECTRICITY = "electricity", "электроснабжение"
    GAS = "gas", "газоснабжение"
    HOUSING = "housing", "содержание жилья"
    CAPITAL_REPAIR = "capital_repair", "капитальный ремонт"
    OTHER = "other", "прочее"


UNSPLIT = 0
"""The id of the pseudo-service that holds money received for an account and not yet split by service."""

WHOLE_BILL = 10
"""The id of the service of registers that charge the whole bill in one line."""

PENALTY = 90
"""The id of the service of penalties that registers bring."""

COURT_COSTS, PENALTY_TO_CLAIM = 91, 92
"""The ids of the services that hold court costs, and penalties put on record or granted by a court."""


class Service(models.Model):
    """One line of a utility bill (услуга). Row 0 is the pool of unsplit money: it is never charged."""

    id = models.SmallIntegerField(primary_key=True)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    resource = models.CharField(max_length=20, choices=Resource)
    is_penalty = models.BooleanField(default=False, help_text="Penalties and court costs: never part of the principal debt")
    is_pool = models.BooleanField(default=False, help_text="Only row 0")
    position = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class ServiceAlias(models.Model):
    """How a creditor's registers call a service. `key` is the folded text (`casedesk.common.text.fold`)."""

    creditor = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.CASCADE, help_text="Empty: for everybody"
    )
    key = models.CharField(max_length=200)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="aliases")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creditor", "key"], name="one_service_per_creditors_name"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(creditor__isnull=True), name="one_service_per_common_name"
            ),
        ]

    def __str__(self) -> str:
        return self.key
