"""The dashboard of debt, and the accounts behind each of its figures."""

import datetime as dt

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from casedesk.access.gates import gated
from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.common import charts, export
from casedesk.desk import debt_board
from casedesk.plans.queries.question import end_of, reach_of
from debtors.models import Category, House, Resource, Tenure, UtilityAccount
from debtors.queries.ageing import Figures, age

PAGE = 100
AGES = {key: name for key, name, _tone in charts.AGES} | {"overdue": _("просрочено"), "total": _("весь долг")}
NARROWED_BY = {
    "category": ("category", dict(Category.choices)),
    "tenure": ("premises__tenure", dict(Tenure.choices)),
    "creditor": ("creditor__code", None),
    "house": ("premises__house", None),
}
"""Parameters that pick accounts: the look-up, and the names of the values."""


@gated(Right.SEE_PLAN)
def page(request):
    """The debt on a day, as known on a day, by age and by what it is asked by."""
    today = timezone.localdate()
    as_of, known_on = _day(request, "as_of") or today, _day(request, "known_on")
    known_at = end_of(known_on) if known_on else None
    shown = debt_board.board(reach_of(request.user, None), as_of=as_of, known_on=known_at)
    context = {"board": shown, "as_of": as_of, "known_on": known_on, "today": today, "asked": _asked(as_of, known_on)}
    return render(request, "desk/debt.html", context)


@gated(Right.SEE_CASES)
def accounts(request):
    """The accounts behind a figure: their sum is the figure. `?export=xlsx` gives them all."""
    as_of, known_on = _day(request, "as_of") or timezone.localdate(), _day(request, "known_on")
    wanted = request.GET.get("age") if request.GET.get("age") in AGES else "total"
    seen, words = _narrowed(request)
    sums = _sums(seen, as_of, end_of(known_on) if known_on else None, wanted, request.GET.get("resource"))
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    title = ", ".join([str(AGES[wanted]), *words])
    if request.GET.get("export") == "xlsx":
        return _workbook(ranked, title, as_of)
    shown = Paginator(ranked, PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "lines": _lines(shown),
        "page": shown,
        "total": sum(sums.values()),
        "as_of": as_of,
        "known_on": known_on,
        "asked": _asked(as_of, known_on),
    }
    return render(request, "desk/debt_accounts.html", context)


def _narrowed(request) -> tuple:
    """The accounts that the address asks for, of those the person may see, and the conditions in words."""
    seen, words = UtilityAccount.objects.visible_to(request.user), []
    for name, (path, names) in NARROWED_BY.items():
        value = request.GET.get(name)
        if value is None or (name == "house" and value and not value.isdigit()):
            continue
        seen = seen.filter(**{path: value}) if value else seen.filter(**{f"{path}__isnull": True})
        words.append(_worded(name, value, names))
    resource = request.GET.get("resource")
    return seen, [dict(Resource.choices)[resource], *words] if resource in Resource.values else words


def _worded(name: str, value: str, names: dict | None) -> str:
    if not value:
        return str(debt_board.WITHOUT)
    if names is not None:
        return names.get(value, value)
    found = House.objects.filter(pk=value) if name == "house" else Organisation.objects.filter(code=value)
    return str(found.first() or value)


def _sums(seen, as_of: dt.date, known_at: dt.datetime | None, wanted: str, resource: str | None) -> dict[int, int]:
    """Account id -> kopecks of the wanted age; accounts without any are left out."""
    by = ("account", "resource") if resource in Resource.values else ("account",)
    sums: dict[int, int] = {}
    for group, figures in age(seen, as_of=as_of, known_on=known_at, by=by).rows:
        if len(by) == 1 or group["resource"] == resource:
            amount = _amount(figures, wanted)
            if amount:
                sums[group["account"]] = sums.get(group["account"], 0) + amount
    return sums


def _amount(figures: Figures, wanted: str) -> int:
    return figures.buckets[wanted] if wanted in figures.buckets else getattr(figures, wanted)


def _lines(ranked) -> list[tuple[UtilityAccount, int]]:
    """The accounts of these ids with their sums, in the given order."""
    pairs = list(ranked)
    related = UtilityAccount.objects.select_related("premises__house", "creditor")
    found = related.in_bulk([key for key, _amount in pairs])
    return [(found[key], amount) for key, amount in pairs]


def _workbook(ranked: list[tuple[int, int]], title: str, as_of: dt.date):
    columns = [("Лицевой счёт", "text"), ("Владелец", "text"), ("Адрес", "text"), ("Взыскатель", "text"), ("Сумма, ₽", "money")]
    rows = (
        (account.number, account.holder_name, str(account.premises or account.address_text), account.creditor.name, amount)
        for start in range(0, len(ranked), 500)
        for account, amount in _lines(ranked[start : start + 500])
    )
    return export.response(f"dolg-{as_of}", "Долг", columns, rows, [title, f"На {as_of:%d.%m.%Y}, рубли, без пеней"])


def _day(request, name: str) -> dt.date | None:
    """A day of the address; None when it is not there or is not a day."""
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _asked(as_of: dt.date, known_on: dt.date | None) -> str:
    """The question as a query string, for links."""
    return f"as_of={as_of}" + (f"&known_on={known_on}" if known_on else "")
