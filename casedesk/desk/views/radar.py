"""The limitation radar: what is lost by week or month ahead if nobody goes to court, and what filing now takes."""

import datetime as dt

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common import charts, ru
from debtors.models import CaseAccount, Service, UtilityAccount
from debtors.queries.radar import Slot, months_ahead, radar, rows_of, weeks_ahead

STEPS = {"weeks": weeks_ahead, "months": months_ahead}
GROUPS = {"officer": "по ответственным", "creditor": "по взыскателям"}


def _accounts(user):
    return UtilityAccount.objects.visible_to(user).filter(state__overdue__gt=0)


def _choice(request, name: str, known: dict) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else next(iter(known))


@gated(Right.SEE_CASES)
def page(request):
    """The radar by weeks or months, split by officer or creditor."""
    today = timezone.localdate()
    step, by = _choice(request, "step", STEPS), _choice(request, "by", GROUPS)
    answer = radar(_accounts(request.user), on=today, slots=STEPS[step](today), by=by)
    bars = charts.bars([(_label(slot), slot.kopecks, _url(step, number)) for number, slot in enumerate(answer.slots)])
    context = {
        "answer": answer,
        "today": today,
        "step": step,
        "rows": [(slot, bar.url, bar) for slot, bar in zip(answer.slots, bars, strict=True)],
        "total": sum(slot.kopecks for slot in answer.slots),
        "accounts": len(set().union(*(slot.accounts for slot in answer.slots))),
        "fee": answer.fee,
        "groups": _groups(answer, by),
        "by": by,
        "steps": _tabs(step, by),
        "splits": GROUPS.items(),
        "lost_url": _url(step, "lost"),
    }
    return render(request, "desk/radar.html", context)


def _tabs(step: str, by: str) -> list[dict]:
    named = (("weeks", "По неделям"), ("months", "По месяцам"))
    return [{"label": name, "url": f"?step={code}&by={by}", "count": None, "current": code == step} for code, name in named]


def _url(step: str, number: int | str) -> str:
    return f"{reverse('desk:radar-slot')}?step={step}&slot={number}"


def _label(slot: Slot) -> str:
    return f"{slot.first:%d.%m} - {slot.last:%d.%m.%Y}"


def _groups(answer, by: str) -> list[tuple[str, int]]:
    names = dict(Organisation.objects.values_list("pk", "name")) if by == "creditor" else _officers(answer.groups)
    rows = [(names.get(group, "никто не назначен"), sum(slots.values())) for group, slots in answer.groups.items()]
    return sorted(rows, key=lambda row: -row[1])


def _officers(ids) -> dict[int, str]:
    return {person.pk: person.short_name for person in User.objects.filter(pk__in=[pk for pk in ids if pk])}


@gated(Right.SEE_CASES)
def slot(request):
    """The months behind one figure of the radar, with their accounts and cases; their sum is the figure."""
    today = timezone.localdate()
    step, number = _choice(request, "step", STEPS), request.GET.get("slot", "0")
    found = _slot(step, number, today)
    accounts = _accounts(request.user)
    rows = rows_of(accounts, found)
    ids = {row.account_id for row in rows}
    named = UtilityAccount.objects.filter(pk__in=ids).select_related("creditor").in_bulk()
    cases = CaseAccount.objects.filter(account__in=ids, is_live=True).select_related("case")
    case_of = {link.account_id: link.case for link in cases}
    services = Service.objects.in_bulk()
    shown = [(row, named[row.account_id], case_of.get(row.account_id), services[row.service_id]) for row in rows]
    context = {
        "slot": found,
        "lost": number == "lost",
        "step": step,
        "rows": sorted(shown, key=lambda item: (item[0].last_day, item[1].number, item[0].month)),
        "total": sum(row.kopecks for row in rows),
        "counted": ru.plural(len(ids), "счёт", "счёта", "счетов"),
    }
    return render(request, "desk/radar_slot.html", context)


def _slot(step: str, number: str, today) -> Slot:
    slots = STEPS[step](today)
    if number == "lost":
        return Slot(dt.date.min, today - dt.timedelta(days=1))
    if not number.isascii() or not number.isdigit() or int(number) >= len(slots):
        raise Http404
    return slots[int(number)]
