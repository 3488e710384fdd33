"""Employers and institutions that letters go to, with what their own accounts owe."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet, Sum

from debtors.models import Category, LetterRecipient, OutreachEvent, UtilityAccount
from debtors.queries.open_months import open_months

LETTER_KINDS = {LetterRecipient.Kind.EMPLOYER: "letter_employer", LetterRecipient.Kind.INSTITUTION: "letter_institution"}
"""Kind of recipient -> kind of paper and of event."""


@dataclass
class RecipientDebt:
    """What an institution owes on a day: rows (account, place, kopecks) with money, and all of its accounts."""

    accounts: list[UtilityAccount] = field(default_factory=list)
    rows: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(amount for _, _, amount in self.rows)


def with_debt(recipients: QuerySet) -> QuerySet:
    """Recipients with the number of their accounts and the overdue debt kept on them."""
    return recipients.annotate(accounts_count=Count("accounts", distinct=True), overdue=Sum("accounts__state__overdue"))


def debts(recipients: Iterable[LetterRecipient], on: dt.date) -> dict[int, RecipientDebt]:
    """Recipient -> its overdue principal on the day, from the ledger. A fixed number of queries."""
    found = {recipient.pk: RecipientDebt() for recipient in recipients}
    links = LetterRecipient.accounts.through.objects.filter(letterrecipient__in=found)
    links = links.select_related("utilityaccount__premises__house").order_by("utilityaccount__number")
    owners: dict[int, list[int]] = defaultdict(list)
    for link in links:
        found[link.letterrecipient_id].accounts.append(link.utilityaccount)
        owners[link.utilityaccount_id].append(link.letterrecipient_id)
    owed: dict[int, int] = defaultdict(int)
    for month in open_months(account_ids=owners, overdue_on=on):
        owed[month.account_id] += month.kopecks
    for debt in found.values():
        for account in debt.accounts:
            if owed[account.pk]:
                place = str(account.premises) if account.premises else account.address_text
                debt.rows.append((account.number, place or "—", owed[account.pk]))
    return found


def written_on(recipients: Iterable[LetterRecipient], on: dt.date) -> set[int]:
    """Recipients that a letter went to on the day already."""
    kinds = LETTER_KINDS.values()
    told = OutreachEvent.objects.live().filter(kind__in=kinds, happened_on=on, document__isnull=False)
    listed = [recipient.pk for recipient in recipients]
    told = told.filter(document__subject_kind="debtors.letterrecipient", document__subject_id__in=listed)
    return set(told.values_list("document__subject_id", flat=True))


def unlisted_institutions(creditors: Iterable[int]) -> dict[tuple[int, str], list[UtilityAccount]]:
    """(creditor, holder) -> accounts of municipal institutions that no recipient answers for yet."""
    found: dict[tuple[int, str], list[UtilityAccount]] = defaultdict(list)
    accounts = UtilityAccount.objects.standing().filter(
        creditor__in=creditors, category=Category.MUNICIPAL_INSTITUTION, letter_recipients__isnull=True
    )
    for account in accounts.exclude(holder_name="").select_related("premises__house").order_by("number"):
        found[account.creditor_id, account.holder_name].append(account)
    return found
