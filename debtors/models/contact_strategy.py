"""How a creditor turns to debtors: versions of the strategy and of the limits. A version is never edited, a new one follows."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casedesk.access.scope import ScopedQuerySet
from debtors.rules.contact_ladder import DEFAULT_LADDER, LadderStep, steps_of


class VersionIsFinal(TypeError):
    """Somebody tried to edit a version: a new one is added instead."""


class Version(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise VersionIsFinal(f"{type(self).__name__} {self.pk} is a version: add another")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise VersionIsFinal(f"{type(self).__name__} {self.pk} is a version: it stays")


class ContactStrategyQuerySet(ScopedQuerySet):
    creditor_path = "creditor"

    def in_force(self, *, creditor, on: dt.date) -> "ContactStrategy":
        """The creditor's strategy on the day; the shipped one (version 0, not saved) when it has set none."""
        found = self.filter(creditor=creditor, valid_from__lte=on).order_by("-valid_from", "-version").first()
        return found or ContactStrategy.shipped(creditor=creditor, on=on)


class ContactStrategy(Version):
    """One version of the ladder of steps (стратегия), in force from its day. Campaigns keep the version they went by."""

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="contact_strategies")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    name = models.CharField(max_length=120)
    pay_days = models.PositiveSmallIntegerField(default=10, help_text="Days to pay that messages name as {срок}")
    steps = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ContactStrategyQuerySet.as_manager()

    class Meta:
        ordering = ["creditor", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "version"], name="one_strategy_per_version"),
            models.CheckConstraint(name="strategy_gives_time_to_pay", condition=Q(pay_days__gt=0, version__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name}, версия {self.version}" if self.version else self.name

    @classmethod
    def shipped(cls, *, creditor, on: dt.date) -> "ContactStrategy":
        """The strategy of the program, as if the creditor had it."""
        data = [step.as_data() for step in DEFAULT_LADDER]
        return cls(creditor=creditor, version=0, valid_from=on, name="Стратегия по умолчанию", steps=data)

    @property
    def ladder(self) -> tuple[LadderStep, ...]:
        return steps_of(self.steps)


class ContactLimitsQuerySet(ScopedQuerySet):
    creditor_path = "creditor"

    def set_for(self, *, creditor, on: dt.date) -> "ContactLimits | None":
        """What the creditor set for the day; None: the norms serve."""
        return self.filter(creditor=creditor, valid_from__lte=on).order_by("-valid_from", "-id").first()


class ContactLimits(Version):
    """A creditor's own limits of contact, in force from their day: times in a day, a week, a month, and hours of the day."""

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="contact_limits")
    valid_from = models.DateField()
    calls_day = models.PositiveSmallIntegerField(default=1)
    calls_week = models.PositiveSmallIntegerField(default=2)
    calls_month = models.PositiveSmallIntegerField(default=8)
    messages_day = models.PositiveSmallIntegerField(default=2)
    messages_week = models.PositiveSmallIntegerField(default=4)
    messages_month = models.PositiveSmallIntegerField(default=16)
    visits_day = models.PositiveSmallIntegerField(default=1)
    visits_week = models.PositiveSmallIntegerField(default=1)
    visits_month = models.PositiveSmallIntegerField(default=4)
    first_hour = models.PositiveSmallIntegerField(default=8)
    until_hour = models.PositiveSmallIntegerField(default=22)
    first_hour_off = models.PositiveSmallIntegerField(default=9)
    until_hour_off = models.PositiveSmallIntegerField(default=20)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ContactLimitsQuerySet.as_manager()

    class Meta:
        ordering = ["creditor", "-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                name="contact_hours_are_of_a_day",
                condition=Q(first_hour__lt=F("until_hour"), until_hour__lte=24, first_hour_off__lt=F("until_hour_off"))
                & Q(until_hour_off__lte=24),
            ),
        ]

    def __str__(self) -> str:
        return f"пределы с {self.valid_from:%d.%m.%Y}"
