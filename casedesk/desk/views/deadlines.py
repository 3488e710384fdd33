"""The deadline register: one list of everything that runs out, and the same as a calendar."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import export, paging
from casedesk.desk import deadlines
from debtors.rules.deadlines import KIND_NAMES

PER_PAGE = 100
COLUMNS = [
    ("Срок", "day"),
    ("Дней осталось", "number"),
    ("Что", "text"),
    ("Вид", "text"),
    ("Дело", "number"),
    ("Должник", "text"),
    ("Сумма, ₽", "money"),
    ("Норма", "text"),
    ("Ответственный", "text"),
]
TONES = {
    "step": "info",
    "term": "none",
    "hold": "none",
    "court": "court",
    "limitation": "danger",
    "presentation": "court",
    "difference": "warn",
    "agreement": "info",
    "direct_payment": "warn",
    "restriction": "info",
    "promise": "info",
}


class WindowForm(forms.Form):
    """What to show: how far ahead, which kind, whose, missed or coming."""

    days = forms.TypedChoiceField(
        label="Вперёд",
        coerce=int,
        required=False,
        empty_value=30,
        choices=[(7, "неделя"), (30, "30 дней"), (90, "90 дней"), (365, "год")],
    )
    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "все"), *((str(k), v) for k, v in KIND_NAMES.items())])
    officer = forms.TypedChoiceField(label="Ответственный", required=False, coerce=int, empty_value=None)
    late = forms.TypedChoiceField(
        label="Когда",
        required=False,
        coerce=lambda value: value == "1",
        empty_value=None,
        choices=[("", "все"), ("1", "пропущенные"), ("0", "предстоящие")],
    )


@gated(Right.SEE_CASES)
def page(request):
    """The register of the person, nearest day first; `?export=xlsx` and `?export=ics` give all of it as a file."""
    today = timezone.localdate()
    form = WindowForm(request.GET or None, initial={"days": 30})
    days = int(request.GET["days"]) if request.GET.get("days") in ("7", "30", "90", "365") else 30
    register = deadlines.register(request.user, on=today, days=days)
    form.fields["officer"].choices = [
        ("", "все"),
        (0, "никто не назначен"),
        *sorted(register.officers.items(), key=lambda item: item[1]),
    ]
    picked = form.cleaned_data if form.is_valid() else {}
    lines = register.chosen(kind=picked.get("kind", ""), officer=picked.get("officer"), late=picked.get("late"))
    if request.GET.get("export") == "xlsx":
        return _sheet(register, lines)
    if request.GET.get("export") == "ics":
        return _calendar(request, register)
    page = paging.page_of_list(lines, request.GET.get("page"), PER_PAGE)
    context = {
        "form": form,
        "register": register,
        "today": today,
        "rows": [
            (line, line.days_left(today), register.officer_name(line), KIND_NAMES[line.kind], TONES[line.kind])
            for line in page.rows
        ],
        "count": len(lines),
        "money": sum(line.kopecks for line in lines),
        "page": page,
        "pages": paging.links(page, lambda number: "?" + _query(request, number)),
        "query": _query(request, None),
        "feed": request.build_absolute_uri(reverse("desk:deadline-feed", args=[deadlines.feed_token(request.user)])),
    }
    return render(request, "desk/deadlines.html", context)


def _query(request, number: int | None) -> str:
    """What was asked, with another page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    if number is not None:
        asked["page"] = str(number)
    return asked.urlencode()


def feed(request, token: str):
    """The person's calendar for programs that cannot sign in: the address itself is the secret. 404 for any other."""
    user = deadlines.owner_of(token)
    if user is None or not scope_of(user).may(Right.SEE_CASES):
        raise Http404
    return _calendar(request, deadlines.register(user, on=timezone.localdate(), days=deadlines.FEED_DAYS))


def _calendar(request, register: deadlines.Register) -> HttpResponse:
    def url_of(line):
        return request.build_absolute_uri(line.url or reverse("debtors:case", args=[line.case_id]))

    answer = HttpResponse(deadlines.calendar(register, url_of), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    return answer


def _sheet(register: deadlines.Register, lines) -> HttpResponse:
    rows = (
        (
            line.day,
            line.days_left(register.on),
            line.title,
            KIND_NAMES[line.kind],
            line.case_number,
            line.debtor,
            line.kopecks,
            line.norm,
            register.officer_name(line),
        )
        for line in lines
    )
    return export.response("deadlines", "Сроки", COLUMNS, rows, notes=[f"Сроки на {register.on:%d.%m.%Y}"])
