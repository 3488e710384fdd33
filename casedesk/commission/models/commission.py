"""A commission of a municipality: its act, its regulations, who sits in it (plan rows L1, L-App1, L-App3, Z3a, Z3b)."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.rights import Role
from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.commission.rules.masking import Mask
from casedesk.commission.rules.words import (
    ASKED_BY_PLAN,
    BASE_NAMES,
    OFFICE_NAMES,
    PART_NAMES,
    RHYTHM_NAMES,
    SHOWN_NAMES,
    Base,
    Part,
    Rhythm,
    Shown,
    choices,
)

MUNICIPAL = frozenset({Role.COMMISSION_SECRETARY, Role.PLAN_SUPERVISOR, Role.AUDITOR})
"""Roles that see a commission of their municipality without sitting in it."""


def in_force(day: dt.date) -> Q:
    """Rows in force on the day; the end is exclusive."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class PartOfCommission(ScopedQuerySet):
    """Rows seen by those who see their commission."""

    commission_path = "commission"

    def visible_to(self, user):
        return self.filter(**{f"{self.commission_path}__in": Commission.objects.visible_to(user)})

    def on(self, day: dt.date):
        return self.filter(in_force(day))


class Commission(models.Model):
    """A commission on debts (межведомственная комиссия). Seen by its municipality, its members, creditors of the territory."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "municipality__territory__organisations"

        def visible_to(self, user):
            scope = scope_of(user)
            if scope.everything:
                return self.all()
            seen = Q(pk__in=super().visible_to(user).values("pk"))
            if scope.creditors:  # a creditor from elsewhere reads the meetings that heard its cases
                seen |= Q(meetings__items__case__creditor__in=scope.creditors)
            if scope.roles & MUNICIPAL:
                seen |= Q(municipality__territory__in=scope.territories)
            if Role.COMMISSION_MEMBER in scope.roles:
                seen |= Q(seats__user=user)
            return self.filter(seen).distinct()

    municipality = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="commissions")
    name = models.CharField("Название", max_length=300)
    act = models.CharField("Акт о создании", max_length=300, help_text="Какой документ её создал: вид, номер, дата")
    valid_from = models.DateField("Действует с")
    valid_to = models.DateField("По", null=True, blank=True)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="commission_ends_after_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("commission:commission", args=[self.pk])


def asked_by_plan() -> list[str]:
    return [str(office) for office in ASKED_BY_PLAN]


class Regulations(models.Model):
    """One version of a commission's regulations (регламент), in force from its day until the next version's.

    Defaults are those of plan row L-App3. `quorum_num` / `quorum_den` is the least share of members; `majority_of` says of
    whom a simple majority is counted. Terms are in days. The mask is what members read of people on the agenda.
    """

    class QuerySet(PartOfCommission):
        def of(self, commission: Commission, day: dt.date) -> "Regulations":
            """The version in force on the day; the defaults (not saved) when the commission has set none."""
            found = self.filter(commission=commission, valid_from__lte=day).order_by("-valid_from").first()
            return found or Regulations(commission=commission, valid_from=day)

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="regulations")
    valid_from = models.DateField("Действует с")
    act = models.CharField("Документ", max_length=300, blank=True)
    rhythm = models.CharField("Заседания", max_length=12, choices=choices(RHYTHM_NAMES), default=Rhythm.MONTHLY)
    meeting_day = models.PositiveSmallIntegerField("День месяца", default=20, help_text="Выходной переносится на рабочий день")
    quorum_num = models.PositiveSmallIntegerField("Кворум: числитель", default=1)
    quorum_den = models.PositiveSmallIntegerField("Кворум: знаменатель", default=2)
    majority_of = models.CharField("Большинство", max_length=8, choices=choices(BASE_NAMES), default=Base.PRESENT)
    casting_vote = models.BooleanField("При равенстве решает голос ведущего", default=True)
    representatives = models.BooleanField("Член комиссии может прислать представителя", default=True)
    summons_days = models.PositiveSmallIntegerField("Приглашать не позже чем за, дн.", default=7)
    signing_days = models.PositiveSmallIntegerField("Подписать протокол за, дн.", default=5)
    required_offices = models.JSONField("Кто должен войти в состав", default=asked_by_plan, blank=True)
    names_shown = models.CharField("Фамилии членам комиссии", max_length=6, choices=choices(SHOWN_NAMES), default=Shown.FULL)
    addresses_shown = models.CharField("Адреса членам комиссии", max_length=6, choices=choices(SHOWN_NAMES), default=Shown.PART)
    accounts_shown = models.CharField("Счета членам комиссии", max_length=6, choices=choices(SHOWN_NAMES), default=Shown.PART)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["commission", "-valid_from"]
        verbose_name_plural = "regulations"
        constraints = [
            models.UniqueConstraint(fields=["commission", "valid_from"], name="one_set_of_regulations_per_start"),
            models.CheckConstraint(
                name="quorum_is_a_share_of_members", condition=Q(quorum_num__gt=0, quorum_den__gte=F("quorum_num"))
            ),
            models.CheckConstraint(name="meeting_day_is_in_a_month", condition=Q(meeting_day__gte=1, meeting_day__lte=31)),
        ]

    def __str__(self) -> str:
        return f"регламент с {self.valid_from:%d.%m.%Y}"

    @property
    def mask(self) -> Mask:
        return Mask(self.names_shown, self.addresses_shown, self.accounts_shown)

    @property
    def in_words(self) -> list[str]:
        """The rules that decide meetings, as people say them."""
        said = [
            f"заседания: {self.get_rhythm_display()}, к {self.meeting_day}-му числу",
            f"кворум: не меньше {self.quorum_num}/{self.quorum_den} членов с правом голоса",
            f"решение: простое большинство {self.get_majority_of_display()}",
        ]
        said.append("при равенстве решает голос ведущего" if self.casting_vote else "при равенстве решение не принято")
        said.append("члена комиссии может заменить представитель" if self.representatives else "представители не допускаются")
        return said


class Seat(models.Model):
    """A place in the composition (член комиссии) held by a person for an office of an organisation, during a period."""

    class QuerySet(PartOfCommission):
        pass

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="seats")
    part = models.CharField("Кто в комиссии", max_length=10, choices=choices(PART_NAMES), default=Part.MEMBER)
    office = models.CharField("От кого", max_length=20, choices=choices(OFFICE_NAMES))
    organisation = models.CharField("Организация", max_length=300)
    post = models.CharField("Должность", max_length=200)
    name = models.CharField("Фамилия, имя, отчество", max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commission_seats",
        verbose_name="Вход в систему",
        help_text="Без входа человек не увидит повестку и не подпишет протокол",
    )
    has_vote = models.BooleanField("С правом голоса", default=True)
    valid_from = models.DateField("С")
    valid_to = models.DateField("По", null=True, blank=True)
    act = models.CharField("Основание", max_length=300, blank=True, help_text="Распоряжение о составе: номер, дата")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["commission", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "part"],
                condition=Q(valid_to__isnull=True, part__in=[Part.CHAIR, Part.SECRETARY]),
                name="one_chair_and_one_secretary_now",
            ),
            models.UniqueConstraint(
                fields=["commission", "user"],
                condition=Q(valid_to__isnull=True, user__isnull=False),
                name="a_person_sits_once_in_a_commission",
            ),
            models.CheckConstraint(
                name="seat_ends_not_before_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"


class WorkingGroup(models.Model):
    """A working group of a commission (рабочая группа) with a task of its own (plan rows L-App3, Z9b)."""

    class QuerySet(PartOfCommission):
        pass

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField("Название", max_length=200)
    purpose = models.CharField("Задача", max_length=500)
    lead = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", verbose_name="Руководитель")
    members = models.ManyToManyField(Seat, related_name="groups", blank=True, verbose_name="Участники")
    valid_from = models.DateField("С")
    valid_to = models.DateField("По", null=True, blank=True)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AppointmentOrder(models.Model):
    """An order that appoints specialists responsible for the debts (plan row Z3b)."""

    class QuerySet(PartOfCommission):
        pass

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="appointments")
    organisation = models.CharField("Организация", max_length=300)
    name = models.CharField("Кто назначен", max_length=200)
    post = models.CharField("Должность", max_length=200)
    order = models.CharField("Приказ", max_length=200, help_text="Вид, номер")
    ordered_on = models.DateField("От")
    valid_to = models.DateField("Действует по", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_on"]

    def __str__(self) -> str:
        return f"{self.name}: {self.order} от {self.ordered_on:%d.%m.%Y}"
