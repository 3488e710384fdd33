"""Put right in the states what running totals alone do not know: money that lies on definite months.

Debt and credit are the same either way; which months are open is not. Keys without such money are not looked at.
"""

import datetime as dt

from debtors.actions.derive_totals import TOUCHED
from debtors.queries.dialect import execute, fresh_table_as, greatest, least
from debtors.queries.earmarks import SAME_KEY, any_earmarks, effective_months
from debtors.queries.ledger_slices import Moment, balances
from debtors.rules.ageing import borders_on

EFFECTIVE = "ledger_effective"
LAID_ON = "ledger_laid_on"
MAX_INT = 2**31 - 1


def mind_earmarks_in_states() -> None:
    """The oldest open month of touched account-services with money laid on months, and how much lies there."""
    key = "debtors_servicestate.account_id, debtors_servicestate.service_id"
    execute(f"""UPDATE debtors_servicestate SET earmarked = 0
        WHERE earmarked <> 0 AND ({key}) IN (SELECT account_id, service_id FROM {TOUCHED})""")
    if not any_earmarks():
        return
    touched = f"(f.account_id, f.service_id) IN (SELECT account_id, service_id FROM {TOUCHED})"
    if not fresh_table_as(EFFECTIVE, effective_months(touched), key="account_id, service_id", looked_up=True):
        return
    execute(f"""
        UPDATE debtors_servicestate SET earmarked = e.laid, oldest_open_month = CASE WHEN balance > 0 THEN (
            SELECT MIN(m.month) FROM {EFFECTIVE} m WHERE {SAME_KEY.format(a="m", b="debtors_servicestate")}
            AND m.effective > debtors_servicestate.cum_settled) END
        FROM (SELECT account_id, service_id, CAST(SUM(laid) AS bigint) AS laid FROM {EFFECTIVE}
              GROUP BY account_id, service_id) e
        WHERE {SAME_KEY.format(a="debtors_servicestate", b="e")}""")


def mind_earmarks_in_accounts(accounts: str, on: dt.date) -> None:
    """What is overdue, since when, and whether it is at least that old, of the accounts (a temporary table) on the day."""
    if not any_earmarks():
        return
    found = fresh_table_as(
        LAID_ON,
        f"""SELECT DISTINCT f.account_id FROM debtors_allocation f
            WHERE f.earmarked AND f.withdrawn_at IS NULL AND f.account_id IN (SELECT account_id FROM {accounts})""",
        key="account_id",
    )
    if not found:
        return
    day = f"'{on.isoformat()}'"
    fresh_table_as(
        EFFECTIVE,
        effective_months(f"f.account_id IN (SELECT account_id FROM {LAID_ON})", by=day),
        key="account_id, service_id",
        looked_up=True,
    )
    keys, params = balances(Moment(on, accounts=LAID_ON))
    fresh_table_as(
        "ledger_laid_keys",
        f"""WITH keys (account_id, service_id, charged, settled, opening) AS ({keys})
            SELECT k.*, COALESCE(e.laid, 0) AS laid FROM keys k
            JOIN debtors_service s ON s.id = k.service_id AND NOT s.is_penalty AND NOT s.is_pool
            LEFT JOIN (SELECT account_id, service_id, CAST(SUM(laid) AS bigint) AS laid FROM {EFFECTIVE}
                       GROUP BY account_id, service_id) e ON {SAME_KEY.format(a="e", b="k")}""",
        params,
        key="account_id, service_id",
    )
    _rewrite(borders_on(on).newest_overdue)


def _rewrite(newest_overdue: int) -> None:
    """Overdue and oldest month of each key: effective where money is laid, the plain running total where it is not."""
    own = SAME_KEY.format(a="m", b="k")
    charged = f"""CASE WHEN k.laid <> 0
        THEN COALESCE((SELECT MAX(m.effective) FROM {EFFECTIVE} m WHERE {own} AND m.month <= {newest_overdue}), 0)
        ELSE COALESCE((SELECT m.cum_charged FROM debtors_monthtotal m WHERE {own} AND m.month <= {newest_overdue}
                       ORDER BY m.month DESC LIMIT 1), 0) END"""
    oldest = f"""CASE WHEN k.charged <= k.settled THEN NULL WHEN k.laid <> 0
        THEN (SELECT MIN(m.month) FROM {EFFECTIVE} m WHERE {own} AND m.effective > k.settled)
        ELSE (SELECT MIN(m.month) FROM debtors_monthtotal m WHERE {own} AND m.cum_charged > k.settled) END"""
    unknown = f"""CASE WHEN k.opening > 0 AND k.opening > k.settled - COALESCE((
        SELECT SUM(m.laid) FROM {EFFECTIVE} m WHERE {own} AND m.month NOT IN (
            SELECT c.month FROM debtors_charge c WHERE {SAME_KEY.format(a="c", b="k")} AND c.kind = 3)), 0)
        THEN 1 ELSE 0 END"""
    overdue = least(greatest(f"{charged} - k.settled", "0"), greatest("k.charged - k.settled", "0"))
    months = least("a.overdue * 100 / average_charge", str(MAX_INT))
    fresh_table_as(
        "ledger_laid_sums",
        f"""SELECT account_id, CAST(SUM(overdue) AS bigint) AS overdue, MIN(oldest) AS oldest, MAX(unknown) AS unknown
            FROM (SELECT k.account_id, {overdue} AS overdue, {oldest} AS oldest, {unknown} AS unknown
                  FROM ledger_laid_keys k) k GROUP BY account_id""",
        key="account_id",
    )
    execute(f"""
        UPDATE debtors_accountstate SET overdue = a.overdue, oldest_open_month = a.oldest, at_least = a.unknown = 1,
            months_x100 = CASE WHEN average_charge > 0 THEN {months} ELSE 0 END
        FROM ledger_laid_sums a WHERE debtors_accountstate.account_id = a.account_id""")
