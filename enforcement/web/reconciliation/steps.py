"""What people do with a whole reconciliation: take our side, send, take a reply, answer, sign."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.ru import plural
from enforcement.actions.exchange_registers import answer_line, confirm_as_ours, send_register
from enforcement.actions.receive_reply import receive_reply, request_refresh
from enforcement.actions.settle_differences import join_lines, part_lines
from enforcement.actions.sign_act import sign as sign_action
from enforcement.actions.sign_act import withdraw_signature
from enforcement.actions.take_stored_reply import fitting_replies, take_stored_reply
from enforcement.models import LineJoin, ReconciliationLine
from enforcement.web.reconciliation.common import OURS, THEIRS, back, find, now, require_side, sides_of, tried
from enforcement.web.reconciliation.forms import AnswerForm, ReplyFileForm, SignForm

Side = ReconciliationLine.Side


@gated(Right.RECONCILE)
@require_POST
def refresh(request, pk: int):
    """Take our side again as the ledger knows it now, in the background."""
    one = find(request, pk, Right.RECONCILE)
    require_side(request, one, OURS)
    tried(request, lambda: request_refresh(reconciliation=one, by=request.user, on=timezone.localdate()))
    return redirect(one)


@gated(Right.RECONCILE)
@require_POST
def send(request, pk: int):
    """Our register goes to the department."""
    one = find(request, pk, Right.RECONCILE)
    require_side(request, one, OURS)
    done = "Реестр направлен: отдел видит сверку и может ответить на экране или файлом."
    tried(request, lambda: send_register(reconciliation=one, by=request.user, on=timezone.localdate()), done)
    return redirect(one)


@gated(Right.RECONCILE)
def reply(request, pk: int):
    """The department's reply from a file, in the background."""
    one = find(request, pk, Right.RECONCILE)
    today = timezone.localdate()
    if request.POST.get("stored"):
        return _take_stored(request, one)
    form = ReplyFileForm(request.POST or None, request.FILES or None, initial={"reply_on": max(one.as_of, today)})
    if form.is_valid():
        given = form.cleaned_data
        took = tried(
            request,
            lambda: receive_reply(
                reconciliation=one, upload=given["file"], reply_on=given["reply_on"], by=request.user, on=today
            ),
        )
        if took:
            return redirect(one)
    context = {"one": one, "form": form, "stored": fitting_replies(one)[:10]}
    return render(request, "enforcement/reconciliation_reply.html", context)


def _take_stored(request, one):
    """A reply that came through the imports."""
    found = get_object_or_404(fitting_replies(one), pk=_number(request, "stored"))
    tried(request, lambda: take_stored_reply(reconciliation=one, reply=found, by=request.user, **now()), "Ответ принят.")
    return redirect(one)


@gated(Right.RECONCILE)
def answer(request, pk: int, group: int):
    """The department fills its side of one row."""
    one = find(request, pk, Right.RECONCILE)
    lines = list(one.lines.filter(group=group).order_by("side", "position"))
    ours = next((line for line in lines if line.side == Side.OURS), None)
    given = next((line for line in lines if line.side == Side.THEIRS), None)
    like = given or ours or get_object_or_404(one.lines, group=group)
    form = AnswerForm(request.POST or None, initial=_said(like))
    if request.method == "POST":
        require_side(request, one, THEIRS)
        moment = now()
        row = {"reconciliation": one, "instead_of": given, "by": request.user, **moment}
        if form.is_valid() and tried(request, lambda: answer_line(row=form.row(like), **row), "Ответ записан."):
            return back(request, one)
    return render(request, "enforcement/reconciliation_answer.html", {"one": one, "form": form, "ours": ours, "like": like})


def _said(line: ReconciliationLine) -> dict:
    """What the form starts with: what was said before, or our own figures."""
    names = ("opened_on", "bailiff", "received_month", "received", "remainder", "amount", "ended_on", "transferred_to", "note")
    said = {name: getattr(line, name) for name in names}
    status = "open" if line.status in ("", "presented") else line.status
    return said | {"status": status, "proceeding": line.proceeding_number, "ground": line.ended_ground}


@gated(Right.RECONCILE)
@require_POST
def confirm(request, pk: int):
    """The department agrees with our figures: of one row, or of all that it has not answered."""
    one = find(request, pk, Right.RECONCILE)
    require_side(request, one, THEIRS)
    group = request.POST.get("group", "")
    groups = [int(group)] if group.isdigit() else None
    done: list[int] = []
    if tried(
        request,
        lambda: done.append(confirm_as_ours(reconciliation=one, groups=groups, by=request.user, **now())),
    ):
        messages.success(request, f"Подтверждено: {plural(done[0], 'строка', 'строки', 'строк')}.")
    return back(request, one)


@gated(Right.RECONCILE)
@require_POST
def join(request, pk: int):
    """Two lone lines are one writ."""
    one = find(request, pk, Right.RECONCILE)
    require_side(request, one, OURS)
    ours = get_object_or_404(one.lines.filter(side=Side.OURS), pk=_number(request, "ours"))
    theirs = get_object_or_404(one.lines.filter(side=Side.THEIRS), pk=_number(request, "theirs"))
    reason = request.POST.get("reason", "")
    tried(request, lambda: join_lines(ours=ours, theirs=theirs, reason=reason, by=request.user, **now()), "Строки соединены.")
    return back(request, one)


@gated(Right.RECONCILE)
@require_POST
def part(request, pk: int):
    """Take a join back."""
    one = find(request, pk, Right.RECONCILE)
    require_side(request, one, OURS)
    join = get_object_or_404(LineJoin.objects.standing().filter(reconciliation=one), pk=_number(request, "join"))
    tried(request, lambda: part_lines(join=join, by=request.user, **now()), "Строки снова порознь.")
    return back(request, one)


def _number(request, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdigit() else 0


@gated(Right.RECONCILE)
@require_POST
def sign(request, pk: int):
    """A side signs the act."""
    one = find(request, pk, Right.RECONCILE)
    sides = sides_of(request.user, one)
    form = SignForm(request.POST, sides={OURS, THEIRS} if OURS in sides else sides)
    if not form.is_valid():
        messages.error(request, "Подпись не записана: назовите, кто подписал, должность и день.")
        return redirect(one)
    signed = {"reconciliation": one, **form.cleaned_data, "by": request.user, **now()}
    tried(request, lambda: sign_action(**signed), "Подпись записана.")
    return redirect(one)


@gated(Right.RECONCILE)
@require_POST
def unsign(request, pk: int):
    """Take a signature off while the other side has not signed."""
    one = find(request, pk, Right.RECONCILE)
    side = request.POST.get("side", "")
    require_side(request, one, OURS if side == THEIRS and OURS in sides_of(request.user, one) else side)
    on = timezone.localdate()
    tried(request, lambda: withdraw_signature(reconciliation=one, side=side, by=request.user, on=on), "Подпись отозвана.")
    return redirect(one)
