"""Which staged accounts need judging at all.

A monthly register mostly goes on where the ledger ends: its month is later than anything booked for the account, and its
opening balances are what the ledger holds. There is nothing of that month to be known, to differ or to explain a turnover,
so the verdict a line is staged with stands. The same for an account of which nothing is booked yet. The lines of all other
accounts are copied into a table of their own, judged there, and their verdicts brought back.
"""

from debtors.actions.staging import COLUMNS, LOADED, STAGE
from debtors.queries.dialect import analyse_fresh, execute, fresh_table, fresh_table_as, month_of, on_postgres, rows

JUDGED = "ledger_judged"
"""The lines of accounts that are not plain: a table like the stage, for the judges to work in."""
DOUBTED = "ledger_doubted"
VERDICT = (
    "opening_state",
    "charge_state",
    "payment_state",
    "turnover_state",
    "ledger_opening",
    "ledger_charged",
    "ledger_credited",
    "explained",
)

AFTER_ALL = """(g.month IS NULL OR g.month > a.last_month)
    AND (g.paid_on IS NULL OR {paid_month} > a.last_month) AND (g.month IS NOT NULL OR g.paid_on IS NOT NULL)"""
AS_EXPECTED = "(g.opening IS NULL OR g.opening_state = 1 AND g.opening_month = g.month - 1 AND g.opening = st.balance)"
NOTHING_BOOKED = "a.last_month IS NULL AND (g.opening IS NULL OR g.opening_state = 0)"
UNTOUCHED = "g.charge_state + g.payment_state + g.turnover_state = 0"


def pick_judged() -> int:
    """Fill `ledger_judged` with the lines that are to be judged, as they were staged; return how many accounts they are of."""
    _book_first_openings()
    doubted = fresh_table_as(DOUBTED, _doubted(), key="account_id")
    if doubted:
        fresh_table(JUDGED, COLUMNS)
        names = ", ".join(LOADED)
        execute(
            f"""INSERT INTO {JUDGED} ({names}, opening_state) SELECT {names}, 0 FROM {STAGE}
                WHERE account_id IN (SELECT account_id FROM {DOUBTED})"""
        )
        # Without it a repeated file takes the square of its lines.
        execute(f"CREATE INDEX IF NOT EXISTS {JUDGED}_by_account ON {JUDGED} (account_id, month)")
        if not on_postgres():
            execute(f"CREATE INDEX IF NOT EXISTS {JUDGED}_by_row ON {JUDGED} (row_no)")
        analyse_fresh(JUDGED)
    return doubted


def bring_back() -> None:
    """Copy the verdicts of the judged lines into the stage."""
    verdict = ", ".join(f"{name} = j.{name}" for name in VERDICT)
    execute(f"UPDATE {STAGE} SET {verdict} FROM {JUDGED} j WHERE {STAGE}.row_no = j.row_no")


def _book_first_openings() -> None:
    """Openings of accounts without a ledger are not compared with anything: they are booked."""
    waiting = f"""opening IS NOT NULL AND opening_state = 1 AND account_id IN (
        SELECT d.account_id FROM (SELECT DISTINCT account_id FROM {STAGE}) d
        WHERE NOT EXISTS (SELECT 1 FROM debtors_servicestate st WHERE st.account_id = d.account_id))"""
    if rows(f"SELECT 1 FROM {STAGE} WHERE {waiting} LIMIT 1"):
        execute(f"UPDATE {STAGE} SET opening_state = 0 WHERE {waiting}")


def _doubted() -> str:
    """Accounts with a line whose verdict does not follow from what stands in the states.

    Of several months with openings, a later opening follows from the earlier lines: such accounts are judged too. So are
    openings of several days of an account without a ledger, of which only the first is booked, and of one service in several
    lines, which are compared as one sum.
    """
    paid_month = month_of("g.paid_on")
    plain = f"{UNTOUCHED} AND ({NOTHING_BOOKED} OR {AFTER_ALL.format(paid_month=paid_month)} AND {AS_EXPECTED})"
    return f"""
        SELECT g.account_id FROM {STAGE} g
        LEFT JOIN (SELECT account_id, MAX(last_month) AS last_month FROM debtors_servicestate
                   WHERE account_id IN (SELECT account_id FROM {STAGE}) GROUP BY account_id) a ON a.account_id = g.account_id
        LEFT JOIN debtors_servicestate st ON st.account_id = g.account_id AND st.service_id = g.service_id
        GROUP BY g.account_id
        HAVING SUM(CASE WHEN {plain} THEN 0 ELSE 1 END) > 0 OR COUNT(g.opening) > 0 AND (
            MIN(g.opening_month) <> MAX(g.opening_month) OR {_service_twice()}
            OR MAX(a.last_month) IS NOT NULL AND (MIN(g.month) <> MAX(g.month) OR MIN({paid_month}) < MAX(g.month)))"""


def _service_twice() -> str:
    """SQL that tells a group of lines of which two with an opening name one service."""
    if not on_postgres():
        return "COUNT(DISTINCT CASE WHEN g.opening IS NOT NULL THEN g.service_id END) <> COUNT(g.opening)"
    # Counting distinct values would sort. Powers of two add up to their union only if they differ; a clash costs time alone.
    bit = "CASE WHEN g.opening IS NULL THEN 0 ELSE CAST(1 AS bigint) << (g.service_id % 62) END"
    return f"SUM({bit}) <> BIT_OR({bit})".replace("%", "%%")
