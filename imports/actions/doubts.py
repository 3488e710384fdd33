"""Contradictions between a file and the ledger: put down, shown, and decided by a person."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from casedesk.access.models import User
from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from debtors.actions.book import book, book_facts, open_booking
from debtors.actions.judge_stage import judge
from debtors.actions.staging import STAGE, PartState, StagedFact, stage_facts
from debtors.models import Booking, BookingBasis, Charge
from debtors.queries.dialect import bulk_load, execute
from imports.models import Doubt, ImportBatch
from imports.queries.stage_verdicts import Contradiction
from imports.rows import Problem
from imports.rules.places import Places

_WORDS = {
    "opening_differs": "входящее сальдо за {month}: в файле {file}, в системе {ledger}; "
    "разница проводится только решением человека",
    "charge_differs": "начисление за {month} уже проведено: в системе {ledger}, в файле {file}; "
    "примите или отклоните расхождение",
    "split_differs": "за {month} по счёту уже начислено {ledger} в другой разбивке по услугам, в файле эта строка {file}, "
    "и суммы счёта не сходятся; сверьте обе ведомости",
    "paid_differs": "оплата за {month}: в файле {file}, а платежей проведено {ledger}; "
    "проверьте, все ли платежи этого месяца верны",
    "storno_unmatched": "сторно {file}: нет платежа этого счёта на такую сумму, который оно отменяет; "
    "загрузите сначала реестр с самим платежом",
    "paid_before_opening": "оплата {file} уже учтена во входящем сальдо счёта и не проведена второй раз; "
    "чтобы загрузить историю, отмените загрузку с сальдо и загрузите реестры с самого раннего",
    "paid_elsewhere": "такой же платёж {ledger} уже проведён по выписке банка; если это другие деньги, примите, "
    "если те же, оставьте как в системе",
    "before_opening": "начисление {file} за {month} уже внутри входящего сальдо и не проведено; "
    "чтобы загрузить историю, отмените загрузку с сальдо и загрузите реестры с самого раннего",
}
CODES = frozenset(_WORDS)
PAYMENT_COLUMNS = ("paid_on", "channel", "document", "designated_month", "stands_on_id")
DECIDABLE = frozenset(Doubt.Kind.values)


class InsideOpening(Refusal):
    """The day of the money lies inside an opening balance that the account already has."""

    code = "inside_opening"


class AlreadyDecided(Refusal):
    """A doubt is decided once."""

    code = "already_decided"


def as_problems(found: Iterable[Contradiction], places: Places) -> list[Problem]:
    """The contradictions worded at their places. They are warnings: the row's other parts are booked."""
    problems = []
    for one in found:
        sheet, row = places.place(one.row_no)
        said = _WORDS[one.code].format(
            month=months.named(one.month), file=money.spaced(one.file), ledger=money.spaced(one.ledger)
        )
        problems.append(Problem(one.code, said, sheet, row, value=money.text(one.file), fatal=False))
    return problems


def put_down(
    *, batch: ImportBatch, found: Iterable[Contradiction], places: Places, accepted: frozenset[str], at: dt.datetime
) -> int:
    """Keep the contradictions of a booked batch for a person; return how many are new.

    One that is waiting already, from an earlier load of the same figures, is not asked twice. `accepted` codes were booked.
    """
    waiting = Doubt.objects.waiting().filter(batch__creditor_id=batch.creditor_id)
    asked = set(waiting.values_list("account_id", "service_id", "kind", "month", "file_sum", "paid_on", "document"))
    lines = []
    for one in found:
        money_in = one.held
        key = (one.account_id, one.service_id, one.code, one.month, one.file)
        key += (money_in.paid_on, money_in.document) if money_in else (None, "")
        if one.code in DECIDABLE and key not in asked:
            asked.add(key)
            decided = one.code in accepted
            row = places.place(one.row_no)[1]
            booking = batch.booking_id if decided else None
            decision = Doubt.Decision.ACCEPTED.value if decided else ""
            when = at if decided else None
            lines.append(
                (batch.pk, *key[:4], one.ledger, one.file, row, decision, batch.made_by_id if decided else None, when, booking)
                + _payment_of(one)
            )
    columns = ("batch_id", "account_id", "service_id", "kind", "month", "ledger_sum", "file_sum", "row")
    columns += ("decision", "decided_by_id", "decided_at", "booking_id")
    if lines:
        bulk_load(Doubt._meta.db_table, (*columns, *PAYMENT_COLUMNS), lines)
    return len(lines)


def _payment_of(one: Contradiction) -> tuple:
    held = one.held
    if held is None:
        return (None, "", "", None, None)
    return (held.paid_on, held.channel, held.document, held.designated_month, held.booked.booking_id)


@transaction.atomic
def decide(*, doubt: Doubt, accept: bool, by: User | None, at: dt.datetime, on: dt.date) -> Doubt:
    """Settle one doubt: book the difference, or leave the ledger as it is.

    The difference is a line of the doubt's month, so the facts already booked stay as they were learnt: a correction of the
    charge, or a part of the opening balance, of age "at least" and no part of the average monthly charge. It is the same
    line that a load with the difference accepted beforehand books. A payment that a bank document seems to have brought is
    booked as the register has it, or left out for good: its file then stands on the statement's. Raises AlreadyDecided.
    """
    doubt = Doubt.objects.select_for_update().select_related("batch__creditor", "account").get(pk=doubt.pk)
    if doubt.decision:
        raise AlreadyDecided(f"Расхождение по {doubt.account} уже решено: {doubt.get_decision_display()}. Решение не меняется.")
    if accept and doubt.kind == Doubt.Kind.PAID_ELSEWHERE:
        doubt.booking = _book_payment(doubt, by, at, on)
    elif accept:
        doubt.booking = _book_difference(doubt, by, at, on)
    elif doubt.stands_on_id and doubt.batch.booking_id:
        BookingBasis.objects.get_or_create(
            booking_id=doubt.batch.booking_id, stands_on_id=doubt.stands_on_id, why=BookingBasis.Why.KNOWN
        )
    doubt.decision = Doubt.Decision.ACCEPTED if accept else Doubt.Decision.DISMISSED
    doubt.decided_by, doubt.decided_at = by, at
    doubt.save(update_fields=["decision", "decided_by", "decided_at", "booking"])
    return doubt


def _book_payment(doubt: Doubt, by: User | None, at: dt.datetime, on: dt.date) -> Booking:
    """The register's payment as its file has it. Raises InsideOpening when an opening balance holds its day by now."""
    about = f"Платёж реестра не тот, что в выписке: {doubt.account}"
    booking = open_booking(creditor=doubt.batch.creditor, kind=Booking.Kind.MANUAL, about=about, by=by, learnt_at=at)
    stage = stage_facts(
        [
            StagedFact(
                row_no=doubt.row or 0,
                account_id=doubt.account_id,
                service_id=doubt.service_id,
                amount=doubt.file_sum,
                paid_on=doubt.paid_on,
                channel=doubt.channel,
                document=doubt.document,
                designated_month=doubt.designated_month,
                source_row=doubt.row,
            )
        ]
    )
    judge(stage)
    # A person has told that it is another payment, however alike.
    execute(f"UPDATE {STAGE} SET payment_state = {PartState.TO_BOOK.value} WHERE payment_state = {PartState.KNOWN.value}")
    if book(booking=booking, stage=stage, on=on).nothing_new:
        raise InsideOpening(
            f"Платёж {money.spaced(doubt.file_sum)} ₽ от {doubt.paid_on:%d.%m.%Y} уже внутри входящего сальдо "
            f"л/с {doubt.account}: второй раз он не проводится. Оставьте как в системе.",
            account=doubt.account.number,
        )
    return booking


def _book_difference(doubt: Doubt, by: User | None, at: dt.datetime, on: dt.date) -> Booking:
    gap = doubt.difference
    fact = StagedFact(
        row_no=doubt.row or 0,
        account_id=doubt.account_id,
        service_id=doubt.service_id,
        month=doubt.month,
        charged=max(gap, 0),
        credited=max(-gap, 0),
        kind=Charge.Kind.OPENING if doubt.kind == Doubt.Kind.OPENING_DIFFERS else Charge.Kind.CORRECTION,
    )
    return book_facts(
        creditor=doubt.batch.creditor,
        facts=[fact],
        about=f"{doubt.get_kind_display()}: {doubt.account}, {months.named(doubt.month)}",
        by=by,
        learnt_at=at,
        on=on,
    )
