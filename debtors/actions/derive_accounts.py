"""Bring the state row of touched accounts up to date: the columns that lists and the opening of cases read.

The figures are those of `debtors.queries.ageing` on the day, by account; the SQL is built from the same parts.
"""

import datetime as dt

from debtors.actions.derive_earmarks import mind_earmarks_in_accounts
from debtors.actions.derive_states import OLDEST_OPEN
from debtors.queries.billed_months import any_of_bits, bits_on, count_of_bits
from debtors.queries.dialect import LIVE, execute, fresh_table_as, least
from debtors.queries.ledger_slices import Moment, balances, billed_up_to, charged_up_to
from debtors.rules.ageing import borders_on

ACCOUNTS = "ledger_accounts"
"""A temporary table (account_id): whose state is brought up to date."""

SUMS = "ledger_account_sums"
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
    for name, (select, params), columns in (
        ("ledger_due", charged_up_to(moment, [borders_on(on).newest_overdue]), "account_id, service_id, month, charged"),
        ("ledger_year_ago", billed_up_to(moment, moment.full_month - 12), "account_id, service_id, billed"),
    ):
        rows_of = f"WITH q ({columns}) AS ({select}) SELECT * FROM q"
        fresh_table_as(name, rows_of, params, key="account_id, service_id")
    keys, params = balances(moment)
    fresh_table_as(
        SUMS,
        f"""WITH keys (account_id, service_id, charged, settled, opening) AS ({keys}), {_parts(moment.full_month)}
            SELECT account_id, CAST(SUM(debt) AS bigint) AS debt, CAST(SUM(credit) AS bigint) AS credit,
                   CAST(SUM(penalty) AS bigint) AS penalty, MAX(at_least) AS at_least, CAST(SUM(overdue) AS bigint) AS overdue,
                   MIN(oldest) AS oldest, CAST(SUM(billed) AS bigint) AS billed, {any_of_bits()} AS months
            FROM parts GROUP BY account_id""",
        params,
        key="account_id",
    )
    _write(on)


def _parts(newest: int) -> str:
    """SQL of what each account and service brings into its account's state.

    The oldest open month is the state's own when nothing was dated after it. The months billed at all are counted in the
    states' bits, brought to the same newest month; openings are no bills.
    """
    oldest = f"""CASE WHEN k.charged = st.cum_charged AND k.settled = st.cum_settled THEN st.oldest_open_month
        ELSE {OLDEST_OPEN.format(key="k", settled="k.settled", first="st.first_month")} END"""
    return f"""parts AS (
        SELECT k.account_id,
            CASE WHEN s.is_penalty OR k.charged < k.settled THEN 0 ELSE k.charged - k.settled END AS debt,
            CASE WHEN s.is_penalty OR k.charged > k.settled THEN 0 ELSE k.settled - k.charged END AS credit,
            CASE WHEN s.is_penalty THEN k.charged - k.settled ELSE 0 END AS penalty,
            CASE WHEN NOT s.is_penalty AND k.opening > k.settled THEN 1 ELSE 0 END AS at_least,
            CASE WHEN NOT s.is_penalty AND k.charged > k.settled AND c.charged > k.settled THEN c.charged - k.settled
                 ELSE 0 END AS overdue,
            CASE WHEN NOT s.is_penalty AND NOT s.is_pool AND k.charged > k.settled THEN {oldest} END AS oldest,
            CASE WHEN NOT s.is_penalty AND st.account_id IS NOT NULL THEN k.charged - k.opening - COALESCE(y.billed, 0)
                 ELSE 0 END AS billed,
            CASE WHEN s.is_penalty OR st.account_id IS NULL THEN 0 ELSE {bits_on(newest)} END AS months
        FROM keys k JOIN debtors_service s ON s.id = k.service_id
        LEFT JOIN debtors_servicestate st ON st.account_id = k.account_id AND st.service_id = k.service_id
        LEFT JOIN ledger_due c ON c.account_id = k.account_id AND c.service_id = k.service_id
        LEFT JOIN ledger_year_ago y ON y.account_id = k.account_id AND y.service_id = k.service_id)"""


def _write(on: dt.date) -> None:
    """Upsert the states. The average is of the months of a year that were billed at all, half up."""
    execute(
        f"""INSERT INTO debtors_accountstate (account_id, {", ".join(UPDATED)})
        WITH counted AS (SELECT n.*, {count_of_bits()} AS number FROM {SUMS} n),
        sums AS (
            SELECT c.*, CASE WHEN number > 0 THEN (2 * billed + number) / (2 * number) ELSE 0 END AS average FROM counted c)
        SELECT n.account_id, %s, n.debt - n.credit, n.debt, n.credit, n.overdue, n.penalty, n.average,
               CASE WHEN n.average > 0 THEN {least("n.overdue * 100 / n.average", str(MAX_INT))} ELSE 0 END,
               n.oldest, n.at_least = 1, {_last_payment(on)}
        FROM sums n WHERE true
        ON CONFLICT (account_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in UPDATED)}""",
        [on],
    )
    mind_earmarks_in_accounts(ACCOUNTS, on)


def _last_payment(on: dt.date) -> str:
    return f"""(SELECT p.counts_on FROM debtors_payment p
                WHERE p.account_id = n.account_id AND p.counts_on <= '{on.isoformat()}' AND p.amount > 0
                AND p.channel <> 'write_off' AND p.{LIVE} ORDER BY p.counts_on DESC LIMIT 1)"""
