"""Contradictions between a file and the ledger: put down, shown, and decided by a person."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from casedesk.access.models import User
from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import Booking, Charge
from debtors.queries.dialect import bulk_load
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
    "before_opening": "начисление {file} за {month} уже внутри входящего сальдо и не проведено; "
    "чтобы загрузить историю, отмените загрузку с сальдо и загрузите реестры с самого раннего",
}
CODES = frozenset(_WORDS)
DECIDABLE = frozenset(Doubt.Kind.values)


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
    asked = set(waiting.values_list("account_id", "service_id", "kind", "month", "file_sum"))
    lines = []
    for one in found:
        key = (one.account_id, one.service_id, one.code, one.month, one.file)
        if one.code in DECIDABLE and key not in asked:
            asked.add(key)
            decided = one.code in accepted
            row = places.place(one.row_no)[1]
            booking = batch.booking_id if decided else None
            decision = Doubt.Decision.ACCEPTED.value if decided else ""
            when = at if decided else None
            lines.append(
                (batch.pk, *key[:4], one.ledger, one.file, row, decision, batch.made_by_id if decided else None, when, booking)
            )
    columns = ("batch_id", "account_id", "service_id", "kind", "month", "ledger_sum", "file_sum", "row")
    if lines:
        bulk_load(Doubt._meta.db_table, (*columns, "decision", "decided_by_id", "decided_at", "booking_id"), lines)
    return len(lines)


@transaction.atomic
def decide(*, doubt: Doubt, accept: bool, by: User | None, at: dt.datetime, on: dt.date) -> Doubt:
    """Settle one doubt: book the difference, or leave the ledger as it is.

    The difference is a correction of the doubt's month, so the facts already booked stay as they were learnt.
    Raises AlreadyDecided.
    """
    doubt = Doubt.objects.select_for_update().select_related("batch__creditor", "account").get(pk=doubt.pk)
    if doubt.decision:
        raise AlreadyDecided(f"Расхождение по {doubt.account} уже решено: {doubt.get_decision_display()}. Решение не меняется.")
    if accept:
        doubt.booking = _book_difference(doubt, by, at, on)
    doubt.decision = Doubt.Decision.ACCEPTED if accept else Doubt.Decision.DISMISSED
    doubt.decided_by, doubt.decided_at = by, at
    doubt.save(update_fields=["decision", "decided_by", "decided_at", "booking"])
    return doubt


def _book_difference(doubt: Doubt, by: User | None, at: dt.datetime, on: dt.date) -> Booking:
    gap = doubt.difference
    fact = StagedFact(
        row_no=doubt.row or 0,
        account_id=doubt.account_id,
        service_id=doubt.service_id,
        month=doubt.month,
        charged=max(gap, 0),
        credited=max(-gap, 0),
        kind=Charge.Kind.CORRECTION,
    )
    return book_facts(
        creditor=doubt.batch.creditor,
        facts=[fact],
        about=f"{doubt.get_kind_display()}: {doubt.account}, {months.named(doubt.month)}",
        by=by,
        learnt_at=at,
        on=on,
    )
