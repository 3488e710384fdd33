"""Debt that agreements in force cover, apart in the ageing: which agreements are kept on a day, and what is open of them.

Both are read from facts (events of the cases, the ledger), so that a past day asked as known then gives the same figure.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from debtors.models import CaseAccount, CaseEvent, RepaymentAgreement, UtilityAccount
from debtors.queries.aged_months import aged_months
from debtors.queries.ageing import Figures

LED_TO = {
    "agreement_signed": True,
    "agreement_resumed": True,
    "agreement_breached": False,
    "agreement_fulfilled": False,
    "agreement_ended": False,
}
"""Event -> whether the agreement is kept after it."""


@dataclass
class Restructured:
    """What agreements kept on the day cover. `figures` are a part of the ageing of the same accounts, in the same buckets."""

    figures: Figures = field(default_factory=Figures)
    by_agreement: dict[int, int] = field(default_factory=dict)
    agreements: dict[int, RepaymentAgreement] = field(default_factory=dict)
    accounts: frozenset[int] = frozenset()
    """All accounts that kept agreements stop the claims of, owing or not."""

    @property
    def total(self) -> int:
        return self.figures.total


def kept_agreements(
    accounts: QuerySet | None = None, *, as_of: dt.date, known_on: dt.datetime | None = None
) -> dict[int, RepaymentAgreement]:
    """Agreements that were signed by the day and not broken, fulfilled or ended. Two queries.

    `accounts` (None: all) narrows to agreements whose case has one of them.
    """
    told = CaseEvent.objects.filter(code__in=LED_TO, happened_on__lte=as_of)
    if known_on:
        told = told.filter(recorded_at__lte=known_on)
    last: dict[int, str] = {}
    for agreement, code in told.order_by("happened_on", "pk").values_list("subject_id", "code"):
        last[agreement] = code
    kept = [agreement for agreement, code in last.items() if LED_TO[code]]
    found = RepaymentAgreement.objects.filter(pk__in=kept).select_related("case")
    if accounts is not None:
        links = CaseAccount.objects.filter(account__in=accounts.order_by().values("pk"))
        found = found.filter(case__in=links.values("case"))
    return {agreement.pk: agreement for agreement in found}


def restructured(accounts: QuerySet | None = None, *, as_of: dt.date, known_on: dt.datetime | None = None) -> Restructured:
    """What is open of the months that kept agreements cover: principal only, a part of `age` of the same accounts."""
    kept = kept_agreements(accounts, as_of=as_of, known_on=known_on)
    answer = Restructured(agreements=kept, by_agreement=dict.fromkeys(kept, 0))
    if not kept:
        return answer
    covers = _covers(kept, as_of)
    answer.accounts = frozenset(covers)
    asked = UtilityAccount.objects.filter(pk__in=covers)
    if accounts is not None:
        asked = asked.filter(pk__in=accounts.order_by().values("pk"))
    owing = set()
    for row in aged_months(asked, as_of=as_of, known_on=known_on):
        agreement = covers[row.account_id]
        if row.service.is_penalty or row.month > kept[agreement].covered_through or row.unpaid <= 0:
            continue
        answer.by_agreement[agreement] += row.unpaid
        _add(answer.figures, row.bucket, row.unpaid)
        owing.add(row.account_id)
    answer.figures.accounts = len(owing)
    return answer


def _covers(kept: dict[int, RepaymentAgreement], as_of: dt.date) -> dict[int, int]:
    """Account -> the agreement of its case on the day."""
    of_case = {agreement.case_id: pk for pk, agreement in kept.items()}
    links = CaseAccount.objects.filter(case__in=of_case, valid_from__lte=as_of)
    links = links.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=as_of))
    found: dict[int, int] = defaultdict(int)
    for account, case in links.values_list("account_id", "case_id"):
        found[account] = of_case[case]
    return found


def _add(figures: Figures, bucket: str | None, kopecks: int) -> None:
    figures.total += kopecks
    if bucket:
        figures.buckets[bucket] += kopecks
    else:
        figures.not_yet_due += kopecks
