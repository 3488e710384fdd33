"""Build the agenda: by the rule, by hand, at a creditor's wish; take a case off."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.commission.actions.locked import locked, require
from casedesk.commission.models import AgendaItem, Commission, Meeting
from casedesk.commission.queries.candidates import Candidate, candidates, cases_of
from casedesk.commission.rules.words import MeetingState, Source
from casedesk.common.refusals import Refusal
from debtors.models import CaseFile


class NobodyToHear(Refusal):
    """Nobody fits the rule."""

    code = "nobody_to_hear"


class AlreadyListed(Refusal):
    """The case is on an agenda already."""

    code = "already_listed"


class NotOnTheTerritory(Refusal):
    """The case is not of the commission's territory, or closed."""

    code = "not_on_the_territory"


class NoMeetingAhead(Refusal):
    """There is no planned meeting to put the case before."""

    code = "no_meeting_ahead"


@transaction.atomic
def fill_agenda(*, meeting: Meeting, by: User | None, on: dt.date, only: Iterable[int] | None = None) -> list[AgendaItem]:
    """Put before the meeting everybody whom the rule names (`only`: of these cases), each with the reason.

    Raises NotAllowed once the meeting is called, NobodyToHear.
    """
    meeting = locked(meeting, "edit", by=by, on=on)
    found = candidates(meeting, on)
    if only is not None:
        wanted = set(only)
        found = [one for one in found if one.case.pk in wanted]
    if not found:
        raise NobodyToHear(
            "Под правило повестки не подходит ни одно дело. Смягчите правило комиссии или добавьте дела вручную."
        )
    return _list(meeting, found, by, on)


@transaction.atomic
def add_case(
    *, meeting: Meeting, case: CaseFile, reason: str, by: User | None, on: dt.date, source: str = Source.HAND
) -> AgendaItem:
    """Put one case before the meeting by hand. Raises NotAllowed, NotOnTheTerritory, AlreadyListed."""
    meeting = locked(meeting, "edit", by=by if source == Source.HAND else None, on=on)
    if not cases_of(meeting.commission).filter(pk=case.pk).exists():
        raise NotOnTheTerritory(f"Дело № {case.number} закрыто или не с территории комиссии: рассмотреть его здесь нельзя.")
    if meeting.items.filter(case=case).exists():
        raise AlreadyListed(f"Дело № {case.number} уже в повестке: {meeting}.")
    return _list(meeting, [Candidate(case, source, reason.strip()[:500] or "по предложению секретаря")], by, on)[0]


@transaction.atomic
def propose_case(*, commission: Commission, case: CaseFile, reason: str, by: User, on: dt.date) -> AgendaItem:
    """A creditor asks to hear its case at the next planned meeting. Raises NoMeetingAhead, NotOnTheTerritory, AlreadyListed."""
    require(by, Right.DO_DECISIONS)
    ahead = Meeting.objects.filter(commission=commission, state=MeetingState.PLANNED, planned_on__gt=on, group__isnull=True)
    meeting = ahead.order_by("planned_on", "pk").first()
    if meeting is None:
        raise NoMeetingAhead(f"У комиссии «{commission}» нет запланированных заседаний. Попросите секретаря назначить день.")
    return add_case(meeting=meeting, case=case, reason=reason or "просит взыскатель", by=by, on=on, source=Source.CREDITOR)


def _list(meeting: Meeting, found: list[Candidate], by: User | None, on: dt.date) -> list[AgendaItem]:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                meeting=meeting,
                case=one.case,
                position=position,
                source=one.source,
                reason=one.reason[:500],
                added_on=on,
                added_by=by,
                debt=one.case.debt,
                overdue=one.case.overdue,
            )
            for position, one in enumerate(found, start=last + 1)
        ]
    )


@transaction.atomic
def drop_item(*, item: AgendaItem, by: User, on: dt.date) -> None:
    """Take a case off the agenda. Raises NotAllowed once the meeting is called; AlreadyListed when the debtor is invited."""
    meeting = locked(item.meeting, "edit", by=by, on=on)
    if hasattr(item, "summons"):
        raise AlreadyListed(
            f"По делу № {item.case.number} уже составлено {item.summons}: снять вопрос нельзя, решите его на заседании."
        )
    item.delete()
    rest = list(meeting.items.order_by("position", "pk"))
    for position, one in enumerate(rest, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(rest, ["position"])
