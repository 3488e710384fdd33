"""Reading pages: the list of months, the board of one, a difference by itself, the act on paper."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.models import User
from casedesk.access.rights import RIGHTS, Right, Role
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.common.jobs import pulse
from casedesk.common.tables import Empty, Listing
from enforcement.actions.open_reconciliation import open_reconciliation
from enforcement.models import Reconciliation
from enforcement.queries.difference_payments import payments_of
from enforcement.queries.reconciliation_act import is_intact, progress_of, totals_of
from enforcement.queries.reconciliation_board import SHOWN, Asked, board, row_of
from enforcement.queries.reconciliation_list import waiting, with_shares
from enforcement.rules.reconciliation_compare import Kind
from enforcement.rules.reconciliation_words import KIND_NAMES, STATE_TONES
from enforcement.web.reconciliation.common import OURS, THEIRS, find, find_difference, now, sides_of, tried
from enforcement.web.reconciliation.forms import OpenForm, SettleForm, SignForm
from enforcement.web.reconciliation.tables import COLUMNS, ReconciliationFilter

EMPTY = Empty(
    "Сверок пока нет",
    "Сверка открывается, когда месяц кончился и у отдела есть ваши исполнительные документы.",
    icon="git-compare-arrows",
)
TABS = {
    "open": "Открытые",
    "all": "Все",
    "agreed": "Сошлось",
    "settled": "Урегулировано",
    "late": "Просрочено",
    "mine": "Мои",
}


@gated(Right.SEE_WRITS)
def index(request):
    """Months with their shares and lights; what can be opened now."""
    today = timezone.localdate()
    seen = Reconciliation.objects.visible_to(request.user).select_related("creditor", "department")
    seen = with_shares(seen, today).defer("act")
    listing = Listing(request, seen, COLUMNS, filters=ReconciliationFilter, sort="-month", empty=EMPTY, name="reconciliations")
    scope = scope_of(request.user)
    may_open = scope.may(Right.RECONCILE) and (scope.everything or bool(scope.creditors))
    context = {"may_open": may_open, "waiting": waiting(request.user, today) if may_open else []}
    context["form"] = OpenForm(user=request.user, on=today) if may_open else None
    return listing.render("enforcement/reconciliations.html", **context)


@gated(Right.RECONCILE)
@require_POST
def open_month(request):
    """Open a month with a department."""
    moment = now()
    form = OpenForm(request.POST, user=request.user, on=moment["on"])
    made = []
    if not form.is_valid():
        return render(request, "enforcement/reconciliation_open.html", {"form": form}, status=400)
    if tried(request, lambda: made.append(open_reconciliation(**form.cleaned_data, by=request.user, **moment))):
        return redirect(made[0])
    return redirect("enforcement:reconciliations")


@gated(Right.SEE_WRITS)
def page(request, pk: int):
    """The board: ours, what differs, theirs."""
    one = find(request, pk)
    return render(request, "enforcement/reconciliation.html", board_context(request, one))


def board_context(request, one: Reconciliation) -> dict:
    """Everything the board shows."""
    today = timezone.localdate()
    asked = asked_of(request, one)
    found = board(one, asked, user=request.user, on=today)
    job = pulse.refresh(one.job) if one.job else None
    return head_context(request, one, today) | {
        "board": found,
        "asked": asked,
        "tabs": _tabs(one, asked, found.counts),
        "kinds": _kinds(one, asked, found.kinds),
        "pager": _pager(one, asked, found),
        "here": request.get_full_path(),
        "job": job,
        "running": job is not None and not job.is_final,
    }


def head_context(request, one: Reconciliation, today) -> dict:
    """The head with the totals of both sides, and who may do what."""
    sides = sides_of(request.user, one)
    signatures = {signature.side: signature for signature in one.signatures.all()}
    signable = sides - signatures.keys() if one.state == Reconciliation.State.IN_WORK else set()
    return {
        "one": one,
        "today": today,
        "totals": totals_of(one),
        "progress": progress_of(one, today),
        "tone": STATE_TONES[one.state],
        "acts_for_ours": OURS in sides and not one.is_signed,
        "acts_for_theirs": THEIRS in sides and one.state in ("exchanged", "in_work"),
        "sees_cases": scope_of(request.user).may(Right.SEE_CASES),
        "signatures": signatures,
        "sign_form": SignForm(sides=_may_record(sides) - signatures.keys(), initial={"signed_on": today}) if signable else None,
        "intact": is_intact(one) if one.is_signed else None,
        "me": request.user,
    }


def _may_record(sides: set[str]) -> set[str]:
    """The creditor's people also record the department's signature on paper."""
    return {OURS, THEIRS} if OURS in sides else sides


def asked_of(request, one: Reconciliation) -> Asked:
    """What the address asks of the board; open differences first when there are any."""
    given = request.GET
    show = given.get("show", "")
    if show not in SHOWN:
        show = "open" if one.differences.filter(state="open").exists() and not given.get("kind") else "all"
    kind = given.get("kind", "")
    number = given.get("page", "1")
    return Asked(
        show, kind if kind in set(KIND_NAMES) else "", given.get("q", "")[:100], int(number) if number.isdigit() else 1
    )


def _address(one: Reconciliation, asked: Asked, **changes) -> str:
    given = {"show": asked.show, "kind": asked.kind, "q": asked.words} | changes
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{one.get_absolute_url()}?{query}"


def _tabs(one: Reconciliation, asked: Asked, counts: dict) -> list[dict]:
    return [
        {
            "label": label,
            "url": _address(one, asked, show=name, kind=""),
            "count": counts.get(name),
            "current": asked.show == name and not asked.kind,
        }
        for name, label in TABS.items()
        if counts.get(name) or name in ("open", "all", asked.show)
    ]


def _kinds(one: Reconciliation, asked: Asked, kinds: dict) -> list[dict]:
    return [
        {
            "label": KIND_NAMES[kind],
            "url": _address(one, asked, kind="" if asked.kind == kind else kind, show="open"),
            "count": count,
            "current": asked.kind == kind,
        }
        for kind, count in kinds.items()
        if count or asked.kind == kind
    ]


def _pager(one: Reconciliation, asked: Asked, found) -> dict:
    return {
        "previous": _address(one, asked, page=found.page - 1) if found.page > 1 else "",
        "next": _address(one, asked, page=found.page + 1) if found.page < found.pages else "",
    }


@gated(Right.SEE_WRITS)
def difference(request, pk: int):
    """One difference with its lines, its decisions and what can be done: the board's row on a page of its own."""
    found = find_difference(request, pk)
    one = found.reconciliation
    context = head_context(request, one, timezone.localdate())
    context |= {"row": row_of(found), "difference": found, "here": request.get_full_path(), "form": SettleForm(kind=found.kind)}
    context["people"] = assignees(one) if context["acts_for_ours"] else []
    context["direct"] = payments_of(found).visible_to(request.user) if found.kind == Kind.PAID_DIRECTLY else ()
    return render(request, "enforcement/difference.html", context)


def assignees(one: Reconciliation) -> list[User]:
    """People who may be given this creditor's differences."""
    roles = [role for role in Role if Right.RECONCILE in RIGHTS[role] and role != Role.ADMINISTRATOR]
    today = timezone.localdate()
    held = one.creditor.memberships.on(today).filter(role__in=roles, user__is_active=True).select_related("user")
    return sorted({membership.user for membership in held}, key=lambda user: user.short_name)


@gated(Right.SEE_WRITS)
def act(request, pk: int):
    """The act as it will be, or was, signed: for the printer."""
    one = find(request, pk)
    lines = list(one.lines.filter(is_archived=False).order_by("group", "side", "position"))
    differences = list(one.differences.order_by("kind", "group", "pk").select_related("assignee"))
    context = head_context(request, one, timezone.localdate()) | {
        "differences": differences,
        "ours": [line for line in lines if line.side == OURS],
        "theirs": [line for line in lines if line.side == THEIRS],
        "month": months.named(one.month),
        "print_url": reverse("enforcement:reconciliation-act", args=[pk]),
    }
    return render(request, "enforcement/reconciliation_act.html", context)
