"""Which months of which services are open, to the kopeck: the closed form over running totals.

With payments going to the oldest charge first, month M of a service has `charged(M)` open at most, and no more than what is
left of the charges up to M after all money: `cum_charged(M) - cum_settled`. Penalty services and the pool stay out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.norms.due_dates import newest_overdue_month
from debtors.queries.dialect import greatest, least, rows
from debtors.queries.earmarks import effective_months

LAID_OPEN = least("e.charged - e.laid", greatest("e.effective - st.cum_settled", "0"))
OPEN = least("t.charged", greatest("t.cum_charged - st.cum_settled", "0"))


@dataclass(frozen=True)
class OpenMonth:
    """What is open of one account's service for one month, in kopecks. `at_least`: part of an opening balance, maybe older."""

    account_id: int
    service_id: int
    month: int
    kopecks: int
    at_least: bool


def open_months_sql(accounts: str, newest: int | None = None) -> str:
    """SQL (account_id, service_id, month, kopecks, at_least) for an SQL list of accounts, up to the newest month asked."""
    until = f"AND t.month <= {int(newest)}" if newest is not None else ""
    laid = effective_months(f"f.account_id IN ({accounts})")
    return f"""
        SELECT t.account_id, t.service_id, t.month, {OPEN} AS kopecks,
               (t.month = st.oldest_open_month AND st.cum_opening > st.cum_settled) AS at_least
        FROM debtors_servicestate st
        JOIN debtors_service v ON v.id = st.service_id AND NOT v.is_penalty AND NOT v.is_pool
        JOIN debtors_monthtotal t ON t.account_id = st.account_id AND t.service_id = st.service_id
        WHERE st.balance > 0 AND st.account_id IN ({accounts}) AND t.month >= st.oldest_open_month {until}
          AND t.charged > 0 AND t.cum_charged > st.cum_settled AND st.earmarked = 0
        UNION ALL
        SELECT st.account_id, st.service_id, e.month, {LAID_OPEN},
               (e.month = st.oldest_open_month AND st.cum_opening > st.cum_settled)
        FROM ({laid}) e JOIN debtors_servicestate st ON st.account_id = e.account_id AND st.service_id = e.service_id
        JOIN debtors_service v ON v.id = st.service_id AND NOT v.is_penalty AND NOT v.is_pool
        WHERE st.balance > 0 AND st.earmarked <> 0 {until.replace("t.", "e.")}
          AND e.charged > e.laid AND e.effective > st.cum_settled
    """


def open_months(*, account_ids: Iterable[int], overdue_on: dt.date | None = None, newest: int | None = None) -> list[OpenMonth]:
    """Open months of these accounts, oldest first; with a day, only those overdue on it; with a month, none newer."""
    listed = ", ".join(str(int(pk)) for pk in account_ids) or "NULL"
    newest = newest_overdue_month(overdue_on) if overdue_on else newest
    found = rows(open_months_sql(listed, newest) + " ORDER BY 3, 2, 1")
    return [
        OpenMonth(account, service, month, int(kopecks), bool(least_)) for account, service, month, kopecks, least_ in found
    ]
