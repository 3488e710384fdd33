"""Book an approved act of write-off: one booking, any number of accounts, a fixed number of statements. Safe to run twice."""

import datetime as dt
import json

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed
from debtors.actions.book import book, open_booking
from debtors.actions.events import record_for_many
from debtors.actions.refresh_cases import refresh_cases
from debtors.actions.staging import StagedFact, stage_facts
from debtors.models import Booking, Payment, ServiceState, WriteOffAct, WriteOffLine
from debtors.queries.dialect import rows
from debtors.queries.open_months import open_months
from debtors.queries.write_off_papers import watch_years
from debtors.rules.case_events import EVENTS

State = WriteOffAct.State
BOOKED = (
    "FROM debtors_payment p JOIN debtors_caseaccount l ON l.account_id = p.account_id AND l.is_live "
    "WHERE p.booking_id = %s AND p.channel = 'write_off'"
)
"""SQL: the write-off facts of a booking with the cases of their accounts."""


@transaction.atomic
def post_write_off(*, act: WriteOffAct, by: User | None, learnt_at: dt.datetime, on: dt.date) -> WriteOffAct:
    """Write the act's lines off, each for no more than is still owed on it; watch them from the day on.

    An act booked before is returned as it is. Raises NotAllowed when nobody else approved it.
    """
    act = WriteOffAct.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=act.pk)
    if act.state == State.POSTED:
        return act
    if act.state != State.APPROVED:
        raise NotAllowed(
            f"Акт № {act.number} не утверждён ({act.get_state_display()}): провести нельзя. Его утверждает коллега."
        )
    about = f"Списание: акт № {act.number}, {act.get_ground_display()}"
    booking = open_booking(creditor=act.creditor, kind=Booking.Kind.WRITE_OFF, about=about, by=by, learnt_at=learnt_at)
    act.state, act.booking = State.POSTED, booking
    act.watched_until = _years_on(on, watch_years(on))
    act.save(update_fields=["state", "booking", "watched_until"])
    facts = _facts(act, on)
    book(booking=booking, stage=stage_facts(facts), on=on)
    tell_cases("debt_written_off", booking, by=by, on=on, document=str(act))
    return act


def _years_on(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; the 29th of February becomes the 28th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def _facts(act: WriteOffAct, on: dt.date) -> list[StagedFact]:
    """A fact per line: what was asked for, or what is left of it when money came meanwhile."""
    lines = WriteOffLine.objects.filter(item__act=act).order_by("item__account_id", "service_id", "month")
    wanted = list(lines.values_list("item__account_id", "service_id", "service__is_penalty", "month", "amount"))
    accounts = sorted({row[0] for row in wanted})
    owed = {(row.account_id, row.service_id, row.month): row.kopecks for row in open_months(account_ids=accounts)}
    states = ServiceState.objects.filter(account__in=accounts, service__is_penalty=True, balance__gt=0)
    owed |= {(a, s, None): balance for a, s, balance in states.values_list("account_id", "service_id", "balance")}
    facts: list[StagedFact] = []
    for account, service, is_penalty, month, amount in wanted:
        named = None if is_penalty else month
        amount = min(amount, owed.get((account, service, named), 0))
        if amount:
            owed[account, service, named] -= amount
            facts.append(write_off_fact(len(facts) + 1, account, service, named, amount, on, f"акт {act.number}"))
    return facts


def write_off_fact(
    row: int, account: int, service: int, month: int | None, amount: int, on: dt.date, paper: str, reverses: int | None = None
) -> StagedFact:
    """One line of a write-off for the stage; negative with `reverses`: a restored part of it."""
    return StagedFact(
        row,
        account,
        service,
        amount=amount,
        paid_on=on,
        channel=Payment.Channel.WRITE_OFF.value,
        document=paper,
        designated_month=month,
        reverses_id=reverses,
    )


def tell_cases(code: str, booking: Booking, *, by: User | None, on: dt.date, document: str) -> None:
    """An event on every open case of the booking's accounts, with its sum, and their figures brought up to date.

    The sums are those of the booked facts. Two statements before the figures, for any number of cases.
    """
    EVENTS[code].check({"document": document, "total_kopecks": 0})
    before = json.dumps({"document": document}, ensure_ascii=False).removesuffix("}") + ', "total_kopecks": '
    total = f"(SELECT SUM(ABS(p.amount)) {BOOKED} AND l.case_id = c.id)"
    told = record_for_many(
        code,
        where=f"c.id IN (SELECT l.case_id {BOOKED})",
        data=f"%s || CAST({total} AS text) || '}}'",
        params=[before, booking.pk, booking.pk],
        on=on,
        by=by,
    )
    if told:
        cases = [case for (case,) in rows(f"SELECT DISTINCT l.case_id {BOOKED} ORDER BY 1", [booking.pk])]
        refresh_cases(creditor=booking.creditor, on=on, case_ids=cases)
