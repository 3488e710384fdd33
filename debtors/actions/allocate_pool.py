"""Deal the pool of unsplit money to services for the accounts of a booking; keep what does not change, withdraw what does.

Only accounts that have pool money are replayed, and only from the first month that the booking touched: see
`debtors.rules.allocation` for why that is enough. Rows are never deleted, so what was known at a past moment stays known.
"""

from collections import defaultdict
from collections.abc import Iterator

from debtors.actions.derive_totals import TOUCHED
from debtors.models import UNSPLIT, Booking
from debtors.queries.dialect import LIVE, bulk_load, execute, fresh_table, fresh_table_as, month_of, rows
from debtors.rules.allocation import Dealt, Movement, Shelf, Standing, replay

REPLAYED = "ledger_replayed"
CHUNK = 10_000
"""Accounts replayed at a time: bounds the memory, not the answer."""


def allocate_pool(booking: Booking) -> bool:
    """Bring the allocations of the touched accounts up to date in the name of `booking`; extend the touched table.

    Must run before totals are rebuilt: what stood before the touched months is read from them. Returns whether any changed.
    """
    accounts = fresh_table_as(
        REPLAYED,
        f"""SELECT a.account_id, a.from_month, (ROW_NUMBER() OVER (ORDER BY a.account_id) - 1) / {CHUNK} AS chunk
            FROM (SELECT t.account_id, MIN(t.from_month) AS from_month, MIN(t.service_id) AS least_service
                  FROM {TOUCHED} t JOIN debtors_service s ON s.id = t.service_id AND NOT s.is_penalty
                  GROUP BY t.account_id) a
            LEFT JOIN debtors_servicestate st ON st.account_id = a.account_id AND st.service_id = {UNSPLIT}
            WHERE a.least_service = {UNSPLIT} OR st.balance <> 0 OR st.last_month >= a.from_month""",
    )
    if not accounts:
        return False
    withdrawn, dealt = [], []
    for chunk in range((accounts - 1) // CHUNK + 1):
        for account, old, new in _replay_chunk(chunk):
            _compare(account, old, new, withdrawn, dealt)
    if not (withdrawn or dealt):
        return False
    _write(booking, withdrawn, dealt)
    _touch_more(booking)
    return True


def _compare(account: int, old: dict[Dealt, list[int]], new: list[Dealt], withdrawn: list, dealt: list) -> None:
    """Rows that the replay repeats stay; the others are withdrawn, and what is missing is dealt."""
    for line in new:
        if old.get(line):
            old[line].pop()
        else:
            dealt.append((account, *line))
    withdrawn.extend(pk for left in old.values() for pk in left)


def _replay_chunk(chunk: int) -> Iterator[tuple[int, dict[Dealt, list[int]], list[Dealt]]]:
    """Each account of the chunk with its live rows of the replayed months and what they ought to be."""
    standings = _standings(chunk)
    movements: dict[int, list[Movement]] = defaultdict(list)
    for account, *movement in rows(_movements_sql(), [chunk] * 3):
        movements[account].append(Movement(*movement))
    _recall_dealt(chunk, standings, movements)
    live: dict[int, dict[Dealt, list[int]]] = defaultdict(lambda: defaultdict(list))
    for account, pk, *line in rows(
        f"""SELECT q.account_id, f.id, f.service_id, f.month, f.counts_on, f.amount FROM {REPLAYED} q
            JOIN debtors_allocation f ON f.account_id = q.account_id AND {month_of("f.counts_on")} >= q.from_month
            WHERE q.chunk = %s AND f.withdrawn_at IS NULL""",
        [chunk],
    ):
        live[account][Dealt(*line)].append(pk)
    for (account,) in rows(f"SELECT account_id FROM {REPLAYED} WHERE chunk = %s", [chunk]):
        yield account, live[account], replay(standings[account], movements[account])


STARTS = """
    SELECT q.account_id, st.service_id, q.from_month,
           CASE WHEN st.first_month >= q.from_month THEN 0 WHEN st.last_month < q.from_month THEN st.cum_settled
           ELSE (SELECT t.cum_settled FROM debtors_monthtotal t WHERE t.account_id = st.account_id
                 AND t.service_id = st.service_id AND t.month = q.from_month - 1) END AS settled,
           CASE WHEN st.first_month >= q.from_month THEN 0 WHEN st.last_month < q.from_month THEN st.cum_charged
           ELSE (SELECT t.cum_charged FROM debtors_monthtotal t WHERE t.account_id = st.account_id
                 AND t.service_id = st.service_id AND t.month = q.from_month - 1) END AS charged
    FROM ledger_replayed q JOIN debtors_servicestate st ON st.account_id = q.account_id
    JOIN debtors_service s ON s.id = st.service_id AND NOT s.is_penalty
    WHERE q.chunk = %s"""
"""Money and charges of each principal service, and of the pool, at the end of the month before the replay."""


def _standings(chunk: int) -> dict[int, Standing]:
    """How the accounts stood before the replay: months still open, and months that a coming reversal may open again."""
    standings: dict[int, Standing] = defaultdict(Standing)
    for account, service, _, settled, charged in rows(STARTS, [chunk]):
        if service == UNSPLIT:
            standings[account].pool = settled
        else:
            standings[account].shelves[service] = Shelf(below=charged, settled=settled)
    found = rows(
        f"""WITH starts AS ({STARTS}),
            reversed AS (
                SELECT q.account_id, SUM(p.amount) AS amount FROM {REPLAYED} q
                JOIN debtors_payment p ON p.account_id = q.account_id AND {month_of("p.counts_on")} >= q.from_month
                WHERE p.amount < 0 AND q.chunk = %s AND p.{LIVE} GROUP BY q.account_id)
            SELECT t.account_id, t.service_id, t.month, t.cum_charged, t.cum_charged - t.charged FROM starts b
            JOIN debtors_monthtotal t ON t.account_id = b.account_id AND t.service_id = b.service_id
                AND t.month < b.from_month AND t.charged > 0
            LEFT JOIN reversed r ON r.account_id = b.account_id
            WHERE b.service_id <> {UNSPLIT} AND t.cum_charged > b.settled + COALESCE(r.amount, 0)
            ORDER BY t.account_id, t.service_id, t.month""",
        [chunk, chunk],
    )
    for account, service, month, total, before in found:
        shelf = standings[account].shelves[service]
        if not shelf.months:
            shelf.below = before
        shelf.months.append(month)
        shelf.totals.append(total)
    return standings


def _movements_sql() -> str:
    """Live facts of the replayed months: (account, day, service, amount, month of a charge or NULL)."""
    principal = "JOIN debtors_service s ON s.id = f.service_id AND NOT s.is_penalty WHERE q.chunk = %s"
    charges = f"""FROM {REPLAYED} q JOIN debtors_charge f ON f.account_id = q.account_id AND f.month >= q.from_month
        {principal} AND f.{LIVE}"""
    return f"""
        SELECT f.account_id, f.counts_on, f.service_id, f.charged, f.month {charges} AND f.charged > 0
        UNION ALL SELECT f.account_id, f.counts_on, f.service_id, f.credited, NULL {charges} AND f.credited > 0
        UNION ALL SELECT f.account_id, f.counts_on, f.service_id, f.amount, NULL FROM {REPLAYED} q
        JOIN debtors_payment f ON f.account_id = q.account_id AND {month_of("f.counts_on")} >= q.from_month
        {principal} AND f.{LIVE}"""


def _recall_dealt(chunk: int, standings: dict[int, Standing], movements: dict[int, list[Movement]]) -> None:
    """What was dealt before the replay, for the accounts whose pool is going to be reversed."""
    if not any(m.service == UNSPLIT and m.amount < 0 for moved in movements.values() for m in moved):
        return
    for account, service, month, amount in rows(
        f"""SELECT q.account_id, f.service_id, f.month, SUM(f.amount) FROM {REPLAYED} q
            JOIN debtors_allocation f ON f.account_id = q.account_id AND {month_of("f.counts_on")} < q.from_month
            WHERE q.chunk = %s AND f.withdrawn_at IS NULL GROUP BY q.account_id, f.service_id, f.month""",
        [chunk],
    ):
        standings[account].dealt[service, month] = int(amount)


def _write(booking: Booking, withdrawn: list[int], dealt: list[tuple]) -> None:
    if withdrawn:
        fresh_table("ledger_withdrawn", "id bigint NOT NULL")
        bulk_load("ledger_withdrawn", ["id"], ((pk,) for pk in withdrawn))
        execute(
            """UPDATE debtors_allocation SET withdrawn_booking_id = %s, withdrawn_at = %s
               WHERE id IN (SELECT id FROM ledger_withdrawn)""",
            [booking.pk, booking.learnt_at],
        )
    columns = ["account_id", "service_id", "month", "counts_on", "amount", "booking_id"]
    bulk_load("debtors_allocation", columns, ((*line, booking.pk) for line in dealt))


def _touch_more(booking: Booking) -> None:
    """The services and the pool of changed allocations change from their months on."""
    changed = "FROM debtors_allocation WHERE booking_id = %s OR withdrawn_booking_id = %s"
    fresh_table_as(
        "ledger_touched_more",
        f"""SELECT account_id, service_id, MIN(from_month) AS from_month FROM (
                SELECT account_id, service_id, from_month FROM {TOUCHED}
                UNION ALL SELECT account_id, service_id, {month_of("counts_on")} {changed}
                UNION ALL SELECT account_id, {UNSPLIT}, {month_of("counts_on")} {changed}
            ) t GROUP BY account_id, service_id""",
        [booking.pk] * 4,
    )
    fresh_table_as(TOUCHED, "SELECT account_id, service_id, from_month FROM ledger_touched_more")
