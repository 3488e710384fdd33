"""Penalty campaigns: asked by one, approved by another, and then run by themselves: who has paid in full is forgiven (P2.7)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common import money, months
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.book import book, open_booking
from debtors.actions.moves import check_may
from debtors.actions.post_write_off import tell_cases, write_off_fact
from debtors.actions.record_penalty import growth_of
from debtors.actions.restore_written_off import restore_lines
from debtors.actions.staging import StagedFact, stage_facts
from debtors.models import (
    COURT_COSTS,
    PENALTY_TO_CLAIM,
    Booking,
    Charge,
    PenaltyCampaign,
    PenaltyWaiver,
    ServiceState,
    UtilityAccount,
    WriteOffReversal,
)
from debtors.queries.penalties import penalties
from debtors.queries.penalty_campaigns import Paid, last_day, paid_in_full
from debtors.queries.written_off import Restorable, standing, written_off

State = PenaltyCampaign.State
BATCH = 2_000


class CampaignTerms(Refusal):
    """The terms of a campaign contradict each other or the calendar."""

    code = "campaign_terms"


@transaction.atomic
def ask_campaign(*, creditor: Organisation, by: User, on: dt.date, **terms: object) -> PenaltyCampaign:
    """Propose a campaign; it does nothing until another person approves it. `terms`: the fields of PenaltyCampaign.

    Raises NotAllowed, CampaignTerms.
    """
    check_may(by, Right.WORK_CASES)
    first, end = terms["valid_from"], terms["valid_to"]
    if end <= first:
        raise CampaignTerms(f"Акция не может кончиться {end:%d.%m.%Y}, если начинается {first:%d.%m.%Y}. Поправьте дни.")
    return PenaltyCampaign.objects.create(creditor=creditor, asked_by=by, asked_on=on, **terms)


@transaction.atomic
def decide_campaign(*, campaign: PenaltyCampaign, approve: bool, by: User, on: dt.date) -> PenaltyCampaign:
    """Approve or refuse. Raises NotAllowed, also for the person who proposed it."""
    check_may(by, Right.APPROVE_WRITE_OFFS)
    campaign = PenaltyCampaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state != State.ASKED:
        raise NotAllowed(f"Акция «{campaign}» уже решена: {campaign.get_state_display()}.")
    if campaign.asked_by_id == by.pk:
        raise NotAllowed("Свою акцию утверждает и отклоняет другой сотрудник (правило двух лиц). Попросите коллегу.")
    campaign.state, campaign.decided_by, campaign.decided_on = State.APPROVED if approve else State.REFUSED, by, on
    campaign.save(update_fields=["state", "decided_by", "decided_on"])
    return campaign


@transaction.atomic
def end_campaign(*, campaign: PenaltyCampaign, by: User) -> PenaltyCampaign:
    """Stop an approved campaign before its time; what it forgave stays forgiven. Raises NotAllowed."""
    check_may(by, Right.APPROVE_WRITE_OFFS)
    campaign = PenaltyCampaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state != State.APPROVED:
        raise NotAllowed(f"Акция «{campaign}» не идёт: {campaign.get_state_display()}.")
    campaign.state = State.ENDED
    campaign.save(update_fields=["state"])
    return campaign


def run_campaigns(*, creditor: Organisation, learnt_at: dt.datetime, on: dt.date) -> int:
    """Run every approved campaign of the creditor that has begun; return how many accounts were forgiven."""
    going = PenaltyCampaign.objects.filter(creditor=creditor, state=State.APPROVED, valid_from__lte=on).order_by("pk")
    return sum(len(run_campaign(campaign=campaign, learnt_at=learnt_at, on=on)) for campaign in going)


@dataclass
class _Forgiven:
    """What is forgiven one account: parts by service, of them counted by this posting. Kopecks."""

    paid: Paid
    parts: list[tuple[int, int]]
    counted: int

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.parts)


@transaction.atomic
def run_campaign(*, campaign: PenaltyCampaign, learnt_at: dt.datetime, on: dt.date) -> list[PenaltyWaiver]:
    """Forgive whoever paid in full within the campaign and is not forgiven yet, in one booking. Safe to run again.

    The penalty counted through the day of the last payment and not on record yet is booked and forgiven by the same posting.
    """
    campaign = PenaltyCampaign.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=campaign.pk)
    forgiven = _forgiven(campaign, on) if campaign.state == State.APPROVED else {}
    if not forgiven:
        return []
    about = f"Акция «{campaign.name}»: пени списаны, основной долг оплачен"
    booking = open_booking(creditor=campaign.creditor, kind=Booking.Kind.WRITE_OFF, about=about, by=None, learnt_at=learnt_at)
    waivers = PenaltyWaiver.objects.bulk_create(
        (
            PenaltyWaiver(
                campaign=campaign,
                account_id=account,
                amount=one.total,
                counted=one.counted,
                paid_on=one.paid.on,
                waived_on=on,
                booking=booking,
            )
            for account, one in forgiven.items()
        ),
        BATCH,
    )
    facts = _facts(forgiven, campaign, on)
    book(booking=booking, stage=stage_facts(facts), on=on)
    tell_cases("penalty_waived", booking, by=None, on=on, document=f"акция «{campaign.name}»")
    return waivers


def _forgiven(campaign: PenaltyCampaign, on: dt.date) -> dict[int, _Forgiven]:
    paid = paid_in_full(campaign, on)
    states = ServiceState.objects.filter(account__in=list(paid), service__is_penalty=True, balance__gt=0)
    owed: dict[int, Counter] = {account: Counter() for account in paid}
    for account, service, balance in states.exclude(service=COURT_COSTS).values_list("account_id", "service_id", "balance"):
        owed[account][service] += balance
    report = penalties(UtilityAccount.objects.filter(pk__in=list(paid)), through=min(on, last_day(campaign)))
    counted = {} if report.unknown else {account: max(grown, 0) for account, grown in growth_of(report).items()}
    found = {}
    for account, parts in owed.items():
        parts[PENALTY_TO_CLAIM] += counted.get(account, 0)
        kept = _within(parts, campaign.most)
        if kept:
            found[account] = _Forgiven(paid[account], kept, counted.get(account, 0))
    return found


def _within(parts: Counter, most: int | None) -> list[tuple[int, int]]:
    """The parts, cut off where the campaign's limit for one account is reached."""
    kept, left = [], sum(parts.values()) if most is None else most
    for service, amount in sorted(parts.items()):
        taken = min(amount, left)
        left -= taken
        if taken > 0:
            kept.append((service, taken))
    return kept


def _facts(forgiven: dict[int, _Forgiven], campaign: PenaltyCampaign, on: dt.date) -> list[StagedFact]:
    facts: list[StagedFact] = []
    for account, one in forgiven.items():
        if one.counted:
            month = months.fully_counted(on)  # a charge counts from its month's end: never after what forgives it
            correction = Charge.Kind.CORRECTION.value
            facts.append(
                StagedFact(len(facts) + 1, account, PENALTY_TO_CLAIM, month=month, kind=correction, charged=one.counted)
            )
        for service, amount in one.parts:
            paper = f"акция {campaign.pk}"
            facts.append(write_off_fact(len(facts) + 1, account, service, None, amount, on, paper))
    return facts


@transaction.atomic
def restore_waiver(*, waiver: PenaltyWaiver, note: str, by: User, learnt_at: dt.datetime, on: dt.date) -> WriteOffReversal:
    """Put the forgiven penalty of one account back: its payment was returned, or it was no case for the campaign.

    Raises NotAllowed (right, no reason), NothingToRestore.
    """
    check_may(by, Right.APPROVE_WRITE_OFFS)
    if not note.strip():
        raise NotAllowed(f"Напишите, почему возвращаются пени {money.spaced(waiver.amount)} ₽ по {waiver.account}.")
    creditor = Organisation.objects.select_for_update().get(pk=waiver.campaign.creditor_id)
    facts = written_off().filter(booking=waiver.booking_id, account=waiver.account_id, amount__gt=0)
    found = [Restorable(one.payment_id, one.account_id, one.service_id, None, on, one.left) for one in standing(facts)]
    why = WriteOffReversal.Why.MISTAKE
    return restore_lines(creditor, found, why=why, note=note.strip(), by=by, learnt_at=learnt_at, on=on)
