"""The page of norms: every legal value with its history, what changes soon, the key rate as a curve."""

import datetime as dt
from itertools import groupby

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import charts
from casedesk.common.text import fold
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.models import NormValue
from casedesk.norms.norm import CONFIDENCE, Norm, Value
from casedesk.norms.outlook import changes
from casedesk.norms.queries.current import current
from casedesk.norms.wording import value_text

SUBJECTS = {
    "calendar": "Календарь",
    "payment_terms": "Сроки оплаты",
    "key_rate": "Ключевая ставка",
    "penalty_ladders": "Пени: ступени",
    "penalty_caps": "Пени: предельная ставка",
    "moratoria": "Моратории",
    "state_duty": "Госпошлина",
    "court_terms": "Суд: пороги и сроки",
    "limitation": "Исковая давность",
    "enforcement": "Исполнительное производство",
    "service_restriction": "Ограничение услуг",
    "contact_limits": "Частота обращений",
    "write_off": "Списание",
    "other_measures": "Прочие меры",
    "payment_qr": "Код для оплаты",
}
TONES = {"V": "ok", "V1": "info", "U-m": "none", "U!": "warn"}
KINDS = {"begins": "вступает в силу", "ends": "кончается", "unchecked": "проверено только по этот день"}
KEY_RATE = "key_rate.bank_of_russia"


class NormsForm(forms.Form):
    """What to show: words, a subject, doubtful values only, the day."""

    q = forms.CharField(label="Поиск", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    subject = forms.ChoiceField(label="Раздел", required=False, choices=[("", "все"), *SUBJECTS.items()])
    on = forms.DateField(label="На день", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    doubtful = forms.BooleanField(label="Только сомнительные", required=False)


@gated(Right.SEE_NORMS)
def page(request: HttpRequest) -> HttpResponse:
    """All norms as of a day (today by default), by subject."""
    form = NormsForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = asked.get("on") or timezone.localdate()
    norms = current()
    kept = [norm for norm in norms if _matches(norm, asked)]
    context = {
        "form": form,
        "day": day,
        "groups": _groups(kept, day),
        "changes": [_change(change) for change in changes(norms, day)],
        "line": rate_line(norms, day),
        "proposals": [_proposal(norms, row) for row in _waiting(request.user)],
        "may_edit": scope_of(request.user).may(Right.EDIT_NORMS),
        "confidence": [(mark, TONES[mark], text) for mark, text in CONFIDENCE.items()],
    }
    return render(request, "desk/norms.html", context)


def _matches(norm: Norm, asked: dict) -> bool:
    words = fold(asked.get("q") or "").split()
    text = fold(f"{norm.about} {norm.law} {' '.join(value.act for value in norm.values)}")
    subject = asked.get("subject")
    doubtful = any(value.confidence == "U!" for value in norm.values)
    if asked.get("doubtful") and not doubtful:
        return False
    return all(word in text for word in words) and subject in (None, "", _subject(norm))


def _subject(norm: Norm) -> str:
    return norm.name.split(".")[0]


def _groups(norms: list[Norm], day: dt.date) -> list[dict]:
    order = list(SUBJECTS)
    ordered = sorted(norms, key=lambda norm: order.index(_subject(norm)))
    return [
        {"title": SUBJECTS[subject], "norms": [_norm(norm, day) for norm in group]}
        for subject, group in groupby(ordered, key=_subject)
    ]


def _norm(norm: Norm, day: dt.date) -> dict:
    value = norm.at(day)
    return {
        "name": norm.name,
        "about": norm.about,
        "law": norm.law,
        "scope": norm.scope,
        "now": _value(norm, value) if value else None,
        "history": [_value(norm, value) for value in reversed(norm.values)],
    }


def _value(norm: Norm, value: Value) -> dict:
    return {
        "text": value_text(norm, value),
        "since": value.valid_from,
        "until": value.valid_to,
        "act": value.act,
        "scope": value.scope,
        "note": value.note,
        "confidence": value.confidence,
        "tone": TONES[value.confidence],
        "confidence_text": CONFIDENCE[value.confidence],
        "checked_on": value.checked_on,
        "added_on": value.added_on,
    }


def _waiting(user) -> list[NormValue]:
    return list(NormValue.objects.visible_to(user).waiting().select_related("proposed_by"))


def _proposal(norms: Catalogue, row: NormValue) -> dict:
    return {"row": row, "about": norms.norm(row.norm).about}


def _change(change) -> dict:
    return {
        "on": change.on,
        "what": KINDS[change.kind],
        "tone": "info" if change.kind == "begins" else "warn",
        "about": change.norm.about,
        "name": change.norm.name,
        "text": value_text(change.norm, change.value),
    }


def rate_line(norms: Catalogue, day: dt.date) -> charts.Line:
    """The key rate as steps along true time, from its first value to the day; rows in hundredths of a percent."""
    values = [value for value in norms.norm(KEY_RATE).values if value.valid_from <= day]
    left, right, top, bottom = 64, 632, 10, 156
    first, span = values[0].valid_from, max((day - values[0].valid_from).days, 1)
    most = 5 * -(-max(int(value.value) + 1 for value in values) // 5)
    points = [(_along(left, right, (v.valid_from - first).days, span), _down(top, bottom, v.value, most)) for v in values]
    path = f"M{points[0][0]},{points[0][1]} " + " ".join(f"H{x} V{y}" for x, y in points[1:]) + f" H{right}"
    years = range(first.year + 1, day.year + 1, 2)
    return charts.Line(
        path=path,
        area=f"{path} V{bottom} H{left} Z",
        ticks=[(_down(top, bottom, mark, most), f"{mark} %") for mark in range(0, most + 1, 10)],
        labels=[(_along(left, right, (dt.date(year, 1, 1) - first).days, span), str(year)) for year in years],
        rows=[(f"{value.valid_from:%d.%m.%Y}", int(value.value * 100)) for value in reversed(values)],
    )


def _along(left: int, right: int, days: int, span: int) -> int:
    return left + (right - left) * days // span


def _down(top: int, bottom: int, value, most: int) -> int:
    return bottom - int((bottom - top) * value / most)
