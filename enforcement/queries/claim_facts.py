"""All that claims of many cases are made from, read at once: a fixed number of queries however many cases."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import Count

from casedesk.access.models import Organisation
from casedesk.norms.due_dates import newest_overdue_month
from debtors.models import (
    AccountState,
    CaseAccount,
    CaseFile,
    Debtor,
    Liability,
    PreTrialNotice,
    UtilityAccount,
)
from debtors.queries.freshness import stale_payments
from debtors.queries.limitation import expiring
from debtors.queries.penalties import penalties
from enforcement.models import Claim, FilingPolicy, Writ
from enforcement.queries.coverage import CourtsByAddress, courts_by_address
from enforcement.queries.held_charges import Key, held, held_by_people
from enforcement.rules.claim_shares import Charge, Liable
from enforcement.rules.claim_stages import ClaimStage

CREDITED_AFTER = (ClaimStage.SET_ASIDE, ClaimStage.RETURNED, ClaimStage.REFUSED, ClaimStage.WITHDRAWN, ClaimStage.UNHEARD)
"""What was paid for an application that ended so counts towards the next one (НК РФ ст. 333.20, 333.40)."""


@dataclass
class ClaimFacts:
    """Facts by case and account. Charges are what is open, overdue and held by no live claim; kopecks."""

    on: dt.date
    penalty_through: dt.date
    newest: int
    accounts: dict[int, list[UtilityAccount]] = field(default_factory=dict)
    charges: dict[int, list[Charge]] = field(default_factory=dict)
    expired: dict[int, int] = field(default_factory=dict)
    unknown_penalty: dict[int, str] = field(default_factory=dict)
    liable: dict[int, list[Liable]] = field(default_factory=dict)
    people: dict[int, Debtor] = field(default_factory=dict)
    notices: dict[int, PreTrialNotice] = field(default_factory=dict)
    failed: dict[int, list[Claim]] = field(default_factory=dict)
    paid_on: dict[int, dt.date] = field(default_factory=dict)
    returns: dict[int, int] = field(default_factory=dict)
    policies: dict[int, FilingPolicy] = field(default_factory=dict)
    stale: dict[int, str] = field(default_factory=dict)
    courts: CourtsByAddress = field(default_factory=lambda: CourtsByAddress(dt.date.min))


def claim_facts(
    cases: Iterable[CaseFile], *, on: dt.date, penalty_through: dt.date, newest: int | None = None, with_expired: bool = False
) -> ClaimFacts:
    """Read them for these cases. `newest`: no later month; `with_expired`: months past limitation too (ГК РФ ст. 199)."""
    listed = list(cases)
    overdue = newest_overdue_month(on)
    facts = ClaimFacts(on, penalty_through, overdue if newest is None else min(newest, overdue))
    ids = [case.pk for case in listed]
    links = CaseAccount.objects.filter(case__in=ids, is_live=True).select_related("account__premises__house")
    for link in links.order_by("account__number"):
        facts.accounts.setdefault(link.case_id, []).append(link.account)
    account_ids = [account.pk for accounts in facts.accounts.values() for account in accounts]
    _read_charges(facts, account_ids, with_expired)
    _read_people(facts, account_ids)
    _read_papers(facts, ids)
    facts.courts = courts_by_address(ids, on)
    states = AccountState.objects.filter(account__in=account_ids, last_payment_on__isnull=False)
    facts.paid_on = dict(states.values_list("account_id", "last_payment_on"))
    for creditor in Organisation.objects.filter(pk__in={case.creditor_id for case in listed}):
        facts.policies[creditor.pk] = FilingPolicy.objects.in_force(creditor=creditor, on=on)
        facts.stale[creditor.pk] = stale_payments(creditor, on)
    return facts


def _read_charges(facts: ClaimFacts, account_ids: list[int], with_expired: bool) -> None:
    taken, people = held(account_ids), held_by_people(account_ids)
    report = penalties(UtilityAccount.objects.filter(pk__in=account_ids), through=facts.penalty_through)
    counted: dict[Key, int] = {(row.account_id, row.service.pk, row.month): row.penalty for row in report.months}
    unknown = {service.pk: why for service, why in report.unknown}
    for row in expiring(account_ids, newest=facts.newest):
        key = (row.account_id, row.service_id, row.month)
        free = row.kopecks - taken.get(key, (0, 0))[0]
        if free <= 0:
            continue
        if row.state(facts.on) == "expired" and not with_expired:
            facts.expired[row.account_id] = facts.expired.get(row.account_id, 0) + free
            continue
        if row.service_id in unknown:
            facts.unknown_penalty[row.account_id] = unknown[row.service_id]
        facts.charges.setdefault(row.account_id, []).append(
            Charge(*key, row.kopecks, counted.get(key, 0), row.at_least, free, people.get(key, {}))
        )


def _read_people(facts: ClaimFacts, account_ids: list[int]) -> None:
    for one in Liability.objects.filter(account__in=account_ids).select_related("debtor").order_by("pk"):
        facts.people[one.debtor_id] = one.debtor
        facts.liable.setdefault(one.account_id, []).append(
            Liable(
                one.account_id,
                one.debtor_id,
                one.kind == Liability.Kind.JOINT,
                Fraction(one.share_num, one.share_den),
                one.valid_from,
                one.valid_to,
            )
        )


def _read_papers(facts: ClaimFacts, case_ids: list[int]) -> None:
    """Proof of the reminder, failed claims that nothing followed yet, earlier returns by the bailiffs."""
    sent = PreTrialNotice.objects.filter(case__in=case_ids, state=PreTrialNotice.State.SENT)
    facts.notices = {notice.case_id: notice for notice in sent.order_by("sent_on", "pk")}
    failed = defaultdict(list)
    ended = Claim.objects.filter(case_file__in=case_ids, stage__in=CREDITED_AFTER).prefetch_related("parties")
    followed = set(
        Claim.objects.filter(case_file__in=case_ids, follows__isnull=False)
        .exclude(stage=ClaimStage.DROPPED)
        .values_list("follows_id", flat=True)
    )
    for claim in ended.order_by("stage_on", "pk"):
        if claim.pk not in followed:
            failed[claim.case_file_id].append(claim)
    facts.failed = dict(failed)
    returned = Writ.objects.live().filter(case_file__in=case_ids, proceedings__ended_ground__startswith="46.")
    facts.returns = dict(returned.order_by().values_list("case_file_id").annotate(Count("proceedings", distinct=True)))
