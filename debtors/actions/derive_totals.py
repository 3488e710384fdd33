"""Bring running totals and service states up to date for touched accounts, services and months, from the facts.

Callers fill `ledger_touched` (account_id, service_id, from_month: the earliest month whose figures may change). Totals before
that month stand; from it on they are computed anew from the live facts, so the result is the same as from scratch. A key is
*forward* when nothing was known of that month or later: then only the booking's own facts count, which is what makes a
regular monthly register cheap.
"""

from debtors.actions.derive_states import ENDED, KEY, NEW_ROWS, SPAN, write_states
from debtors.actions.derive_straight import STRAIGHT, facts_by_key
from debtors.models import UNSPLIT, Booking, Charge
from debtors.queries.dialect import LIVE, RECEIVED, WRITTEN_OFF, analyse_if_grown, execute, fresh_table_as, month_of, rows

TOUCHED = "ledger_touched"
OPENING = Charge.Kind.OPENING.value


def touch_facts_of(booking: Booking) -> int:
    """Fill the touched table from the charges and payments of a booking, with their sums; return the number of keys."""
    return fresh_table_as(TOUCHED, facts_by_key(booking))


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


def rebuild_totals(booking: Booking, *, straight: int = 0) -> None:
    """Rewrite MonthTotal and ServiceState of the touched keys, but for those that `write_straight` has written."""
    if not _plan_spans(straight):
        return
    backward = bool(rows(f"SELECT 1 FROM {SPAN} WHERE forward = 0 LIMIT 1"))
    if backward:
        _step_back()
    _compute_rows(booking, backward=backward)
    written = execute(f"INSERT INTO debtors_monthtotal ({TOTALS}) SELECT {TOTALS} FROM {NEW_ROWS}")
    analyse_if_grown("debtors_monthtotal", written)
    ended = backward and _trim_fillers()
    write_states(backward=backward, ended=bool(ended))
    analyse_if_grown("debtors_servicestate", written)


TOTALS = f"{KEY}, month, opening, charged, credited, paid, settled, cum_opening, cum_charged, cum_settled"


def _plan_spans(straight: int) -> int:
    """For each touched key still to do: the first month to write, and what stands at the end of the month before it."""
    done = f"WHERE (t.account_id, t.service_id) NOT IN (SELECT {KEY} FROM {STRAIGHT})" if straight else ""
    start = "CASE WHEN t.from_month > st.last_month THEN st.last_month + 1 ELSE t.from_month END"
    forward = "t.from_month > st.last_month"
    return fresh_table_as(
        SPAN,
        f"""SELECT t.account_id, t.service_id, {start} AS start_month, st.first_month AS known_first,
                   CASE WHEN st.account_id IS NULL OR {forward} THEN 1 ELSE 0 END AS forward,
                   CASE WHEN st.first_month < {start} THEN 1 ELSE 0 END AS has_base,
                   CASE WHEN {forward} THEN st.cum_opening ELSE 0 END AS base_opening,
                   CASE WHEN {forward} THEN st.cum_charged ELSE 0 END AS base_charged,
                   CASE WHEN {forward} THEN st.cum_settled ELSE 0 END AS base_settled,
                   CASE WHEN st.first_month < {start} AND st.last_month - {start} < 60
                        THEN st.charged_months >> (st.last_month - {start} + 1) ELSE 0 END AS base_months,
                   st.oldest_open_month AS known_oldest
            FROM {TOUCHED} t LEFT JOIN debtors_servicestate st
                ON st.account_id = t.account_id AND st.service_id = t.service_id {done}""",
        key=KEY,
    )


def _step_back() -> None:
    """Take up the totals that stand before the touched month, drop those from it on."""
    execute(f"""
        UPDATE {SPAN} SET base_opening = m.cum_opening, base_charged = m.cum_charged, base_settled = m.cum_settled
        FROM debtors_monthtotal m WHERE {SPAN}.forward = 0 AND m.account_id = {SPAN}.account_id
            AND m.service_id = {SPAN}.service_id AND m.month = {SPAN}.start_month - 1""")
    execute(f"""
        DELETE FROM debtors_monthtotal WHERE ({KEY}, month) IN (
            SELECT m.account_id, m.service_id, m.month FROM {SPAN} p JOIN debtors_monthtotal m
            ON m.account_id = p.account_id AND m.service_id = p.service_id AND m.month >= p.start_month
            WHERE p.forward = 0)""")


def _facts(booking: Booking, *, backward: bool) -> str:
    """SQL of the facts that make up the months to write: opening, charged, credited, paid, moved or written off."""
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
        ("debtors_payment", join, day_month, f"0, 0, 0, {RECEIVED}, {WRITTEN_OFF}", LIVE),
        ("debtors_allocation", join, day_month, "0, 0, 0, 0, f.amount", "withdrawn_at IS NULL AND f.moved"),
        ("debtors_allocation", pool, day_month, "0, 0, 0, 0, -f.amount", "withdrawn_at IS NULL AND f.moved"),
    ]
    parts = []
    for table, on, month, amounts, live in sources:
        picked = f"SELECT p.account_id, p.service_id, {month} AS month, {amounts} FROM {SPAN} p JOIN {table} f ON {on}"
        parts.append(f"{picked} WHERE p.forward = 1 AND f.booking_id = {int(booking.pk)} AND f.{live}")
        if backward:
            parts.append(f"{picked} AND {month} >= p.start_month WHERE p.forward = 0 AND f.{live}")
    return " UNION ALL ".join(parts)


def _compute_rows(booking: Booking, *, backward: bool) -> None:
    """The months to write, without gaps. `behind` is how many months of the key come after."""
    fresh_table_as(
        "ledger_sums",
        f"""WITH facts ({KEY}, month, opening, charged, credited, paid, moved) AS ({_facts(booking, backward=backward)})
            SELECT {KEY}, month, CAST(SUM(opening) AS bigint) AS opening, CAST(SUM(charged) AS bigint) AS charged,
                   CAST(SUM(credited) AS bigint) AS credited, CAST(SUM(paid) AS bigint) AS paid,
                   CAST(SUM(paid + credited + moved) AS bigint) AS settled
            FROM facts GROUP BY {KEY}, month""",
        key=f"{KEY}, month",
    )
    fresh_table_as(
        NEW_ROWS,
        f"""WITH RECURSIVE
        ends AS (
            SELECT p.account_id, p.service_id, p.base_opening, p.base_charged, p.base_settled, MAX(s.month) AS last_month,
                   CASE WHEN p.has_base = 1 THEN p.start_month ELSE MIN(s.month) END AS start_month
            FROM ledger_sums s JOIN {SPAN} p ON p.account_id = s.account_id AND p.service_id = s.service_id
            GROUP BY p.account_id, p.service_id, p.base_opening, p.base_charged, p.base_settled, p.has_base, p.start_month),
        steps (step) AS (
            SELECT 0 UNION ALL SELECT step + 1 FROM steps WHERE step < (SELECT MAX(last_month - start_month) FROM ends)),
        dense AS (
            SELECT e.*, e.start_month + n.step AS month FROM ends e JOIN steps n ON n.step <= e.last_month - e.start_month)
        SELECT d.account_id, d.service_id, d.month, COALESCE(s.opening, 0) AS opening, COALESCE(s.charged, 0) AS charged,
               COALESCE(s.credited, 0) AS credited, COALESCE(s.paid, 0) AS paid, COALESCE(s.settled, 0) AS settled,
               d.base_opening + CAST(SUM(COALESCE(s.opening, 0)) OVER w AS bigint) AS cum_opening,
               d.base_charged + CAST(SUM(COALESCE(s.charged, 0)) OVER w AS bigint) AS cum_charged,
               d.base_settled + CAST(SUM(COALESCE(s.settled, 0)) OVER w AS bigint) AS cum_settled,
               d.last_month - d.month AS behind
        FROM dense d LEFT JOIN ledger_sums s
            ON s.account_id = d.account_id AND s.service_id = d.service_id AND s.month = d.month
        WINDOW w AS (PARTITION BY d.account_id, d.service_id ORDER BY d.month)""",
        key=KEY,
    )


def _trim_fillers() -> int:
    """After an undo the newest rows may be months without a fact, kept only for the gap-free run: drop them.

    Returns the number of keys that ended: nothing is left of them from the touched month on.
    """
    ended = fresh_table_as(
        ENDED,
        f"""SELECT p.account_id, p.service_id, 0 AS last_fact, p.start_month, p.base_months FROM {SPAN} p
            WHERE p.forward = 0 AND NOT EXISTS (
                SELECT 1 FROM debtors_monthtotal m WHERE m.account_id = p.account_id AND m.service_id = p.service_id
                AND m.month >= p.start_month)""",
    )
    if not ended:
        return 0
    newest = " UNION ALL ".join(
        f"SELECT e.account_id, e.service_id, MAX({month}) AS month FROM {ENDED} e JOIN {table} f ON {on} "
        f"WHERE f.{live} GROUP BY e.account_id, e.service_id"
        for table, month, on, live in (
            ("debtors_charge", "f.month", "f.account_id = e.account_id AND f.service_id = e.service_id", LIVE),
            ("debtors_payment", month_of("f.counts_on"), "f.account_id = e.account_id AND f.service_id = e.service_id", LIVE),
            (
                "debtors_allocation",
                month_of("f.counts_on"),
                f"f.account_id = e.account_id AND e.service_id IN (f.service_id, {UNSPLIT})",
                "withdrawn_at IS NULL AND f.moved",
            ),
        )
    )
    execute(f"""
        UPDATE {ENDED} SET last_fact = n.month
        FROM (SELECT {KEY}, MAX(month) AS month FROM ({newest}) f GROUP BY {KEY}) n
        WHERE {ENDED}.account_id = n.account_id AND {ENDED}.service_id = n.service_id""")
    execute(f"""
        DELETE FROM debtors_monthtotal WHERE ({KEY}, month) IN (
            SELECT m.account_id, m.service_id, m.month FROM {ENDED} e JOIN debtors_monthtotal m
            ON m.account_id = e.account_id AND m.service_id = e.service_id AND m.month > e.last_fact)""")
    return ended
