"""Hold staged lines against the ledger: what is known already, what differs, how much of a paid turnover is explained.

Rules, each a set-based statement over the whole stage:

* a charge is known when the ledger's charge of that account, service and month is the same; another amount differs; a
  month that an opening balance already contains differs too;
* a dated payment is known when the ledger holds one of the same account, day, amount and document; of n equal ones in the
  file and m in the ledger, m are known. The service is no part of the key: unsplit money may have been booked to one;
* of a paid turnover only what payments booked for that month do not explain is booked; less than they sum to differs;
* an opening balance is booked where the ledger of that account and service is empty. Elsewhere it is compared, by service
  and by account; it differs when both comparisons fail.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from debtors.actions.judge_before import judge_before_opening
from debtors.actions.judge_openings import judge_openings
from debtors.actions.judge_plain import JUDGED, bring_back, pick_judged
from debtors.actions.judge_split import judge_split_otherwise
from debtors.actions.staging import STAGE, PartState, Stage
from debtors.models import UNSPLIT, WHOLE_BILL, Charge
from debtors.queries.dialect import LIVE, execute, fresh_table_as, greatest, least, month_of, rows

KNOWN, DIFFERS = PartState.KNOWN.value, PartState.DIFFERS.value
OPENING = Charge.Kind.OPENING.value
TURNOVER = "turnover"


@dataclass(frozen=True)
class Difference:
    """A part of a staged line that the ledger contradicts. Kopecks; `ledger` is what is booked already.

    Codes: `charge_differs`, `before_opening` (the month is inside a booked opening balance; `ledger` is that balance),
    `paid_less` (payments of the month sum to more than the turnover), `opening_differs`.
    """

    row_no: int
    code: str
    file: int
    ledger: int


def judge(stage: Stage) -> None:
    """Give every part of every staged line its verdict. Safe to call again after facts or lines have changed."""
    if not stage.lines or not pick_judged():
        return
    _judge_charges()
    judge_split_otherwise()
    _judge_payments()
    _judge_turnover()
    judge_before_opening()
    judge_openings()
    bring_back()


NOTHING_TO_BOOK = (
    "(charged IS NULL OR charge_state <> 0) AND (amount IS NULL OR payment_state <> 0)"
    " AND (opening IS NULL OR opening_state <> 0) AND (turnover IS NULL OR turnover_state <> 0 OR turnover = explained)"
    " AND (charged IS NOT NULL OR amount IS NOT NULL OR opening IS NOT NULL OR turnover IS NOT NULL)"
)
ANY_DIFFERS = f"{DIFFERS} IN (charge_state, payment_state, opening_state, turnover_state)"


def differences() -> Iterator[Difference]:
    """Every contradiction between the stage and the ledger, in the order of the lines."""
    found = rows(f"""
        SELECT row_no, CASE WHEN ledger_opening IS NULL THEN 'charge_differs' ELSE 'before_opening' END,
               charged - credited, COALESCE(ledger_opening, ledger_charged - ledger_credited)
        FROM {STAGE} WHERE charge_state = {DIFFERS}
        UNION ALL SELECT row_no, 'paid_less', turnover, explained FROM {STAGE} WHERE turnover_state = {DIFFERS}
        UNION ALL SELECT row_no, 'opening_differs', opening, ledger_opening FROM {STAGE} WHERE opening_state = {DIFFERS}
        ORDER BY 1, 2""")
    return (Difference(*row) for row in found)


def _judge_charges() -> None:
    suspects = fresh_table_as(
        "ledger_suspects",
        f"""SELECT k.account_id, k.service_id, k.month, k.net, st.first_month, st.cum_opening
            FROM (SELECT account_id, service_id, month, SUM(charged - credited) AS net FROM {JUDGED}
                  WHERE charged IS NOT NULL AND kind = 1 GROUP BY account_id, service_id, month) k
            JOIN debtors_servicestate st ON st.account_id = k.account_id AND st.service_id = k.service_id
            WHERE k.month <= st.last_month""",
    )
    if not suspects:
        return
    execute(f"""
        WITH was AS (
            SELECT c.account_id, c.service_id, c.month, MAX(k.net) AS net, MAX(c.booking_id) AS booking_id,
                   SUM(c.charged) AS charged, SUM(c.credited) AS credited,
                   SUM(CASE WHEN c.kind = 1 THEN c.charged - c.credited ELSE 0 END) AS regular
            FROM ledger_suspects k
            JOIN debtors_charge c ON c.account_id = k.account_id AND c.service_id = k.service_id AND c.month = k.month
            WHERE c.kind <> {OPENING} AND c.{LIVE} GROUP BY c.account_id, c.service_id, c.month)
        UPDATE {JUDGED} SET ledger_charged = was.charged, ledger_credited = was.credited,
            charge_state = CASE WHEN was.net IN (was.regular, was.charged - was.credited) THEN {KNOWN} ELSE {DIFFERS} END
        FROM was WHERE {_same_key("was")} AND {JUDGED}.charged IS NOT NULL AND {JUDGED}.kind = 1""")
    execute(f"""
        WITH opened AS (
            SELECT c.account_id, c.service_id, MAX(c.month) AS month, SUM(c.charged - c.credited) AS opening
            FROM (SELECT DISTINCT account_id, service_id FROM ledger_suspects) k
            JOIN debtors_charge c ON c.account_id = k.account_id AND c.service_id = k.service_id
            WHERE c.kind = {OPENING} AND c.{LIVE} GROUP BY c.account_id, c.service_id)
        UPDATE {JUDGED} SET charge_state = {DIFFERS}, ledger_opening = opened.opening
        FROM opened WHERE {JUDGED}.account_id = opened.account_id AND {JUDGED}.service_id = opened.service_id
          AND {JUDGED}.month <= opened.month AND {JUDGED}.charged IS NOT NULL AND {JUDGED}.charge_state = 0""")


def _same_key(other: str) -> str:
    return " AND ".join(f"{JUDGED}.{name} = {other}.{name}" for name in ("account_id", "service_id", "month"))


def _judge_payments() -> None:
    execute(f"""
        WITH booked AS (
            SELECT p.account_id, p.counts_on, p.amount, p.document, COUNT(*) AS n
            FROM (SELECT DISTINCT account_id, paid_on FROM {JUDGED} WHERE amount IS NOT NULL) k
            JOIN debtors_payment p ON p.account_id = k.account_id AND p.counts_on = k.paid_on
            WHERE p.channel <> '{TURNOVER}' AND p.{LIVE}
            GROUP BY p.account_id, p.counts_on, p.amount, p.document),
        ranked AS (
            SELECT row_no, account_id, paid_on, amount, document,
                   ROW_NUMBER() OVER (PARTITION BY account_id, paid_on, amount, document ORDER BY row_no) AS place
            FROM {JUDGED} WHERE amount IS NOT NULL)
        UPDATE {JUDGED} SET payment_state = {KNOWN} WHERE row_no IN (
            SELECT r.row_no FROM ranked r JOIN booked b ON b.account_id = r.account_id AND b.counts_on = r.paid_on
                AND b.amount = r.amount AND b.document = r.document
            WHERE r.place <= b.n)""")


def _judge_turnover() -> None:
    """Take what is booked for the month off the stated turnover: the line's own service first, then money of the pool."""
    booked = fresh_table_as(
        "ledger_booked",
        f"""SELECT p.account_id, p.service_id, k.month, SUM(p.amount) AS amount
            FROM (SELECT DISTINCT account_id, month, month_end FROM {JUDGED} WHERE turnover IS NOT NULL) k
            JOIN debtors_payment p ON p.account_id = k.account_id AND p.counts_on <= k.month_end
                AND {month_of("p.counts_on")} = k.month
            JOIN debtors_service s ON s.id = p.service_id
            WHERE p.{LIVE} AND p.channel <> 'write_off' AND (s.id IN ({UNSPLIT}, {WHOLE_BILL})
                OR EXISTS (SELECT 1 FROM {JUDGED} t WHERE t.account_id = k.account_id AND t.month = k.month
                    AND t.turnover IS NOT NULL
                    AND (t.service_id = p.service_id OR t.service_id = {WHOLE_BILL} AND NOT s.is_penalty)))
            GROUP BY p.account_id, p.service_id, k.month""",
        key="account_id, month, service_id",
    )
    if not booked:
        return
    execute(f"""
        WITH sums AS (SELECT account_id, month, SUM(amount) AS booked FROM ledger_booked GROUP BY account_id, month),
        lines AS (
            SELECT t.row_no, t.account_id, t.month, t.turnover, a.booked,
                   SUM(t.turnover) OVER (PARTITION BY t.account_id, t.month) AS stated,
                   {greatest(f"t.turnover - {_own_service_money()}", "0")} AS unexplained
            FROM {JUDGED} t JOIN sums a ON a.account_id = t.account_id AND a.month = t.month
            LEFT JOIN ledger_booked b ON b.account_id = t.account_id AND b.month = t.month AND b.service_id = t.service_id
            WHERE t.turnover IS NOT NULL),
        placed AS (
            SELECT row_no, turnover, stated, booked, unexplained,
                   SUM(unexplained) OVER (PARTITION BY account_id, month ORDER BY row_no) - unexplained AS before_it
            FROM lines),
        verdict AS (
            SELECT row_no, turnover, stated, booked,
                   {greatest("0", least("unexplained", "stated - booked - before_it"))} AS rest FROM placed)
        UPDATE {JUDGED} SET explained = CASE WHEN v.stated < v.booked THEN v.booked ELSE v.turnover - v.rest END,
            turnover_state = CASE WHEN v.stated < v.booked THEN {DIFFERS} WHEN v.rest = 0 THEN {KNOWN} ELSE 0 END
        FROM verdict v WHERE {JUDGED}.row_no = v.row_no AND {JUDGED}.turnover IS NOT NULL""")


def _own_service_money() -> str:
    """What booked money of the line's own service leaves for this line when a service stands in several lines."""
    stated = greatest("t.turnover", "0")
    earlier = f"SUM({stated}) OVER (PARTITION BY t.account_id, t.month, t.service_id ORDER BY t.row_no) - {stated}"
    return greatest("0", least(stated, f"COALESCE(b.amount, 0) - ({earlier})"))
