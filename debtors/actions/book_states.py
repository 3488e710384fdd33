"""After facts: allocation, running totals, states and the cube, for touched accounts only."""

import datetime as dt

from debtors.actions.allocate_pool import allocate_pool
from debtors.actions.derive_accounts import ACCOUNTS, refresh_accounts
from debtors.actions.derive_cube import refresh_cube
from debtors.actions.derive_earmarks import mind_earmarks_in_states
from debtors.actions.derive_straight import facts_by_key, write_straight
from debtors.actions.derive_totals import TOUCHED, rebuild_totals, touch_facts_of
from debtors.models import Booking
from debtors.queries.dialect import fresh_table_as, month_of, rows


def refresh_derived(booking: Booking, *, on: dt.date, writer: Booking | None = None) -> int:
    """Bring every derived figure of the accounts of a booking up to date as of `on`; return the number of accounts.

    `writer` is the booking in whose name allocations change: the booking itself when it was just made, another when it
    was just undone. Totals are taken from the live facts either way.
    """
    touched = touch_facts_of(booking)
    if not touched:
        return 0
    dealt = allocate_pool(writer or booking, undone=booking if booking.undone_at else None)
    straight = 0 if writer else write_straight(_untouched_by_allocation(booking) if dealt else TOUCHED)
    if dealt or straight < touched:
        rebuild_totals(writer or booking, straight=straight)
    mind_earmarks_in_states()
    accounts = fresh_table_as(ACCOUNTS, f"SELECT DISTINCT account_id FROM {TOUCHED}", key="account_id")
    refresh_accounts(on)
    refresh_cube(booking.creditor_id, _cells(booking))
    return accounts


def _untouched_by_allocation(booking: Booking) -> str:
    """The facts again, without the accounts whose pool was dealt anew: their months change beyond the booking's own facts."""
    pk = int(booking.pk)
    dealt = f"SELECT account_id FROM debtors_allocation WHERE booking_id = {pk} OR withdrawn_booking_id = {pk}"
    return f"({facts_by_key(booking, f'account_id NOT IN ({dealt})')})"


def _cells(booking: Booking) -> list[tuple[int, int]]:
    return rows(
        f"""SELECT service_id, month FROM debtors_charge WHERE booking_id = %s
            UNION SELECT service_id, {month_of("counts_on")} FROM debtors_payment WHERE booking_id = %s""",
        [booking.pk, booking.pk],
    )
