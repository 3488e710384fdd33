"""Courts and bailiff departments, and which address is whose: coverage by building and by street, with its days."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from debtors.models import House


class ReferenceQuerySet(ScopedQuerySet):
    """Rows that are nobody's: courts and their addresses."""

    def visible_to(self, user) -> "ReferenceQuerySet":
        return self.all()


class Court(models.Model):
    """A court or a magistrate's section (суд, судебный участок), with what the state duty is paid by."""

    class Kind(models.TextChoices):
        MAGISTRATE = "magistrate", "мировой судья"
        DISTRICT = "district", "районный суд"
        ARBITRAZH = "arbitrazh", "арбитражный суд"

    kind = models.CharField("Вид", max_length=12, choices=Kind)
    code = models.SlugField("Код", max_length=20, unique=True, help_text="Например, 51MS0001: код ГАС «Правосудие»")
    name = models.CharField("Наименование", max_length=300)
    address = models.CharField("Адрес", max_length=400, blank=True)
    judge = models.CharField("Судья", max_length=150, blank=True)
    phone = models.CharField("Телефон", max_length=60, blank=True)
    email = models.EmailField("Почта", blank=True)
    fee_payee = models.CharField("Получатель госпошлины", max_length=300, blank=True)
    fee_inn = models.CharField("ИНН получателя", max_length=10, blank=True)
    fee_kpp = models.CharField("КПП", max_length=9, blank=True)
    fee_account = models.CharField("Казначейский счёт", max_length=20, blank=True)
    fee_bank = models.CharField("Банк", max_length=200, blank=True)
    fee_bic = models.CharField("БИК", max_length=9, blank=True)
    fee_bank_account = models.CharField("Единый казначейский счёт", max_length=20, blank=True)
    fee_kbk = models.CharField("КБК", max_length=20, blank=True)
    fee_oktmo = models.CharField("ОКТМО", max_length=11, blank=True)
    closed_on = models.DateField("Упразднён", null=True, blank=True)
    history = HistoricalRecords()

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("enforcement:court", args=[self.pk])


class DepartmentCard(models.Model):
    """What we know of a bailiff department (отдел судебных приставов) beyond its being an organisation."""

    organisation = models.OneToOneField("access.Organisation", on_delete=models.CASCADE, related_name="department_card")
    number = models.CharField(
        "Код отдела",
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^\d{5}$", "Код отдела: 5 цифр, как в номерах производств")],
    )
    address = models.CharField("Адрес", max_length=400, blank=True)
    head = models.CharField("Начальник", max_length=150, blank=True)
    phone = models.CharField("Телефон", max_length=60, blank=True)
    email = models.EmailField("Почта", blank=True)
    history = HistoricalRecords()

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.organisation.name} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:department", args=[self.pk])


class Coverage(models.Model):
    """An address or a stretch of a street that is a court's or a department's during a period (end exclusive).

    A row names one house, one printed number (`number_key`), or a stretch: a whole street or its houses from `first` to
    `last`, all, odd or even. The narrower row wins over the broader one.
    """

    class Parity(models.TextChoices):
        ALL = "all", "все"
        ODD = "odd", "нечётные"
        EVEN = "even", "чётные"

    class QuerySet(ReferenceQuerySet):
        def on(self, day) -> "Coverage.QuerySet":
            """Rows in force on the day."""
            starts = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
            return self.filter(starts & (Q(valid_to__isnull=True) | Q(valid_to__gt=day)))

    court = models.ForeignKey(Court, null=True, blank=True, on_delete=models.CASCADE, related_name="coverage")
    department = models.ForeignKey(DepartmentCard, null=True, blank=True, on_delete=models.CASCADE, related_name="coverage")
    house = models.ForeignKey(House, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    locality = models.CharField("Населённый пункт", max_length=100, blank=True, help_text="Folded; empty: whichever")
    street = models.CharField("Улица", max_length=150, blank=True, help_text="Folded, with its type: улица ленина")
    number_key = models.CharField("Дом", max_length=40, blank=True, help_text="3а, 5к2: one printed number")
    parity = models.CharField("Стороны", max_length=4, choices=Parity, default=Parity.ALL)
    first = models.PositiveIntegerField("С дома", null=True, blank=True)
    last = models.PositiveIntegerField("По дом", null=True, blank=True)
    valid_from = models.DateField("Действует с", null=True, blank=True)
    valid_to = models.DateField("Действует до", null=True, blank=True)
    source = models.CharField("Основание", max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["street", "first", "number_key", "id"]
        verbose_name_plural = "coverage"
        indexes = [models.Index(fields=["street"], name="coverage_by_street")]
        constraints = [
            models.CheckConstraint(name="coverage_is_of_one", condition=Q(court__isnull=False) ^ Q(department__isnull=False)),
            models.CheckConstraint(name="coverage_names_a_place", condition=Q(house__isnull=False) | ~Q(street="")),
            models.CheckConstraint(
                name="coverage_range_runs_up", condition=Q(first__isnull=True) | Q(last__isnull=True) | Q(last__gte=F("first"))
            ),
            models.CheckConstraint(
                name="coverage_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.houses}"

    @property
    def place(self) -> str:
        """The house, or the street, in words."""
        return str(self.house) if self.house_id else f"{self.locality.title()} {self.street}".strip()

    @property
    def houses(self) -> str:
        """Which houses of the street: `все`, `нечётные с 1 по 15`, `дом 3а`."""
        if self.house_id:
            return "дом"
        if self.number_key:
            return f"дом {self.number_key}"
        ends = " ".join(f"{word} {number}" for word, number in (("с", self.first), ("по", self.last)) if number is not None)
        return f"{self.get_parity_display()} {ends}".strip()


class CoverageChange(models.Model):
    """A change of coverage that moved houses from one court or department to another: what open work it touches.

    `houses` is a list of [house, authority before, authority after] (ids of courts or of department cards, None: nobody).
    """

    class Of(models.TextChoices):
        MAGISTRATE = "magistrate", "мировые судьи"
        DISTRICT = "district", "районные суды"
        ARBITRAZH = "arbitrazh", "арбитражные суды"
        DEPARTMENT = "department", "отделы приставов"

    of = models.CharField(max_length=12, choices=Of)
    valid_from = models.DateField()
    source = models.CharField(max_length=300, blank=True)
    houses = models.JSONField(default=list)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_of_display()}: домов {len(self.houses)} с {self.valid_from:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:coverage-change", args=[self.pk])
