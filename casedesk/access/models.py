"""Organisations, people and what ties them: who works where, in which role, from when to when."""

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from knox.models import AbstractAuthToken
from simple_history.models import HistoricalRecords

from casedesk.access.rights import Role


class Territory(models.Model):
    """A municipality's land (муниципальное образование): houses lie in it, plans are made for it."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A creditor, a municipality, a bailiff department or a billing centre."""

    class Kind(models.TextChoices):
        CREDITOR = "creditor", "взыскатель"
        MUNICIPALITY = "municipality", "муниципалитет"
        BAILIFF_DEPARTMENT = "bailiff_department", "отдел судебных приставов"
        BILLING_CENTRE = "billing_centre", "расчётный центр"

    kind = models.CharField(max_length=20, choices=Kind)
    code = models.SlugField(max_length=40, unique=True, help_text="Short word for commands and URLs")
    name = models.CharField(max_length=300)
    inn = models.CharField(
        "ИНН", max_length=12, blank=True, validators=[RegexValidator(r"^\d{10}(\d{2})?$", "ИНН: 10 или 12 цифр")]
    )
    territory = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations")
    serves = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="served_by",
        help_text="Creditors whose registers a billing centre keeps",
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_municipality_has_a_territory", condition=~Q(kind="municipality") | Q(territory__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name


class SettlementAccount(models.Model):
    """An organisation's own bank account (расчётный счёт): money between own accounts is not a payment."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="settlement_accounts")
    number = models.CharField(max_length=20, unique=True, validators=[RegexValidator(r"^\d{20}$", "Расчётный счёт: 20 цифр")])

    def __str__(self) -> str:
        return self.number


class CreditorRequisites(models.Model):
    """Where debtors pay a creditor (реквизиты взыскателя) from a day on: what payment slips and their QR carry.

    Lengths are those of ГОСТ Р 56042-2014. A newer version follows; an old one is never edited away.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requisites")
    valid_from = models.DateField()
    name = models.CharField("Получатель", max_length=160, help_text="Как в банке, не длиннее 160 знаков")
    inn = models.CharField("ИНН", max_length=12, validators=[RegexValidator(r"^\d{10}(\d{2})?$", "ИНН: 10 или 12 цифр")])
    kpp = models.CharField("КПП", max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$", "КПП: 9 цифр")])
    account = models.CharField(
        "Расчётный счёт", max_length=20, validators=[RegexValidator(r"^\d{20}$", "Расчётный счёт: 20 цифр")]
    )
    bank_name = models.CharField("Банк", max_length=45, help_text="Не длиннее 45 знаков")
    bic = models.CharField("БИК", max_length=9, validators=[RegexValidator(r"^\d{9}$", "БИК: 9 цифр")])
    correspondent_account = models.CharField(
        "Корреспондентский счёт", max_length=20, validators=[RegexValidator(r"^\d{20}$", "Корр. счёт: 20 цифр")]
    )
    oktmo = models.CharField("ОКТМО", max_length=11, blank=True, validators=[RegexValidator(r"^\d{8,11}$", "ОКТМО: 8-11 цифр")])
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name_plural = "creditor requisites"
        constraints = [models.UniqueConstraint(fields=["organisation", "valid_from"], name="one_set_of_requisites_per_day")]

    def __str__(self) -> str:
        return f"{self.name}, р/с {self.account} с {self.valid_from:%d.%m.%Y}"

    def qr_fields(self) -> list[tuple[str, str]]:
        """The payee's part of a payment code, required fields in their order (ГОСТ Р 56042-2014)."""
        required = [
            ("Name", self.name),
            ("PersonalAcc", self.account),
            ("BankName", self.bank_name),
            ("BIC", self.bic),
            ("CorrespAcc", self.correspondent_account),
            ("PayeeINN", self.inn),
        ]
        return required + [(key, value) for key, value in (("KPP", self.kpp), ("OKTMO", self.oktmo)) if value]


class User(AbstractUser):
    """A person who signs in. Everything they may do comes from memberships."""

    patronymic = models.CharField("отчество", max_length=100, blank=True)
    language = models.CharField(max_length=5, default="ru")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def short_name(self) -> str:
        """`Петрова А. И.`: how colleagues are named in tables."""
        initials = "".join(f" {part[0]}." for part in (self.first_name, self.patronymic) if part)
        return (self.last_name + initials).strip() or self.username


class MembershipQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> "MembershipQuerySet":
        """Memberships in force on the day (the end is exclusive)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Membership(models.Model):
    """A person's role in an organisation during a period."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role", "valid_from"], name="one_membership_per_start"),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.organisation})"


class ApiToken(AbstractAuthToken):
    """A key by which a program acts as a person (ключ для программ). Only its digest is kept; `name` says whose program."""

    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name
