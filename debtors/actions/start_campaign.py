"""Start a campaign: the strategy of the day goes out in a job. Stop it; let it go on."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import check_may
from debtors.actions.set_contact_strategy import kept_strategy
from debtors.models import Campaign, Contact
from debtors.queries.freshness import stale_payments
from debtors.rules.contact_words import CampaignState, ContactState

JOB = "debtors.campaign"


class PaymentsAreStale(Refusal):
    """Nobody knows what is left of the debts."""

    code = "payments_are_stale"


class CampaignIsRunning(NotAllowed):
    """Another campaign of the creditor is not at its end, or this one is in another state."""

    code = "campaign_is_running"


class UnknownStep(Refusal):
    """A step that the strategy has not."""

    code = "unknown_step"


@transaction.atomic
def start_campaign(*, creditor: Organisation, by: User, on: dt.date, at: dt.datetime, only: Iterable[str] = ()) -> Campaign:
    """Ask for the job that works the strategy out for the day and sends it.

    Raises PaymentsAreStale, CampaignIsRunning, UnknownStep, NotAllowed.
    """
    check_may(by, Right.WORK_CASES)
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    stale = stale_payments(creditor, on)
    if stale:
        raise PaymentsAreStale(stale)
    live = Campaign.objects.filter(creditor=creditor, state__in=[CampaignState.RUNNING, CampaignState.PAUSED]).first()
    if live:
        raise CampaignIsRunning(f"{live} ещё {live.get_state_display()}. Дождитесь её конца или остановите её.")
    strategy = kept_strategy(creditor=creditor, on=on, by=by)
    only = list(only)
    known = [step.code for step in strategy.ladder]
    if strange := [code for code in only if code not in known]:
        raise UnknownStep(f"Ступени «{strange[0]}» в стратегии нет. Есть: {', '.join(known)}.")
    last = Campaign.objects.filter(creditor=creditor).aggregate(last=Max("number"))["last"] or 0
    campaign = Campaign.objects.create(
        creditor=creditor,
        number=last + 1,
        strategy=strategy,
        only_steps=only,
        counts_on=on,
        started_by=by,
        started_at=at,
    )
    return _ask(campaign, by)


def _ask(campaign: Campaign, by: User) -> Campaign:
    campaign.job = enqueue(JOB, by=by, creditor=campaign.creditor, campaign=campaign.pk)
    campaign.save(update_fields=["job"])
    return campaign


@transaction.atomic
def continue_campaign(*, campaign: Campaign, by: User) -> Campaign:
    """Let a campaign that waits go on, or one whose job has failed. Raises CampaignIsRunning, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    campaign = _lock(campaign)
    failed = campaign.job is not None and campaign.job.is_final and campaign.state == CampaignState.RUNNING
    if campaign.state != CampaignState.PAUSED and not failed:
        raise CampaignIsRunning(
            f"{campaign}: {campaign.get_state_display()}. Продолжать нечего: новую начинают в «Что уйдёт сегодня»."
        )
    campaign.state, campaign.note = CampaignState.RUNNING, ""
    campaign.save(update_fields=["state", "note"])
    return _ask(campaign, by)


@transaction.atomic
def cancel_campaign(*, campaign: Campaign, reason: str, by: User) -> Campaign:
    """Stop: what went out stays, what waits is left out. Raises CampaignIsRunning, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    campaign = _lock(campaign)
    if campaign.state not in (CampaignState.RUNNING, CampaignState.PAUSED):
        raise CampaignIsRunning(f"{campaign}: {campaign.get_state_display()}. Останавливают ту, что идёт или ждёт.")
    why = f"рассылка остановлена: {reason.strip() or 'без причины'}"[:300]
    Contact.objects.filter(campaign=campaign, state=ContactState.WAITING).update(state=ContactState.LEFT_OUT, why=why)
    campaign.state, campaign.note = CampaignState.CANCELLED, why
    campaign.save(update_fields=["state", "note"])
    return campaign


def _lock(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("job", "creditor").get(pk=campaign.pk)
