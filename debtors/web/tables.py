"""Columns and filters of the lists of accounts and premises."""

import django_filters
from django import forms
from django.urls import reverse
from django.utils import timezone

from casedesk.access.scope import creditors_of
from casedesk.common import months
from casedesk.common.filters import RoublesFilter, SearchFilter
from casedesk.common.tables import Column
from casedesk.common.text import fold
from casedesk.norms.due_dates import newest_overdue_month
from debtors.models import Category, House, Premises, Tenure, UtilityAccount

ANY = "все"
AGES = {"1-3": (1, 3), "3-12": (4, 12), "12-24": (13, 24), "24-36": (25, 36), "36+": (37, None)}
AGE_CHOICES = [
    ("1-3", "1–3 мес."),
    ("3-12", "3–12 мес."),
    ("12-24", "12–24 мес."),
    ("24-36", "24–36 мес."),
    ("36+", "свыше 36 мес."),
]


def creditors_for(request):
    """Creditors whose accounts this person may see."""
    return creditors_of(request.user)


class AccountFilter(django_filters.FilterSet):
    """What narrows the list of accounts."""

    q = SearchFilter(field_name="search", label="Поиск", placeholder="Номер, фамилия, адрес")
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    category = django_filters.ChoiceFilter(choices=Category, label="Группа потребителей", empty_label=ANY)
    tenure = django_filters.ChoiceFilter(field_name="premises__tenure", choices=Tenure, label="Помещение", empty_label=ANY)
    age = django_filters.ChoiceFilter(choices=AGE_CHOICES, label="Самый старый долг", empty_label=ANY, method="by_age")
    overdue_from = RoublesFilter(field_name="state__overdue", lookup_expr="gte", label="Просрочено от, ₽")
    overdue_to = RoublesFilter(field_name="state__overdue", lookup_expr="lte", label="до, ₽")
    months_from = django_filters.NumberFilter(label="Месяцев долга от", method="by_months", min_value=0)
    house = django_filters.ModelChoiceFilter(
        field_name="premises__house", queryset=House.objects.all(), label="Дом", widget=forms.HiddenInput
    )

    class Meta:
        model = UtilityAccount
        fields: list[str] = []

    def by_age(self, queryset, name, value):
        """Accounts whose oldest overdue month is of this age on the day their state was built (today)."""
        newest, (youngest, oldest) = newest_overdue_month(timezone.localdate()), AGES[value]
        rows = queryset.filter(state__overdue__gt=0, state__oldest_open_month__lte=newest - youngest + 1)
        return rows if oldest is None else rows.filter(state__oldest_open_month__gte=newest - oldest + 1)

    def by_months(self, queryset, name, value):
        return queryset.filter(state__months_x100__gte=int(value * 100))


def address(account: UtilityAccount) -> str:
    """The premises, or what the register prints; the flat never stands alone on a line."""
    return (str(account.premises) if account.premises else account.address_text).replace("кв. ", "кв.\u00a0")


def since(account: UtilityAccount) -> str:
    """The oldest unpaid month in words; an opening balance is at least that old."""
    state = getattr(account, "state", None)
    if state is None or state.oldest_open_month is None:
        return ""
    return ("не позже " if state.at_least else "с ") + months.short(state.oldest_open_month)


ACCOUNT_COLUMNS = [
    Column("number", "Лицевой счёт", head=True, url="debtors:account", sort="number"),
    Column("holder_name", "Владелец счёта", sub=lambda row: row.get_category_display()),
    Column("address", "Адрес", value=address, sub=lambda row: row.creditor.name),
    Column("state.debt", "Долг, ₽", kind="money", sort="state__debt", nullable=True),
    Column("state.overdue", "Просрочено, ₽", kind="money", sort="state__overdue", nullable=True, sub=since),
    Column("state.months_x100", "Месяцев", kind="hundredths", sort="state__months_x100", nullable=True),
    Column("state.last_payment_on", "Последняя оплата", kind="day", sort="state__last_payment_on", nullable=True),
]


class PremisesFilter(django_filters.FilterSet):
    """What narrows the list of premises."""

    q = django_filters.CharFilter(
        label="Поиск",
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Улица, дом, квартира"}),
    )
    tenure = django_filters.ChoiceFilter(choices=Tenure, label="Вид пользования", empty_label=ANY)
    kind = django_filters.ChoiceFilter(choices=Premises.Kind, label="Вид помещения", empty_label=ANY)
    house = django_filters.ModelChoiceFilter(queryset=House.objects.all(), label="Дом", widget=forms.HiddenInput)

    class Meta:
        model = Premises
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        """Words of the address; the last one may be the flat."""
        *words, last = fold(value).split() or [""]
        for word in words:
            queryset = queryset.filter(house__address_key__contains=word)
        flats = queryset.filter(number_key=last) if words else queryset.none()
        return flats if flats.exists() else queryset.filter(house__address_key__contains=last)


PREMISES_COLUMNS = [
    Column(
        "house.address",
        "Адрес",
        head=True,
        value=str,
        url=lambda row: reverse("debtors:premises", args=[row.pk]),
        sort=("house__address", "number_width", "number_key"),
    ),
    Column("tenure", "Вид пользования", value=lambda row: row.get_tenure_display(), sort="tenure"),
    Column("kind", "Вид", value=lambda row: row.get_kind_display()),
    Column("area_x100", "Площадь, м²", kind="hundredths", sort="area_x100", nullable=True),
    Column("accounts_count", "Счетов", kind="number"),
    Column("debt", "Долг, ₽", kind="money", sort="debt", nullable=True),
    Column("overdue", "Просрочено, ₽", kind="money", sort="overdue", nullable=True),
]
