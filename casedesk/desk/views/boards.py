"""Boards: the debt by age over a year, the way from notice to money, what came back, plans, houses; and what is behind them."""

from types import SimpleNamespace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import charts, months
from casedesk.desk.dashboards import debt, lights, recovery, way
from casedesk.desk.dashboards.sight import ALL, MINE, Sight, may_have_own, sight_of
from casedesk.plans.catalogue import Column
from casedesk.plans.web.views.plans import fact_list
from debtors.models import House
from debtors.rules.recovery import RecoveryChannel
from enforcement.queries.funnel import STEP_NAMES

SUM = (Column("debt", "Сумма, ₽"),)
CASES = (Column("cases", "Дел", "number"), Column("money", "Пришло, ₽"))


def _sight(request) -> Sight:
    return sight_of(request.user, request.GET, today=timezone.localdate())


@gated(Right.SEE_PLAN)
def page(request):
    """The board of a month: whole months only, so that every figure stands still and repeats."""
    sight = _sight(request)
    debt.freshen(sight)
    aged, came, houses = debt.history(sight), recovery.history(sight), debt.houses(sight)
    newest, year_total = aged[-1], sum(one.total for one in came)
    context = {
        "sight": sight,
        "asked": sight.asked(),
        "newest": newest,
        "oldest": aged[0],
        "change": newest.figures.overdue - aged[0].figures.overdue,
        "aged_drawing": debt.drawing(aged),
        "aged_rows": [
            _linked(sight, one, [*one.cells, ("overdue", one.figures.overdue), ("total", one.figures.total)]) for one in aged
        ],
        "ages": charts.AGES,
        "came_drawing": recovery.drawing(came),
        "came_rows": [_came(sight, one, recovery.ways(came)) for one in came],
        "came_month": came[-1],
        "ways": recovery.ways(came),
        "year_total": year_total,
        "steps": way.steps(sight),
        "houses": houses[: debt.HOUSES_SHOWN],
        "houses_count": len(houses),
        "creditors": debt.creditors(sight),
        "tabs": _tabs(sight),
        "links": _links(sight),
        **_neighbours(sight),
    }
    return render(request, "desk/boards/page.html", context)


def _linked(sight: Sight, one: debt.Month, cells: list[tuple[str, int]]) -> dict:
    """A month's row: each sum with the list that it opens."""
    base = reverse("desk:board-accounts")
    linked = [(value, f"{base}?{sight.asked(period=one.iso, age=age)}") for age, value in cells]
    return {"month": one.month, "cells": linked}


def _came(sight: Sight, one: recovery.Month, ways: list) -> dict:
    base = reverse("desk:board-payments")
    sums = [(channel.value, one.sums.get(channel, 0)) for channel, _, _ in ways]
    cells = [(value, f"{base}?{sight.asked(period=one.iso, channel=way)}") for way, value in [*sums, (None, one.total)]]
    return {"month": one.month, "cells": cells}


def _links(sight: Sight) -> dict[str, str]:
    """What the tiles open."""
    accounts, payments = reverse("desk:board-accounts"), reverse("desk:board-payments")
    return {
        "overdue": f"{accounts}?{sight.asked(age='overdue')}",
        "total": f"{accounts}?{sight.asked(age='total')}",
        "payments": f"{payments}?{sight.asked()}",
    }


def _neighbours(sight: Sight) -> dict[str, str]:
    """Addresses of the months beside; empty when the next one has not ended."""
    latest = months.of(timezone.localdate()) - 1
    following = "?" + sight.asked(period=months.iso(sight.month + 1)) if sight.month < latest else ""
    return {"previous": "?" + sight.asked(period=months.iso(sight.month - 1)), "following": following}


def _tabs(sight: Sight) -> list[dict]:
    """All that the person counts, and their own cases when they have any to work on."""
    if not may_have_own(sight.user):
        return []
    named = ((ALL, "Все счета"), (MINE, "Мои дела"))
    return [
        {
            "label": name,
            "url": "?" + sight.asked(whose=None if whose == ALL else whose, creditor=None),
            "count": None,
            "current": sight.whose == whose,
        }
        for whose, name in named
    ]


@gated(Right.SEE_PLAN)
def plan_lights(request):
    """The lights of the plans: a page of its own, and a fragment of the board, since it asks every indicator of every plan."""
    sight = _sight(request)
    template = "desk/boards/_lights.html" if request.headers.get("HX-Request") else "desk/boards/lights.html"
    return render(request, template, {"plans": lights.plan_lights(sight), "sight": sight, "asked": sight.asked()})


@gated(Right.SEE_PLAN)
def houses(request):
    """Every house with an overdue debt."""
    sight = _sight(request)
    debt.freshen(sight)
    rows = debt.houses(sight)
    total = sum(row.figures.overdue for row in rows)
    context = {"sight": sight, "asked": sight.asked(), "rows": rows, "total": total}
    return render(request, "desk/boards/houses.html", context)


@gated(Right.SEE_PLAN)
def accounts(request):
    """The accounts behind a sum of debt: `age`, and `house` when it is of one house."""
    sight, wanted, house = _sight(request), request.GET.get("age", "total"), request.GET.get("house")
    if wanted not in debt.AGE_NAMES or (house and not house.isascii()) or (house and not house.isdigit()):
        raise Http404("нет такой ступени возраста или дома")
    words = [debt.AGE_NAMES[wanted]]
    if house is not None:
        words.append(str(House.objects.filter(pk=house).first() or "дом не указан") if house else "дом не указан")
    asked = {"age": wanted} | ({} if house is None else {"house": house})
    return _facts(request, sight, debt.accounts_behind(sight, wanted, house), SUM, ", ".join(words), asked)


@gated(Right.SEE_PLAN)
def payments(request):
    """The payments behind a sum of recovery: `channel`, all of them without one."""
    sight, channel = _sight(request), request.GET.get("channel", "")
    if channel and channel not in RecoveryChannel.values:
        raise Http404("нет такого пути взыскания")
    title = f"получено {RecoveryChannel(channel).label}" if channel else "получено всеми путями"
    asked = {"channel": channel} if channel else {}
    return _facts(request, sight, recovery.payments_behind(sight, channel), SUM, title, asked)


@gated(Right.SEE_PLAN)
def step(request):
    """The cases that reached a step of the way from notice to money."""
    sight, code = _sight(request), request.GET.get("step", "notice")
    if code not in STEP_NAMES:
        raise Http404("нет такой ступени")
    return _facts(request, sight, way.cases_behind(sight, code), CASES, STEP_NAMES[code].lower(), {"step": code})


def _facts(request, sight: Sight, facts: list, columns, title: str, asked: dict):
    notes = [title, f"На {months.last_day(sight.month):%d.%m.%Y}"]
    answer = fact_list(request, sight, facts, columns, f"svodka-{months.iso(sight.month)}", notes)
    if not isinstance(answer, dict):
        return answer
    ask = SimpleNamespace(query="?" + sight.asked(**asked))
    context = {"sight": sight, "asked": sight.asked(), "title": title, "ask": ask, **answer}
    return render(request, "desk/boards/facts.html", context)
