"""The debt of everybody a person's figures cover, by age and by everything it is usually asked by."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from casedesk.access.models import Organisation
from casedesk.common import charts
from casedesk.plans.queries.question import Reach
from debtors.models import Category, Resource, Tenure
from debtors.queries.ageing import Figures, age

HOUSES_SHOWN = 12
WITHOUT = _("не указано")


@dataclass(frozen=True)
class Row:
    """One group: its name, its figures, its stacked bar (as long as its share of the longest), the query that opens it."""

    label: str
    figures: Figures
    parts: list[charts.Part]
    query: str


@dataclass(frozen=True)
class Split:
    """One way to divide the debt. The rows add up to the whole, unless `cut` says that only the largest are shown."""

    title: str
    head: str
    rows: list[Row]
    cut: bool = False


@dataclass(frozen=True)
class Board:
    """All that the page shows. Kopecks."""

    figures: Figures
    parts: list[charts.Part]
    splits: list[Split]


def board(reach: Reach, *, as_of: dt.date, known_on: dt.datetime | None = None) -> Board:
    """Two ageing statements whatever the size: one over the small dimensions, one by house."""
    accounts = None if reach.everything else reach.accounts()
    aged = age(accounts, as_of=as_of, known_on=known_on, by=("resource", "category", "tenure", "creditor"))
    houses = age(accounts, as_of=as_of, known_on=known_on, by=("house_id", "house"))
    whole = aged.figures
    creditors = dict(Organisation.objects.values_list("code", "name"))
    splits = [
        _split(_("По ресурсам"), _("Ресурс"), "resource", _summed(aged.rows, "resource"), dict(Resource.choices)),
        _split(_("По группам потребителей"), _("Группа"), "category", _summed(aged.rows, "category"), dict(Category.choices)),
        _split(_("По виду пользования"), _("Помещения"), "tenure", _summed(aged.rows, "tenure"), dict(Tenure.choices)),
        _split(_("По взыскателям"), _("Взыскатель"), "creditor", _summed(aged.rows, "creditor"), creditors),
        _houses(houses.rows),
    ]
    parts = charts.ageing(buckets_of(whole), {key: urlencode({"age": key}) for key, _name, _tone in charts.AGES})
    return Board(whole, parts, [split for split in splits if len(split.rows) > 1])


def buckets_of(figures: Figures) -> dict[str, int]:
    """The figures by the keys of `charts.AGES`."""
    return {"not_yet_due": figures.not_yet_due, **figures.buckets}


def _summed(rows: Iterable[tuple[dict, Figures]], name: str) -> dict[object, Figures]:
    """Fold finer groups into those of one dimension. Numbers of accounts do not add up and are left out."""
    folded: dict[object, Figures] = {}
    for group, figures in rows:
        into = folded.setdefault(group[name], Figures())
        into.total += figures.total
        into.not_yet_due += figures.not_yet_due
        into.credit += figures.credit
        for bucket, amount in figures.buckets.items():
            into.buckets[bucket] += amount
    return folded


def _split(title: str, head: str, name: str, groups: dict[object, Figures], names: dict) -> Split:
    def label(key: object) -> str:
        return str(names.get(key, key) if key is not None else WITHOUT)

    return Split(title, head, _rows(groups, label, lambda key: {name: key if key is not None else ""}))


def _houses(rows: Iterable[tuple[dict, Figures]]) -> Split:
    named = {group["house_id"]: group["house"] for group, _figures in rows}
    groups = {group["house_id"]: figures for group, figures in rows}
    found = _rows(groups, lambda key: str(named[key] or WITHOUT), lambda key: {"house": key or ""})
    return Split(_("Дома с самым большим долгом"), _("Дом"), found[:HOUSES_SHOWN], cut=len(found) > HOUSES_SHOWN)


def _rows(groups: dict[object, Figures], label: Callable, query: Callable) -> list[Row]:
    """Largest first; groups that owe nothing are left out."""
    owing = sorted(((key, one) for key, one in groups.items() if one.total), key=lambda pair: -pair[1].total)
    longest = owing[0][1].total if owing else 0
    return [Row(label(key), one, charts.ageing(buckets_of(one), whole=longest), urlencode(query(key))) for key, one in owing]
