"""Try an opening rule before it is set: cases, fees, hours and money, each with its list; then set it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of
from casedesk.common import export, money
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from debtors.actions.change_opening_rule import change_opening_rule
from debtors.models import OpeningRule
from debtors.web.tables import creditors_for
from enforcement.queries.what_if import WhatIf, what_if
from enforcement.rules.claim_stages import KIND_SHORT
from enforcement.web.what_if_form import KEPT, WEIGHED, SaveForm, WhatIfForm, initial_of, tried

PAGE = 100
SIDES = {"opens": "Откроются", "lets-go": "Не подходят новому правилу"}
COLUMNS = [
    ("Счёт, дело", "text"),
    ("Владелец, должник", "text"),
    ("Просрочено, ₽", "money"),
    ("Способ", "text"),
    ("Пошлина, ₽", "money"),
    ("Ожидаемый возврат, ₽", "money"),
    ("Как посчитано", "text"),
]


def _creditor(request, pk: int) -> Organisation:
    return get_object_or_404(creditors_of(request.user), pk=pk)


@gated(Right.EDIT_RULES)
def index(request):
    """Creditors of this person; with one, straight to its trial."""
    today, creditors = timezone.localdate(), list(creditors_for(request))
    if len(creditors) == 1:
        return redirect("enforcement:what-if", pk=creditors[0].pk)
    rules = [(creditor, OpeningRule.objects.in_force(creditor=creditor, on=today)) for creditor in creditors]
    return render(request, "enforcement/what_ifs.html", {"rows": rules})


@gated(Right.EDIT_RULES)
def page(request, pk: int):
    """The trial: a question in the address, so that it can be sent on; saving is a POST of the same question."""
    creditor, today = _creditor(request, pk), timezone.localdate()
    current = OpeningRule.objects.in_force(creditor=creditor, on=today)
    form = WhatIfForm(request.GET if "threshold" in request.GET else None, initial=initial_of(current))
    save = SaveForm(request.POST or None, initial={"valid_from": today})
    answer = None
    if form.is_valid():
        rule = tried(current, form.settings(), today)
        if request.method == "POST" and save.is_valid():
            try:
                return _save(request, creditor, rule, save.cleaned_data, today)
            except Refusal as refusal:
                save.add_error(None, refusal.message)
        answer = what_if(creditor=creditor, rule=rule, on=today)
    context = {"creditor": creditor, "current": current, "form": form, "save": save, "answer": answer, "today": today}
    if answer:
        context |= {"rows": _rows(answer), "query": request.GET.urlencode(), "same": _same(current, answer.rule)}
    return render(request, "enforcement/what_if.html", context)


def _same(current: OpeningRule, rule: OpeningRule) -> bool:
    return all(getattr(current, name) == getattr(rule, name) for name in WEIGHED)


def _rows(answer: WhatIf) -> list[dict]:
    """Each figure: what opens, what is let go, the difference, how it is counted."""
    hours = _hours(answer.opens.minutes)
    told = (
        ("cases", "Дел", "number", "Счета без дела, которые подходят правилу; нетронутые дела, которые ему не подходят."),
        ("overdue", "Просрочено, ₽", "money", "Основной долг на сегодня, срок оплаты которого прошёл, без пеней."),
        ("fees", "Госпошлина, ₽", "money", "По каждому делу: приказ, а больше предела иск; на просроченный долг без пеней."),
        ("work", "Часов работы", "hours", f"{hours} ч на дело: настройка правила взыскателя."),
        (
            "expected",
            "Ожидаемый возврат, ₽",
            "money",
            "Доли порядка подачи по возрасту долга, оплатам; формула в каждой строке.",
        ),
    )
    found = []
    for name, label, kind, how in told:
        sums = (getattr(answer.opens, name), getattr(answer.lets_go, name), answer.change(name))
        opens, lets_go, change = (_hours(value) if kind == "hours" and value else value for value in sums)
        found.append({"label": label, "kind": kind, "opens": opens, "lets_go": lets_go, "change": change, "how": how})
    return found


def _hours(minutes: int) -> str:
    """Minutes as hours with a tenth at most: `12,5`."""
    whole, tenth = divmod(abs(minutes) * 10 // 60, 10)
    return f"{money.MINUS if minutes < 0 else ''}{whole}" + (f",{tenth}" if tenth else "")


def _save(request, creditor: Organisation, rule: OpeningRule, given: dict, today):
    settings = {name: getattr(rule, name) for name in (*WEIGHED, *KEPT)}
    changed = change_opening_rule(creditor=creditor, by=request.user, on=today, **given, **settings)
    if changed.passed is None:
        messages.success(request, f"Правило записано и начнёт действовать {changed.rule.valid_from:%d.%m.%Y}.")
    else:
        opened = plural(changed.passed.opened, "дело", "дела", "дел")
        closed = plural(changed.passed.closed + changed.let_go, "дело", "дела", "дел")
        messages.success(request, f"Правило действует. Открыто: {opened}, закрыто: {closed}.")
    return redirect("debtors:rule", pk=creditor.pk)


@gated(Right.EDIT_RULES)
def rows(request, pk: int):
    """The accounts that would get a case (`side=opens`) or the cases that would be let go; `?export=xlsx` gives all."""
    creditor, today = _creditor(request, pk), timezone.localdate()
    current, side = OpeningRule.objects.in_force(creditor=creditor, on=today), request.GET.get("side", "opens")
    form = WhatIfForm(request.GET)
    if side not in SIDES or not form.is_valid():
        raise Http404("такой пробы нет")
    answer = what_if(creditor=creditor, rule=tried(current, form.settings(), today), on=today)
    chosen = answer.opens if side == "opens" else answer.lets_go
    if request.GET.get("export") == "xlsx":
        listed = (
            (one.subject.label, one.subject.holder, one.subject.overdue, KIND_SHORT[one.kind], one.fee, one.expected, one.why)
            for one in chosen.rows
        )
        notes = [f"{SIDES[side]}: {answer.rule.in_words}", f"На {today:%d.%m.%Y}"]
        return export.response("proba-pravila", "Проба правила", COLUMNS, listed, notes)
    shown = Paginator(chosen.rows, PAGE).get_page(request.GET.get("page"))
    back = request.GET.copy()
    for name in ("side", "page"):
        back.pop(name, None)
    context = {"creditor": creditor, "side": chosen, "title": SIDES[side], "page": shown, "rule": answer.rule}
    context |= {"lines": [(one, KIND_SHORT[one.kind]) for one in shown], "query": back.urlencode()}
    return render(request, "enforcement/what_if_rows.html", context)
