"""Accounts whose overdue debt reaches a number of average monthly bills, on any day, as known now: rows B1 and Z6b in bulk.

One statement over the ledger's running totals: the lists of a whole town are some thousands of rows, never its bills. The
figures are those of `debtors.queries.ageing` and `debtors.rules.ageing.average_charge`.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from debtors.queries.billed_months import any_of_bits, bits_on, count_of_bits
from debtors.queries.dialect import give_room, on_postgres, rows
from debtors.queries.earmarks import any_earmarks, laid_beyond
from debtors.queries.ledger_slices import Moment, balances, billed_up_to, charged_up_to
from debtors.rules.ageing import borders_on

NOTHING_LAID = "SELECT 0, 0, 0, 0 WHERE 1 = 0", []


def overdue_over(accounts: QuerySet | None, *, as_of: dt.date, threshold_x100: int) -> dict[int, int]:
    """Account id -> overdue kopecks, of those who owe so many hundredths of their average bill; without one, any debt.

    The average is of the billed months among the last twelve counted ones, half up.
    """
    moment, border = Moment(as_of, accounts=accounts), [borders_on(as_of).newest_overdue]
    newest = moment.full_month
    laid_sql, laid_params = laid_beyond(moment, border) if any_earmarks(moment) else NOTHING_LAID
    parts = [balances(moment), charged_up_to(moment, border), billed_up_to(moment, newest), billed_up_to(moment, newest - 12)]
    keys, due, now, before = (sql for sql, _ in parts)
    materialized = "AS MATERIALIZED" if on_postgres() else "AS"
    same = "{0}.account_id = k.account_id AND {0}.service_id = k.service_id"
    sql = f"""
        WITH laid (account_id, service_id, month, amount) AS ({laid_sql}),
        keys (account_id, service_id, charged, settled, opening) AS ({keys}),
        due (account_id, service_id, month, charged) AS ({due}),
        billed (account_id, service_id, billed) AS ({now}),
        billed_before (account_id, service_id, billed) AS ({before}),
        owed {materialized} (
            SELECT k.account_id, CAST(SUM(c.charged + COALESCE(l.amount, 0) - k.settled) AS bigint) AS overdue
            FROM keys k JOIN debtors_service s ON s.id = k.service_id AND NOT s.is_penalty
            JOIN due c ON {same.format("c")}
            LEFT JOIN laid l ON {same.format("l")} AND l.month = c.month
            WHERE k.charged > k.settled AND c.charged + COALESCE(l.amount, 0) > k.settled
            GROUP BY k.account_id),
        parts AS (
            SELECT k.account_id, o.overdue, b.billed - COALESCE(y.billed, 0) AS billed, {bits_on(newest, "k")} AS months
            FROM owed o JOIN debtors_servicestate k ON k.account_id = o.account_id
            JOIN debtors_service s ON s.id = k.service_id AND NOT s.is_penalty
            JOIN billed b ON {same.format("b")}
            LEFT JOIN billed_before y ON {same.format("y")}),
        counted AS (
            SELECT account_id, overdue, CAST(SUM(billed) AS bigint) AS billed, {any_of_bits()} AS months
            FROM parts GROUP BY account_id, overdue),
        averages AS (SELECT account_id, billed, {count_of_bits()} AS number FROM counted)
        SELECT o.account_id, o.overdue FROM owed o LEFT JOIN averages a ON a.account_id = o.account_id
        WHERE o.overdue * 100 >= {int(threshold_x100)} *
            CASE WHEN a.number > 0 THEN (2 * a.billed + a.number) / (2 * a.number) ELSE 0 END
        ORDER BY o.account_id"""
    with transaction.atomic():
        give_room()
        return dict(rows(sql, [*laid_params, *(value for _, params in parts for value in params)]))
