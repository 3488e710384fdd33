"""The morning look at agreements: which are fulfilled, which are broken. A broken one lets its case go back to work."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation
from casedesk.norms.queries.current import current
from casedesk.norms.working_days import working_calendar
from debtors.actions.events import record
from debtors.actions.moves import lock
from debtors.actions.place_hold import end_hold
from debtors.models import OpeningRule, RepaymentAgreement
from debtors.queries.agreements import known_through, standings
from debtors.rules.agreement_standing import AgreementStanding, AgreementState


@dataclass(frozen=True)
class AgreementsChecked:
    """How many agreements were looked at, found fulfilled, found broken."""

    seen: int = 0
    fulfilled: int = 0
    broken: int = 0


@transaction.atomic
def check_agreements(*, creditor: Organisation, on: dt.date) -> AgreementsChecked:
    """Look at the agreements that are kept so far, by the payments that are known. Repeating it changes nothing.

    Nothing is called broken for days whose payments nobody has loaded yet.
    """
    through = known_through(creditor, on)
    active = RepaymentAgreement.objects.select_for_update(of=("self",)).filter(creditor=creditor, state=AgreementState.ACTIVE)
    listed = list(active.select_related("case__creditor", "hold").order_by("pk")) if through else []
    listed = [agreement for agreement in listed if agreement.signed_on <= through]
    found = standings(listed, on=through) if listed else {}
    fulfilled = [agreement for agreement in listed if found[agreement.pk].is_fulfilled]
    broken = [agreement for agreement in listed if found[agreement.pk].is_broken and not found[agreement.pk].is_fulfilled]
    for agreement in fulfilled:
        _fulfil(agreement, on)
    days = OpeningRule.objects.in_force(creditor=creditor, on=on).breach_notice
    for agreement in broken:
        _break(agreement, found[agreement.pk], on, days)
    return AgreementsChecked(len(listed), len(fulfilled), len(broken))


def _fulfil(agreement: RepaymentAgreement, on: dt.date) -> None:
    agreement.state, agreement.ended_on = AgreementState.FULFILLED, on
    agreement.save(update_fields=["state", "ended_on"])
    case = lock(agreement.case)
    record("agreement_fulfilled", case=case, on=on, by=None, subject=agreement, number=agreement.number)
    end_hold(hold=agreement.hold, on=on)


def _break(agreement: RepaymentAgreement, standing: AgreementStanding, on: dt.date, days: int) -> None:
    agreement.state, agreement.broken_on = AgreementState.BREACHED, on
    agreement.notify_until = working_calendar(current()).add(on, days)
    agreement.save(update_fields=["state", "broken_on", "notify_until"])
    case = lock(agreement.case)
    record(
        "agreement_breached",
        case=case,
        on=on,
        by=None,
        subject=agreement,
        term_until=agreement.notify_until + dt.timedelta(days=1),
        number=agreement.number,
        why=standing.why,
        behind_kopecks=standing.behind + standing.current_overdue,
    )
    end_hold(hold=agreement.hold, on=on)
