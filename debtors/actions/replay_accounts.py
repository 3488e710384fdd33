"""Load accounts for a replay of their money: how they stood before its first month, and their facts from then on."""

from collections import defaultdict
from collections.abc import Iterator

from casedesk.common import months
from debtors.models import UNSPLIT, Award, AwardLine
from debtors.queries.barred_months import barred_months
from debtors.queries.dialect import LIVE, month_of, rows
from debtors.rules.allocation import replay
from debtors.rules.allocation_lines import AwardBook, Dealt, Held, Movement, Standing, Why
from debtors.rules.shelves import Shelf

REPLAYED = "ledger_replayed"
"""A temporary table (account_id, from_month, chunk, in_full). `in_full`: what was put where before matters too."""

Rows = dict[Dealt, list[int]]
DEALT = "f.service_id, f.month, f.counts_on, f.amount, f.moved, f.earmarked, f.why, f.payment_id, f.award_id"


def replay_chunk(chunk: int) -> Iterator[tuple[int, Rows, list[Dealt]]]:
    """Each account of the chunk with its live rows of the replayed months and what they ought to be."""
    accounts = dict(rows(f"SELECT account_id, from_month FROM {REPLAYED} WHERE chunk = %s", [chunk]))
    standings = _standings(chunk)
    _recall(chunk, standings, accounts)
    _fill_awards(chunk, standings)
    movements: dict[int, list[Movement]] = defaultdict(list)
    for account, *movement in rows(_movements_sql(), [chunk] * 3):
        movements[account].append(Movement(*movement))
    live: dict[int, Rows] = defaultdict(lambda: defaultdict(list))
    for account, pk, *line in rows(
        f"""SELECT q.account_id, f.id, {DEALT} FROM {REPLAYED} q
            JOIN debtors_allocation f ON f.account_id = q.account_id AND {month_of("f.counts_on")} >= q.from_month
            WHERE q.chunk = %s AND f.withdrawn_at IS NULL""",
        [chunk],
    ):
        live[account][_dealt(line)].append(pk)
    terms = barred_months(accounts)
    for account in accounts:
        yield account, live[account], replay(standings[account], movements[account], terms.of(account))


def _dealt(line: list) -> Dealt:
    service, month, day, amount, moved, earmarked, why, payment, award = line
    return Dealt(service, month, day, int(amount), bool(moved), bool(earmarked), why, payment, award)


STARTS = f"""
    SELECT q.account_id, st.service_id, q.from_month, q.in_full,
           CASE WHEN st.first_month >= q.from_month THEN 0 WHEN st.last_month < q.from_month THEN st.cum_settled
           ELSE (SELECT t.cum_settled FROM debtors_monthtotal t WHERE t.account_id = st.account_id
                 AND t.service_id = st.service_id AND t.month = q.from_month - 1) END AS settled,
           CASE WHEN st.first_month >= q.from_month THEN 0 WHEN st.last_month < q.from_month THEN st.cum_charged
           ELSE (SELECT t.cum_charged FROM debtors_monthtotal t WHERE t.account_id = st.account_id
                 AND t.service_id = st.service_id AND t.month = q.from_month - 1) END AS charged
    FROM {REPLAYED} q JOIN debtors_servicestate st ON st.account_id = q.account_id
    JOIN debtors_service s ON s.id = st.service_id AND NOT s.is_penalty AND NOT s.is_pool
    WHERE q.chunk = %s"""
"""Money and charges of each principal service at the end of the month before the replay."""


def _standings(chunk: int) -> dict[int, Standing]:
    """Charges and money of each service before the replay: months still open, or all of them where the past is needed."""
    standings: dict[int, Standing] = defaultdict(Standing)
    for account, service, _, _, settled, charged in rows(STARTS, [chunk]):
        standings[account].shelves[service] = Shelf(below=charged, free=settled)
    found = rows(
        f"""WITH starts AS ({STARTS})
            SELECT t.account_id, t.service_id, t.month, t.cum_charged, t.cum_charged - t.charged FROM starts b
            JOIN debtors_monthtotal t ON t.account_id = b.account_id AND t.service_id = b.service_id
                AND t.month < b.from_month AND t.charged > 0
            WHERE b.in_full = 1 OR t.cum_charged > b.settled
            ORDER BY t.account_id, t.service_id, t.month""",
        [chunk],
    )
    for account, service, month, total, before in found:
        shelf = standings[account].shelves[service]
        if not shelf.months:
            shelf.below = before
        shelf.months.append(month)
        shelf.totals.append(total)
    return standings


def _recall(chunk: int, standings: dict[int, Standing], accounts: dict[int, int]) -> None:
    """What lay where before the replay, and what was left in the pool, by payment."""
    left: dict[int, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    for account, service, month, moved, earmarked, why, payment, award, amount in rows(
        f"""SELECT q.account_id, f.service_id, f.month, f.moved, f.earmarked, f.why, f.payment_id, f.award_id, SUM(f.amount)
            FROM {REPLAYED} q JOIN debtors_allocation f ON f.account_id = q.account_id
                AND {month_of("f.counts_on")} < q.from_month
            WHERE q.chunk = %s AND q.in_full = 1 AND f.withdrawn_at IS NULL
            GROUP BY q.account_id, f.service_id, f.month, f.moved, f.earmarked, f.why, f.payment_id, f.award_id""",
        [chunk],
    ):
        standing, amount = standings[account], int(amount)
        if moved:
            left[account][payment] -= amount
        if why != Why.WAITING:
            key = (service, month, bool(moved), bool(earmarked), award)
            lies = standing.laid.setdefault(payment, {})
            lies[key] = lies.get(key, 0) + amount
        if earmarked and service in standing.shelves:
            standing.shelves[service].earmark(month, amount)
            standing.shelves[service].free -= amount
    _refill_pool(chunk, standings, accounts, left)


def _refill_pool(chunk, standings, accounts, left) -> None:
    """Payments before the replay with money in the pool: those of the pool, and those whose service waits for a month."""
    known = {}
    for account, payment, service, day, designated, award, amount in rows(
        f"""SELECT q.account_id, COALESCE(f.reverses_id, f.id), f.service_id, f.counts_on, f.designated_month, f.award_id,
                   f.amount
            FROM {REPLAYED} q JOIN debtors_payment f ON f.account_id = q.account_id
                AND {month_of("f.counts_on")} < q.from_month
            WHERE q.chunk = %s AND q.in_full = 1 AND (f.service_id = {UNSPLIT} OR f.designated_month IS NOT NULL)
              AND f.{LIVE} ORDER BY f.amount""",
        [chunk],
    ):
        if service == UNSPLIT:
            left[account][payment] += int(amount)
        known[account, payment] = (day, service, designated, award)
    for account, amounts in left.items():
        standings[account].short -= min(amounts.pop(None, 0), 0)
        for payment, amount in amounts.items():
            if amount > 0:
                day, service, designated, award = known[account, payment]
                waits = designated is not None and award is None and designated >= accounts[account]
                held = Held(day, payment, amount, designated if waits else None, award, service if waits else UNSPLIT)
                standings[account].pool.append(held)
            standings[account].short -= min(amount, 0)


def _fill_awards(chunk: int, standings: dict[int, Standing]) -> None:
    """What the awards asked of their accounts, less what came before the replay."""
    needed = rows(
        f"""SELECT DISTINCT q.account_id, f.award_id FROM {REPLAYED} q
            JOIN debtors_payment f ON f.account_id = q.account_id AND f.award_id IS NOT NULL
            WHERE q.chunk = %s AND f.{LIVE}""",
        [chunk],
    )
    if not needed:
        return
    awards = Award.objects.live().in_bulk({award for _, award in needed})
    lines = defaultdict(list)
    for award, account, service, month, amount in AwardLine.objects.filter(award__in=awards).values_list(
        "award_id", "account_id", "service_id", "month", "amount"
    ):
        lines[award].append((account, service, month, amount))
    for account, pk in needed:
        if pk in awards:
            standings[account].awards[pk] = _book(awards[pk], account, lines[pk])
    for standing in standings.values():
        _take_from_awards(standing)


def _take_from_awards(standing: Standing) -> None:
    for lies in standing.laid.values():
        for (service, month, _, _, award), amount in lies.items():
            if award in standing.awards:
                standing.awards[award].take(service, month, amount)


def _book(award: Award, account: int, lines: list[tuple]) -> AwardBook:
    """The part of an award that one account owes: the costs and the penalty are owed by its own account only."""
    own = award.account_id == account
    book = AwardBook(
        months.of(award.granted_on),
        duty=award.duty if own else 0,
        penalty=award.penalty if own else 0,
        unnamed=award.principal if own and not lines else 0,
    )
    for of_account, service, month, amount in lines:
        if of_account == account:
            book.lines.setdefault(month, {})[service] = amount
    return book


def _movements_sql() -> str:
    """Live facts of the replayed months: (account, day, service, amount, month, payment, what it names, a write-off)."""
    principal = "JOIN debtors_service s ON s.id = f.service_id AND NOT s.is_penalty WHERE q.chunk = %s"
    charges = f"""FROM {REPLAYED} q JOIN debtors_charge f ON f.account_id = q.account_id AND f.month >= q.from_month
        {principal} AND f.{LIVE}"""
    nothing = "NULL, NULL, NULL, NULL, false"
    return f"""
        SELECT f.account_id, f.counts_on, f.service_id, f.amount, NULL, f.id, f.designated_month, f.award_id, f.reverses_id,
               f.channel = 'write_off'
        FROM {REPLAYED} q JOIN debtors_payment f ON f.account_id = q.account_id
            AND {month_of("f.counts_on")} >= q.from_month
        {principal} AND f.{LIVE}
        UNION ALL SELECT f.account_id, f.counts_on, f.service_id, f.charged, f.month, {nothing} {charges} AND f.charged > 0
        UNION ALL SELECT f.account_id, f.counts_on, f.service_id, f.credited, NULL, {nothing} {charges} AND f.credited > 0"""
