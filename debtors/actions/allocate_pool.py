"""Put money where the law wants it for the accounts of a booking; keep what does not change, withdraw what does.

Only accounts about which something has to be decided are replayed: those with unsplit money, with months named by payers, with
money on writs, or with open months lost to limitation; and only from the first month that the booking touched: see
`debtors.rules.allocation` for why that is enough. Rows are never deleted, so what was known at a past moment stays known.
"""

from debtors.actions.derive_totals import TOUCHED
from debtors.actions.replay_accounts import REPLAYED, Rows, replay_chunk
from debtors.models import UNSPLIT, Booking
from debtors.queries.dialect import (
    LIVE,
    analyse_if_grown,
    bulk_load,
    execute,
    fresh_table,
    fresh_table_as,
    greatest,
    month_of,
    rows,
)
from debtors.rules.allocation_lines import OLDEST_LOST, Dealt

CHUNK = 10_000
"""Accounts replayed at a time: bounds the memory, not the answer."""


def allocate_pool(booking: Booking, *, undone: Booking | None = None) -> bool:
    """Bring the allocations of the touched accounts up to date in the name of `booking`; extend the touched table.

    `undone`: the booking whose facts were just taken back, if that is what touched the accounts. Must run before totals are
    rebuilt: what stood before the touched months is read from them. Returns whether any row changed.
    """
    accounts = _pick_accounts(booking, taken_back=undone is not None)
    return bool(accounts) and _deal(booking, accounts)


def allocate_anew(booking: Booking) -> bool:
    """The same for all accounts of the touched table, whatever their states tell: what decides has changed, not the facts."""
    accounts = fresh_table_as(
        REPLAYED,
        f"""SELECT t.account_id, t.from_month, 1 AS in_full, (ROW_NUMBER() OVER (ORDER BY t.account_id) - 1) / {CHUNK} AS chunk
            FROM (SELECT account_id, MIN(from_month) AS from_month FROM {TOUCHED} GROUP BY account_id) t""",
        key="account_id",
    )
    return bool(accounts) and _deal(booking, accounts)


def _deal(booking: Booking, accounts: int) -> bool:
    withdrawn, dealt = [], []
    for chunk in range((accounts - 1) // CHUNK + 1):
        for account, old, new in replay_chunk(chunk):
            _compare(account, old, new, withdrawn, dealt)
    if not (withdrawn or dealt):
        return False
    _write(booking, withdrawn, dealt)
    _touch_more(booking)
    return True


LAID = "f.withdrawn_at IS NULL AND f.account_id = t.account_id"


def _pick_accounts(booking: Booking, *, taken_back: bool) -> int:
    """Fill the table of accounts to replay; return how many. Accounts with nothing to decide about are told by their states."""
    principal = "JOIN debtors_service s ON s.id = t.service_id AND NOT s.is_penalty"
    pool_before = f"""CASE WHEN st.last_month < t.from_month THEN st.balance WHEN st.first_month >= t.from_month THEN 0
        ELSE (SELECT m.cum_settled FROM debtors_monthtotal m WHERE m.account_id = t.account_id
              AND m.service_id = {UNSPLIT} AND m.month = t.from_month - 1) END"""
    fresh_table_as(
        "ledger_decided",
        f"""SELECT t.account_id, t.from_month, CASE WHEN st.balance <> 0 OR {pool_before} <> 0 THEN 1 ELSE 0 END AS in_full
            FROM (SELECT t.account_id, MIN(t.from_month) AS from_month, MIN(t.service_id) AS least_service
                  FROM {TOUCHED} t {principal} GROUP BY t.account_id) t
            LEFT JOIN debtors_servicestate st ON st.account_id = t.account_id AND st.service_id = {UNSPLIT}
            WHERE t.least_service = {UNSPLIT} OR st.balance <> 0 OR st.last_month >= t.from_month""",
    )
    for condition, in_full in _conditions(booking, taken_back=taken_back):
        execute(f"""
            INSERT INTO ledger_decided (account_id, from_month, in_full)
            SELECT t.account_id, t.from_month, {in_full} FROM {TOUCHED} t {principal}
            LEFT JOIN debtors_servicestate st ON st.account_id = t.account_id AND st.service_id = t.service_id
            WHERE {condition}""")
    return fresh_table_as(
        REPLAYED,
        f"""SELECT d.account_id, m.from_month, d.in_full, (ROW_NUMBER() OVER (ORDER BY d.account_id) - 1) / {CHUNK} AS chunk
            FROM (SELECT account_id, MAX(in_full) AS in_full FROM ledger_decided GROUP BY account_id) d
            JOIN (SELECT t.account_id, MIN(t.from_month) AS from_month FROM {TOUCHED} t {principal} GROUP BY t.account_id) m
                ON m.account_id = d.account_id""",
        key="account_id",
    )


def _conditions(booking: Booking, *, taken_back: bool) -> list[tuple[str, int]]:
    """What else makes an account be replayed: (SQL over a touched key and its state, whether its past is needed).

    Each is asked only when the books hold anything of the kind, so that books without it pay nothing.
    """
    found = []
    if _any("debtors_allocation", "(earmarked OR award_id IS NOT NULL) AND withdrawn_at IS NULL"):
        laid = f"SELECT 1 FROM debtors_allocation f WHERE {LAID} AND (f.earmarked OR f.award_id IS NOT NULL)"
        found.append((f"EXISTS ({laid})", 1))
    if _any("debtors_payment", "designated_month IS NOT NULL"):
        named = f"""SELECT 1 FROM debtors_payment f WHERE f.account_id = t.account_id AND f.designated_month IS NOT NULL
            AND {month_of("f.counts_on")} >= t.from_month AND f.{LIVE}"""
        found.append((f"EXISTS ({named})", 0))
    if _any("debtors_payment", "booking_id = %s AND amount < 0", [booking.pk]):
        reversed_one = f"""SELECT 1 FROM debtors_payment f WHERE f.account_id = t.account_id AND f.amount < 0
            AND f.booking_id = {int(booking.pk)}"""
        laid = f"SELECT 1 FROM debtors_allocation f WHERE {LAID}"
        found.append((f"EXISTS ({reversed_one}) AND EXISTS ({laid})", 1))
        taken_back = True
    found.append((_may_be_lost(booking, taken_back=taken_back), 1))
    return found


def _any(table: str, where: str, params: list | None = None) -> bool:
    return bool(rows(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", params or ()))


def _may_be_lost(booking: Booking, *, taken_back: bool) -> str:
    """A month lost to limitation may have been open when money came in the touched months.

    Money that came while such a month was open has rows already, and its account is replayed for them. So it is enough to look
    at what is open now and at what the booking charges; only when money was taken back may a paid month be open again.
    """
    ((newest,),) = rows(
        f"""SELECT COALESCE(MAX(month), 0) FROM (
                SELECT MAX({month_of("counts_on")}) AS month FROM debtors_payment WHERE booking_id = %s
                UNION ALL SELECT MAX(month) FROM debtors_charge WHERE booking_id = %s) f""",
        [booking.pk] * 2,
    )
    lost = f"({greatest('COALESCE(st.last_month, 0)', str(int(newest)))} - {OLDEST_LOST})"
    condition = f"(st.oldest_open_month <= {lost} OR t.from_month <= {lost}"
    if taken_back:
        condition += f"""
            OR st.first_month <= {lost} AND
               (SELECT m.cum_charged FROM debtors_monthtotal m WHERE m.account_id = t.account_id
                AND m.service_id = t.service_id AND m.month = {lost})
               > (SELECT m.cum_settled FROM debtors_monthtotal m WHERE m.account_id = t.account_id
                  AND m.service_id = t.service_id AND m.month = t.from_month - 1)"""
    return condition + f") AND t.service_id <> {UNSPLIT}"


def _compare(account: int, old: Rows, new: list[Dealt], withdrawn: list, dealt: list) -> None:
    """Rows that the replay repeats stay; the others are withdrawn, and what is missing is dealt."""
    for line in new:
        if old.get(line):
            old[line].pop()
        else:
            dealt.append((account, *line))
    withdrawn.extend(pk for left in old.values() for pk in left)


def _write(booking: Booking, withdrawn: list[int], dealt: list[tuple]) -> None:
    if withdrawn:
        fresh_table("ledger_withdrawn", "id bigint NOT NULL")
        bulk_load("ledger_withdrawn", ["id"], ((pk,) for pk in withdrawn))
        execute(
            """UPDATE debtors_allocation SET withdrawn_booking_id = %s, withdrawn_at = %s
               WHERE id IN (SELECT id FROM ledger_withdrawn)""",
            [booking.pk, booking.learnt_at],
        )
    columns = ["account_id", *COLUMNS, "booking_id"]
    bulk_load("debtors_allocation", columns, ((*line, booking.pk) for line in dealt))
    analyse_if_grown("debtors_allocation", len(dealt))


COLUMNS = ("service_id", "month", "counts_on", "amount", "moved", "earmarked", "why", "payment_id", "award_id")
"""The columns of an allocation in the order of `Dealt`."""


def _touch_more(booking: Booking) -> None:
    """The services and the pool of changed allocations change from their months on."""
    changed = "FROM debtors_allocation WHERE (booking_id = %s OR withdrawn_booking_id = %s)"
    fresh_table_as(
        "ledger_touched_more",
        f"""SELECT account_id, service_id, MIN(from_month) AS from_month FROM (
                SELECT account_id, service_id, from_month FROM {TOUCHED}
                UNION ALL SELECT account_id, service_id, {month_of("counts_on")} {changed}
                UNION ALL SELECT account_id, {UNSPLIT}, {month_of("counts_on")} {changed} AND moved
            ) t GROUP BY account_id, service_id""",
        [booking.pk] * 4,
    )
    fresh_table_as(TOUCHED, "SELECT account_id, service_id, from_month FROM ledger_touched_more")
