"""Prepare claims for many cases at once: the free charges of the day, joint debtors in one, shares apart.

A dry check (`enforcement.queries.claim_drafts`) tells the same beforehand. Numbers run without gaps; the accounts are held
while the claims are written, so two people at once never take the same kopeck.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common import money, months
from casedesk.common.bulk import insert_all, insert_with_history
from casedesk.common.refusals import NotAllowed
from debtors.actions.moves import check_may, hold_cases
from debtors.actions.name_holders import name_holders
from debtors.models import CaseAccount, CaseFile
from enforcement.actions.follow_case import follow, mirrored
from enforcement.models import Claim, ClaimDebtor, ClaimLine
from enforcement.queries.claim_draft import Asked, Draft
from enforcement.queries.claim_drafts import drafts
from enforcement.queries.held_charges import lock_accounts
from enforcement.rules.claim_stages import KIND_SHORT
from enforcement.states.claim_moves import PREPARED


class ClaimRefused(NotAllowed):
    """No claim can be prepared for this case; the text says why."""

    code = "claim_refused"


@dataclass
class Prepared:
    """What was done: the claims made, and the drafts that were refused, each telling why in its gaps."""

    claims: list[Claim] = field(default_factory=list)
    refused: list[Draft] = field(default_factory=list)


def _by_number(cases: Iterable[CaseFile]) -> list[CaseFile]:
    return sorted(hold_cases(case.pk for case in cases), key=lambda case: (case.creditor_id, case.number))


@transaction.atomic
def prepare_claims(
    *,
    cases: Iterable[CaseFile],
    asked: Asked,
    by: User | None,
    incomplete: bool = False,
    chosen: Callable[[Draft], bool] = lambda draft: True,
) -> Prepared:
    """Prepare what may be prepared, in a fixed number of statements however many cases; tell of the rest.

    `incomplete`: also claims that lack something for filing (a birth date, the court). `chosen` leaves drafts out: the queue
    cut to the budget. Raises NotAllowed without the right.
    """
    check_may(by, Right.WORK_CASES)
    given = list(cases)
    creditors = Organisation.objects.select_for_update().filter(pk__in={case.creditor_id for case in given})
    list(creditors.order_by("pk"))  # numbers run without gaps
    listed = _by_number(given)
    links = CaseAccount.objects.filter(case__in=listed, is_live=True)
    account_ids = list(links.values_list("account_id", flat=True))
    lock_accounts(account_ids)
    name_holders(account_ids=account_ids, by=by)
    done = Prepared()
    accepted = []
    for draft in drafts(listed, asked=asked, by=by):
        if draft.stopped or (draft.missing and not incomplete):
            done.refused.append(draft)
        elif chosen(draft):
            accepted.append(draft)
    done.claims = _write(accepted, asked, by)
    _tell(done.claims, asked.on, by)
    follow(sorted({claim.case_file_id for claim in done.claims}), on=asked.on, by=by)
    return done


@transaction.atomic
def prepare_claim(*, case: CaseFile, asked: Asked, by: User | None) -> list[Claim]:
    """The claims of one case: one, or one per share. Missing papers do not stop it, filing asks for them again.

    Raises ClaimRefused with the first reason.
    """
    done = prepare_claims(cases=[case], asked=asked, by=by, incomplete=True)
    if not done.claims:
        raise ClaimRefused(f"Требование по делу № {case.number} не подготовлено: {done.refused[0].stopped[0]}")
    return done.claims


def _write(accepted: list[Draft], asked: Asked, by: User | None) -> list[Claim]:
    last = dict(
        Claim.objects.filter(creditor__in={draft.case.creditor_id for draft in accepted})
        .order_by()
        .values_list("creditor")
        .annotate(last=Max("number"))
    )
    claims = []
    for draft in accepted:
        creditor = draft.case.creditor_id
        last[creditor] = last.get(creditor, 0) + 1
        claims.append(_claim(draft, last[creditor], asked, by))
    claims = insert_with_history(claims, by=by)
    lines, parties = [], []
    for claim, draft in zip(claims, accepted, strict=True):
        lines += [
            ClaimLine(
                claim_id=claim.pk,
                account_id=line.account_id,
                service_id=line.service_id,
                month=line.month,
                amount=line.amount,
                penalty=line.penalty,
                at_least=line.at_least,
            )
            for line in draft.lines
        ]
        parties += [
            ClaimDebtor(
                claim_id=claim.pk,
                debtor_id=debtor.pk,
                is_joint=draft.party.is_joint,
                share_num=share.numerator,
                share_den=share.denominator,
            )
            for debtor, share in draft.debtors
        ]
    insert_all(lines)
    insert_all(parties)
    return claims


def _claim(draft: Draft, number: int, asked: Asked, by: User | None) -> Claim:
    taken = [line.month for line in draft.lines]
    return Claim(
        creditor_id=draft.case.creditor_id,
        case_file=draft.case,
        number=number,
        kind=draft.kind,
        follows=draft.follows,
        court=draft.court,
        court_name=draft.court_name,
        period_from=min(taken),
        period_to=max(taken),
        penalty_through=asked.penalty_through,
        principal=draft.principal,
        penalty=draft.penalty,
        duty=draft.duty.fee,
        duty_credited=draft.duty.credited,
        share_num=draft.share.numerator,
        share_den=draft.share.denominator,
        prepared_on=asked.on,
        prepared_by=by,
        stage_on=asked.on,
    )


def _tell(claims: list[Claim], on: dt.date, by: User | None) -> None:
    insert_all([mirrored(PREPARED, claim=claim, said=_said(claim), on=on, by=by) for claim in claims])


def _said(claim: Claim) -> str:
    period = f"{months.short(claim.period_from)} - {months.short(claim.period_to)}"
    share = f", доля {claim.share_num}/{claim.share_den}" if claim.share_den > 1 else ""
    return f"{KIND_SHORT[claim.kind]}, {period}, {money.spaced(claim.price)} ₽{share}"
