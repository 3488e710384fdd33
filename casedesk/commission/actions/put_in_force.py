"""Signed minutes act on the cases: decisions become tasks, each case learns of its own, marks are set, cases come back."""

import datetime as dt

from casedesk.access.models import User
from casedesk.commission.actions.build_agenda import add_case
from casedesk.commission.models import AgendaItem, Decision, Meeting
from casedesk.commission.rules.decision_kinds import DecisionKind
from casedesk.commission.rules.words import MeetingState, Outcome, Source
from debtors.actions.set_flag import set_flag
from debtors.models import CaseEvent
from debtors.rules.stages import FlagKind


def put_in_force(*, meeting: Meeting, by: User, on: dt.date) -> list[Decision]:
    """Adopted decisions are in force from the day. Called with the second signature, inside its transaction."""
    adopted = Decision.objects.filter(item__meeting=meeting, outcome=Outcome.ADOPTED)
    adopted.update(in_force_on=on)
    decisions = list(adopted.select_related("item__case__creditor").order_by("pk"))
    CaseEvent.objects.bulk_create([_event(meeting, one, by, on) for one in decisions])
    for one in decisions:
        if one.kind == DecisionKind.MALICIOUS:
            _mark(meeting, one.item, on)
        elif one.kind == DecisionKind.HEAR_AGAIN:
            _hear_again(meeting, one.item, on)
    return decisions


def _event(meeting: Meeting, one: Decision, by: User, on: dt.date) -> CaseEvent:
    case = one.item.case
    return CaseEvent(
        case=case,
        code="commission_decided",
        happened_on=max(on, case.opened_on),
        recorded_by=by,
        data={"minutes": meeting.minutes_name, "decision": one.words},
        term_until=one.due_on,
        subject_kind="decision",
        subject_id=one.pk,
    )


def _mark(meeting: Meeting, item: AgendaItem, on: dt.date) -> None:
    """The mark on the case; the system sets it on the commission's word. A closed or marked case stays as it is."""
    case = item.case
    if case.is_open and not case.case_flags.in_force().filter(kind=FlagKind.MALICIOUS).exists():
        set_flag(
            case=case,
            kind=FlagKind.MALICIOUS,
            reason=f"Решение комиссии, {meeting.minutes_name}",
            by=None,
            on=max(on, case.stage_on),
        )


def _hear_again(meeting: Meeting, item: AgendaItem, on: dt.date) -> None:
    """The case stands on the next planned agenda; without one, the next filling finds it."""
    ahead = Meeting.objects.filter(
        commission=meeting.commission_id, group=meeting.group_id, state=MeetingState.PLANNED, planned_on__gt=meeting.held_on
    )
    later = ahead.order_by("planned_on", "pk").first()
    if later and item.case.is_open and not later.items.filter(case=item.case_id).exists():
        why = f"комиссия {meeting.held_on:%d.%m.%Y} решила рассмотреть повторно"
        add_case(meeting=later, case=item.case, reason=why, by=None, on=on, source=Source.AGAIN)
