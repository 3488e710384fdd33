"""The municipality's screens: premises that stand empty or are let, and what it owes for them itself. Both go to XLSX."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery, Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing
from debtors.actions.set_condition import set_condition
from debtors.models import Premises, PremisesCondition, Tenure, UtilityAccount
from debtors.queries.municipal_debt import MunicipalDebt, municipal_debts
from debtors.queries.premises_register import PART_NAMES, PARTS, municipal
from debtors.web.case_forms import day_field
from debtors.web.tables import ANY, address

EMPTY = Empty(
    "Таких помещений нет", "Запишите вид пользования или состояние помещения на его странице.", "/premises/", "К помещениям"
)
NOTHING = Empty("Собственного долга муниципалитета нет", "Здесь появится долг за пустующие, выморочные и закрытые счета.")
CONDITIONS = dict(PremisesCondition.Kind.choices)
TENURES = dict(Tenure.choices)


class RegisterFilter(django_filters.FilterSet):
    """What narrows the register."""

    part = django_filters.ChoiceFilter(
        choices=list(PART_NAMES.items()), label="Часть реестра", empty_label=ANY, method="by_part"
    )
    q = django_filters.CharFilter(
        label="Адрес",
        field_name="house__address_key",
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = django_filters.ChoiceFilter(choices=Premises.Kind, label="Вид помещения", empty_label=ANY)

    class Meta:
        model = Premises
        fields: list[str] = []

    def by_part(self, queryset, name, value):
        return PARTS[value](queryset)


COLUMNS = (
    Column(
        "house.address",
        "Адрес",
        head=True,
        value=str,
        url=lambda row: reverse("debtors:premises", args=[row.pk]),
        sort=("house__address", "number_key"),
    ),
    Column("kind", "Вид", value=lambda row: row.get_kind_display() if row.number else "дом целиком", sort="kind"),
    Column("area_x100", "Площадь, м²", kind="hundredths", sort="area_x100", nullable=True),
    Column("held", "Вид пользования", value=lambda row: TENURES.get(row.held, row.held), sort="held"),
    Column("held_from", "Вид пользования с", kind="day", sort="held_from", nullable=True),
    Column("state", "Состояние", value=lambda row: CONDITIONS.get(row.state, "—"), sort="state"),
    Column("state_from", "Состояние с", kind="day", sort="state_from", nullable=True),
    Column("debt", "Долг, ₽", kind="money", sort="debt", nullable=True),
    Column("overdue", "Просрочено, ₽", kind="money", sort="overdue", nullable=True),
)


def register_for(user, today):
    """The register as this person sees it, with the debt of the accounts they see."""
    accounts = UtilityAccount.objects.visible_to(user).filter(premises=OuterRef("pk")).order_by().values("premises")
    seen = Premises.objects.filter(pk__in=Premises.objects.visible_to(user).order_by().values("pk")).select_related("house")
    return municipal(seen, today).annotate(
        debt=Subquery(accounts.annotate(found=Sum("state__debt")).values("found")),
        overdue=Subquery(accounts.annotate(found=Sum("state__overdue")).values("found")),
    )


@gated(Right.SEE_PREMISES)
def index(request):
    """The register, with a tile for each of its parts."""
    today = timezone.localdate()
    register = register_for(request.user, today)
    tiles = []
    for part, name in PART_NAMES.items():
        sums = PARTS[part](register).order_by().aggregate(number=Count("pk"), owed=Sum("debt"))
        tiles.append((name, sums["number"], sums["owed"] or 0, f"{reverse('debtors:premises-register')}?part={part}"))
    listing = Listing(
        request,
        register,
        COLUMNS,
        filters=RegisterFilter,
        sort="house.address",
        name="premises-register",
        empty=EMPTY,
        notes=[f"Реестр на {today:%d.%m.%Y}"],
    )
    return listing.render("debtors/premises_register.html", tiles=tiles)


def _debt_columns(debts: dict[int, list[MunicipalDebt]]) -> tuple[Column, ...]:
    def spans(row) -> str:
        every = sorted({month for debt in debts[row.pk] for month in debt.months})
        return months.short(every[0]) if len(every) == 1 else f"{months.short(every[0])} — {months.short(every[-1])}"

    return (
        Column("number", "Лицевой счёт", head=True, sort="number", sub=lambda row: row.creditor.name),
        Column("address", "Адрес", value=address),
        Column("basis", "Почему платит муниципалитет", value=lambda row: "; ".join(debt.because for debt in debts[row.pk])),
        Column("months", "За месяцы", value=spans),
        Column("count", "Месяцев", kind="number", value=lambda row: len({m for debt in debts[row.pk] for m in debt.months})),
        Column("owed", "Долг муниципалитета, ₽", kind="money", value=lambda row: sum(debt.kopecks for debt in debts[row.pk])),
    )


@gated(Right.SEE_PREMISES)
def own_debt(request):
    """What the municipality owes itself, by account, with the basis and the months (row P1.4)."""
    today = timezone.localdate()
    debts: dict[int, list[MunicipalDebt]] = {}
    for debt in municipal_debts(UtilityAccount.objects.visible_to(request.user), as_of=today):
        debts.setdefault(debt.account.pk, []).append(debt)
    by_basis: dict[str, int] = {}
    for debt in (debt for found in debts.values() for debt in found):
        by_basis[debt.because] = by_basis.get(debt.because, 0) + debt.kopecks
    listing = Listing(
        request,
        UtilityAccount.objects.filter(pk__in=list(debts)).select_related("premises__house", "creditor"),
        _debt_columns(debts),
        sort="number",
        name="municipal-debt",
        empty=NOTHING,
        notes=[f"Долг на {today:%d.%m.%Y}. Месяц относится к тому, кто отвечал за помещение первого числа."],
    )
    total = sum(by_basis.values())
    return listing.render("debtors/municipal_debt.html", by_basis=sorted(by_basis.items()), total=total)


class ConditionForm(forms.Form):
    kind = forms.ChoiceField(label="Состояние", choices=PremisesCondition.Kind)
    valid_from = day_field("С какого дня")
    basis = forms.CharField(label="Основание", max_length=300, required=False, help_text="Акт, распоряжение, договор")


@gated(Right.EDIT_PREMISES)
def condition(request, pk: int):
    """A form for a new condition; the one in force ends on the same day."""
    premises = gates.get(Premises.objects.select_related("house__territory"), request.user, Right.EDIT_PREMISES, pk=pk)
    today = timezone.localdate()
    form = ConditionForm(request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        try:
            period = set_condition(premises=premises, by=request.user, on=today, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Записано: {period}.")
            return redirect("debtors:premises", pk=premises.pk)
    return render(request, "debtors/premises_condition.html", {"premises": premises, "form": form})
