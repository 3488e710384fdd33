"""The pass over a creditor's accounts: opens cases by its rule, closes what is paid, brings all open cases up to the day.

Run after each import and once a day; safe to repeat. A fixed number of statements whatever the number of accounts.
"""

import datetime as dt
import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Sum

from casedesk.access.models import Organisation, User
from debtors.actions.close_cases import close_cases
from debtors.actions.events import record_for_many
from debtors.actions.insert_cases import insert_cases
from debtors.actions.refresh_cases import Refreshed, refresh_cases
from debtors.models import CaseFile, CloseReason, OpeningRule
from debtors.queries.candidates import candidates, paid_up
from debtors.queries.dialect import give_room


@dataclass(frozen=True)
class Passed:
    """What a pass did, or a dry run would do: cases opened (and their overdue kopecks), closed, refreshed."""

    opened: int
    opened_kopecks: int
    closed: int
    refreshed: Refreshed | None = None


@transaction.atomic
def open_cases(
    *, creditor: Organisation, on: dt.date, by: User | None, rule: OpeningRule | None = None, dry_run: bool = False
) -> Passed:
    """Open a case for each account over the rule, close the open ones with nothing overdue, refresh the rest.

    `by` is None for a job; `rule` is the one in force on the day when not given. A dry run counts and changes nothing.
    """
    rule = rule or OpeningRule.objects.in_force(creditor=creditor, on=on)
    found = candidates(creditor=creditor, rule=rule, on=on)
    if dry_run:
        money = found.aggregate(total=Sum("overdue"))["total"] or 0
        return Passed(found.count(), money, paid_up(creditor=creditor).count())
    give_room()
    Organisation.objects.select_for_update().get(pk=creditor.pk)  # case numbers run without gaps: one pass at a time
    last = CaseFile.objects.filter(creditor=creditor).aggregate(last=Max("number"))["last"] or 0
    opened = insert_cases(found, creditor=creditor, rule=rule, on=on, after=last)
    money = _record_opened(creditor, rule, on, by, last) if opened else 0
    refreshed = refresh_cases(creditor=creditor, on=on)
    paid = list(paid_up(creditor=creditor).values_list("pk", flat=True))
    return Passed(opened, money, close_cases(case_ids=paid, reason=CloseReason.PAID, on=on, by=by), refreshed)


def _record_opened(creditor: Organisation, rule: OpeningRule, on: dt.date, by: User | None, last: int) -> int:
    """One `case_opened` event per new case, with the sums that opened it; returns their overdue money together."""
    data = (
        """'{"overdue_kopecks": ' || c.overdue || ', "months_x100": ' || c.months_x100 || ', "oldest_month": ' """
        """|| COALESCE(CAST(c.oldest_open_month AS text), 'null') || ', "rule": ' || %s || '}'"""
    )
    new = "c.creditor_id = %s AND c.number > %s"
    params = [json.dumps(rule.in_words, ensure_ascii=False), creditor.pk, last]
    record_for_many("case_opened", where=new, data=data, params=params, on=on, by=by)
    return CaseFile.objects.filter(creditor=creditor, number__gt=last).aggregate(total=Sum("overdue"))["total"] or 0
