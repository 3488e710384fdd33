"""Bring the state row of touched accounts up to date: the columns that lists and the opening of cases read.

The figures are those of `debtors.queries.ageing` on the day, by account; the SQL is built from the same parts.
"""

import datetime as dt

from debtors.actions.derive_states import OLDEST_OPEN
from debtors.queries.dialect import LIVE, execute, fresh_table_as, least
from debtors.queries.ledger_slices import Moment, balances, billed_up_to, charged_up_to
from debtors.rules.ageing import borders_on

ACCOUNTS = "ledger_accounts"
"""A temporary table (account_id): whose state is brought up to date."""

MAX_INT = 2**31 - 1
UPDATED = (
    "as_of",
    "balance",
    "debt",
    "credit",
    "overdue",
    "penalty",
    "average_charge",
    "months_x100",
    "oldest_open_month",
    "at_least",
    "last_payment_on",
)


def refresh_accounts(on: dt.date) -> None:
    """Rewrite AccountState of the accounts in `ledger_accounts` as of the day. A fixed number of statements."""
    execute(f"""
        DELETE FROM debtors_accountstate WHERE account_id IN (
            SELECT q.account_id FROM {ACCOUNTS} q
            WHERE NOT EXISTS (SELECT 1 FROM debtors_servicestate st WHERE st.account_id = q.account_id))""")
    moment = Moment(on, accounts=ACCOUNTS)
    newest_overdue = borders_on(on).newest_overdue
    keys, key_params = balances(moment)
    oldest = f"""CASE WHEN k.charged = st.cum_charged AND k.settled = st.cum_settled THEN st.oldest_open_month
        ELSE {OLDEST_OPEN.format(key="k", settled="k.settled", first="st.first_month")} END"""
    fresh_table_as(
        "ledger_named",
        f"""WITH keys (account_id, service_id, charged, settled, opening) AS ({keys})
            SELECT k.account_id, k.service_id, k.charged, k.settled, k.opening, s.is_penalty, s.is_pool
            FROM keys k JOIN debtors_service s ON s.id = k.service_id""",
        key_params,
        key="account_id, service_id",
    )
    for name, (select, params), columns in (
        ("ledger_due", charged_up_to(moment, [newest_overdue]), "account_id, service_id, month, charged"),
        ("ledger_year_ago", billed_up_to(moment, moment.full_month - 12), "account_id, service_id, billed"),
    ):
        rows_of = f"WITH q ({columns}) AS ({select}) SELECT * FROM q"
        fresh_table_as(name, rows_of, params, key="account_id, service_id")
    execute(
        f"""INSERT INTO debtors_accountstate (account_id, {", ".join(UPDATED)})
        WITH sums AS (
            SELECT account_id,
                SUM(CASE WHEN NOT is_penalty AND charged > settled THEN charged - settled ELSE 0 END) AS debt,
                SUM(CASE WHEN NOT is_penalty AND settled > charged THEN settled - charged ELSE 0 END) AS credit,
                SUM(CASE WHEN is_penalty THEN charged - settled ELSE 0 END) AS penalty,
                MAX(CASE WHEN NOT is_penalty AND opening > settled THEN 1 ELSE 0 END) AS at_least
            FROM ledger_named GROUP BY account_id),
        late AS (
            SELECT k.account_id, CAST(SUM(c.charged - k.settled) AS bigint) AS overdue FROM ledger_named k
            JOIN ledger_due c ON c.account_id = k.account_id AND c.service_id = k.service_id
            WHERE c.charged > k.settled AND k.charged > k.settled AND NOT k.is_penalty GROUP BY k.account_id),
        fronts AS (
            SELECT k.account_id, MIN({oldest}) AS month FROM ledger_named k
            JOIN debtors_servicestate st ON st.account_id = k.account_id AND st.service_id = k.service_id
            WHERE k.charged > k.settled AND NOT k.is_penalty AND NOT k.is_pool GROUP BY k.account_id),
        {_bills(moment.full_month)}
        SELECT n.account_id, %s, n.debt - n.credit, n.debt, n.credit, COALESCE(l.overdue, 0), n.penalty,
               COALESCE(b.average, 0),
               CASE WHEN b.average > 0 THEN {least("COALESCE(l.overdue, 0) * 100 / b.average", str(MAX_INT))} ELSE 0 END,
               f.month, n.at_least = 1, {_last_payment(on)}
        FROM sums n LEFT JOIN late l ON l.account_id = n.account_id LEFT JOIN fronts f ON f.account_id = n.account_id
        LEFT JOIN bills b ON b.account_id = n.account_id
        WHERE true
        ON CONFLICT (account_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in UPDATED)}""",
        [on],
    )


def _bills(newest: int) -> str:
    """Average of the last twelve counted months that were billed at all, half up; openings are no bills.

    The sum is a difference of running totals; the months are counted in the states' bits, brought to the same newest month.
    """
    aligned = f"""CASE WHEN st.last_month > {newest} THEN st.charged_months >> {least(f"st.last_month - {newest}", "62")}
            ELSE (st.charged_months & 4095) << {least(f"{newest} - st.last_month", "12")} END & 4095"""
    months = " + ".join(f"MAX((months >> {back}) & 1)" for back in range(12))
    return f"""billed AS (
            SELECT k.account_id, k.charged - k.opening - COALESCE(y.billed, 0) AS billed, {aligned} AS months
            FROM ledger_named k
            JOIN debtors_servicestate st ON st.account_id = k.account_id AND st.service_id = k.service_id
            LEFT JOIN ledger_year_ago y ON y.account_id = k.account_id AND y.service_id = k.service_id
            WHERE NOT k.is_penalty),
        years AS (SELECT account_id, CAST(SUM(billed) AS bigint) AS billed, {months} AS months FROM billed GROUP BY account_id),
        bills AS (SELECT account_id, (2 * billed + months) / (2 * months) AS average FROM years WHERE months > 0)"""


def _last_payment(on: dt.date) -> str:
    return f"""(SELECT p.counts_on FROM debtors_payment p
                WHERE p.account_id = n.account_id AND p.counts_on <= '{on.isoformat()}' AND p.amount > 0 AND p.{LIVE}
                ORDER BY p.counts_on DESC LIMIT 1)"""
