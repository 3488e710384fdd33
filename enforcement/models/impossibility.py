"""Returns: the bailiff's paper on impossibility, what the creditor says to it, and what is chosen instead (plan row B4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from debtors.models import Debtor, UtilityAccount
from enforcement.models.presentation import Presentation
from enforcement.models.proceeding import EnforcementProceeding
from enforcement.models.writ import Writ
from enforcement.rules.words import CHOICE_NAMES, POSITION_NAMES, PROPERTY_NAMES, Position, choices


class ImpossibilityAct(models.Model):
    """The paper with which a writ comes back under art. 46 (229-ФЗ).

    Since 20.06.2022 it is a notice (извещение о невозможности взыскания), before it an act with the return of the writ.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", "извещение о невозможности взыскания"
        ACT = "act", "акт о невозможности взыскания"

    class Outcome(models.TextChoices):
        PENDING = "pending", "рассматривается"
        GRANTED = "granted", "жалоба удовлетворена"
        DISMISSED = "dismissed", "в жалобе отказано"

    class QuerySet(ScopedQuerySet):
        creditor_path = "writ__creditor"

        def live(self) -> "ImpossibilityAct.QuerySet":
            return self.filter(Q(writ__booking__isnull=True) | Q(writ__booking__undone_at__isnull=True))

        def undecided(self) -> "ImpossibilityAct.QuerySet":
            """No position and no measure yet: nobody has decided."""
            return self.filter(position=Position.UNDECIDED, choices__isnull=True)

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="impossibility_acts")
    presentation = models.OneToOneField(
        Presentation, null=True, blank=True, on_delete=models.PROTECT, related_name="impossibility_act"
    )
    proceeding = models.OneToOneField(
        EnforcementProceeding, null=True, blank=True, on_delete=models.PROTECT, related_name="impossibility_act"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTICE)
    number = models.CharField(max_length=40, blank=True)
    ground = models.CharField(max_length=20, help_text="46.1.3, 46.1.4: article, part, point")
    dated_on = models.DateField(help_text="The day of the ruling on ending: the six months run from it")
    sent_on = models.DateField(null=True, blank=True, help_text="Sent to the creditor: the new term runs from it")
    received_on = models.DateField(null=True, blank=True)
    position = models.CharField(max_length=10, choices=choices(POSITION_NAMES), default=Position.UNDECIDED)
    position_on = models.DateField(null=True, blank=True)
    position_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position_note = models.CharField(max_length=400, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-dated_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="act_position_has_a_day",
                condition=Q(position="undecided", position_on__isnull=True) | Q(position_on__isnull=False),
            ),
            models.CheckConstraint(name="only_a_contest_has_an_outcome", condition=Q(outcome="") | Q(position="contested")),
            models.CheckConstraint(
                name="act_is_sent_after_it_is_made", condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("dated_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} от {self.dated_on:%d.%m.%Y}".replace("  ", " ")

    @property
    def ground_text(self) -> str:
        """`46.1.4` -> `ст. 46 ч. 1 п. 4`."""
        return " ".join(f"{word} {part}" for word, part in zip(("ст.", "ч.", "п."), self.ground.split("."), strict=False))


class ReturnChoice(models.Model):
    """A measure that the creditor chose after a return: present again, evict, help to a job, search, bankrupt, write off."""

    act = models.ForeignKey(ImpossibilityAct, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=20, choices=choices(CHOICE_NAMES))
    note = models.CharField(max_length=300, blank=True)
    chosen_on = models.DateField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-chosen_on", "-id"]

    def __str__(self) -> str:
        return self.get_kind_display()


class PropertyFact(models.Model):
    """News of a debtor's property (сведения об имуществе): they open the way to present a returned writ before the six months.

    It hangs on the account, so that it serves every writ on it; `debtor` names whose property it is, where known.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "account__creditor"

        def standing(self) -> "PropertyFact.QuerySet":
            return self.filter(void_on__isnull=True)

    account = models.ForeignKey(UtilityAccount, on_delete=models.PROTECT, related_name="property_facts")
    debtor = models.ForeignKey(Debtor, null=True, blank=True, on_delete=models.PROTECT, related_name="property_facts")
    kind = models.CharField(max_length=20, choices=choices(PROPERTY_NAMES))
    description = models.CharField(max_length=400)
    source = models.CharField(max_length=200, help_text="Whence it is known: an extract, an answer, a visit")
    known_on = models.DateField()
    void_on = models.DateField(null=True, blank=True, help_text="Proved wrong, or gone")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-known_on", "-id"]
        indexes = [models.Index(fields=["account", "known_on"], name="property_by_account")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.description}"
