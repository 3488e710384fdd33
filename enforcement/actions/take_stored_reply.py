"""Use a department's reply that was loaded as a file of the imports as its side of a reconciliation."""

import datetime as dt

from django.db.models import Q, QuerySet

from casedesk.access.models import User
from enforcement.actions.compare_sides import Compared
from enforcement.actions.exchange_registers import take_reply
from enforcement.models import BailiffReply, BailiffReplyRow, Reconciliation
from enforcement.rules.reconciliation_reply import ReplyRow


def fitting_replies(reconciliation: Reconciliation) -> QuerySet:
    """Loaded replies of this department (or of none named) that stand on the month's end or later, newest first."""
    one = reconciliation
    here = Q(department=one.department_id) | Q(department__isnull=True)
    found = BailiffReply.objects.live().filter(here, creditor=one.creditor_id, as_of__gte=one.as_of)
    return found.filter(source=BailiffReply.Source.REPLY).order_by("-as_of", "-pk")


def take_stored_reply(
    *, reconciliation: Reconciliation, reply: BailiffReply, by: User | None, on: dt.date, at: dt.datetime
) -> Compared:
    """Take the reply's rows as the department's side. Raises what `take_reply` does."""
    rows = [as_reply_row(row) for row in reply.rows.order_by("row", "pk")]
    source = f"{reply}, загрузка № {reply.booking_id}"
    return take_reply(reconciliation=reconciliation, rows=rows, reply_on=reply.as_of, source=source, by=by, on=on, at=at)


def as_reply_row(row: BailiffReplyRow) -> ReplyRow:
    """A stored row in the words of a reconciliation; more writs of the same cell go along."""
    return ReplyRow(
        writ_number="; ".join(filter(None, (row.writ_number, row.other_writs))),
        debtor=row.debtor_name,
        address=row.address,
        issued_on=row.writ_issued_on,
        court=row.court,
        amount=row.claimed if row.received else None,
        presented_on=row.presented_on,
        proceeding=row.proceeding,
        consolidated=row.consolidated,
        opened_on=row.opened_on,
        bailiff=row.bailiff,
        received=row.collected,
        remainder=row.remaining,
        status=row.status,
        ended_on=row.ended_on,
        ground=row.ended_ground,
        note=row.note,
        row=row.row,
    )
