"""Accounts that owe, and case files over them. Sums are kopecks; months are counted back from a day."""

import datetime as dt

from casedesk.common import months
from casedesk.common.text import search_key
from casedesk.norms.due_dates import newest_overdue_month
from debtors.actions.book import book_facts
from debtors.actions.name_holders import name_holders
from debtors.actions.open_cases import open_cases
from debtors.actions.staging import StagedFact
from debtors.models import AccountState, CaseFile, Debtor, Liability, UtilityAccount

AVERAGE = 500_000


def account(creditor, number: str = "100", *, holder: str = "", **fields) -> UtilityAccount:
    fields.setdefault("address_text", "ул. Мира, д. 1, кв. 1")
    fields.setdefault("search", search_key(number, holder, fields["address_text"]))
    return UtilityAccount.objects.create(creditor=creditor, number=number, holder_name=holder, **fields)


def owing(
    creditor, number: str = "100", *, overdue: int = 1_500_000, average: int = AVERAGE, age: int = 3, on: dt.date, **fields
) -> UtilityAccount:
    """An account whose oldest open month is in its `age`-th overdue month on the day."""
    owed = account(creditor, number, **fields)
    set_state(owed, overdue=overdue, average=average, age=age, on=on)
    return owed


def set_state(owed: UtilityAccount, *, overdue: int, average: int = AVERAGE, age: int = 3, on: dt.date) -> None:
    """Write the account's state as the ledger would, without a ledger behind it."""
    AccountState.objects.update_or_create(
        account=owed,
        defaults={
            "as_of": on,
            "balance": overdue,
            "debt": overdue,
            "overdue": overdue,
            "average_charge": average,
            "months_x100": overdue * 100 // average if average else 0,
            "oldest_open_month": newest_overdue_month(on) - age + 1 if overdue else None,
            "last_payment_on": months.first_day(months.of(on) - 1),
        },
    )


def debtor(owed: UtilityAccount, name: str = "Иванов Иван Иванович", **fields) -> Debtor:
    """A person liable for the account, jointly and from the beginning."""
    person = Debtor.objects.create(name=name)
    Liability.objects.create(account=owed, debtor=person, **fields)
    return person


def case_of(owed: UtilityAccount, on: dt.date) -> CaseFile:
    """The live case of the account, opened by the pass on the day."""
    open_cases(creditor=owed.creditor, on=on, by=None)
    return CaseFile.objects.get(account_links__account=owed, account_links__is_live=True)


def billed(creditor, number: str = "100", *, on: dt.date, count: int = 6, monthly: int = AVERAGE, **fields) -> UtilityAccount:
    """An account with a real ledger: two services charged for `count` months before the day's, a small payment last month.

    Heating takes the whole `monthly`, water a tenth of it; the payment names and covers the first month of both.
    """
    owed = account(creditor, number, **fields)
    last = months.of(on) - 1
    facts = [
        StagedFact(row, owed.pk, service, month=month, charged=amount)
        for row, (month, service, amount) in enumerate(
            (month, service, amount)
            for month in range(last - count + 1, last + 1)
            for service, amount in ((1, monthly), (3, monthly // 10))
        )
    ]
    paid_on = months.last_day(last)
    for row, (service, amount) in enumerate(((1, monthly), (3, monthly // 10))):
        paid = {"amount": amount, "paid_on": paid_on, "designated_month": last - count + 1, "document": f"p{number}-{row}"}
        facts.append(StagedFact(900 + row, owed.pk, service, **paid))
    learnt_at = dt.datetime.combine(on, dt.time(1), dt.UTC)
    book_facts(creditor=creditor, facts=facts, about="test", by=None, learnt_at=learnt_at, on=on)
    return owed


def billed_many(
    creditor, count: int, *, on: dt.date, first: int = 0, owed_months: int = 6, monthly: int = AVERAGE
) -> list[int]:
    """Ids of `count` accounts with a named person and a ledger of six months each, booked at once: many cases for little time.

    Heating takes the whole `monthly`, water a tenth of it; one payment a month ago is as large as a month of heating.
    """
    UtilityAccount.objects.bulk_create(
        UtilityAccount(
            creditor=creditor,
            number=f"b{number}",
            holder_name=f"Иванов Иван {number}",
            address_text=f"ул. Мира, д. {number}, кв. 1",
        )
        for number in range(first, first + count)
    )
    named = [f"b{number}" for number in range(first, first + count)]
    ids = list(UtilityAccount.objects.filter(creditor=creditor, number__in=named).order_by("pk").values_list("pk", flat=True))
    last = months.of(on) - 1
    facts = [
        StagedFact(row, pk, service, month=month, charged=amount)
        for row, (pk, month, service, amount) in enumerate(
            (pk, month, service, amount)
            for pk in ids
            for month in range(last - 5, last + 1)
            for service, amount in ((1, monthly), (3, monthly // 10))
        )
    ]
    paid = {"amount": monthly, "paid_on": months.last_day(last), "document": "p"}
    facts += [StagedFact(len(facts) + row, pk, 1, **paid) for row, pk in enumerate(ids)]
    moment = dt.datetime.combine(on, dt.time(1), dt.UTC)
    book_facts(creditor=creditor, facts=facts, about=f"many {first}", by=None, learnt_at=moment, on=on)
    name_holders(account_ids=ids, by=None)
    return ids
