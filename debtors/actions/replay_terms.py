"""After an event that moves limitation terms: the money that came since then lies where the law wants it with the event known.

A month lost to limitation is passed by (ГК РФ ст. 319.1 п. 3). An acknowledgement or a filing that is told late, or taken back,
changes which months were lost on the days since; the accounts of its case are replayed at once, not at their next booking.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max, Min
from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.common import months
from debtors.actions.allocate_pool import allocate_anew
from debtors.actions.book import newest_moment
from debtors.actions.derive_accounts import ACCOUNTS, refresh_accounts
from debtors.actions.derive_earmarks import mind_earmarks_in_states
from debtors.actions.derive_totals import TOUCHED, rebuild_totals
from debtors.models import Booking, CaseAccount, CaseEvent, CaseFile, MonthClosing, ServiceState
from debtors.queries.dialect import bulk_load, fresh_table, fresh_table_as, give_room
from debtors.rules.allocation_lines import OLDEST_LOST
from debtors.rules.limitation import EVENT_KINDS, VOIDED_BY

MOVED = "ledger_terms_moved"


def moves_terms(code: str) -> bool:
    """Whether an event of this code, or its taking back, changes when months are lost."""
    return code in EVENT_KINDS or code in VOIDED_BY


def lock_books(case: CaseFile) -> None:
    """Hold the ledger of the case before the case itself, in the order of bookings. Passed by where no month can be lost."""
    accounts = CaseAccount.objects.filter(case=case).values("account")
    if _old(ServiceState.objects.filter(account__in=accounts), timezone.localdate()):
        Organisation.objects.select_for_update().get(pk=case.creditor_id)


def replay_terms(*, case_ids: Iterable[int], by: User | None, on: dt.date) -> int:
    """Replay the money of these cases' accounts from their first event that moves a term; return how many rows changed.

    A fixed number of statements per creditor. Needs a transaction; nothing is kept when no row changes.
    """
    moving = CaseEvent.objects.filter(case__in=list(case_ids), code__in=EVENT_KINDS)
    since = dict(moving.values_list("case").annotate(first=Min("happened_on")))
    if not since:
        return 0
    starts: dict[int, dict[int, int]] = defaultdict(dict)
    for account, case, creditor in CaseAccount.objects.filter(case__in=since).values_list(
        "account_id", "case_id", "account__creditor_id"
    ):
        start = months.of(since[case])
        starts[creditor][account] = min(start, starts[creditor].get(account, start))
    return sum(_replay(creditor, accounts, by, on) for creditor, accounts in sorted(starts.items()))


def _old(states, on: dt.date) -> set[int]:
    """Accounts among the states that have a month which may have been lost on the day of any of their facts, or is by today."""
    spans = states.order_by().values_list("account").annotate(first=Min("first_month"), last=Max("last_month"))
    return {account for account, first, last in spans if first <= max(last, months.of(on)) - OLDEST_LOST}


def _replay(creditor_id: int, starts: dict[int, int], by: User | None, on: dt.date) -> int:
    old = _old(ServiceState.objects.filter(account__in=starts), on)
    if not old:
        return 0
    creditor = Organisation.objects.select_for_update().get(pk=creditor_id)
    give_room()
    writer = Booking.objects.create(
        creditor=creditor,
        kind=Booking.Kind.ALLOCATION,
        about="Распределение после события, от которого зависит давность",
        booked_by=by,
        learnt_at=_moment(creditor, on),
    )
    fresh_table(MOVED, "account_id bigint NOT NULL, from_month smallint NOT NULL")
    bulk_load(MOVED, ("account_id", "from_month"), ((account, starts[account]) for account in sorted(old)))
    fresh_table_as(
        TOUCHED,
        f"""SELECT q.account_id, st.service_id, q.from_month FROM {MOVED} q
            JOIN debtors_servicestate st ON st.account_id = q.account_id
            JOIN debtors_service s ON s.id = st.service_id AND NOT s.is_penalty""",
    )
    if not allocate_anew(writer):
        writer.delete()
        return 0
    rebuild_totals(writer)
    mind_earmarks_in_states()
    fresh_table_as(ACCOUNTS, f"SELECT DISTINCT account_id FROM {TOUCHED}", key="account_id")
    refresh_accounts(on)
    return writer.allocations.count() + writer.withdrawn_allocations.count()


def _moment(creditor: Organisation, on: dt.date) -> dt.datetime:
    """When the event is learnt: now, or the day's beginning when another day is today; never before what is kept already."""
    zone = timezone.get_current_timezone()
    told = timezone.now() if on == timezone.localdate() else dt.datetime.combine(on, dt.time.min, zone)
    closed = MonthClosing.objects.filter(creditor=creditor).aggregate(last=Max("closed_at"))["last"]
    return max(filter(None, (told, newest_moment(creditor), closed)))
