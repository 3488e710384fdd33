"""Meetings: planned, called, held or failed; who took part in person or through a representative."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.rights import Role
from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.commission.models.commission import MUNICIPAL, Commission, Seat, WorkingGroup
from casedesk.commission.rules.words import HELD, MEETING_NAMES, PRESENCE_NAMES, MeetingState, Presence, choices


class MeetingQuerySet(ScopedQuerySet):
    """Members see the meetings of the commissions they sit in; creditors those that hear their cases."""

    creditor_path = "items__case__creditor"

    def visible_to(self, user):
        scope = scope_of(user)
        if scope.everything:
            return self.all()
        seen = Q(pk__in=super().visible_to(user).values("pk"))
        if scope.roles & MUNICIPAL:
            seen |= Q(commission__municipality__territory__in=scope.territories)
        if Role.COMMISSION_MEMBER in scope.roles:
            seen |= Q(commission__seats__user=user) | Q(attendance__representative_user=user)
        return self.filter(seen).distinct()

    def held(self) -> "MeetingQuerySet":
        return self.filter(state__in=HELD)

    def ahead(self, day) -> "MeetingQuerySet":
        """Still to come on the day."""
        return self.filter(state__in=[MeetingState.PLANNED, MeetingState.CALLED], planned_on__gte=day)


class Meeting(models.Model):
    """One meeting (заседание) of a commission or of its working group. Numbers run within commission and year."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="meetings")
    group = models.ForeignKey(WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    planned_on = models.DateField("День")
    time = models.CharField("Время", max_length=5, blank=True, default="10:00")
    place = models.CharField("Место", max_length=300, blank=True)
    topic = models.CharField("О чём", max_length=300, blank=True)
    guests = models.CharField("Приглашены", max_length=500, blank=True, help_text="Общественный совет, взыскатели и другие")
    state = models.CharField(max_length=10, choices=choices(MEETING_NAMES), default=MeetingState.PLANNED)
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of the number, given when the meeting opens")
    number = models.PositiveIntegerField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    presided_by_seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kept_by_seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    members = models.PositiveSmallIntegerField(null=True, blank=True, help_text="With a vote, when it opened")
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    needed = models.PositiveSmallIntegerField(null=True, blank=True)
    why_not = models.CharField("Почему не состоялось", max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "year", "number"], name="one_meeting_per_number"),
            models.CheckConstraint(
                name="an_open_meeting_has_quorum_and_somebody_presides",
                condition=~Q(state__in=["opened", "closed", "signed"])
                | Q(
                    held_on__isnull=False,
                    number__isnull=False,
                    year__isnull=False,
                    presided_by_seat__isnull=False,
                    kept_by_seat__isnull=False,
                    present__gte=models.F("needed"),
                    needed__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="a_closed_meeting_knows_when", condition=~Q(state__in=["closed", "signed"]) | Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        day = self.held_on or self.planned_on
        of = " рабочей группы" if self.group_id else ""
        return f"заседание{of} {day:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("commission:meeting", args=[self.pk])

    @property
    def minutes_name(self) -> str:
        """How the minutes are called: `протокол № 3 от 20.03.2024`."""
        return f"протокол № {self.number} от {self.held_on:%d.%m.%Y}" if self.number else "протокол"

    @property
    def is_over(self) -> bool:
        return self.state in (*HELD, MeetingState.FAILED, MeetingState.CANCELLED)


class Attendance(models.Model):
    """How one seat takes part in one meeting. A representative comes with a name and an authority (plan row L-App3)."""

    class QuerySet(ScopedQuerySet):
        def visible_to(self, user):
            return self.filter(meeting__in=Meeting.objects.visible_to(user))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=12, choices=choices(PRESENCE_NAMES), default=Presence.ABSENT)
    representative = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200, blank=True, help_text="Доверенность или поручение: номер, дата")
    representative_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="a_seat_attends_once"),
            models.CheckConstraint(
                name="a_representative_has_a_name_and_an_authority",
                condition=(Q(presence="represented") & ~Q(representative="") & ~Q(authority=""))
                | (~Q(presence="represented") & Q(representative="", authority="", representative_user__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"
