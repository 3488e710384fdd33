"""Bring states to a day that has come, or rebuild every derived figure from the facts."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import Organisation, User
from debtors.actions.allocate_pool import allocate_pool
from debtors.actions.book import newest_moment
from debtors.actions.derive_accounts import ACCOUNTS, refresh_accounts
from debtors.actions.derive_cube import rebuild_cube
from debtors.actions.derive_earmarks import mind_earmarks_in_states
from debtors.actions.derive_totals import rebuild_totals, touch_everything
from debtors.models import Booking
from debtors.queries.dialect import fresh_table_as, give_room


@transaction.atomic
def refresh_states(*, on: dt.date, creditor: Organisation | None = None) -> int:
    """Bring AccountState to the day: what became overdue since. Returns the number of accounts with a ledger.

    Facts and running totals do not depend on the day; run it once a day, before the queue is worked.
    """
    give_room()
    where, params = ("WHERE a.creditor_id = %s", [creditor.pk]) if creditor else ("", [])
    accounts = fresh_table_as(
        ACCOUNTS,
        f"""SELECT DISTINCT st.account_id FROM debtors_servicestate st
            JOIN debtors_utilityaccount a ON a.id = st.account_id {where}""",
        params,
        key="account_id",
    )
    if accounts:
        refresh_accounts(on)
    return accounts


@transaction.atomic
def rebuild(*, creditor: Organisation, by: User | None, at: dt.datetime, on: dt.date) -> int:
    """Rebuild every derived figure of a creditor from its facts; return how many allocation rows changed (0: all was well)."""
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    give_room()
    newest = newest_moment(creditor)
    writer = Booking.objects.create(
        creditor=creditor,
        kind=Booking.Kind.ALLOCATION,
        about="Пересчёт производных данных",
        booked_by=by,
        learnt_at=max(filter(None, (at, newest))),
    )
    changed = 0
    if touch_everything(creditor.pk):
        allocate_pool(writer)
        rebuild_totals(writer)
        mind_earmarks_in_states()
        refresh_states(on=on, creditor=creditor)
        changed = writer.allocations.count() + writer.withdrawn_allocations.count()
    rebuild_cube(creditor.pk)
    if not changed:
        writer.delete()
    return changed
