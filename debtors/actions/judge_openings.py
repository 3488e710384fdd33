"""Opening balances of a staged register against the ledger: the first of an empty ledger is booked, the others compared.

What is expected at the end of a month is the ledger's balance then, plus what earlier lines of the same file are about to
bring. A register that splits the bill otherwise than the ledger does (by services here, the whole bill there, or unsplit
payments that we allocated by law and the billing centre by habit) is compared by account.
"""

from debtors.actions.judge_plain import JUDGED
from debtors.actions.staging import PartState
from debtors.models import UNSPLIT, WHOLE_BILL
from debtors.queries.dialect import execute, fresh_table_as, month_of, rows

KNOWN, DIFFERS = PartState.KNOWN.value, PartState.DIFFERS.value

BALANCE_AT = """CASE WHEN st.account_id IS NULL OR st.first_month > k.opening_month THEN 0
    WHEN st.last_month <= k.opening_month THEN st.balance
    ELSE (SELECT t.cum_charged - t.cum_settled FROM debtors_monthtotal t WHERE t.account_id = st.account_id
          AND t.service_id = st.service_id AND t.month = k.opening_month) END"""
"""The ledger's balance of one account and service (`st`) at the end of the month asked for (`k`)."""

SPLIT_OTHERWISE = f"""EXISTS (
    SELECT 1 FROM debtors_servicestate o JOIN debtors_service os ON os.id = o.service_id
    WHERE o.account_id = k.account_id AND o.first_month <= k.opening_month AND o.service_id <> k.service_id
      AND {WHOLE_BILL} IN (o.service_id, k.service_id) AND o.service_id <> {UNSPLIT}
      AND NOT os.is_penalty AND NOT s.is_penalty)"""
"""The ledger holds the whole bill where the file names a service, or the other way round."""

INSIDE_OPENING = f"""EXISTS (
    SELECT 1 FROM debtors_servicestate o WHERE o.account_id = k.account_id AND o.first_month > k.opening_month
      AND o.cum_opening <> 0 AND (o.service_id = k.service_id OR {WHOLE_BILL} IN (o.service_id, k.service_id)))"""
"""The ledger of this service, or of the whole bill, begins later with a balance of its own: that one contains this one."""


def judge_openings() -> None:
    """Set `opening_state` and `ledger_opening` of every staged line with an opening balance."""
    if not rows(f"SELECT 1 FROM {JUDGED} WHERE opening IS NOT NULL LIMIT 1"):
        return
    _compare_by_service()
    _add_earlier_lines()
    _compare_by_account()
    execute(f"""
        UPDATE {JUDGED} SET ledger_opening = o.expected,
            opening_state = CASE WHEN o.is_first = 1 THEN 0 WHEN o.is_inside = 1 OR o.stated = o.expected THEN {KNOWN}
                ELSE {DIFFERS} END
        FROM ledger_openings o
        WHERE {JUDGED}.account_id = o.account_id AND {JUDGED}.service_id = o.service_id
          AND {JUDGED}.opening_month = o.opening_month AND {JUDGED}.opening IS NOT NULL""")


def _compare_by_service() -> None:
    fresh_table_as(
        "ledger_openings",
        f"""SELECT k.account_id, k.service_id, k.opening_month, k.stated, s.is_penalty, {BALANCE_AT} AS expected,
                   CASE WHEN {INSIDE_OPENING} THEN 1 ELSE 0 END AS is_inside,
                   CASE WHEN k.place = 1 AND (st.account_id IS NULL OR st.first_month > k.opening_month)
                        AND NOT {SPLIT_OTHERWISE} AND NOT {INSIDE_OPENING} THEN 1 ELSE 0 END AS is_first
            FROM (SELECT account_id, service_id, opening_month, SUM(opening) AS stated,
                         ROW_NUMBER() OVER (PARTITION BY account_id, service_id ORDER BY opening_month) AS place
                  FROM {JUDGED} WHERE opening IS NOT NULL GROUP BY account_id, service_id, opening_month) k
            JOIN debtors_service s ON s.id = k.service_id
            LEFT JOIN debtors_servicestate st ON st.account_id = k.account_id AND st.service_id = k.service_id""",
        key="account_id, service_id, opening_month",
    )


def _add_earlier_lines() -> None:
    """A file of several months: its later openings follow from its earlier lines."""
    moves = fresh_table_as(
        "ledger_moves",
        f"""WITH newest AS (SELECT MAX(opening_month) AS month FROM {JUDGED})
            SELECT account_id, service_id, month, SUM(net) AS net FROM (
                SELECT account_id, service_id, month, charged - credited AS net FROM {JUDGED}
                WHERE charged IS NOT NULL AND charge_state = 0
                UNION ALL SELECT account_id, service_id, month, explained - turnover FROM {JUDGED}
                WHERE turnover IS NOT NULL AND turnover_state = 0
                UNION ALL SELECT account_id, service_id, {month_of("paid_on")}, -amount FROM {JUDGED}
                WHERE amount IS NOT NULL AND payment_state = 0
                UNION ALL SELECT account_id, service_id, opening_month, stated FROM ledger_openings WHERE is_first = 1
            ) m WHERE month <= (SELECT month FROM newest) GROUP BY account_id, service_id, month""",
        key="account_id, service_id, month",
    )
    if moves:
        execute("""
            UPDATE ledger_openings SET expected = expected + e.net FROM (
                SELECT o.account_id, o.service_id, o.opening_month, SUM(m.net) AS net FROM ledger_openings o
                JOIN ledger_moves m ON m.account_id = o.account_id AND m.service_id = o.service_id
                    AND m.month <= o.opening_month
                WHERE o.is_first = 0 GROUP BY o.account_id, o.service_id, o.opening_month) e
            WHERE ledger_openings.account_id = e.account_id AND ledger_openings.service_id = e.service_id
              AND ledger_openings.opening_month = e.opening_month""")


def _compare_by_account() -> None:
    """Where services disagree but the account as a whole agrees, take the file's split as known."""
    doubtful = fresh_table_as(
        "ledger_doubtful",
        """SELECT DISTINCT account_id, opening_month FROM ledger_openings
           WHERE is_first = 0 AND is_inside = 0 AND stated <> expected AND NOT is_penalty""",
    )
    if not doubtful:
        return
    execute(f"""
        UPDATE ledger_openings SET expected = ledger_openings.stated FROM (
            SELECT k.account_id, k.opening_month, SUM({BALANCE_AT}) AS balance FROM ledger_doubtful k
            JOIN debtors_servicestate st ON st.account_id = k.account_id
            JOIN debtors_service s ON s.id = st.service_id AND NOT s.is_penalty
            GROUP BY k.account_id, k.opening_month) b,
            (SELECT k.account_id, k.opening_month, SUM(o.stated) AS stated FROM ledger_doubtful k
             JOIN ledger_openings o ON o.account_id = k.account_id AND o.opening_month = k.opening_month
                AND NOT o.is_penalty GROUP BY k.account_id, k.opening_month) f,
            (SELECT k.account_id, k.opening_month, SUM(COALESCE(m.net, 0)) AS net FROM ledger_doubtful k
             LEFT JOIN ledger_moves m ON m.account_id = k.account_id AND m.month <= k.opening_month
             GROUP BY k.account_id, k.opening_month) e
        WHERE ledger_openings.account_id = b.account_id AND ledger_openings.opening_month = b.opening_month
          AND f.account_id = b.account_id AND f.opening_month = b.opening_month
          AND e.account_id = b.account_id AND e.opening_month = b.opening_month
          AND f.stated = b.balance + e.net AND NOT ledger_openings.is_penalty AND ledger_openings.is_first = 0""")
