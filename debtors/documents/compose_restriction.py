"""Warnings and acts of service restriction, in the fields of their kinds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from casedesk.documents.actions.make import Draft
from casedesk.documents.queries.payment_code import PaymentCodes
from debtors.documents.people import addressee
from debtors.models import ServiceRestriction
from debtors.queries.restrictions import Candidate, terms_on
from debtors.rules.restriction import RestrictionTerms


def warning_drafts(made: Sequence[ServiceRestriction], weighed: Mapping[int, Candidate], on: dt.date) -> list[Draft]:
    """Warnings in the order of the restrictions, all of one creditor. `weighed`: account -> what it owes."""
    if not made:
        return []
    terms, codes = terms_on(on), PaymentCodes(made[0].creditor, on)
    return [
        Draft(
            _warning(one, weighed[one.account_id], terms, codes),
            ("debtors.ServiceRestriction", one.pk),
            ("debtors.CaseFile", one.case_id),
        )
        for one in made
    ]


def _warning(one: ServiceRestriction, owed: Candidate, terms: RestrictionTerms, codes: PaymentCodes) -> dict:
    by_month: dict[int, int] = defaultdict(int)
    for month in owed.months:
        by_month[month.month] += month.kopecks
    purpose = f"{one.service.name}, л/с {one.account.number}"
    code = codes.code(
        kopecks=owed.debt,
        purpose=purpose,
        account=one.account.number,
        payer=one.case.debtor_names,
        address=one.case.address,
    )
    return _who(one) | {
        "total": owed.debt,
        "monthly": one.monthly,
        "debt_months": terms.debt_months,
        "days": terms.warning_days,
        "suspension_days": terms.suspension_days,
        "can_be_limited": one.can_be_limited,
        "months": [{"month": month, "amount": amount} for month, amount in sorted(by_month.items())],
        "qr": code or None,
    }


def act_data(one: ServiceRestriction, what: str, present: str, debt: int, on: dt.date) -> dict:
    """The act of one step."""
    return _who(one) | {
        "what": what,
        "done_on": on.isoformat(),
        "warned_on": one.warned_on.isoformat() if one.warned_on else None,
        "proof": f"{one.get_channel_display()}, {one.proof}" if one.proof else "",
        "debt": debt,
        "present": present,
    }


def _who(one: ServiceRestriction) -> dict:
    return {
        "addressee": addressee(one.case.debtor_names or "Потребитель услуги"),
        "address": one.case.address or one.account.address_text or "адрес не указан",
        "accounts": one.account.number,
        "service": one.service.name,
    }
