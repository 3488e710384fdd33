"""What each case would be claimed for, against whom, by which way, for what fee, and what stands in the way.

Drafts are the answer of a dry check and the plan of the action `prepare_claims`: both read the same.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from casedesk.access.models import User
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.queries.current import current
from debtors.models import POPULATION, CaseFile, UtilityAccount
from enforcement.models import Claim
from enforcement.queries.claim_check import gaps_of, nothing_open, stops_of
from enforcement.queries.claim_draft import Asked, Draft
from enforcement.queries.claim_facts import ClaimFacts, claim_facts
from enforcement.rules.claim_duty import duty_of, order_limit
from enforcement.rules.claim_gaps import stops
from enforcement.rules.claim_shares import NOBODY, Liable, SharesExceedWhole, split_charges
from enforcement.rules.claim_stages import ClaimKind, ClaimStage
from enforcement.rules.expected_return import prospect
from enforcement.rules.jurisdiction import court_kind

NAME_LENGTH = 200
"""Of `Claim.court_name`."""


def drafts(cases: Iterable[CaseFile], *, asked: Asked, by: User | None) -> list[Draft]:
    """The claims that these cases come to, in the order of the cases. A fixed number of queries."""
    listed = list(cases)
    facts = claim_facts(
        listed,
        on=asked.on,
        penalty_through=asked.penalty_through,
        newest=asked.newest,
        with_expired=asked.with_expired,
    )
    norms = current()
    return [draft for case in listed for draft in _of_case(case, facts, asked, norms)]


def _of_case(case: CaseFile, facts: ClaimFacts, asked: Asked, norms: Catalogue) -> Iterator[Draft]:
    accounts = facts.accounts.get(case.pk, [])
    stopped = list(stops_of(case, accounts, facts, asked))
    charges = [charge for account in accounts for charge in facts.charges.get(account.pk, ())]
    if not charges:
        yield Draft(case, NOBODY, asked.kind or ClaimKind.ORDER, gaps=[*stopped, nothing_open(case, accounts, facts)])
        return
    holders = {
        -account.pk: account.holder_name for account in accounts if account.pk not in facts.liable and account.holder_name
    }
    liable = [one for account in accounts for one in facts.liable.get(account.pk, ())]
    liable += [Liable(-pseudo, pseudo, True) for pseudo in holders]
    try:
        parts = split_charges(charges, liable)
    except SharesExceedWhole as wrong:
        words = f"дело № {case.number}: {wrong}. Исправьте доли собственников."
        yield Draft(
            case,
            NOBODY,
            asked.kind or ClaimKind.ORDER,
            charges,
            gaps=[*stopped, stops("shares", words, about="owners", pk=accounts[0].pk)],
        )
        return
    for party, lines in parts.items():
        yield _draft(case, party, lines, holders, accounts, facts, asked, norms, stopped)


def _draft(case, party, lines, holders, accounts, facts: ClaimFacts, asked: Asked, norms: Catalogue, stopped) -> Draft:
    policy = facts.policies[case.creditor_id]
    newest_share = max(lines, key=lambda item: item[0].month)[1]
    named = [pk for pk in party.debtor_ids if pk > 0]
    draft = Draft(
        case,
        party,
        "",
        lines=[line for line, _ in lines],
        debtors=[(facts.people[pk], newest_share) for pk in named],
        holders={-pk: holders[pk] for pk in party.debtor_ids if pk < 0},
        share=newest_share,
        address=next((_address(account) for account in accounts if _address(account)), ""),
        gaps=list(stopped),
    )
    draft.follows = _follows(draft, facts)
    draft.kind = asked.kind or _kind(draft, accounts, asked.on, norms)
    _name_court(draft, facts, asked, norms)
    paid = draft.follows.duty_to_pay if draft.follows else 0
    draft.duty = duty_of(draft.kind, draft.price, asked.on, norms, paid_before=paid, exempt=policy.exempt_from_duty)
    draft.prospect = prospect(
        [(line.month, line.amount) for line in draft.lines],
        newest=facts.newest,
        last_payment_on=max((facts.paid_on[one.pk] for one in accounts if one.pk in facts.paid_on), default=None),
        returns=facts.returns.get(case.pk, 0),
        on=asked.on,
        odds=policy.odds,
    )
    draft.gaps += gaps_of(draft, accounts, facts, asked, norms)
    return draft


def _name_court(draft: Draft, facts: ClaimFacts, asked: Asked, norms: Catalogue) -> None:
    """The court a person named; else the one of the address on the day; else by the filing policy, or as the claim before."""
    if asked.court_name:
        draft.court_name = asked.court_name
        return
    draft.court = facts.courts.court(draft.case.pk, court_kind(draft.kind, draft.price, asked.on, norms))
    before = draft.follows.court_name if draft.follows else ""
    draft.court_name = str(draft.court or facts.policies[draft.case.creditor_id].court_name or before)[:NAME_LENGTH]


def _address(account: UtilityAccount) -> str:
    return str(account.premises) if account.premises else account.address_text


def _follows(draft: Draft, facts: ClaimFacts) -> Claim | None:
    """The newest failed claim against the same people whose months this one takes again."""
    people = {debtor.pk for debtor, _ in draft.debtors}
    asked = {line.month for line in draft.lines}
    for claim in reversed(facts.failed.get(draft.case.pk, [])):
        months = range(claim.period_from, claim.period_to + 1)
        if {party.debtor_id for party in claim.parties.all()} == people and asked.intersection(months):
            return claim
    return None


def _kind(draft: Draft, accounts: list[UtilityAccount], on: dt.date, norms: Catalogue) -> str:
    """An order where the law lets: within its limit, and not after one that was set aside (ГПК РФ ст. 121, 122, 129)."""
    arbitrazh = accounts[0].category not in POPULATION
    within = draft.price <= order_limit(arbitrazh, on, norms)
    after_order = draft.follows is not None and draft.follows.stage == ClaimStage.SET_ASIDE
    if within and not after_order:
        return ClaimKind.ARBITRAZH_ORDER if arbitrazh else ClaimKind.ORDER
    return ClaimKind.ARBITRAZH if arbitrazh else ClaimKind.LAWSUIT
