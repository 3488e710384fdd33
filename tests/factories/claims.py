"""Cases that may be taken to court, and claims made of them."""

import datetime as dt

from debtors.actions.prepare_reminder import prepare_reminder
from debtors.actions.send_reminder import send_reminder
from debtors.models import CaseFile, OpeningRule, UtilityAccount
from enforcement.actions.prepare_claims import prepare_claim
from enforcement.actions.record_court_event import record_court_event
from enforcement.models import Claim
from enforcement.queries.claim_draft import Asked
from tests.factories import cases

COURT = "Судебный участок № 1"
IDENTIFIED = {"birth_date": dt.date(1970, 5, 1), "snils": "112-233-445 95"}


def identified(owed: UtilityAccount, name: str = "Иванов Иван Иванович", **liability):
    """A person liable for the account of whom all is known that a court asks."""
    person = cases.debtor(owed, name, **liability)
    for field, value in IDENTIFIED.items():
        setattr(person, field, value)
    person.save()
    return person


def payments_are_fresh(creditor) -> None:
    """However old the newest payment is, it tells enough: a story of years has no monthly registers."""
    rule = OpeningRule.objects.in_force(creditor=creditor, on=dt.date(2024, 1, 1))
    rule.pk, rule.creditor, rule.valid_from, rule.payments_fresh = None, creditor, dt.date(2024, 1, 1), 3650
    rule.save()


def warned(owed: UtilityAccount, officer, on: dt.date) -> CaseFile:
    """The case of the account, with a reminder handed over on the day."""
    case = cases.case_of(owed, on)
    notice = prepare_reminder(case=case, by=officer, on=on)
    send_reminder(notice=notice, channel="by_hand", by=officer, on=on)
    case.refresh_from_db()
    return case


def asked(on: dt.date, **options) -> Asked:
    return Asked(
        on=on, penalty_through=options.pop("penalty_through", on), court_name=options.pop("court_name", COURT), **options
    )


def claim_of(owed: UtilityAccount, officer, on: dt.date, **options) -> Claim:
    """One claim over all the free debt of the account's case."""
    case = CaseFile.objects.filter(account_links__account=owed, account_links__is_live=True).first()
    (claim,) = prepare_claim(case=case or warned(owed, officer, on), asked=asked(on, **options), by=officer)
    return claim


def happen(claim: Claim, code: str, on: dt.date, by, **data) -> Claim:
    """Record a court event on its own day and give the claim as it stands after it."""
    record_court_event(claim=claim, code=code, happened_on=on, data=data, by=by, on=on)
    return Claim.objects.select_related("case_file", "creditor").get(pk=claim.pk)


def granted(claim: Claim, **less) -> dict:
    """All that was asked, or less of it."""
    full = {"granted_principal": claim.principal, "granted_penalty": claim.penalty, "granted_duty": claim.duty}
    return full | less
