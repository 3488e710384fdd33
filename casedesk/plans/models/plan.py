"""A plan of measures against utility debts, as data: sections, measures, and which indicator says how a measure goes.

What an indicator *is* stands in code (`casedesk.plans.catalogue`); a plan only uses it: with its own target and parameters.
A fifth municipality's plan is therefore a file, not a change of the program.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet, scope_of


class PlanQuerySet(ScopedQuerySet):
    """A plan is seen by its municipality and by the creditors of its territory; a plan without territory by everybody."""

    creditor_path = "territory__organisations"
    territory_path = "territory"

    def visible_to(self, user) -> "PlanQuerySet":
        if scope_of(user).everything:
            return self.all()
        return (super().visible_to(user) | self.filter(territory__isnull=True)).distinct()


class Plan(models.Model):
    """One plan. `base_on` is the day that reductions are measured from."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=300)
    about = models.TextField(blank=True)
    territory = models.ForeignKey(
        "access.Territory", null=True, blank=True, on_delete=models.PROTECT, related_name="plans", help_text="Empty: everywhere"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    base_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="plan_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.code])


class PartQuerySet(ScopedQuerySet):
    """Parts of a plan are seen by those who see the plan."""

    plan_path = "plan"

    def visible_to(self, user):
        return self.filter(**{f"{self.plan_path}__in": Plan.objects.visible_to(user)})


class MeasureQuerySet(PartQuerySet):
    plan_path = "section__plan"


class IndicatorUseQuerySet(PartQuerySet):
    plan_path = "measure__section__plan"


class Section(models.Model):
    """A task of a plan (раздел): what its measures are together for."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="one_section_per_position")]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """A measure (мероприятие): one row of the plan, with who does it and by when."""

    class Period(models.TextChoices):
        MONTHLY = "monthly", "ежемесячно"
        QUARTERLY = "quarterly", "ежеквартально"
        YEARLY = "yearly", "ежегодно"
        ONCE = "once", "однократно"
        AS_NEEDED = "as_needed", "по мере необходимости"
        ALWAYS = "always", "постоянно"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="measures")
    row = models.CharField(max_length=20, help_text="The row's id: Z1b, L-App4")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    mechanism = models.TextField(blank=True)
    responsible = models.CharField(max_length=300, blank=True)
    period = models.CharField(max_length=20, choices=Period, default=Period.MONTHLY)
    due_day = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Day of the following month")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="one_measure_per_position"),
            models.CheckConstraint(
                name="due_day_is_in_a_month", condition=Q(due_day__isnull=True) | Q(due_day__gte=1, due_day__lte=31)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}. {self.title}"


class IndicatorUse(models.Model):
    """An indicator of the catalogue at work in a measure, with the plan's own target and parameters.

    `target` is in the indicator's unit: kopecks, a count, hundredths of a per cent.
    """

    class Comparator(models.TextChoices):
        AT_LEAST = "at_least", "не меньше"
        AT_MOST = "at_most", "не больше"

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="uses")
    indicator = models.CharField(max_length=60, help_text="Code in the catalogue")
    position = models.PositiveSmallIntegerField()
    target = models.BigIntegerField(null=True, blank=True)
    comparator = models.CharField(max_length=10, choices=Comparator, default=Comparator.AT_LEAST)
    params = models.JSONField(default=dict, blank=True)
    history = HistoricalRecords()

    objects = IndicatorUseQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "position"]
        constraints = [models.UniqueConstraint(fields=["measure", "position"], name="one_indicator_per_position")]

    def __str__(self) -> str:
        return f"{self.measure.row}: {self.indicator}"
