"""Where a creditor's money stands: received by the statements, placed in the ledger, in suspense, not a debt."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Sum

from debtors.queries.dialect import LIVE, rows
from imports.models import BankDocument, ImportBatch, MatchDecision

State = BankDocument.State
FIRST_DAY, LAST_DAY = dt.date.min, dt.date.max


@dataclass(frozen=True)
class MoneyIn:
    """Kopecks of money in. `received` is always `placed + registers + suspense + not_ours`; `registers_paid` is what the
    registers tied to statement lines booked, `fees` what banks kept of it."""

    received: int
    placed: int
    registers: int
    suspense: int
    not_ours: int
    registers_paid: int = 0
    fees: int = 0

    @property
    def adds_up(self) -> bool:
        return self.received == self.placed + self.registers + self.suspense + self.not_ours


def money_in(creditor_id: int, *, through: dt.date | None = None, since: dt.date | None = None) -> MoneyIn:
    """The sums over documents that count in the days [since, through]; everything when not given.

    `placed` is asked of the ledger: what the decisions' payments sum to, reversals included.
    """
    documents = BankDocument.objects.received().filter(creditor_id=creditor_id)
    if through:
        documents = documents.filter(counts_on__lte=through)
    if since:
        documents = documents.filter(counts_on__gte=since)
    by_state = dict(documents.order_by().values_list("state").annotate(whole=Sum("amount")))
    ties = MatchDecision.objects.standing().filter(document__in=documents, register__isnull=False)
    totals = ImportBatch.objects.filter(pk__in=ties.values("register")).values_list("totals", flat=True)
    paid = sum(one.get("paid", 0) for one in totals)
    registers = by_state.get(State.REGISTER, 0)
    return MoneyIn(
        received=sum(by_state.values()),
        placed=placed_in_ledger(creditor_id, since=since or FIRST_DAY, through=through or LAST_DAY),
        registers=registers,
        suspense=by_state.get(State.WAITING, 0),
        not_ours=by_state.get(State.NOT_OURS, 0),
        registers_paid=paid,
        fees=paid - registers,
    )


def placed_in_ledger(creditor_id: int, *, since: dt.date, through: dt.date) -> int:
    """Kopecks that the ledger holds for the standing decisions on the creditor's documents of these days."""
    ((placed,),) = rows(
        f"""SELECT SUM(p.amount + COALESCE((SELECT SUM(r.amount) FROM debtors_payment r
                       WHERE r.account_id = p.account_id AND r.reverses_id = p.id AND r.{LIVE}), 0))
            FROM imports_bankdocument b
            JOIN imports_matchdecision d ON d.document_id = b.id AND d.undone_at IS NULL
            JOIN imports_decisionline l ON l.decision_id = d.id
            JOIN debtors_payment p ON p.booking_id = d.booking_id AND p.source_row = l.row AND p.account_id = l.account_id
                 AND p.amount > 0 AND p.channel <> 'turnover' AND p.{LIVE}
            WHERE b.creditor_id = %s AND b.counts_on BETWEEN %s AND %s""",
        [creditor_id, since, through],
    )
    return int(placed or 0)


def suspense(creditor_id: int, *, through: dt.date) -> tuple[int, int]:
    """Number and kopecks of the documents received by the day and not placed yet."""
    waiting = BankDocument.objects.waiting().filter(creditor_id=creditor_id, counts_on__lte=through)
    found = waiting.aggregate(number=Count("id"), whole=Sum("amount"))
    return found["number"], found["whole"] or 0
