"""The morning look at restrictions: whose ground is gone, whose next step moved."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation
from debtors.actions.events import record
from debtors.actions.follow_restriction import cancel
from debtors.actions.keep_restriction import RELATED, keep_next
from debtors.models import CaseFile, ServiceRestriction
from debtors.rules.restriction import CUT, LIVE, RestrictionFacts


@dataclass(frozen=True)
class RestrictionsChecked:
    """How many were looked at; how many must be restored now; how many warnings ended by themselves."""

    seen: int = 0
    to_restore: int = 0
    cancelled: int = 0


@transaction.atomic
def check_restrictions(*, creditor: Organisation, on: dt.date, case: CaseFile | None = None) -> RestrictionsChecked:
    """Look at the live restrictions (of one case, when it is given) by what is owed and agreed on the day.

    Repeating it changes nothing. What was started later than the day is left alone.
    """
    live = ServiceRestriction.objects.select_for_update(of=("self",)).filter(creditor=creditor, state__in=LIVE)
    live = live.filter(started_on__lte=on) if case is None else live.filter(started_on__lte=on, case=case)
    listed = list(live.select_related(*RELATED, "account__state").order_by("pk"))
    if not listed:
        return RestrictionsChecked()
    facts = keep_next(listed, on=on)
    gone = [one for one in listed if one.ground_gone_on is None and _why_gone(facts[one.pk])]
    restored = [one for one in gone if one.state in CUT]
    for one in restored:
        _ground_gone(one, facts[one.pk], on)
    for one in gone:
        if one.state not in CUT:
            cancel(restriction=one, reason=_why_gone(facts[one.pk]), by=None, on=on, today=on)
    keep_next(restored, on=on)
    return RestrictionsChecked(len(listed), len(restored), len(gone) - len(restored))


def _why_gone(facts: RestrictionFacts) -> str:
    """Paid in full, or an agreement is kept; a debt that only fell under the threshold stops further steps and no more."""
    if facts.debt <= 0:
        return "долг за услугу погашен"
    return f"заключено {facts.agreement}" if facts.agreement else ""


def _ground_gone(one: ServiceRestriction, facts: RestrictionFacts, on: dt.date) -> None:
    """The term of restoring runs from the day of payment or of the agreement, not from the day we looked."""
    cut_on = one.suspended_on or one.limited_on
    state = getattr(one.account, "state", None)
    paid_on = state.last_payment_on if state else None
    known = paid_on if facts.debt <= 0 and paid_on else on
    one.ground_gone_on = min(on, max(cut_on, known))
    one.save()
    until = one.ground_gone_on + dt.timedelta(days=facts.terms.restoration_days)
    data = {"service": one.service.name, "why": _why_gone(facts)}
    record("restriction_ground_gone", case=one.case, on=on, by=None, subject=one, term_until=until, **data)
