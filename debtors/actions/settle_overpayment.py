"""Settle an overpayment: propose to refund it or set it off, and let another person approve. Facts are never edited."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.book import book, open_booking
from debtors.actions.judge_stage import judge
from debtors.actions.moves import check_may
from debtors.actions.staging import StagedFact, stage_facts
from debtors.models import UNSPLIT, Booking, OverpaymentDecision, Payment, UtilityAccount
from debtors.queries.overpaid import Surplus, surpluses

Kind, State = OverpaymentDecision.Kind, OverpaymentDecision.State


class MoreThanOverpaid(Refusal):
    """More is asked for than is left over on the account."""

    code = "more_than_overpaid"


class AlreadyProposed(Refusal):
    """A decision on this account's overpayment is waiting for approval."""

    code = "already_proposed"


class AlreadyDecided(Refusal):
    """The proposal was approved or refused before."""

    code = "already_decided"


@transaction.atomic
def propose_overpayment(
    *, account: UtilityAccount, kind: str, reason: str, amount: int, note: str = "", by: User, on: dt.date
) -> OverpaymentDecision:
    """Propose what to do with (a part of) the account's overpayment; nothing is booked yet.

    Raises NotAllowed, AlreadyProposed, MoreThanOverpaid.
    """
    check_may(by, Right.WORK_CASES)
    account = UtilityAccount.objects.select_for_update().get(pk=account.pk)
    if OverpaymentDecision.objects.pending().filter(account=account).exists():
        raise AlreadyProposed(f"По {account} решение о переплате уже ждёт утверждения. Утвердите или отклоните его.")
    _check_amount(account, amount, on)
    return OverpaymentDecision.objects.create(
        account=account, kind=kind, reason=reason, amount=amount, note=note[:300], proposed_on=on, proposed_by=by
    )


def _check_amount(account: UtilityAccount, amount: int, on: dt.date) -> list[Surplus]:
    found = surpluses(account, on)
    left = sum(surplus.kopecks for surplus in found)
    if not 0 < amount <= left:
        raise MoreThanOverpaid(
            f"По {account} переплата {money.spaced(left)} ₽, а указано {money.spaced(amount)} ₽. Укажите не больше переплаты.",
            overpaid=left,
            asked=amount,
        )
    return found


@transaction.atomic
def approve_overpayment(*, decision: OverpaymentDecision, by: User, learnt_at: dt.datetime, on: dt.date) -> OverpaymentDecision:
    """Approve and book: reverse the surplus on its payments; for an offset it comes in again on the day, without a month.

    Raises NotAllowed (also for the person who proposed), AlreadyDecided, MoreThanOverpaid.
    """
    decision = _pending(decision, by)
    account = decision.account
    about = f"{decision.get_kind_display().capitalize()}: переплата {money.spaced(decision.amount)} ₽, {account}"
    booking = open_booking(creditor=account.creditor, kind=Booking.Kind.MANUAL, about=about, by=by, learnt_at=learnt_at)
    stage = stage_facts(_facts(decision, _check_amount(account, decision.amount, on), on))
    judge(stage)
    book(booking=booking, stage=stage, on=on)
    decision.state, decision.decided_on, decision.decided_by, decision.booking = State.APPROVED, on, by, booking
    decision.save(update_fields=["state", "decided_on", "decided_by", "booking"])
    return decision


@transaction.atomic
def refuse_overpayment(*, decision: OverpaymentDecision, why: str, by: User, on: dt.date) -> OverpaymentDecision:
    """Refuse the proposal; nothing is booked. Raises NotAllowed, AlreadyDecided."""
    decision = _pending(decision, by)
    decision.state, decision.decided_on, decision.decided_by, decision.refusal = State.REFUSED, on, by, why[:300]
    decision.save(update_fields=["state", "decided_on", "decided_by", "refusal"])
    return decision


def _pending(decision: OverpaymentDecision, by: User) -> OverpaymentDecision:
    check_may(by, Right.WORK_CASES)
    decision = (
        OverpaymentDecision.objects.select_for_update(of=("self",)).select_related("account__creditor").get(pk=decision.pk)
    )
    if decision.state != State.PROPOSED:
        raise AlreadyDecided(f"По {decision.account} решение уже принято: {decision.get_state_display()}.")
    if decision.proposed_by_id == by.pk:
        raise NotAllowed("Своё предложение утверждает и отклоняет другой сотрудник. Попросите коллегу (правило двух лиц).")
    return decision


def _facts(decision: OverpaymentDecision, found: list[Surplus], on: dt.date) -> list[StagedFact]:
    """One reversal per payment with a surplus, until the amount is reached; an offset comes in as one payment of the pool."""
    facts, left, paper = [], decision.amount, f"{decision.kind} {decision.pk}"
    for surplus in found:
        taken = min(left, surplus.kopecks)
        if not taken:
            continue
        left -= taken
        paid = surplus.payment
        facts.append(
            StagedFact(
                len(facts) + 1,
                decision.account_id,
                paid.service_id,
                amount=-taken,
                paid_on=on,
                channel=paid.channel,
                document=paper,
                reverses_id=paid.pk,
                award_id=paid.award_id,
            )
        )
    if decision.kind == Kind.OFFSET:
        offset = Payment.Channel.OFFSET.value
        facts.append(
            StagedFact(
                len(facts) + 1, decision.account_id, UNSPLIT, amount=decision.amount, paid_on=on, channel=offset, document=paper
            )
        )
    return facts
