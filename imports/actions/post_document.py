"""Put a document's money into the ledger, and take it out again: what every decision of a person stands on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.actions.book import book, open_booking
from debtors.actions.judge_stage import judge
from debtors.actions.staging import STAGE, PartState, Stage, StagedFact, stage_facts
from debtors.models import Booking, Payment
from debtors.queries.dialect import execute, rows
from imports.actions.take_statement import awards_of, payment_fact
from imports.models import BankDocument, DecisionLine, MatchDecision

TO_BOOK, KNOWN, DIFFERS = (state.value for state in PartState)


class InsideOpening(Refusal):
    """The day of the money lies inside an opening balance that the account already has."""

    code = "inside_opening"


@dataclass(frozen=True)
class Part:
    """A part of a document's money for one account. Kopecks; `month` is what the payer named."""

    account_id: int
    amount: int
    writ_id: int | None = None
    month: int | None = None


def post(
    *, document: BankDocument, parts: Sequence[Part], channel: str, about: str, by: User | None, at: dt.datetime, on: dt.date
) -> Booking:
    """Book the parts as payments of one booking, rows 1, 2, ... Raises InsideOpening naming the account."""
    booking = open_booking(creditor=document.creditor, kind=Booking.Kind.MANUAL, about=about, by=by, learnt_at=at)
    awards = awards_of({part.writ_id for part in parts})
    stage = stage_facts(
        payment_fact(
            row=row,
            account_id=part.account_id,
            amount=part.amount,
            paid_on=document.counts_on,
            channel=channel,
            number=document.number,
            month=part.month,
            award_id=awards.get(part.writ_id),
        )
        for row, part in enumerate(parts, start=1)
    )
    judge(stage)
    # The document's own key tells new from known; the same money may have been placed and taken back before.
    execute(f"UPDATE {STAGE} SET payment_state = {TO_BOOK} WHERE payment_state = {KNOWN}")
    held = rows(
        f"SELECT a.number FROM {STAGE} g JOIN debtors_utilityaccount a ON a.id = g.account_id WHERE payment_state = {DIFFERS}"
    )
    if held:
        raise InsideOpening(
            f"Деньги от {document.counts_on:%d.%m.%Y} уже внутри входящего сальдо л/с {held[0][0]}: "
            "второй раз они не проводятся. Отложите документ с этим словом или загрузите историю счёта раньше этого дня.",
            account=held[0][0],
        )
    book(booking=booking, stage=stage, on=on)
    return booking


def reverse(*, decision: MatchDecision, about: str, by: User | None, at: dt.datetime, on: dt.date) -> Booking:
    """Take a decision's payments back by payments of the opposite sign on the same days. The facts themselves stay."""
    booking = open_booking(creditor=decision.document.creditor, kind=Booking.Kind.MANUAL, about=about, by=by, learnt_at=at)
    lines = {line.row: line for line in DecisionLine.objects.filter(decision=decision)}
    booked = Payment.objects.filter(booking=decision.booking, source_row__in=lines, amount__gt=0)
    # A list: while lines stream into PostgreSQL the connection can answer nothing else.
    stage = stage_facts([_opposite(row, payment) for row, payment in enumerate(booked.order_by("id"), start=1)])
    book(booking=booking, stage=Stage(stage.lines), on=on)
    return booking


def _opposite(row: int, payment: Payment) -> StagedFact:
    return StagedFact(
        row_no=row,
        account_id=payment.account_id,
        service_id=payment.service_id,
        amount=-payment.amount,
        paid_on=payment.counts_on,
        channel=payment.channel,
        document=payment.document,
        designated_month=payment.designated_month,
        reverses_id=payment.pk,
        source_row=row,
        award_id=payment.award_id,
    )
