"""Cases that an agenda is filled with: by the rule, to be heard again, and one by its account."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from casedesk.commission.models import AgendaItem, AgendaRule, Commission, Decision, Meeting
from casedesk.commission.rules.agenda import Persistent, reason
from casedesk.commission.rules.decision_kinds import DecisionKind
from casedesk.commission.rules.words import HELD, MeetingState, Source
from debtors.models import POPULATION, CaseFile, PreTrialNotice, RepaymentAgreement

MOST = 200
"""Cases in one agenda. A commission that hears fifty in a day is a quick one."""
AHEAD = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.OPENED)


@dataclass(frozen=True)
class Candidate:
    """A case that may be put on the agenda, and why."""

    case: CaseFile
    source: str
    reason: str


def cases_of(commission: Commission) -> QuerySet[CaseFile]:
    """Open cases on the commission's territory: by the flat, else by the creditor."""
    land = commission.municipality.territory_id
    own = Q(account__premises__house__territory=land) | Q(account__premises__isnull=True, creditor__territory=land)
    return CaseFile.objects.live().filter(own)


def candidates(meeting: Meeting, on: dt.date, most: int = MOST) -> list[Candidate]:
    """Whom the meeting would hear: those to be heard again first, then the rule's, dearest first. A fixed number of queries."""
    rule = AgendaRule.objects.of(meeting.commission, meeting.planned_on).rule
    again = [Candidate(case, Source.AGAIN, why) for case, why in _again(meeting)]
    taken = {one.case.pk for one in again}
    found = by_rule(meeting, rule, on).exclude(pk__in=taken).select_related("creditor")
    return [*again, *(Candidate(case, Source.RULE, _reason(rule, case)) for case in found[: max(0, most - len(again))])]


def by_rule(meeting: Meeting, rule: Persistent, on: dt.date) -> QuerySet[CaseFile]:
    """Cases that the rule names and that are on no agenda ahead, with `heard_on` and `warned_on`."""
    heard = AgendaItem.objects.filter(case=OuterRef("pk"), meeting__commission=meeting.commission_id, meeting__state__in=HELD)
    warned = PreTrialNotice.objects.filter(case=OuterRef("pk"), state=PreTrialNotice.State.SENT)
    found = cases_of(meeting.commission).filter(overdue__gte=rule.overdue, months_x100__gte=rule.months_x100)
    found = found.annotate(
        heard_on=Subquery(heard.values("case").annotate(last=Max("meeting__held_on")).values("last")),
        warned_on=Subquery(warned.values("case").annotate(last=Max("sent_on")).values("last")),
    )
    if rule.without_agreement:
        found = found.filter(~Exists(RepaymentAgreement.objects.in_force().filter(case=OuterRef("pk"))))
    if rule.without_hold:
        found = found.filter(Q(hold_kind="") | Q(hold_until__lte=on))
    if rule.warned:
        found = found.filter(warned_on__isnull=False)
    if rule.population:
        found = found.filter(category__in=POPULATION)
    if rule.rest_days:
        since = meeting.planned_on - dt.timedelta(days=rule.rest_days)
        found = found.filter(Q(heard_on__isnull=True) | Q(heard_on__lt=since))
    return found.exclude(pk__in=_busy(meeting)).order_by("-overdue", "pk")


def _busy(meeting: Meeting):
    """Cases on an agenda ahead, this one's included."""
    return AgendaItem.objects.filter(meeting__commission=meeting.commission_id, meeting__state__in=AHEAD).values("case")


def _reason(rule: Persistent, case: CaseFile) -> str:
    return reason(rule, overdue=case.overdue, months_x100=case.months_x100, heard_on=case.heard_on, warned_on=case.warned_on)


def _again(meeting: Meeting) -> list[tuple[CaseFile, str]]:
    """Cases that an earlier meeting wants to hear again, or that a failed one did not hear, and that are not listed since."""
    items = AgendaItem.objects.filter(meeting__commission=meeting.commission_id, meeting__planned_on__lt=meeting.planned_on)
    later = items.filter(case=OuterRef("case"), meeting__planned_on__gt=OuterRef("meeting__planned_on")).exclude(
        meeting__state=MeetingState.CANCELLED
    )
    wanted = Decision.objects.in_force().filter(item=OuterRef("pk"), kind=DecisionKind.HEAR_AGAIN)
    items = items.filter(Q(meeting__state=MeetingState.FAILED) | Exists(wanted)).filter(~Exists(later), case__is_open=True)
    items = (
        items.exclude(case__in=_busy(meeting)).select_related("case__creditor", "meeting").order_by("meeting__planned_on", "pk")
    )
    return [(item.case, _again_words(item)) for item in items]


def _again_words(item: AgendaItem) -> str:
    day = f"{item.meeting.planned_on:%d.%m.%Y}"
    if item.meeting.state == MeetingState.FAILED:
        return f"заседание {day} не состоялось, вопрос перенесён"
    return f"комиссия {day} решила рассмотреть повторно"


def case_by_account(commission: Commission, *, creditor, number: str) -> CaseFile | None:
    """The open case of a creditor's account on the territory; None when there is none."""
    found = cases_of(commission).filter(
        creditor=creditor, account_links__account__number=number.strip(), account_links__is_live=True
    )
    return found.first()
