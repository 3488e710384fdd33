"""What people do with a broken agreement: tell the debtor, let it go on, or end it."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed
from debtors.actions.check_restrictions import check_restrictions
from debtors.actions.moves import lock, take_step
from debtors.actions.place_hold import end_hold, place_hold
from debtors.models import RepaymentAgreement
from debtors.queries.agreements import standings
from debtors.rules.agreement_standing import AGREEMENT_STATES, AgreementState
from debtors.rules.stages import HoldKind

BROKEN = (AgreementState.BREACHED, AgreementState.NOTIFIED)


class WrongAgreementState(NotAllowed):
    """The agreement is not in a state that allows the step."""

    code = "wrong_agreement_state"


@transaction.atomic
def notify_breach(*, agreement: RepaymentAgreement, channel: str, by: User, on: dt.date) -> RepaymentAgreement:
    """Record that the debtor was told of the breach (plan row Z6b: within three days)."""
    agreement = _held(agreement, (AgreementState.BREACHED,), "Уведомить о нарушении")
    take_step(agreement.case, "notify_breach", by=by, on=on, subject=agreement, number=agreement.number, channel=channel)
    agreement.state = AgreementState.NOTIFIED
    agreement.save(update_fields=["state"])
    return agreement


@transaction.atomic
def resume_agreement(*, agreement: RepaymentAgreement, by: User, on: dt.date) -> RepaymentAgreement:
    """Let a broken agreement go on once the debtor has caught up. Raises WrongAgreementState naming what is missing."""
    agreement = _held(agreement, BROKEN, "Вернуть соглашение в силу")
    standing = standings([agreement], on=on)[agreement.pk]
    last = agreement.instalments.last().due_on
    if standing.is_broken:
        raise WrongAgreementState(f"«Вернуть в силу» нельзя: {standing.why}. Дождитесь оплаты или расторгните {agreement}.")
    if last < on:
        raise WrongAgreementState(
            f"«Вернуть в силу» нельзя: последний взнос был до {last:%d.%m.%Y}. Заключите новое соглашение."
        )
    take_step(agreement.case, "resume_agreement", by=by, on=on, subject=agreement, number=agreement.number)
    agreement.state, agreement.broken_on, agreement.notify_until = AgreementState.ACTIVE, None, None
    agreement.save(update_fields=["state", "broken_on", "notify_until"])
    until = last + dt.timedelta(days=1)
    agreement.hold = place_hold(case=agreement.case, kind=HoldKind.AGREEMENT, reason=str(agreement), by=by, on=on, until=until)
    agreement.save(update_fields=["hold"])
    check_restrictions(creditor=agreement.case.creditor, on=on, case=agreement.case)
    return agreement


@transaction.atomic
def end_agreement(*, agreement: RepaymentAgreement, reason: str, by: User, on: dt.date) -> RepaymentAgreement:
    """End an agreement before its time; what was paid stays paid, the rest is claimed in the ordinary way."""
    agreement = _held(agreement, (AgreementState.ACTIVE, *BROKEN), "Расторгнуть соглашение")
    take_step(agreement.case, "end_agreement", by=by, on=on, subject=agreement, number=agreement.number, why=reason)
    agreement.state, agreement.ended_on = AgreementState.TERMINATED, on
    agreement.save(update_fields=["state", "ended_on"])
    end_hold(hold=agreement.hold, on=on)
    return agreement


def _held(agreement: RepaymentAgreement, states: tuple[AgreementState, ...], label: str) -> RepaymentAgreement:
    """The agreement and its case as they stand now, held until the transaction ends."""
    case = lock(agreement.case)
    found = RepaymentAgreement.objects.select_for_update(of=("self",)).select_related("hold").get(pk=agreement.pk)
    found.case = case
    if found.state not in states:
        allowed = ", ".join(AGREEMENT_STATES[state] for state in states)
        raise WrongAgreementState(
            f"«{label}» нельзя: {found} {AGREEMENT_STATES[AgreementState(found.state)]}. Можно, когда: {allowed}."
        )
    return found
