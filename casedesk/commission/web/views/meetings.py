"""Meetings: the plan, one meeting from its agenda to its signed minutes."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.commission.actions import hold_meeting, sign_minutes, summon
from casedesk.commission.actions.build_agenda import add_case, fill_agenda
from casedesk.commission.actions.plan_meetings import cancel_meeting, reschedule
from casedesk.commission.actions.record_read import record_reads
from casedesk.commission.models import AgendaItem, AgendaRule, Attendance, Meeting, ReadRecord, Regulations, Summons
from casedesk.commission.queries.candidates import candidates, case_by_account
from casedesk.commission.queries.meetings import with_figures
from casedesk.commission.queries.minutes_paper import minutes_pdf
from casedesk.commission.queries.quorum import presiding_of, quorum_of, regulations_of
from casedesk.commission.queries.shown import mask_for, shown
from casedesk.commission.rules.masking import masked_address
from casedesk.commission.rules.terms import invite_by, sign_by
from casedesk.commission.rules.words import MEETING_TONES, PRESENCE_NAMES, MeetingState, Shown, choices
from casedesk.commission.states.meeting import MEETING
from casedesk.commission.web import forms
from casedesk.commission.web.common import find_meeting, form_page, runs, tried, who_when, wrong
from casedesk.commission.web.tables import MEETING_COLUMNS, MeetingFilter
from casedesk.common.tables import Empty, Listing

EMPTY = Empty("Заседаний пока нет", "Запланируйте год на странице комиссии.", "/commissions/", "К комиссиям", "users")
ALL = ("Заседания", "commission:meetings")


@gated(Right.SEE_COMMISSION)
def index(request):
    seen = Meeting.objects.filter(pk__in=Meeting.objects.visible_to(request.user).values("pk"))
    listing = Listing(
        request,
        with_figures(seen).select_related("commission", "group"),
        MEETING_COLUMNS,
        filters=MeetingFilter,
        sort="-planned_on",
        empty=EMPTY,
        name="commission-meetings",
    )
    return listing.render("commission/meetings.html")


@gated(Right.SEE_COMMISSION)
def page(request, pk: int):
    """One meeting: what to do now, the agenda, who takes part, the minutes."""
    one = find_meeting(request, pk)
    seen = AgendaItem.objects.visible_to(request.user).filter(meeting=one)
    seen = seen.select_related("case__creditor", "summons__document").prefetch_related("decisions").order_by("position", "pk")
    may, minutes = runs(request), getattr(one, "minutes", None)
    moves = {move.action for move in MEETING.possible(one.state)} if may else set()
    context = {
        "meeting": one,
        "tone": MEETING_TONES[MeetingState(one.state)],
        "items": shown(seen, request.user, one, in_list=True),
        "moves": moves,
        "may": may,
        "minutes": minutes,
        "side": sign_minutes.side_of(one, request.user) if minutes else "",
        "may_read": minutes is not None and _may_read(request, one),
        "attendance": Attendance.objects.filter(meeting=one).select_related("seat").order_by("seat_id"),
        "quorum": quorum_of(one) if one.state == MeetingState.CALLED else None,
        "presides": presiding_of(one) if one.state == MeetingState.CALLED else None,
        "rules": regulations_of(one),
    }
    context |= _terms(one, context["rules"], timezone.localdate())
    context["signed_by_me"] = bool(minutes and context["side"] and getattr(minutes, f"{context['side']}_by_id"))
    return render(request, "commission/meeting.html", context | _forms(request, one, moves))


def _terms(one: Meeting, rules: Regulations, today: dt.date) -> dict:
    """By when the regulations want debtors invited and the minutes signed, and whether that day is over."""
    invited_by = invite_by(one.planned_on, rules.summons_days)
    told = {"invite_by": invited_by, "invite_late": today > invited_by and not one.is_over}
    if one.state == MeetingState.CLOSED:
        told["sign_by"] = sign_by(one.held_on, rules.signing_days)
        told["sign_late"] = today > told["sign_by"]
    return told


def _forms(request, one: Meeting, moves: set[str]) -> dict:
    """The small forms that the meeting's state offers."""
    waiting = Summons.objects.filter(item__meeting=one, sent_on__isnull=True).exists() if "summon" in moves else False
    uninvited = one.items.filter(summons__isnull=True).exists() if "summon" in moves else False
    return {
        "add_form": forms.AddForm(commission=one.commission, auto_id="add_%s") if "edit" in moves else None,
        "send_form": forms.SendForm(auto_id="send_%s") if waiting else None,
        "uninvited": uninvited,
        "open_form": forms.OpenForm(meeting=one, auto_id="open_%s") if "open" in moves else None,
        "why_form": forms.WhyForm(auto_id="why_%s") if moves & {"cancel", "fail"} else None,
        "in_time": one.planned_on <= timezone.localdate(),
    }


@gated(Right.RUN_COMMISSION)
def edit(request, pk: int):
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    form = forms.MeetingForm(request.POST or None, instance=one, commission=one.commission)
    del form.fields["group"]

    def act(given):
        reschedule(meeting=Meeting.objects.get(pk=pk), **given, **who_when(request))

    return form_page(
        request, form, title="Изменить заседание", crumbs=[ALL, (str(one), one.get_absolute_url())], act=act, back=one
    )


@gated(Right.RUN_COMMISSION)
def fill(request, pk: int):
    """Whom the rule names, with the reason for each; the ticked ones go on the agenda. Names are not shown before that."""
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    if request.method == "POST":
        only = [int(key) for key in request.POST.getlist("cases") if key.isdigit()]
        if not only:
            messages.warning(request, "Отметьте хотя бы одно дело.")
            return redirect("commission:meeting-fill", pk=pk)
        added = []
        tried(request, lambda: added.extend(fill_agenda(meeting=one, only=only, **who_when(request))))
        if added:
            messages.success(request, f"Добавлено в повестку: {len(added)}.")
        return redirect(one)
    found = candidates(one, timezone.localdate())
    rows = [(candidate, masked_address(candidate.case.address, Shown.PART)) for candidate in found]
    rule = AgendaRule.objects.of(one.commission, one.planned_on)
    return render(request, "commission/fill.html", {"meeting": one, "rows": rows, "rule": rule})


@gated(Right.RUN_COMMISSION)
@require_POST
def add(request, pk: int):
    """Put a case on the agenda by its account."""
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    form = forms.AddForm(request.POST, commission=one.commission)
    if not form.is_valid():
        wrong(request, form)
        return redirect(one)
    given = form.cleaned_data
    case = case_by_account(one.commission, creditor=given["creditor"], number=given["number"])
    if case is None:
        said = f"У взыскателя «{given['creditor']}» нет открытого дела по счёту {given['number']} на этой территории."
        messages.error(request, f"{said} Проверьте номер или попросите взыскателя открыть дело.")
        return redirect(one)
    tried(request, lambda: add_case(meeting=one, case=case, reason=given["reason"], **who_when(request)), "Дело добавлено.")
    return redirect(one)


def _post(name: str, done: str = ""):
    """A view that takes one step of `hold_meeting` without a form."""

    @gated(Right.RUN_COMMISSION)
    @require_POST
    def step(request, pk: int):
        one = find_meeting(request, pk, Right.RUN_COMMISSION)
        tried(request, lambda: getattr(hold_meeting, name)(meeting=one, **who_when(request)), done)
        return redirect(one)

    return step


call = _post("call_meeting", "Заседание созвано: члены комиссии видят повестку.")
uncall = _post("uncall_meeting", "Повестку снова можно менять.")


@gated(Right.RUN_COMMISSION)
@require_POST
def summonses(request, pk: int):
    """Make the invitations that are missing."""
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    tried(request, lambda: summon.prepare_summonses(meeting=one, **who_when(request)), "Приглашения составлены.")
    return redirect(one)


@gated(Right.RUN_COMMISSION)
@require_POST
def send(request, pk: int):
    """All prepared invitations went out."""
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    form = forms.SendForm(request.POST)
    if form.is_valid():
        tried(
            request, lambda: summon.send_summonses(meeting=one, **form.cleaned_data, **who_when(request)), "Отправка записана."
        )
    else:
        wrong(request, form)
    return redirect(one)


@gated(Right.RUN_COMMISSION)
def attendance(request, pk: int):
    """Who takes part, in person or through a representative."""
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    rows = list(Attendance.objects.filter(meeting=one).select_related("seat").order_by("seat_id"))
    if request.method == "POST":
        given = [_attends(request.POST, row) for row in rows]
        done = tried(
            request, lambda: hold_meeting.mark_attendance(meeting=one, attends=given, **who_when(request)), "Явка записана."
        )
        if done:
            return redirect(one)
        for row, said in zip(rows, given, strict=True):
            row.presence, row.representative, row.authority = said.presence, said.representative, said.authority
    context = {"meeting": one, "rows": rows, "presences": choices(PRESENCE_NAMES), "rules": regulations_of(one)}
    return render(request, "commission/attendance.html", context)


def _attends(posted, row: Attendance) -> hold_meeting.Attends:
    presence = posted.get(f"presence-{row.seat_id}", "absent")
    presence = presence if presence in PRESENCE_NAMES else "absent"
    said = [posted.get(f"{name}-{row.seat_id}", "")[:200] for name in ("representative", "authority")]
    return hold_meeting.Attends(row.seat_id, presence, *said)


@gated(Right.RUN_COMMISSION)
@require_POST
def begin(request, pk: int):
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    form = forms.OpenForm(request.POST, meeting=one)
    if form.is_valid():
        chosen = form.cleaned_data["kept_by_seat"]
        tried(
            request,
            lambda: hold_meeting.open_meeting(meeting=one, kept_by_seat=chosen, **who_when(request)),
            "Заседание открыто.",
        )
    else:
        wrong(request, form)
    return redirect(one)


@gated(Right.RUN_COMMISSION)
@require_POST
def stop(request, pk: int):
    """Cancel before it begins, or record that it failed."""
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    form = forms.WhyForm(request.POST)
    if not form.is_valid():
        wrong(request, form)
        return redirect(one)
    why = form.cleaned_data["reason"]
    if "fail" in request.POST:
        tried(request, lambda: hold_meeting.fail_meeting(meeting=one, why=why, **who_when(request)))
    else:
        tried(request, lambda: cancel_meeting(meeting=one, reason=why, **who_when(request)))
    return redirect(one)


@gated(Right.RUN_COMMISSION)
@require_POST
def close(request, pk: int):
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    done = "Протокол составлен и ждёт подписей двоих."
    tried(request, lambda: sign_minutes.close_meeting(meeting=one, at=timezone.now(), **who_when(request)), done)
    return redirect(one)


@gated(Right.RUN_COMMISSION)
@require_POST
def reopen(request, pk: int):
    one = find_meeting(request, pk, Right.RUN_COMMISSION)
    tried(request, lambda: sign_minutes.reopen_meeting(meeting=one, **who_when(request)))
    return redirect(one)


@gated(Right.SEE_COMMISSION)
@require_POST
def sign(request, pk: int):
    """One's own signature under what was read."""
    one = find_meeting(request, pk)
    moment, read = who_when(request) | {"at": timezone.now()}, request.POST.get("sha256", "")
    tried(request, lambda: sign_minutes.sign_minutes(meeting=one, sha256=read, **moment), "Подпись поставлена.")
    return redirect(one)


@gated(Right.SEE_COMMISSION)
@require_POST
def unsign(request, pk: int):
    one = find_meeting(request, pk)
    tried(request, lambda: sign_minutes.unsign_minutes(meeting=one, **who_when(request)), "Подпись снята.")
    return redirect(one)


def _may_read(request, one: Meeting) -> bool:
    """The paper names everybody in full: for those from whom nothing is hidden, and for those who sign it."""
    whole = AgendaItem.objects.visible_to(request.user).filter(meeting=one).count() == one.items.count()
    return whole and (not mask_for(request.user, one).hides or bool(sign_minutes.side_of(one, request.user)))


@gated(Right.SEE_COMMISSION)
def paper(request, pk: int):
    """The minutes as PDF: the signed document, or the draft. Every file named in it is written down as read."""
    one = find_meeting(request, pk)
    if not hasattr(one, "minutes") or not _may_read(request, one):
        raise Http404
    record_reads(one.items.all(), what=ReadRecord.What.MINUTES, by=request.user, at=timezone.now())
    name = f"protocol-{one.year}-{one.number}.pdf"
    content = minutes_pdf(one, by=request.user, on=timezone.localdate())
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
