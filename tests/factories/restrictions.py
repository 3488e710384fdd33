"""Accounts with a debt for a service that may be cut, and restrictions of it."""

import datetime as dt

from casedesk.common import months
from debtors.actions.book import book_facts
from debtors.actions.follow_restriction import limit, warn
from debtors.actions.staging import StagedFact
from debtors.actions.start_restrictions import start_restrictions
from debtors.models import CaseFile, Service, ServiceRestriction
from tests.factories import cases

DAY = dt.date(2024, 6, 20)
AT = dt.datetime(2024, 6, 20, 9, tzinfo=dt.UTC)
ELECTRICITY, HEATING, COLD_WATER = 5, 1, 3
MONTHLY = 300_000


def owing_case(
    creditor, number: str = "100", *, service: int = ELECTRICITY, count: int = 5, on: dt.date = DAY, **fields
) -> CaseFile:
    """A case whose account owes `count` months of one service; the last payment known is of the day, for another one."""
    owed = cases.account(creditor, number, **fields)
    last = months.of(on) - 1
    billed = range(last - count + 1, last + 1)
    facts = [StagedFact(row, owed.pk, service, month=month, charged=MONTHLY) for row, month in enumerate(billed)]
    other = HEATING if service != HEATING else ELECTRICITY
    facts.append(StagedFact(800, owed.pk, other, amount=1, paid_on=on, document=f"p{number}"))
    learnt_at = dt.datetime.combine(on, dt.time(1), dt.UTC)
    book_facts(creditor=creditor, facts=facts, about="test", by=None, learnt_at=learnt_at, on=on)
    return cases.case_of(owed, on)


def pay(restriction: ServiceRestriction, amount: int, *, on: dt.date) -> None:
    """Money for the service, known on its day."""
    fact = StagedFact(
        1, restriction.account_id, restriction.service_id, amount=amount, paid_on=on, document=f"p{on:%d%m}{amount}"
    )
    learnt_at = dt.datetime.combine(on, dt.time(2), dt.UTC)
    book_facts(creditor=restriction.creditor, facts=[fact], about="pay", by=None, learnt_at=learnt_at, on=on)


def started(case: CaseFile, by, *, service: int = ELECTRICITY, on: dt.date = DAY, **given) -> ServiceRestriction:
    (one,), _ = start_restrictions(cases=[case.pk], service=Service.objects.get(pk=service), by=by, on=on, at=AT, **given)
    return one


def warned(one: ServiceRestriction, by, *, on: dt.date = DAY) -> ServiceRestriction:
    return warn(restriction=one, channel="post", proof="РПО 123", by=by, on=on, today=on)


def limited(one: ServiceRestriction, by, *, on: dt.date) -> ServiceRestriction:
    return limit(restriction=one, present="", by=by, on=on, today=on)
