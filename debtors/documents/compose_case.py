"""Papers on the debt of cases as it stands on a day: pre-trial notice, statement of debt, payment slip.

One reading of open months and one of penalties serve any number of cases of a creditor.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import Draft
from casedesk.documents.queries.payment_code import PaymentCodes
from debtors.documents.compose_reminder import services_said
from debtors.documents.people import addressee
from debtors.models import POPULATION, CaseAccount, CaseFile, OpeningRule, Service, UtilityAccount
from debtors.queries.open_months import OpenMonth, open_months
from debtors.queries.penalties import penalties


class NothingOwed(Refusal):
    """The case has nothing overdue, so there is nothing to ask for."""

    code = "nothing_owed"


@dataclass
class CaseDebt:
    """What a case owes on the day, as papers print it. Sums are kopecks; `pay_days` is the term its creditor gives."""

    case: CaseFile
    on: dt.date
    pay_days: int
    accounts: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    principal: int = 0
    penalty: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.penalty

    @property
    def who(self) -> dict[str, Any]:
        return {
            "addressee": addressee(self.case.debtor_names or "Потребитель услуг"),
            "address": self.case.address,
            "accounts": ", ".join(self.accounts),
            "of_citizens": self.case.category in POPULATION,
        }

    @property
    def sums(self) -> dict[str, Any]:
        return {"principal": self.principal, "penalty": self.penalty, "total": self.total, "months": self.rows}


def debts_of(creditor: Organisation, cases: Iterable[CaseFile], on: dt.date) -> list[CaseDebt]:
    """Overdue months by service and penalties of a creditor's cases on the day. A fixed number of queries."""
    pay_days = OpeningRule.objects.in_force(creditor=creditor, on=on).waiting
    found = {case.pk: CaseDebt(case, on, pay_days) for case in cases}
    links = CaseAccount.objects.filter(case__in=found, is_live=True).select_related("account").order_by("account__number")
    owner = {link.account_id: link.case_id for link in links}
    numbers = {link.account_id: link.account.number for link in links}
    for account, case in owner.items():
        found[case].accounts.append(numbers[account])
    by_case: dict[int, list[OpenMonth]] = defaultdict(list)
    for one in open_months(account_ids=owner, overdue_on=on):
        by_case[owner[one.account_id]].append(one)
    services = Service.objects.in_bulk()
    for case, opened in by_case.items():
        found[case].rows = _rows(opened, services, numbers)
        found[case].principal = sum(one.kopecks for one in opened)
    for month in penalties(UtilityAccount.objects.filter(pk__in=owner), through=on).months:
        found[owner[month.account_id]].penalty += month.penalty
    return list(found.values())


def _rows(opened: Sequence[OpenMonth], services: dict[int, Service], numbers: dict[int, str]) -> list[dict[str, Any]]:
    months_: dict[tuple[str, int], list[OpenMonth]] = defaultdict(list)
    for one in opened:
        months_[numbers[one.account_id], one.month].append(one)
    return [
        {
            "account": account,
            "month": month,
            "at_least": any(one.at_least for one in parts),
            "services": services_said((services[one.service_id], one.kopecks) for one in parts),
            "amount": sum(one.kopecks for one in parts),
        }
        for (account, month), parts in sorted(months_.items())
    ]


def _period(debt: CaseDebt) -> tuple[int, int]:
    if not debt.rows:
        raise NothingOwed(f"По делу № {debt.case.number} на {debt.on:%d.%m.%Y} нет просроченного долга.")
    listed = [row["month"] for row in debt.rows]
    return min(listed), max(listed)


def _purpose(debt: CaseDebt) -> str:
    return f"Оплата ЖКУ, л/с {', '.join(debt.accounts)}, дело № {debt.case.number}"


def _asked(debt: CaseDebt) -> dict[str, Any]:
    """What the payment code of the debt carries."""
    return {
        "kopecks": debt.total,
        "purpose": _purpose(debt),
        "account": debt.accounts[0] if len(debt.accounts) == 1 else "",
        "payer": debt.case.debtor_names,
        "address": debt.case.address,
    }


def _notice(debt: CaseDebt, codes: PaymentCodes) -> dict[str, Any]:
    first, last = _period(debt)
    return {
        **debt.who,
        **debt.sums,
        "period_from": first,
        "period_to": last,
        "penalty_through": debt.on,
        "pay_days": debt.pay_days,
        "qr": codes.code(**_asked(debt)) or None,
    }


def _statement(debt: CaseDebt, codes: PaymentCodes) -> dict[str, Any]:
    return {**debt.who, **debt.sums, "as_of": debt.on}


def _slip(debt: CaseDebt, codes: PaymentCodes) -> dict[str, Any]:
    first, last = _period(debt)
    who = debt.who
    return {
        "payer": who["addressee"],
        "address": who["address"],
        "accounts": who["accounts"],
        "purpose": _purpose(debt),
        "period": f"{months.short(first)} – {months.short(last)}" if first != last else months.short(first),
        "principal": debt.principal,
        "penalty": debt.penalty,
        "total": debt.total,
        "qr": codes.must(**_asked(debt)),
    }


COMPOSERS: dict[str, Callable[[CaseDebt, PaymentCodes], dict[str, Any]]] = {
    "pre_trial_notice": _notice,
    "debt_statement": _statement,
    "payment_slip": _slip,
}
"""Kinds of papers that are made of a case's debt."""


def case_drafts(kind: str, *, creditor: Organisation, cases: Iterable[CaseFile], on: dt.date) -> list[Draft]:
    """Drafts of a paper for cases of one creditor, in their order. A fixed number of queries.

    Raises NothingOwed, NoRequisites (payment slips).
    """
    codes, compose = PaymentCodes(creditor, on), COMPOSERS[kind]
    return [_draft(debt, compose(debt, codes)) for debt in debts_of(creditor, cases, on)]


def _draft(debt: CaseDebt, data: dict[str, Any]) -> Draft:
    about = ("debtors.CaseFile", debt.case.pk)
    return Draft(data, about, about)
