"""Money that lies on definite months, for the sums that otherwise follow from running totals.

With money going to the oldest charge, what is open of all charges up to month B is `max(0, charged up to B - all money)`. Money
laid on months newer than B is not there for B, so it is added back: `max(0, charged up to B + laid beyond B - all money)`. That
sum, here *effective*, grows with the months as the charges do, because nothing is laid beyond a charge. The rows are few, and
where there are none nothing is asked.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet

from debtors.queries.dialect import rows
from debtors.queries.ledger_slices import Moment, Sql

SAME_KEY = "{a}.account_id = {b}.account_id AND {a}.service_id = {b}.service_id"


def any_earmarks(moment: Moment | None = None) -> bool:
    """Some money lies on definite months. For the moments of the past withdrawn rows count too."""
    live = "" if moment and moment.known_on else "AND withdrawn_at IS NULL"
    return bool(rows(f"SELECT 1 FROM debtors_allocation WHERE earmarked {live} LIMIT 1"))


def laid_beyond(moment: Moment, borders: Sequence[int]) -> Sql:
    """Rows (account_id, service_id, month, amount): what lay on months newer than each border."""
    values = " UNION ALL ".join(f"SELECT CAST({int(month)} AS smallint) AS month" for month in borders)
    laid, params = _laid(moment)
    return (
        f"""SELECT f.account_id, f.service_id, m.month, CAST(SUM(f.amount) AS bigint) AS amount FROM ({laid}) f
            JOIN ({values}) m ON f.month > m.month GROUP BY f.account_id, f.service_id, m.month""",
        params,
    )


def laid_off_openings(moment: Moment) -> Sql:
    """Rows (account_id, service_id, amount): what lay on months that no opening balance belongs to."""
    laid, params = _laid(moment)
    opened = """SELECT 1 FROM debtors_charge c WHERE c.account_id = f.account_id AND c.service_id = f.service_id
        AND c.month = f.month AND c.kind = 3"""
    return (
        f"""SELECT f.account_id, f.service_id, CAST(SUM(f.amount) AS bigint) AS amount FROM ({laid}) f
            WHERE NOT EXISTS ({opened}) GROUP BY f.account_id, f.service_id""",
        params,
    )


def laid_on_months(
    accounts: QuerySet, *, as_of: dt.date, known_on: dt.datetime | None = None
) -> dict[tuple[int, int], dict[int, int]]:
    """(account, service) -> month -> kopecks that lay on it on the day, as known at the moment (None: now)."""
    sql, params = _laid(Moment(as_of, known_on, accounts))
    found: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for account, service, month, amount in rows(sql, params):
        found[account, service][month] += int(amount)
    return found


def _laid(moment: Moment) -> Sql:
    """Rows (account_id, service_id, month, amount) laid by the day, as known at the moment."""
    picked, params = moment.picked("f.account_id")
    known, join = "f.withdrawn_at IS NULL", ""
    if moment.known_on is not None:
        join = "JOIN debtors_booking b ON b.id = f.booking_id"
        known = "b.learnt_at <= %s AND (f.withdrawn_at IS NULL OR f.withdrawn_at > %s)"
        params = [moment.known_on, moment.known_on, *params]
    return (
        f"""SELECT f.account_id, f.service_id, f.month, f.amount FROM debtors_allocation f {join}
            WHERE f.earmarked AND f.counts_on <= '{moment.as_of}' AND {known}{picked}""",
        params,
    )


def effective_months(where: str, *, by: str = "") -> str:
    """SQL (account_id, service_id, month, charged, laid, effective) of the keys that have money laid on months now.

    `where` is a condition over `f`, the allocations; `by` an SQL day: only what was laid by it.
    """
    until = f"AND f.counts_on <= {by}" if by else ""
    return f"""
        SELECT t.account_id, t.service_id, t.month, t.charged, COALESCE(l.amount, 0) AS laid,
               t.cum_charged + COALESCE(CAST(SUM(l.amount) OVER (
                   PARTITION BY t.account_id, t.service_id ORDER BY t.month DESC
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bigint), 0) AS effective
        FROM (SELECT DISTINCT f.account_id, f.service_id FROM debtors_allocation f
              WHERE f.earmarked AND f.withdrawn_at IS NULL {until} AND {where}) k
        JOIN debtors_monthtotal t ON {SAME_KEY.format(a="t", b="k")}
        LEFT JOIN (
            SELECT f.account_id, f.service_id, f.month, CAST(SUM(f.amount) AS bigint) AS amount FROM debtors_allocation f
            WHERE f.earmarked AND f.withdrawn_at IS NULL {until} AND {where}
            GROUP BY f.account_id, f.service_id, f.month) l ON {SAME_KEY.format(a="l", b="t")} AND l.month = t.month"""
