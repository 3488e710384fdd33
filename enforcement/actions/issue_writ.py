"""A writ comes from a claim: the court issued an order or a writ, or a notary made an inscription."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed
from debtors.actions.grant_award import Grant, GrantedMonth, grant_award
from debtors.actions.moves import check_may
from debtors.models import Award, UtilityAccount
from debtors.rules.components import Components
from enforcement.actions.hold_claim import hold_books, lock_claim
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.actions.tell import News, tell
from enforcement.models import Claim, Writ


class WritKnown(NotAllowed):
    """The claim has a working writ of this number."""

    code = "writ_known"


class MoreThanClaimed(NotAllowed):
    """The court does not grant more than was asked."""

    code = "more_than_claimed"


@transaction.atomic
def issue_writ(
    *,
    claim: Claim,
    kind: str,
    number: str,
    issued_on: dt.date,
    in_force_on: dt.date | None,
    granted: Components,
    by: User | None,
    on: dt.date,
    issuer: str = "",
    at: dt.datetime | None = None,
) -> Writ:
    """Take in the writ that the claim led to, with the sums granted. `on` is the day it is recorded, `at` the moment.

    The sums granted become an award of the ledger. Joint debtors' copies of one claim share it: a kopeck paid on any of them is
    paid on all. A number is taken once. Raises WritKnown, MoreThanClaimed, NotAllowed.
    """
    check_may(by, Right.WORK_CASES)
    hold_books(claim.creditor_id)
    claim = lock_claim(claim)
    known = Writ.objects.live().working().filter(claim=claim, number=number).first()
    if known:
        raise WritKnown(f"{known} по этому требованию уже учтён. Проверьте номер.")
    if granted.principal > claim.principal:
        raise MoreThanClaimed(f"По {claim} присуждено больше, чем заявлено. Проверьте суммы.")
    parties = list(claim.parties.select_related("debtor")[:2])
    writ = Writ.objects.create(
        creditor=claim.creditor,
        account=_account_of(claim),
        debtor=parties[0].debtor if len(parties) == 1 else None,
        case_file=claim.case_file,
        claim=claim,
        kind=kind,
        number=number,
        issued_on=issued_on,
        in_force_on=in_force_on,
        issuer=issuer or claim.court_name,
        court_case=claim.court_case,
        principal=granted.principal,
        penalty=granted.penalty,
        duty=granted.duty,
        award=_award_of(claim, kind, number, issued_on, granted, by=by, at=at or timezone.now(), on=on),
    )
    refresh_writs([writ.pk])
    writ.refresh_from_db()
    data = {"writ": str(writ), "total_kopecks": writ.total}
    tell([News(writ, "writ_registered", on, writ, writ.present_until, data)], by=by, on=on)
    return writ


def _award_of(claim: Claim, kind: str, number: str, issued_on: dt.date, granted: Components, **when) -> Award | None:
    """The award of the claim's other live writs, else a new one; None when no money was granted."""
    other = Writ.objects.live().working().filter(claim=claim, award__isnull=False).select_related("award").first()
    if other:
        return other.award
    if not granted:
        return None
    label = f"{Writ.Kind(kind).label} {number} от {issued_on:%d.%m.%Y}"
    grant = Grant(_account_of(claim).pk, granted, issued_on, label, _granted_months(claim, granted.principal))
    return grant_award(creditor=claim.creditor, grant=grant, by=when["by"], learnt_at=when["at"], on=when["on"])


def _granted_months(claim: Claim, principal: int) -> tuple[GrantedMonth, ...]:
    """The claim's months that the granted principal covers; a court takes off the oldest (limitation, ГК РФ ст. 199)."""
    left, months = principal, []
    for line in claim.lines.filter(amount__gt=0).order_by("-month", "-service", "account"):
        taken = min(line.amount, left)
        if taken:
            months.append(GrantedMonth(line.account_id, line.service_id, line.month, taken))
            left -= taken
    return tuple(months) if not left else ()


def _account_of(claim: Claim) -> UtilityAccount:
    """The account the claim is about: that of its lines, else the main one of the case."""
    line = claim.lines.select_related("account").first()
    return line.account if line else claim.case_file.account
