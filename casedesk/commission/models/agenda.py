"""The agenda: by what rule cases come before the commission, each with its reason, and how the debtor was invited."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.rights import Role
from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.commission.models.commission import Commission, PartOfCommission
from casedesk.commission.models.meeting import Meeting
from casedesk.commission.rules.agenda import Persistent
from casedesk.commission.rules.words import CAME_NAMES, SOURCE_NAMES, MeetingState, Source, choices
from casedesk.common.fields import KopeckField
from debtors.models import CaseFile, PreTrialNotice

WHOLE_AGENDA = frozenset({Role.COMMISSION_SECRETARY, Role.AUDITOR})
"""Roles of a municipality that see every case before its commission."""


class AgendaRule(models.Model):
    """One version of the rule that fills agendas (кто злостный неплательщик), in force until the next version's day."""

    class QuerySet(PartOfCommission):
        def of(self, commission: Commission, day: dt.date) -> "AgendaRule":
            """The version in force on the day; the defaults (not saved) when the commission has set none."""
            found = self.filter(commission=commission, valid_from__lte=day).order_by("-valid_from").first()
            return found or AgendaRule(commission=commission, valid_from=day)

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="agenda_rules")
    valid_from = models.DateField("Действует с")
    months_x100 = models.PositiveIntegerField("Долг от, мес. начислений × 100", default=Persistent.months_x100)
    overdue = KopeckField("Просрочено от, ₽", default=Persistent.overdue)
    without_agreement = models.BooleanField("Без соглашения в силе", default=True)
    without_hold = models.BooleanField("Работа не приостановлена", default=True)
    warned = models.BooleanField("Напоминание вручено", default=True)
    population = models.BooleanField("Только население", default=True)
    rest_days = models.PositiveSmallIntegerField("Не слушали последние, дн.", default=Persistent.rest_days)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["commission", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "valid_from"], name="one_agenda_rule_per_start"),
            models.CheckConstraint(name="agenda_rule_asks_for_money", condition=Q(overdue__gt=0)),
        ]

    def __str__(self) -> str:
        return self.rule.in_words

    @property
    def rule(self) -> Persistent:
        names = ("months_x100", "overdue", "without_agreement", "without_hold", "warned", "population", "rest_days")
        return Persistent(**{name: getattr(self, name) for name in names})


class AgendaItemQuerySet(ScopedQuerySet):
    """A case before the commission is seen by its creditor, the secretary, and members once the agenda is out."""

    creditor_path = "case__creditor"

    def visible_to(self, user):
        scope = scope_of(user)
        if scope.everything:
            return self.all()
        seen = Q(pk__in=super().visible_to(user).values("pk"))
        if scope.roles & WHOLE_AGENDA:
            seen |= Q(meeting__commission__municipality__territory__in=scope.territories)
        if Role.COMMISSION_MEMBER in scope.roles:
            seen |= ~Q(meeting__state=MeetingState.PLANNED) & Q(pk__in=self._of_member(user).values("pk"))
        return self.filter(seen)

    def _of_member(self, user):
        """Items of meetings on whose day the person sits in the commission (in its group, for a group's), or stands in."""
        day, path = F("meeting__planned_on"), "meeting__commission__seats"
        ends = Q(**{f"{path}__valid_to__isnull": True}) | Q(**{f"{path}__valid_to__gt": day})
        seat = Q(**{f"{path}__user": user, f"{path}__valid_from__lte": day}) & ends
        group = Q(meeting__group__isnull=True) | Q(meeting__group__members=F(path)) | Q(meeting__group__lead=F(path))
        return AgendaItem.objects.filter((seat & group) | Q(meeting__attendance__representative_user=user))


class AgendaItem(models.Model):
    """A case on the agenda of a meeting (вопрос повестки): why it is there, what it owed then and when it was decided."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="commission_items")
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=choices(SOURCE_NAMES), default=Source.RULE)
    reason = models.CharField(max_length=500)
    added_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    debt = KopeckField(help_text="When it was put on the agenda")
    overdue = KopeckField()
    came = models.CharField("Должник", max_length=12, choices=choices(CAME_NAMES), blank=True)
    heard = models.CharField("Что сказано", max_length=1000, blank=True)
    debt_decided = KopeckField(null=True, blank=True, help_text="When the meeting closed")
    overdue_decided = KopeckField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="a_case_is_heard_once_in_a_meeting")]

    def __str__(self) -> str:
        return f"вопрос {self.position}, дело № {self.case.number}"

    def get_absolute_url(self) -> str:
        return reverse("commission:item", args=[self.pk])


class Summons(models.Model):
    """An invitation of the debtor (приглашение) as a numbered document, and how it reached them: the proof of delivery."""

    class QuerySet(ScopedQuerySet):
        def visible_to(self, user):
            return self.filter(item__in=AgendaItem.objects.visible_to(user))

    class Result(models.TextChoices):
        SERVED = "served", "вручено"
        REFUSED = "refused", "от получения отказался"
        RETURNED = "returned", "вернулось, истёк срок хранения"

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="summons")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    prepared_on = models.DateField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField("Как отправлено", max_length=20, choices=PreTrialNotice.Channel, blank=True)
    sent_on = models.DateField("Отправлено", null=True, blank=True)
    result = models.CharField("Результат", max_length=10, choices=Result, blank=True)
    served_on = models.DateField("День вручения или возврата", null=True, blank=True)
    served_to = models.CharField("Кому вручено", max_length=200, blank=True)
    proof = models.CharField("Подтверждение", max_length=200, blank=True, help_text="Номер отправления, расписка, акт")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["item"]
        verbose_name_plural = "summonses"
        constraints = [
            models.CheckConstraint(
                name="a_sent_summons_says_how",
                condition=Q(sent_on__isnull=True, channel="") | Q(sent_on__isnull=False) & ~Q(channel=""),
            ),
            models.CheckConstraint(
                name="a_served_summons_has_its_proof",
                condition=Q(result="", served_on__isnull=True)
                | Q(served_on__gte=F("sent_on"), sent_on__isnull=False) & ~Q(result="") & ~Q(proof=""),
            ),
        ]

    def __str__(self) -> str:
        return f"приглашение № {self.document.full_number}"

    @property
    def standing(self) -> tuple[str, str]:
        """Where it stands, in words and with a tone for a badge."""
        if self.result:
            return f"{self.get_result_display()} {self.served_on:%d.%m.%Y}", "ok" if self.result == "served" else "warn"
        return (f"отправлено {self.sent_on:%d.%m.%Y}", "info") if self.sent_on else ("составлено", "")
