"""Bring running totals and service states up to date for touched accounts, services and months, from the facts.

Callers fill `ledger_touched` (account_id, service_id, from_month: the earliest month whose figures may change). Totals before
that month stand; from it on they are computed anew from the live facts, so the result is the same as from scratch. A key is
*forward* when nothing was known of that month or later: then only the booking's own facts count, which is what makes a
regular monthly register cheap.
"""

from debtors.models import UNSPLIT, Booking, Charge
from debtors.queries.dialect import LIVE, execute, fresh_table_as, month_of, rows

TOUCHED, SPAN = "ledger_touched", "ledger_span"
OPENING = Charge.Kind.OPENING.value
KEY = "account_id, service_id"


def touch_facts_of(booking: Booking) -> int:
    """Fill the touched table from the charges and payments of a booking; return the number of account-services."""
    return fresh_table_as(
        TOUCHED,
        f"""SELECT account_id, service_id, MIN(month) AS from_month FROM (
                SELECT account_id, service_id, month FROM debtors_charge WHERE booking_id = %s
                UNION ALL SELECT account_id, service_id, {month_of("counts_on")} FROM debtors_payment WHERE booking_id = %s
            ) f GROUP BY account_id, service_id""",
        [booking.pk, booking.pk],
    )


def touch_everything(creditor_id: int) -> int:
    """Fill the touched table with all account-services of a creditor that have facts or derived rows, from their beginning."""
    own = "JOIN debtors_utilityaccount a ON a.id = f.account_id WHERE a.creditor_id = %s"
    return fresh_table_as(
        TOUCHED,
        f"""SELECT account_id, service_id, MIN(month) AS from_month FROM (
                SELECT f.account_id, f.service_id, f.month FROM debtors_charge f {own}
                UNION ALL SELECT f.account_id, f.service_id, {month_of("f.counts_on")} FROM debtors_payment f {own}
                UNION ALL SELECT f.account_id, f.service_id, f.month FROM debtors_monthtotal f {own}
                UNION ALL SELECT f.account_id, f.service_id, f.first_month FROM debtors_servicestate f {own}
            ) f GROUP BY account_id, service_id""",
        [creditor_id] * 4,
    )


def rebuild_totals(booking: Booking) -> None:
    """Rewrite MonthTotal and ServiceState of the touched keys."""
    _plan_spans()
    backward = rows(f"SELECT COUNT(*) FROM {SPAN} WHERE forward = 0")[0][0]
    if backward:
        _step_back()
    _insert_totals(booking, backward=bool(backward))
    if backward:
        _trim_fillers()
    _write_states(backward=bool(backward))


def _plan_spans() -> None:
    fresh_table_as(
        SPAN,
        f"""SELECT t.account_id, t.service_id,
                   CASE WHEN t.from_month > st.last_month THEN st.last_month + 1 ELSE t.from_month END AS start_month,
                   CASE WHEN st.account_id IS NULL OR t.from_month > st.last_month THEN 1 ELSE 0 END AS forward,
                   CASE WHEN t.from_month > st.last_month THEN 1 ELSE 0 END AS has_base,
                   CASE WHEN t.from_month > st.last_month THEN st.cum_opening ELSE 0 END AS base_opening,
                   CASE WHEN t.from_month > st.last_month THEN st.cum_charged ELSE 0 END AS base_charged,
                   CASE WHEN t.from_month > st.last_month THEN st.cum_settled ELSE 0 END AS base_settled,
                   CASE WHEN t.from_month > st.last_month THEN st.first_month END AS known_first,
                   CASE WHEN t.from_month > st.last_month THEN t.from_month ELSE 0 END AS read_from
            FROM {TOUCHED} t LEFT JOIN debtors_servicestate st
                ON st.account_id = t.account_id AND st.service_id = t.service_id""",
    )


def _step_back() -> None:
    """Take up the totals that stand before the touched month, drop those from it on."""
    execute(f"""
        UPDATE {SPAN} SET has_base = 1, base_charged = m.cum_charged, base_settled = m.cum_settled
        FROM debtors_monthtotal m WHERE {SPAN}.forward = 0 AND m.account_id = {SPAN}.account_id
            AND m.service_id = {SPAN}.service_id AND m.month = {SPAN}.start_month - 1""")
    execute(f"""
        DELETE FROM debtors_monthtotal WHERE ({KEY}, month) IN (
            SELECT m.account_id, m.service_id, m.month FROM {SPAN} p JOIN debtors_monthtotal m
            ON m.account_id = p.account_id AND m.service_id = p.service_id AND m.month >= p.start_month
            WHERE p.forward = 0)""")


def _facts(booking: Booking, *, backward: bool) -> str:
    """SQL of the facts that make up the months to write: opening, charged, credited, paid, moved by allocation."""
    join = "p.account_id = f.account_id AND p.service_id = f.service_id"
    pool = f"p.account_id = f.account_id AND p.service_id = {UNSPLIT}"
    day_month = month_of("f.counts_on")
    sources = [
        (
            "debtors_charge",
            join,
            "f.month",
            f"CASE WHEN f.kind = {OPENING} THEN f.charged ELSE 0 END, f.charged, f.credited, 0, 0",
            LIVE,
        ),
        ("debtors_payment", join, day_month, "0, 0, 0, f.amount, 0", LIVE),
        ("debtors_allocation", join, day_month, "0, 0, 0, 0, f.amount", "withdrawn_at IS NULL"),
        ("debtors_allocation", pool, day_month, "0, 0, 0, 0, -f.amount", "withdrawn_at IS NULL"),
    ]
    parts = []
    for table, on, month, amounts, live in sources:
        picked = f"SELECT p.account_id, p.service_id, {month} AS month, {amounts} FROM {SPAN} p JOIN {table} f ON {on}"
        parts.append(f"{picked} WHERE p.forward = 1 AND f.booking_id = {int(booking.pk)} AND f.{live}")
        if backward:
            parts.append(f"{picked} AND {month} >= p.start_month WHERE p.forward = 0 AND f.{live}")
    return " UNION ALL ".join(parts)


def _insert_totals(booking: Booking, *, backward: bool) -> None:
    execute(f"""
        INSERT INTO debtors_monthtotal ({KEY}, month, opening, charged, credited, paid, settled, cum_charged, cum_settled)
        WITH RECURSIVE facts ({KEY}, month, opening, charged, credited, paid, moved) AS ({_facts(booking, backward=backward)}),
        sums AS (
            SELECT {KEY}, month, SUM(opening) AS opening, SUM(charged) AS charged, SUM(credited) AS credited,
                   SUM(paid) AS paid, SUM(paid + credited + moved) AS settled
            FROM facts GROUP BY {KEY}, month),
        ends AS (
            SELECT p.account_id, p.service_id, MAX(s.month) AS last_month,
                   CASE WHEN p.has_base = 1 THEN p.start_month ELSE MIN(s.month) END AS start_month
            FROM sums s JOIN {SPAN} p ON p.account_id = s.account_id AND p.service_id = s.service_id
            GROUP BY p.account_id, p.service_id, p.has_base, p.start_month),
        steps (step) AS (
            SELECT 0 UNION ALL SELECT step + 1 FROM steps WHERE step < (
                SELECT MAX(last_month - start_month) FROM ends)),
        dense AS (
            SELECT p.account_id, p.service_id, p.base_charged, p.base_settled, e.start_month + n.step AS month FROM {SPAN} p
            JOIN ends e ON e.account_id = p.account_id AND e.service_id = p.service_id
            JOIN steps n ON n.step <= e.last_month - e.start_month)
        SELECT d.account_id, d.service_id, d.month, COALESCE(s.opening, 0), COALESCE(s.charged, 0),
               COALESCE(s.credited, 0), COALESCE(s.paid, 0), COALESCE(s.settled, 0),
               d.base_charged + SUM(COALESCE(s.charged, 0)) OVER w, d.base_settled + SUM(COALESCE(s.settled, 0)) OVER w
        FROM dense d LEFT JOIN sums s
            ON s.account_id = d.account_id AND s.service_id = d.service_id AND s.month = d.month
        WINDOW w AS (PARTITION BY d.account_id, d.service_id ORDER BY d.month)""")


def _trim_fillers() -> None:
    """After an undo the newest rows may be months without a fact, kept only for the gap-free run: drop them."""
    ended = fresh_table_as(
        "ledger_ended",
        f"""SELECT p.account_id, p.service_id, 0 AS last_fact FROM {SPAN} p WHERE p.forward = 0 AND NOT EXISTS (
                SELECT 1 FROM debtors_monthtotal m WHERE m.account_id = p.account_id AND m.service_id = p.service_id
                AND m.month >= p.start_month)""",
    )
    if not ended:
        return
    newest = " UNION ALL ".join(
        f"SELECT e.account_id, e.service_id, MAX({month}) AS month FROM ledger_ended e JOIN {table} f ON {on} "
        f"WHERE f.{live} GROUP BY e.account_id, e.service_id"
        for table, month, on, live in (
            ("debtors_charge", "f.month", "f.account_id = e.account_id AND f.service_id = e.service_id", LIVE),
            ("debtors_payment", month_of("f.counts_on"), "f.account_id = e.account_id AND f.service_id = e.service_id", LIVE),
            (
                "debtors_allocation",
                month_of("f.counts_on"),
                f"f.account_id = e.account_id AND e.service_id IN (f.service_id, {UNSPLIT})",
                "withdrawn_at IS NULL",
            ),
        )
    )
    execute(f"""
        UPDATE ledger_ended SET last_fact = n.month
        FROM (SELECT {KEY}, MAX(month) AS month FROM ({newest}) f GROUP BY {KEY}) n
        WHERE ledger_ended.account_id = n.account_id AND ledger_ended.service_id = n.service_id""")
    execute(f"""
        DELETE FROM debtors_monthtotal WHERE ({KEY}, month) IN (
            SELECT m.account_id, m.service_id, m.month FROM ledger_ended e JOIN debtors_monthtotal m
            ON m.account_id = e.account_id AND m.service_id = e.service_id AND m.month > e.last_fact)""")


OLDEST_OPEN = """CASE WHEN {charged} <= {settled} THEN NULL ELSE COALESCE((
    SELECT o.month FROM debtors_monthtotal o WHERE o.account_id = {key}.account_id AND o.service_id = {key}.service_id
    AND o.cum_charged <= {settled} ORDER BY o.month DESC LIMIT 1), {first} - 1) + 1 END"""
"""Oldest first: open is what the running total of charges has beyond the money. Reads back only over the open months."""


def _write_states(*, backward: bool) -> None:
    if backward:
        execute(f"""
            DELETE FROM debtors_servicestate WHERE ({KEY}) IN (
                SELECT p.account_id, p.service_id FROM {SPAN} p WHERE p.forward = 0 AND NOT EXISTS (
                    SELECT 1 FROM debtors_monthtotal m WHERE m.account_id = p.account_id AND m.service_id = p.service_id))""")
    oldest = OLDEST_OPEN.format(key="m", charged="m.cum_charged", settled="m.cum_settled", first="e.first_month")
    execute(f"""
        INSERT INTO debtors_servicestate
            ({KEY}, first_month, last_month, cum_opening, cum_charged, cum_settled, balance, oldest_open_month)
        SELECT m.account_id, m.service_id, e.first_month, m.month, e.cum_opening, m.cum_charged, m.cum_settled,
               m.cum_charged - m.cum_settled, {oldest}
        FROM (SELECT p.account_id, p.service_id, COALESCE(p.known_first, MIN(t.month)) AS first_month,
                     MAX(t.month) AS last_month, p.base_opening + SUM(t.opening) AS cum_opening
              FROM {SPAN} p JOIN debtors_monthtotal t ON t.account_id = p.account_id AND t.service_id = p.service_id
                AND t.month >= p.read_from
              GROUP BY p.account_id, p.service_id, p.known_first, p.base_opening) e
        JOIN debtors_monthtotal m ON m.account_id = e.account_id AND m.service_id = e.service_id AND m.month = e.last_month
        WHERE true
        ON CONFLICT ({KEY}) DO UPDATE SET first_month = excluded.first_month, last_month = excluded.last_month,
            cum_opening = excluded.cum_opening, cum_charged = excluded.cum_charged, cum_settled = excluded.cum_settled,
            balance = excluded.balance, oldest_open_month = excluded.oldest_open_month""")
