"""Write down every look at a person's file."""

import datetime as dt
from collections.abc import Iterable

from casedesk.access.models import User
from casedesk.commission.models import AgendaItem, ReadRecord


def record_reads(items: Iterable[AgendaItem], *, what: str, by: User, at: dt.datetime, masked: bool = False) -> None:
    """One row per file that the person was shown. One statement."""
    ReadRecord.objects.bulk_create(
        [ReadRecord(case_id=item.case_id, item=item, what=what, masked=masked, read_by=by, read_at=at) for item in items]
    )
