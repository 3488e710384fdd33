"""Totals of the keys that simply go on: one month of facts, right after the last one known, or the first month of all.

That is nearly every account and service of a monthly register. One row is written for each and the state is moved on from
what it was; `derive_totals` works out whatever is less simple (gaps, months gone by, money taken back, openings).
"""

from debtors.models import Booking, Charge
from debtors.queries.dialect import RECEIVED, WRITTEN_OFF, analyse_if_grown, execute, fresh_table_as, month_of

STRAIGHT = "ledger_straight"
"""Temporary table: the facts of such keys, and what stood before them."""

OPENING = Charge.Kind.OPENING.value
KEY = "account_id, service_id"
SAME_STATE = "st.account_id = {f}.account_id AND st.service_id = {f}.service_id"


def facts_by_key(booking: Booking, where: str = "true") -> str:
    """SQL of a booking's own facts per account and service: first and last month and sums. `where` filters by `account_id`."""
    own = f"WHERE booking_id = {int(booking.pk)} AND {where}"
    sums = ", ".join(
        f"CAST(SUM({name}) AS bigint) AS {name}" for name in ("opening", "charged", "credited", "paid", "forgiven")
    )
    return f"""
        SELECT {KEY}, MIN(month) AS from_month, MAX(month) AS to_month, {sums} FROM (
            SELECT {KEY}, month, CASE WHEN kind = {OPENING} THEN charged ELSE 0 END AS opening, charged, credited, 0 AS paid,
                   0 AS forgiven
            FROM debtors_charge {own}
            UNION ALL SELECT {KEY}, {month_of("counts_on")}, 0, 0, 0, {RECEIVED}, {WRITTEN_OFF} FROM debtors_payment {own}
        ) f GROUP BY {KEY}"""


def write_straight(facts: str) -> int:
    """Write totals and states of the keys that go straight on; return how many. `facts`: a table or query of `facts_by_key`."""
    found = fresh_table_as(
        STRAIGHT,
        f"""SELECT f.account_id, f.service_id, f.from_month AS month, f.opening, f.charged, f.credited, f.paid,
                   f.paid + f.forgiven + f.credited AS settled,
                   st.last_month AS known_last, st.oldest_open_month AS known_oldest,
                   COALESCE(st.cum_opening, 0) + f.opening AS cum_opening,
                   COALESCE(st.cum_charged, 0) + f.charged AS cum_charged,
                   COALESCE(st.cum_settled, 0) + f.paid + f.forgiven + f.credited AS cum_settled
            FROM {facts} f LEFT JOIN debtors_servicestate st ON {SAME_STATE.format(f="f")}
            WHERE f.from_month = f.to_month AND (st.account_id IS NULL OR f.from_month = st.last_month + 1
                AND f.paid + f.forgiven + f.credited >= 0)
            ORDER BY f.account_id, f.service_id""",
        key=KEY,
    )
    if found:
        written = execute(f"""
            INSERT INTO debtors_monthtotal ({KEY}, month, opening, charged, credited, paid, settled, cum_opening,
                cum_charged, cum_settled)
            SELECT {KEY}, month, opening, charged, credited, paid, settled, cum_opening, cum_charged, cum_settled
            FROM {STRAIGHT}""")
        analyse_if_grown("debtors_monthtotal", written)
        _move_states_on()
    return found


def _move_states_on() -> None:
    billed = "CASE WHEN s.charged > s.opening THEN 1 ELSE 0 END"
    execute(f"""
        UPDATE debtors_servicestate SET last_month = s.month, cum_opening = s.cum_opening, cum_charged = s.cum_charged,
            cum_settled = s.cum_settled, balance = s.cum_charged - s.cum_settled, oldest_open_month = {_oldest()},
            charged_months = ((charged_months & {2**60 - 1}) << 1) + {billed}
        FROM {STRAIGHT} s WHERE debtors_servicestate.account_id = s.account_id
            AND debtors_servicestate.service_id = s.service_id AND s.known_last IS NOT NULL""")
    begun = execute(f"""
        INSERT INTO debtors_servicestate ({KEY}, first_month, last_month, cum_opening, cum_charged, cum_settled, balance,
            oldest_open_month, charged_months)
        SELECT {KEY}, month, month, opening, charged, settled, charged - settled,
               CASE WHEN charged > settled THEN month END, {billed}
        FROM {STRAIGHT} s WHERE known_last IS NULL""")
    analyse_if_grown("debtors_servicestate", begun)


def _oldest() -> str:
    """SQL of the oldest open month after new money, looked for only where money may have closed some of several months."""
    return """CASE WHEN s.cum_charged <= s.cum_settled THEN NULL WHEN s.known_oldest IS NULL THEN s.month
        WHEN s.settled = 0 THEN s.known_oldest
        WHEN s.known_oldest = s.known_last
            THEN CASE WHEN s.cum_charged - s.charged > s.cum_settled THEN s.known_oldest ELSE s.month END
        ELSE (SELECT o.month FROM debtors_monthtotal o WHERE o.account_id = s.account_id AND o.service_id = s.service_id
              AND o.month >= s.known_oldest AND o.cum_charged > s.cum_settled ORDER BY o.month LIMIT 1) END"""
