"""A creditor's debts as rows of a package: account by resource by age. No names: who owes stays with the creditor."""

import datetime as dt

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.plans.rules.debt_rows import DebtRow
from debtors.models import UtilityAccount
from debtors.queries.ageing import Figures, age
from debtors.rules.ageing import BUCKETS
from enforcement.queries.held_writs import held_writs

NOTHING = Figures()


def debt_rows(creditor: Organisation, recipient: Organisation, month: int, known_at: dt.datetime) -> list[DebtRow]:
    """Rows by account and resource on the month's last day, for those that owe then or owed a month before.

    A municipality gets the accounts of its territory, a bailiff department those whose writs it holds, with their numbers.
    The number of queries does not depend on the number of rows.
    """
    accounts = UtilityAccount.objects.filter(creditor=creditor)
    writs: dict[int, list[str]] = {}
    if recipient.kind == Organisation.Kind.MUNICIPALITY:
        accounts = accounts.filter(premises__house__territory=recipient.territory_id)
    else:
        held = held_writs(recipient, month, known_at).filter(creditor=creditor)
        accounts = accounts.filter(pk__in=held.values("account"))
        for account, number in held.order_by("number").values_list("account", "number"):
            writs.setdefault(account, []).append(number)
    now, before = (
        age(accounts, as_of=months.last_day(one), known_on=known_at, by=("account", "resource")).rows
        for one in (month, month - 1)
    )
    found: dict[tuple[int, str], tuple[Figures, int]] = {
        (group["account"], group["resource"]): (figures, 0) for group, figures in now
    }
    for group, figures in before:
        key = group["account"], group["resource"]
        found[key] = (found[key][0] if key in found else NOTHING, figures.total)
    named = {one[0]: one[1:] for one in accounts.values_list("pk", *NAMED)}
    rows = [
        _row(named[account], resource, ", ".join(writs.get(account, [])), figures, owed)
        for (account, resource), (figures, owed) in found.items()
        if figures.total or owed
    ]
    return sorted(rows, key=lambda row: row.key)


NAMED = ("number", "category", "premises__house__address", "premises__number")


def _row(named: tuple, resource: str, writs: str, figures: Figures, before: int) -> DebtRow:
    number, category, house, flat = named
    ages = tuple(figures.buckets[name] for name in BUCKETS)
    return DebtRow(number, resource, category, house or "", flat or "", writs, before, figures.not_yet_due, ages)
