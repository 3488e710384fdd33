"""SQL of the ledger as it stood: charged and settled per account and service on a day, as known at a moment.

The running totals carry it to the last full month; what is dated in the open month is added from the facts. For a moment in
the past, facts learnt after it are taken off and facts undone after it are put back: they are few, and the answer is exact
for every moment.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from casedesk.common import months
from debtors.models import UNSPLIT, Booking, Charge
from debtors.queries.dialect import LIVE, rows

Sql = tuple[str, list]


@dataclass(frozen=True)
class Moment:
    """Which facts are asked for: counting by `as_of`, known at `known_on` (None: now), of some accounts (None: all).

    `accounts` may also be the name of a temporary table with a column `account_id`.
    """

    as_of: dt.date
    known_on: dt.datetime | None = None
    accounts: QuerySet | str | None = None

    @property
    def full_month(self) -> int:
        """The newest month that counts in full."""
        return months.fully_counted(self.as_of)

    def picked(self, column: str) -> Sql:
        """A condition that keeps the accounts asked for."""
        if self.accounts is None:
            return "", []
        if isinstance(self.accounts, str):
            return f" AND {column} IN (SELECT account_id FROM {self.accounts})", []
        try:
            sql, params = self.accounts.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # nobody can fit: Django makes no statement of such a query
            return " AND 1 = 0", []
        return f" AND {column} IN ({sql})", list(params)

    def has_later_facts(self) -> bool:
        """Some account-service of those asked for has facts of a later month than the newest that counts in full."""
        picked, params = self.picked("st.account_id")
        later = f"SELECT 1 FROM debtors_servicestate st WHERE st.last_month > {self.full_month}{picked} LIMIT 1"
        return bool(rows(later, params))

    def changed_since(self) -> bool:
        """Something was learnt or undone after the moment: today's totals are not what was known then."""
        if self.known_on is None:
            return False
        later = Booking.objects.filter(learnt_at__gt=self.known_on) | Booking.objects.filter(undone_at__gt=self.known_on)
        return later.exists()


AMOUNTS = ("charged", "settled", "opening")
SAME_KEY = "{a}.account_id = {b}.account_id AND {a}.service_id = {b}.service_id"


def balances(moment: Moment) -> Sql:
    """Rows (account_id, service_id, charged, settled, opening) on the day, one per account and service."""
    base = [_closed_keys(moment)]
    if moment.has_later_facts():
        base.append(_running_keys(moment))
    moves = []
    if moment.as_of >= months.first_day(moment.full_month + 1):
        moves += _open_month(moment)
    if moment.changed_since():
        moves += _corrections(moment)
    return _moved(moment, _union(base), _union(moves)) if moves else _union(base)


def _moved(moment: Moment, base: Sql, moves: Sql) -> Sql:
    """The base with the moves added. Moves are few beside it, so they are summed first and the base is only looked up."""
    sums = ", ".join(f"CAST(SUM({name}) AS bigint) AS {name}" for name in AMOUNTS)
    added = ", ".join(f"k.{name} + COALESCE(m.{name}, 0) AS {name}" for name in AMOUNTS)
    return (
        f"""WITH moves (account_id, service_id, charged, settled, opening) AS ({moves[0]}),
            moved AS (SELECT account_id, service_id, {sums} FROM moves GROUP BY account_id, service_id)
            SELECT k.account_id, k.service_id, {added} FROM ({base[0]}) k
            LEFT JOIN moved m ON {SAME_KEY.format(a="m", b="k")}
            UNION ALL SELECT m.account_id, m.service_id, m.charged, m.settled, m.opening FROM moved m
            WHERE NOT EXISTS (SELECT 1 FROM debtors_servicestate st
                WHERE {SAME_KEY.format(a="st", b="m")} AND st.first_month <= {moment.full_month})""",
        [*moves[1], *base[1]],
    )


def charged_up_to(moment: Moment, borders: Sequence[int]) -> Sql:
    """Rows (account_id, service_id, month, charged): all charges up to each of the border months."""
    listed = ", ".join(str(int(month)) for month in borders)
    values = " UNION ALL ".join(f"SELECT CAST({int(month)} AS smallint) AS month" for month in borders)
    picked, params = moment.picked("t.account_id")
    picked_state, state_params = moment.picked("st.account_id")
    parts: list[Sql] = [
        (
            "SELECT t.account_id, t.service_id, t.month, t.cum_charged AS charged "
            f"FROM debtors_monthtotal t WHERE t.month IN ({listed}){picked}",
            params,
        ),
        (
            "SELECT st.account_id, st.service_id, b.month, st.cum_charged FROM debtors_servicestate st "
            f"JOIN ({values}) b ON st.last_month < b.month WHERE st.last_month < {max(borders)}{picked_state}",
            state_params,
        ),
    ]
    if not moment.changed_since():
        return _union(parts)
    parts.append(_corrected_charges(moment, values))
    sql, all_params = _union(parts)
    return (
        "SELECT account_id, service_id, month, CAST(SUM(charged) AS bigint) AS charged "
        f"FROM ({sql}) f GROUP BY account_id, service_id, month",
        all_params,
    )


def billed_up_to(moment: Moment, month: int) -> Sql:
    """Rows (account_id, service_id, billed): all charges up to a month that were no opening balances, as known now."""
    picked, params = moment.picked("t.account_id")
    picked_state, state_params = moment.picked("st.account_id")
    return (
        "SELECT t.account_id, t.service_id, t.cum_charged - t.cum_opening FROM debtors_monthtotal t "
        f"WHERE t.month = {month}{picked} UNION ALL "
        "SELECT st.account_id, st.service_id, st.cum_charged - st.cum_opening FROM debtors_servicestate st "
        f"WHERE st.last_month < {month}{picked_state}",
        [*params, *state_params],
    )


def _union(parts: Sequence[Sql]) -> Sql:
    return " UNION ALL ".join(sql for sql, _ in parts), [value for _, params in parts for value in params]


def _closed_keys(moment: Moment) -> Sql:
    """Accounts and services with no fact after the last full month: their state says it."""
    picked, params = moment.picked("st.account_id")
    return (
        "SELECT st.account_id, st.service_id, st.cum_charged AS charged, st.cum_settled AS settled, st.cum_opening AS opening "
        f"FROM debtors_servicestate st WHERE st.last_month <= {moment.full_month}{picked}",
        params,
    )


def _running_keys(moment: Moment) -> Sql:
    """The others: their running total of that month."""
    picked, params = moment.picked("st.account_id")
    return (
        "SELECT st.account_id, st.service_id, t.cum_charged, t.cum_settled, t.cum_opening FROM debtors_servicestate st "
        "JOIN debtors_monthtotal t ON t.account_id = st.account_id AND t.service_id = st.service_id "
        f"AND t.month = {moment.full_month} WHERE st.last_month > {moment.full_month}{picked}",
        params,
    )


ALLOCATED = "f.withdrawn_at IS NULL AND f.moved"


def _fact_parts(where_fact: str, where_allocation: str, sign: str, allocation_sign: str, tail: str, params: list) -> list[Sql]:
    """The four kinds of movement as (account, service, charged, settled, opening): charges, payments, allocation and pool."""
    opening = f"CASE WHEN f.kind = {Charge.Kind.OPENING.value} THEN f.charged ELSE 0 END"
    join = " JOIN debtors_booking b ON b.id = f.booking_id" if "b." in where_fact + where_allocation else ""
    sources = [
        ("debtors_charge", "f.service_id", "f.charged", "f.credited", opening, where_fact, sign),
        ("debtors_payment", "f.service_id", "0", "f.amount", "0", where_fact, sign),
        ("debtors_allocation", "f.service_id", "0", "f.amount", "0", where_allocation, allocation_sign),
        ("debtors_allocation", f"CAST({UNSPLIT} AS smallint)", "0", "-f.amount", "0", where_allocation, allocation_sign),
    ]
    return [
        (
            f"SELECT f.account_id, {service}, {factor} * ({charged}), {factor} * ({settled}), {factor} * ({opened}) "
            f"FROM {table} f{join} WHERE {where}{tail}",
            list(params),
        )
        for table, service, charged, settled, opened, where, factor in sources
    ]


def _open_month(moment: Moment) -> list[Sql]:
    """Facts dated after the last full month, up to the day. Of charges only an opening can count before its month ends."""
    picked, params = moment.picked("f.account_id")
    first = months.first_day(moment.full_month + 1)
    tail = f" AND f.counts_on BETWEEN '{first}' AND '{moment.as_of}'{picked}"
    (charges, charge_params), *others = _fact_parts(f"f.{LIVE}", ALLOCATED, "1", "1", tail, params)
    return [(f"{charges} AND f.kind = {Charge.Kind.OPENING.value}", charge_params), *others]


FACT_CHANGED = "((b.learnt_at > %s AND b.undone_at IS NULL) OR (b.learnt_at <= %s AND b.undone_at > %s))"
ALLOCATION_CHANGED = (
    "f.moved AND ((b.learnt_at > %s AND f.withdrawn_at IS NULL) OR (b.learnt_at <= %s AND f.withdrawn_at > %s))"
)
SIGN = "CASE WHEN b.learnt_at > %s THEN -1 ELSE 1 END"


def _corrections(moment: Moment) -> list[Sql]:
    """Facts learnt after the moment, taken off; facts undone after it, put back."""
    picked, picked_params = moment.picked("f.account_id")
    tail = f" AND f.counts_on <= '{moment.as_of}'{picked}"
    parts = _fact_parts(FACT_CHANGED, ALLOCATION_CHANGED, SIGN, SIGN, tail, picked_params)
    known = moment.known_on
    return [(sql, [known] * 6 + params) for sql, params in parts]


def _corrected_charges(moment: Moment, borders: str) -> Sql:
    picked, params = moment.picked("f.account_id")
    return (
        f"SELECT f.account_id, f.service_id, m.month, {SIGN} * f.charged FROM debtors_charge f "
        f"JOIN debtors_booking b ON b.id = f.booking_id JOIN ({borders}) m ON f.month <= m.month "
        f"WHERE {FACT_CHANGED}{picked}",
        [moment.known_on] * 4 + params,
    )
