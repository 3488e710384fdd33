"""How agreements stand: what is left of the months they cover, and whether current bills are paid. For any number at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from casedesk.norms.due_dates import newest_overdue_month
from debtors.models import CaseAccount, CaseFile, Instalment, RepaymentAgreement, UtilityAccount
from debtors.queries.aged_months import AgedMonth, aged_months
from debtors.queries.freshness import freshness
from debtors.rules.agreement_standing import AgreementStanding, standing


def live_accounts(case: CaseFile) -> list[int]:
    """The accounts that are in the case now."""
    return list(CaseAccount.objects.filter(case=case, is_live=True).values_list("account_id", flat=True))


def coverable(case: CaseFile, *, through: int, on: dt.date) -> list[AgedMonth]:
    """The unpaid principal months of the case up to `through`, as they stand on the day, oldest first."""
    accounts = UtilityAccount.objects.filter(pk__in=live_accounts(case))
    return [row for row in aged_months(accounts, as_of=on) if row.month <= through and not row.service.is_penalty]


def standings(agreements: Iterable[RepaymentAgreement], *, on: dt.date) -> dict[int, AgreementStanding]:
    """Agreement id -> how it stands at the end of the day. A fixed number of queries for all of them."""
    listed = list(agreements)
    accounts = accounts_of({agreement.case_id for agreement in listed})
    every = {account for found in accounts.values() for account in found}
    unpaid: dict[int, list[AgedMonth]] = defaultdict(list)
    for row in aged_months(UtilityAccount.objects.filter(pk__in=every), as_of=on):
        if not row.service.is_penalty:
            unpaid[row.account_id].append(row)
    parts = defaultdict(list)
    for instalment in Instalment.objects.filter(agreement__in=[agreement.pk for agreement in listed]):
        parts[instalment.agreement_id].append(instalment.part)
    overdue_month = newest_overdue_month(on)
    found = {}
    for agreement in listed:
        rows = [row for account in accounts[agreement.case_id] for row in unpaid[account]]
        found[agreement.pk] = standing(
            parts=parts[agreement.pk],
            total=agreement.total,
            open_covered=sum(row.unpaid for row in rows if row.month <= agreement.covered_through),
            open_after=sum(row.unpaid for row in rows if agreement.covered_through < row.month <= overdue_month),
            current_too=agreement.current_too,
            on=on,
        )
    return found


def accounts_of(case_ids: set[int]) -> dict[int, list[int]]:
    """Case -> its accounts: the live ones; of a closed case, those it had to the end."""
    links = CaseAccount.objects.filter(case__in=case_ids).order_by("-is_live", "account_id")
    found: dict[int, list[int]] = defaultdict(list)
    live: dict[int, bool] = {}
    for case, account, is_live in links.values_list("case_id", "account_id", "is_live"):
        if live.setdefault(case, is_live) == is_live:
            found[case].append(account)
    return found


def known_through(creditor, on: dt.date) -> dt.date | None:
    """The last day whose payments can be complete: yesterday, or the newest payment known when that is earlier."""
    newest = freshness(creditor=creditor).newest_payment_on
    return min(on - dt.timedelta(days=1), newest) if newest else None
