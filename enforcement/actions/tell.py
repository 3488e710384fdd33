"""Tell cases what happened to their writs: events on the timeline, and the stage that follows from them. Set-based."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model

from casedesk.access.models import User
from debtors.models import CaseEvent, CaseFile
from debtors.rules.case_events import EVENTS
from debtors.rules.stages import LIVE_STAGES
from enforcement.actions.settle_cases import settle_cases, told_of
from enforcement.models import Writ

BATCH = 2_000


@dataclass(frozen=True)
class News:
    """One thing to tell of a writ: the code of the catalogue, the day, what it is about, the end of the term it starts."""

    writ: Writ
    code: str
    on: dt.date
    subject: Model
    until: dt.date | None = None
    data: dict = field(default_factory=dict)


def tell(news: Iterable[News], *, by: User | None, on: dt.date) -> int:
    """Write the events of writs that hang on a case, and let the cases follow; return how many were written.

    A case's stage is replayed from all its events in the order they were told. Writs without a case are passed over: their
    own pages tell the same. `on` is the day the next steps are counted for.
    """
    told = [one for one in news if one.writ.case_file_id]
    events = [_event(one, by) for one in told]
    CaseEvent.objects.bulk_create(events, BATCH)
    _follow({one.writ.case_file_id for one in told}, on)
    return len(events)


def _event(news: News, by: User | None) -> CaseEvent:
    EVENTS[news.code].check(news.data)
    return CaseEvent(
        case_id=news.writ.case_file_id,
        code=news.code,
        happened_on=news.on,
        recorded_by=by,
        data=news.data,
        term_until=news.until,
        subject_kind=news.subject._meta.model_name,
        subject_id=news.subject.pk,
    )


def _follow(case_ids: set[int], on: dt.date) -> None:
    live = CaseFile.objects.filter(pk__in=case_ids, stage__in=[str(stage) for stage in LIVE_STAGES])
    cases = list(live.select_related("creditor"))
    settle_cases(cases, told_of(cases), on=on)
