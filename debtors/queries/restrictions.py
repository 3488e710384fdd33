"""The facts of restrictions, for any number at once; whom a warning may go to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.norms.queries.current import current
from casedesk.norms.reading import Reading
from debtors.models import (
    CaseAccount,
    CaseFile,
    MonthTotal,
    RepaymentAgreement,
    Service,
    ServiceRestriction,
    ServiceState,
    UtilityAccount,
)
from debtors.queries.freshness import stale_payments
from debtors.queries.open_months import OpenMonth, open_months
from debtors.rules.agreement_standing import AgreementState
from debtors.rules.restriction import (
    LIVE,
    RestrictionFacts,
    RestrictionState,
    RestrictionTerms,
    refusal,
)
from debtors.rules.stages import FlagKind, HoldKind

MOST = 1_000
"""Candidates weighed at once."""
YEAR = 12


def terms_on(day: dt.date) -> RestrictionTerms:
    """The norms of a day. Raises NormNotKnown."""
    reading = Reading(current(), "ограничение услуги")
    first, last = reading.value("service_restriction.heating_season", day)
    return RestrictionTerms(
        debt_months=int(reading.value("service_restriction.debt_months", day)),
        warning_days=int(reading.value("service_restriction.warning_days", day)),
        suspension_days=int(reading.value("service_restriction.suspension_days", day)),
        restoration_days=int(reading.value("service_restriction.restoration_days", day)),
        never=frozenset(reading.value("service_restriction.never_suspended", day)),
        season=(_month_day(first), _month_day(last)),
    )


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def overdue_by_service(accounts: Iterable[int], on: dt.date) -> dict[tuple[int, int], list[OpenMonth]]:
    """(account, service) -> its overdue months on the day. One query."""
    found: dict[tuple[int, int], list[OpenMonth]] = defaultdict(list)
    for month in open_months(account_ids=accounts, overdue_on=on):
        found[month.account_id, month.service_id].append(month)
    return found


def monthly_payments(accounts: Iterable[int], service: int, on: dt.date) -> dict[int, int]:
    """Account -> the mean charge of the service over its charged months of the last year, kopecks. One query.

    It stands for the payment by the norm of consumption until a person writes that in.
    """
    newest = months.of(on)
    rows = MonthTotal.objects.filter(account__in=accounts, service=service, month__range=(newest - YEAR, newest - 1))
    sums: dict[int, list[int]] = defaultdict(list)
    for account, charged in rows.filter(charged__gt=0).values_list("account_id", "charged"):
        sums[account].append(charged)
    return {account: (2 * sum(values) + len(values)) // (2 * len(values)) for account, values in sums.items()}


def agreements_of(cases: Iterable[int]) -> dict[int, RepaymentAgreement]:
    """Case -> the agreement that is kept on it."""
    kept = RepaymentAgreement.objects.filter(case__in=cases, state=AgreementState.ACTIVE)
    return {agreement.case_id: agreement for agreement in kept}


def in_block_of_flats(account: UtilityAccount) -> bool:
    """A premises with a number stands in a block of flats; so does an account whose address names a flat."""
    if account.premises:
        return bool(account.premises.number)
    return "кв" in account.address_text.lower()


def facts_of(restrictions: Iterable[ServiceRestriction], *, on: dt.date) -> dict[int, RestrictionFacts]:
    """Restriction -> all that its steps depend on, as of the day. A fixed number of queries."""
    listed = list(restrictions)
    owed = overdue_by_service({one.account_id for one in listed}, on)
    kept = agreements_of({one.case_id for one in listed})
    terms = terms_on(on)
    return {
        one.pk: _facts(one, sum(month.kopecks for month in owed[one.account_id, one.service_id]), kept.get(one.case_id), terms)
        for one in listed
    }


def _facts(
    one: ServiceRestriction, debt: int, agreement: RepaymentAgreement | None, terms: RestrictionTerms
) -> RestrictionFacts:
    case = one.case
    return RestrictionFacts(
        state=one.state,
        service=one.service.code,
        service_name=one.service.name,
        in_block_of_flats=in_block_of_flats(one.account),
        debt=debt,
        monthly=one.monthly,
        terms=terms,
        started_on=one.started_on,
        warned_on=one.warned_on,
        limited_on=one.limited_on,
        suspended_on=one.suspended_on,
        ground_gone_on=one.ground_gone_on,
        can_be_limited=one.can_be_limited,
        heats=one.heats,
        agreement=str(agreement) if agreement else "",
        block=one.block,
        block_reason=one.block_reason,
        **_of_case(case),
    )


def _of_case(case: CaseFile) -> dict:
    return {
        "deceased": FlagKind.DECEASED in case.flags,
        "bankrupt": FlagKind.BANKRUPT in case.flags,
        "disputed": case.hold_kind == HoldKind.DISPUTE,
        "disputed_until": case.hold_until,
    }


@dataclass
class Candidate:
    """An account whose service may be restricted: what it owes, by month, and its month's payment."""

    case: CaseFile
    account: UtilityAccount
    service: Service
    months: list[OpenMonth]
    monthly: int

    @property
    def debt(self) -> int:
        return sum(month.kopecks for month in self.months)

    @property
    def months_x100(self) -> int:
        """The debt in month's payments, hundredths."""
        return self.debt * 100 // self.monthly if self.monthly else 0


@dataclass
class StartPreview:
    """Who will be warned, and who will not and why."""

    candidates: list[Candidate] = field(default_factory=list)
    refused: list[tuple[CaseFile, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(candidate.debt for candidate in self.candidates)


def likely_cases(*, creditor: Organisation, service: Service, most: int = MOST) -> list[int]:
    """Open cases of the creditor whose accounts owe most for the service, without a restriction of it yet."""
    busy = ServiceRestriction.objects.filter(service=service, state__in=LIVE).values("account")
    links = CaseAccount.objects.filter(is_live=True, case__creditor=creditor).exclude(account__in=busy)
    owing = ServiceState.objects.filter(service=service, balance__gt=0, account__in=links.values("account"))
    accounts = list(owing.order_by("-balance").values_list("account_id", flat=True)[: min(most, MOST)])
    return list(links.filter(account__in=accounts).values_list("case_id", flat=True))


def preview_start(
    *, cases: Iterable[int], service: Service, on: dt.date, monthly: int | None = None, heats: bool = False
) -> StartPreview:
    """Weigh the live accounts of these cases for a restriction of the service. Changes nothing; a fixed number of queries.

    A warning names a sum, so nobody is warned by payments that are too old to tell it.

    `monthly` replaces the mean charge where a person knows the payment by the norm.
    """
    links = CaseAccount.objects.filter(case__in=cases, is_live=True).order_by("case__number", "account__number")
    links = list(links.select_related("case__creditor", "account__premises__house"))
    accounts = [link.account_id for link in links]
    owed, means = overdue_by_service(accounts, on), monthly_payments(accounts, service.pk, on)
    kept, terms = agreements_of({link.case_id for link in links}), terms_on(on)
    busy = dict(
        ServiceRestriction.objects.filter(account__in=accounts, service=service, state__in=LIVE).values_list(
            "account_id", "number"
        )
    )
    stale = {creditor.pk: stale_payments(creditor, on) for creditor in {link.case.creditor for link in links}}
    found = StartPreview()
    for link in links:
        at = Candidate(
            link.case, link.account, service, owed[link.account_id, service.pk], monthly or means.get(link.account_id, 0)
        )
        reason = stale[link.case.creditor_id] or _why_not(at, busy.get(link.account_id), kept.get(link.case_id), terms, heats)
        if reason:
            found.refused.append((link.case, reason))
        else:
            found.candidates.append(at)
    return found


def _why_not(at: Candidate, busy: int | None, agreement, terms: RestrictionTerms, heats: bool) -> str:
    if busy:
        return f"По {at.account} уже идёт ограничение № {busy}."
    facts = RestrictionFacts(
        state=RestrictionState.PREPARED,
        service=at.service.code,
        service_name=at.service.name,
        in_block_of_flats=in_block_of_flats(at.account),
        debt=at.debt,
        monthly=at.monthly,
        terms=terms,
        heats=heats,
        agreement=str(agreement) if agreement else "",
        **_of_case(at.case),
    )
    stopped = refusal(facts)
    return f"{stopped[0]} {stopped[1]}." if stopped else ""


def steps_waiting(user, on: dt.date) -> dict[str, int]:
    """How many restrictions of the person wait for each kind of step on the day. One query."""
    now = Q(next_from__lte=on) & ~Q(next_action="")
    live = ServiceRestriction.objects.visible_to(user).live()
    return live.aggregate(
        now=Count("pk", filter=now),
        waits=Count("pk", filter=Q(next_from__gt=on) & ~Q(next_action="")),
        stopped=Count("pk", filter=Q(next_action="")),
        restore=Count("pk", filter=Q(next_action="restore")),
    )
