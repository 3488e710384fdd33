"""What must never be false of the ledger, asked of the whole database. Each check yields the faults it finds, in words.

The database holds what it can by constraints; these are the conditions that span rows and tables.
"""

import datetime as dt
from collections.abc import Callable, Iterator

from debtors.models import UNSPLIT, AccountState, Allocation, MonthClosing
from debtors.queries.ageing import age, age_accounts
from debtors.queries.dialect import LIVE, RECEIVED, WRITTEN_OFF, month_of, rows
from debtors.queries.printed import printed

Check = Callable[[], Iterator[str]]
WAITING = Allocation.Why.WAITING.value
SHOWN = 20
"""How many rows of one kind of fault are named."""


def orphans() -> Iterator[str]:
    """Facts of unknown accounts, services or bookings: the tables carry no foreign keys."""
    for table in ("debtors_charge", "debtors_payment", "debtors_allocation"):
        for pk, account, service, booking in rows(f"""
            SELECT f.id, f.account_id, f.service_id, f.booking_id FROM {table} f
            LEFT JOIN debtors_booking b ON b.id = f.booking_id LEFT JOIN debtors_service s ON s.id = f.service_id
            LEFT JOIN debtors_utilityaccount a ON a.id = f.account_id
            WHERE a.id IS NULL OR s.id IS NULL OR b.id IS NULL OR a.creditor_id <> b.creditor_id LIMIT {SHOWN}"""):
            yield f"{table} {pk}: account {account}, service {service} or booking {booking} is unknown or of another creditor"


def totals_follow_facts() -> Iterator[str]:
    """Running totals equal the sums of the live facts, and every month with a fact has its row."""
    live, moved = f"WHERE {LIVE}", "WHERE withdrawn_at IS NULL AND moved"
    day_month = month_of("counts_on")
    found = rows(f"""
        WITH facts (account_id, service_id, month, opening, charged, credited, paid, moved) AS (
            SELECT account_id, service_id, month, CASE WHEN kind = 3 THEN charged ELSE 0 END, charged, credited, 0, 0
            FROM debtors_charge {live}
            UNION ALL SELECT account_id, service_id, {day_month}, 0, 0, 0, {RECEIVED}, {WRITTEN_OFF} FROM debtors_payment {live}
            UNION ALL SELECT account_id, service_id, {day_month}, 0, 0, 0, 0, amount FROM debtors_allocation {moved}
            UNION ALL SELECT account_id, {UNSPLIT}, {day_month}, 0, 0, 0, 0, -amount FROM debtors_allocation {moved}),
        sums AS (
            SELECT account_id, service_id, month, SUM(opening) AS opening, SUM(charged) AS charged,
                   SUM(credited) AS credited, SUM(paid) AS paid, SUM(paid + credited + moved) AS settled
            FROM facts GROUP BY account_id, service_id, month),
        running AS (
            SELECT s.*, SUM(opening) OVER w AS cum_opening,
                   SUM(charged) OVER w AS cum_charged, SUM(settled) OVER w AS cum_settled FROM sums s
            WINDOW w AS (PARTITION BY account_id, service_id ORDER BY month))
        SELECT r.account_id, r.service_id, r.month FROM running r LEFT JOIN debtors_monthtotal t
            ON t.account_id = r.account_id AND t.service_id = r.service_id AND t.month = r.month
        WHERE t.account_id IS NULL OR t.opening <> r.opening OR t.charged <> r.charged OR t.credited <> r.credited
           OR t.cum_opening <> r.cum_opening
           OR t.paid <> r.paid OR t.settled <> r.settled OR t.cum_charged <> r.cum_charged OR t.cum_settled <> r.cum_settled
        LIMIT {SHOWN}""")
    for account, service, month in found:
        yield f"account {account}, service {service}, month {month}: the total differs from the facts"


def totals_are_dense() -> Iterator[str]:
    """One row for every month from a key's first to its last, and a state that repeats the last one."""
    found = rows(f"""
        SELECT t.account_id, t.service_id FROM (
            SELECT account_id, service_id, COUNT(*) AS n, MIN(month) AS first_month, MAX(month) AS last_month,
                   SUM(opening) AS opening, SUM(charged) AS charged, SUM(settled) AS settled
            FROM debtors_monthtotal GROUP BY account_id, service_id) t
        LEFT JOIN debtors_servicestate st ON st.account_id = t.account_id AND st.service_id = t.service_id
        WHERE st.account_id IS NULL OR t.n <> t.last_month - t.first_month + 1 OR st.first_month <> t.first_month
           OR st.last_month <> t.last_month OR st.cum_opening <> t.opening OR st.cum_charged <> t.charged
           OR st.cum_settled <> t.settled
        UNION ALL SELECT st.account_id, st.service_id FROM debtors_servicestate st WHERE NOT EXISTS (
            SELECT 1 FROM debtors_monthtotal t WHERE t.account_id = st.account_id AND t.service_id = st.service_id)
        LIMIT {SHOWN}""")
    for account, service in found:
        yield f"account {account}, service {service}: months are missing or the state is not the last total"


def states_follow_ageing() -> Iterator[str]:
    """Account states are what ageing says of their day."""
    for (as_of,) in AccountState.objects.order_by().values_list("as_of").distinct():
        aged = age_accounts(None, as_of=as_of)
        states = AccountState.objects.filter(as_of=as_of)
        for state in states.iterator(chunk_size=5000):
            figures = aged.get(state.account_id)
            said = (state.debt, state.credit, state.overdue, state.penalty)
            if not figures or said != (figures.total, figures.credit, figures.overdue, figures.penalty):
                yield f"account {state.account_id}: its state on {as_of} differs from ageing"


def pool_is_never_negative() -> Iterator[str]:
    """No more is dealt out of the pool than came in."""
    for account, month, over in rows(f"""
        SELECT account_id, month, cum_charged - cum_settled FROM debtors_monthtotal
        WHERE service_id = {UNSPLIT} AND cum_settled < 0 LIMIT {SHOWN}"""):
        yield f"account {account}, month {month}: {over} kopecks dealt beyond the pool"


def nothing_dealt_beyond_a_charge() -> Iterator[str]:
    """What is dealt to a service for months up to any month is never more than was charged up to it."""
    for account, service, month in rows(f"""
        SELECT d.account_id, d.service_id, d.month FROM (
            SELECT account_id, service_id, month, SUM(SUM(amount)) OVER (
                PARTITION BY account_id, service_id ORDER BY month) AS dealt
            FROM debtors_allocation WHERE withdrawn_at IS NULL AND why <> {WAITING} GROUP BY account_id, service_id, month) d
        LEFT JOIN debtors_monthtotal t ON t.account_id = d.account_id AND t.service_id = d.service_id AND t.month = d.month
        WHERE d.dealt < 0 OR d.dealt > COALESCE(t.cum_charged, 0) LIMIT {SHOWN}"""):
        yield f"account {account}, service {service}, month {month}: more dealt than charged"


def money_on_a_month_fits_it() -> Iterator[str]:
    """What lies on a month is not less than nothing and not more than was charged for it; states know how much lies."""
    found = rows(f"""
        SELECT d.account_id, d.service_id, d.month FROM (
            SELECT account_id, service_id, month, SUM(amount) AS laid FROM debtors_allocation
            WHERE earmarked AND withdrawn_at IS NULL GROUP BY account_id, service_id, month) d
        LEFT JOIN debtors_monthtotal t ON t.account_id = d.account_id AND t.service_id = d.service_id AND t.month = d.month
        WHERE d.laid < 0 OR d.laid > COALESCE(t.charged, 0)
        UNION ALL SELECT st.account_id, st.service_id, 0 FROM debtors_servicestate st LEFT JOIN (
            SELECT account_id, service_id, SUM(amount) AS laid FROM debtors_allocation
            WHERE earmarked AND withdrawn_at IS NULL GROUP BY account_id, service_id) d
            ON d.account_id = st.account_id AND d.service_id = st.service_id
        WHERE st.earmarked <> COALESCE(d.laid, 0) LIMIT {SHOWN}""")
    for account, service, month in found:
        yield f"account {account}, service {service}, month {month}: what lies on it is not what fits it"


def no_payment_is_spent_twice() -> Iterator[str]:
    """The parts of a payment are not more than what is left of it after its reversals."""
    for payment, laid in rows(f"""
        SELECT d.payment_id, d.laid FROM (
            SELECT payment_id, SUM(amount) AS laid FROM debtors_allocation
            WHERE withdrawn_at IS NULL AND why <> {WAITING} AND payment_id IS NOT NULL GROUP BY payment_id) d
        LEFT JOIN (SELECT COALESCE(reverses_id, id) AS id, SUM(amount) AS amount FROM debtors_payment
                   WHERE {LIVE} AND (id IN (SELECT payment_id FROM debtors_allocation)
                       OR reverses_id IN (SELECT payment_id FROM debtors_allocation))
                   GROUP BY COALESCE(reverses_id, id)) p ON p.id = d.payment_id
        WHERE d.laid < 0 OR d.laid > COALESCE(p.amount, 0) LIMIT {SHOWN}"""):
        yield f"payment {payment}: {laid} kopecks of it lie on months, more than came"


def cube_follows_totals() -> Iterator[str]:
    """The dashboard cube sums to the running totals, by creditor, service and month."""
    for creditor, service, month in rows(f"""
        WITH sums (creditor_id, service_id, month, charged, credited, paid) AS (
            SELECT a.creditor_id, t.service_id, t.month, t.charged, t.credited, t.paid FROM debtors_monthtotal t
            JOIN debtors_utilityaccount a ON a.id = t.account_id
            UNION ALL SELECT creditor_id, service_id, month, -charged, -credited, -paid FROM debtors_monthcube)
        SELECT creditor_id, service_id, month FROM sums GROUP BY creditor_id, service_id, month
        HAVING SUM(charged) <> 0 OR SUM(credited) <> 0 OR SUM(paid) <> 0 LIMIT {SHOWN}"""):
        yield f"creditor {creditor}, service {service}, month {month}: the cube differs from the totals"


def closed_months_repeat_themselves() -> Iterator[str]:
    """Ageing as known when a month was closed still gives the figures kept then."""
    for closing in MonthClosing.objects.select_related("creditor"):
        again = printed(age(closing.creditor.accounts.all(), as_of=closing.last_day, known_on=closing.closed_at).figures)
        if again != closing.figures:
            yield f"{closing}: the figures of the closing do not come out again"


CHECKS: tuple[Check, ...] = (
    orphans,
    totals_follow_facts,
    totals_are_dense,
    states_follow_ageing,
    pool_is_never_negative,
    nothing_dealt_beyond_a_charge,
    money_on_a_month_fits_it,
    no_payment_is_spent_twice,
    cube_follows_totals,
    closed_months_repeat_themselves,
)


def faults(day: dt.date | None = None) -> dict[str, list[str]]:
    """Check name -> its faults (at most a few dozen named). With a day, also that ageing adds up to the balances on it."""
    found = {check.__name__: list(check()) for check in CHECKS}
    if day:
        found["ageing_adds_up"] = list(ageing_adds_up(day))
    return found


def ageing_adds_up(day: dt.date) -> Iterator[str]:
    """charges - payments = balance = not yet due + buckets - credit, over all accounts on the day.

    What payments of the pool paid of penalties and costs is no part of it.
    """
    figures = age(None, as_of=day).figures
    (balance,) = rows(
        f"""SELECT COALESCE(SUM(amount), 0) FROM (
                SELECT f.charged - f.credited AS amount FROM debtors_charge f JOIN debtors_service s ON s.id = f.service_id
                WHERE f.counts_on <= %s AND NOT s.is_penalty AND f.{LIVE}
                UNION ALL SELECT -f.amount FROM debtors_payment f JOIN debtors_service s ON s.id = f.service_id
                WHERE f.counts_on <= %s AND NOT s.is_penalty AND f.{LIVE}
                UNION ALL SELECT f.amount FROM debtors_allocation f JOIN debtors_service s ON s.id = f.service_id
                WHERE f.counts_on <= %s AND s.is_penalty AND f.moved AND f.withdrawn_at IS NULL) f""",
        [day, day, day],
    )[0]
    if not balance == figures.balance == figures.not_yet_due + figures.overdue - figures.credit:
        yield f"on {day} the facts leave {balance} kopecks and ageing {figures.balance}"
