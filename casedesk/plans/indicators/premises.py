"""Premises that the municipality answers for, and what it owes for them itself: rows Z4a-d, Z5a-b and P1.4."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Unit, register, total_of
from casedesk.plans.queries.question import Question
from debtors.models import Premises, Resource
from debtors.queries.ageing import age
from debtors.queries.dialect import bulk_load, fresh_table
from debtors.queries.municipal_debt import municipal_debts
from debtors.queries.premises_register import IS_IN, municipal

ACCOUNTS = "plan_premises_accounts"
"""A temporary table (account_id): accounts of the municipality's premises."""
_RESOURCES = (Resource.HEATING, Resource.WATER, Resource.ELECTRICITY, Resource.GAS)


def in_reach(question: Question) -> QuerySet:
    """Premises of the counted accounts, and those of a municipality's own land that have no account."""
    reach = question.reach
    if reach.everything:
        return Premises.objects.all()
    found = Q(pk__in=reach.accounts().order_by().values("premises"))
    if reach.territories is not None or reach.creditors is None:
        land = Q(house__territory=reach.territory) if reach.territory is not None else Q()
        mine = Q() if reach.territories is None else Q(house__territory__in=reach.territories)
        found |= land & mine & Q(accounts__isnull=True)
    return Premises.objects.filter(pk__in=Premises.objects.filter(found).values("pk"))


def _debts(question: Question) -> dict[int, dict[str, int]]:
    """Premises -> resource -> kopecks of principal owed on the day, of the municipality's premises only."""
    flats = municipal(in_reach(question), question.as_of, question.known_at)
    rows = question.reach.accounts().order_by().filter(premises__in=flats.values("pk"))
    premises = dict(rows.values_list("pk", "premises_id"))
    if not premises:
        return {}
    with transaction.atomic(savepoint=False):  # a table of the transaction; nothing is written
        fresh_table(ACCOUNTS, "account_id bigint")
        bulk_load(ACCOUNTS, ("account_id",), ((account,) for account in premises))
        aged = age(ACCOUNTS, as_of=question.as_of, known_on=question.known_at, by=("account", "resource"))
    sums: dict[int, dict[str, int]] = {}
    for group, figures in aged.rows:
        of_flat = sums.setdefault(premises[group["account"]], {})
        of_flat[group["resource"]] = of_flat.get(group["resource"], 0) + figures.total
    return sums


def _part(question: Question, part: str) -> list[Premises]:
    return [flat for flat in question.answers.once("municipal premises", _flats) if IS_IN[part](flat)]


def _flats(question: Question) -> list[Premises]:
    """The municipality's premises as the day finds them, asked once for all rows of a page."""
    return list(municipal(in_reach(question), question.as_of, question.known_at).select_related("house").order_by("pk"))


def _fact(flat: Premises, amounts: tuple[int, ...]) -> Fact:
    kind = flat.get_kind_display() if flat.number else "дом целиком"
    since = flat.state_from or flat.held_from
    url = reverse("debtors:premises", args=[flat.pk])
    return Fact(amounts, label=str(flat), about=kind, url=url, on=since)


def _counted(part: str) -> Callable[[Question], Iterable[Fact]]:
    def facts(question: Question) -> Iterable[Fact]:
        owed = question.answers.once("premises_debt", _debts)
        return [_fact(flat, (1, sum(owed.get(flat.pk, {}).values()))) for flat in _part(question, part)]

    return facts


def _social(question: Question) -> Iterable[Fact]:
    owed = question.answers.once("premises_debt", _debts)
    for flat in _part(question, "social"):
        of_flat = owed.get(flat.pk, {})
        by_resource = [of_flat.get(resource.value, 0) for resource in _RESOURCES]
        yield _fact(flat, (1, sum(of_flat.values()), *by_resource))


def _municipal(question: Question) -> Iterable[Fact]:
    accounts = question.reach.accounts()
    for debt in municipal_debts(accounts, as_of=question.as_of, known_on=question.known_at):
        first, last = min(debt.months), max(debt.months)
        about = f"{debt.because}; {months.short(first)} — {months.short(last)}"
        yield Fact((debt.kopecks, len(debt.months)), account=debt.account.pk, about=about)


def _register(code: str, name: str, definition: str, source: str, facts, columns: tuple[Column, ...], unit: Unit) -> None:
    width = len(columns)
    register(Indicator(code, name, definition, unit, source, columns, lambda asked: total_of(facts(asked), width), facts))


_FLATS = (Column("flats", "Помещений", "number"), Column("debt", "Долг, ₽"))
for _part_code, _name, _definition, _row in (
    ("vacant", "Пустующие помещения", "Квартиры, подвалы и дома, где никто не живёт, и долг по ним.", "Z4a"),
    ("conserved", "Законсервированные помещения", "Пустующие помещения, которые законсервированы, и долг по ним.", "Z4b"),
    ("repair", "Помещения в ремонте", "Пустующие помещения, которые ремонтируют, и долг по ним.", "Z4c"),
    ("let", "Отремонтировано и заселено", "Помещения, которые снова сданы, и долг по ним.", "Z4c"),
    ("escheat", "Выморочные помещения", "Помещения, перешедшие муниципалитету без наследников, и долг по ним.", "Z4d"),
):
    _register(f"premises.{_part_code}", _name, _definition, _row, _counted(_part_code), _FLATS, Unit.COUNT)

_register(
    "premises.social",
    "Помещения социального найма",
    "Квартиры по договорам социального найма и долг нанимателей, всего и по ресурсам.",
    "Z5a, Z5b",
    _social,
    (*_FLATS, *(Column(resource.value, f"{resource.label.capitalize()}, ₽") for resource in _RESOURCES)),
    Unit.COUNT,
)
_register(
    "premises.municipal_debt",
    "Долг самого муниципалитета",
    "Долг за месяцы, когда за помещение отвечал муниципалитет: пустует, выморочное, счёт выбывшего нанимателя закрыт.",
    "P1.4",
    _municipal,
    (Column("debt", "Долг, ₽"), Column("months", "Месяцев", "number")),
    Unit.RUB,
)
