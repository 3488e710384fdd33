"""Try again the replies and rulings whose writ nobody knew when they came: a later file may have brought it."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import Organisation, User
from enforcement.actions.take_reply import match_rows
from enforcement.actions.take_rulings import match_rulings
from enforcement.models import BailiffReplyRow, BailiffRuling


@transaction.atomic
def match_bailiff_words(*, creditor: Organisation, on: dt.date, by: User | None) -> int:
    """Match what waits; return how many found their writ. Repeating it changes nothing."""
    rows = list(
        BailiffReplyRow.objects.live()
        .filter(reply__creditor=creditor, writ=None)
        .select_related("reply__department")
        .order_by("reply__as_of", "id")
    )
    match_rows(rows, on=on, by=by)
    rulings = list(BailiffRuling.objects.live().filter(creditor=creditor, writ=None).order_by("made_on", "id"))
    match_rulings(rulings, on=on, by=by)
    return sum(one.writ_id is not None for one in (*rows, *rulings))
