"""Repayment agreements of the demo: a few signed on each day of work by different terms, breaches told of."""

import datetime as dt

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.common.refusals import Refusal
from debtors.actions.agreement_papers import breach_notice
from debtors.actions.follow_agreement import notify_breach
from debtors.actions.sign_agreement import sign_agreement
from debtors.models import CaseFile, PreTrialNotice, RepaymentAgreement
from debtors.rules.agreement_standing import AgreementState
from debtors.rules.schedule import ScheduleKind

TERMS = (
    {"parts": 6, "pay_day": 15},
    {"parts": 4, "pay_day": 10, "kind": ScheduleKind.DECLINING, "first_payment": 100_000},
    {"parts": 3, "pay_day": 31, "holiday": 1, "current_too": False},
)
FEW = 10
"""Of so many debtors one signs: a small town has others to write to."""
PASSED_OVER = 2
"""The smallest debts are those that the day puts on hold for other reasons."""


def day_of(officer: User, creditor: Organisation, on: dt.date) -> None:
    """Breaches found before the day are told of; a few debtors sign."""
    for broken in RepaymentAgreement.objects.filter(creditor=creditor, state=AgreementState.BREACHED).select_related("case"):
        breach_notice(agreement=broken, by=officer, on=on)
        notify_breach(agreement=broken, channel=PreTrialNotice.Channel.BY_HAND, by=officer, on=on)
    free = CaseFile.objects.live().filter(creditor=creditor, hold_kind="", agreements=None, overdue__gt=300_000)
    most = min(len(TERMS), max(1, free.count() // FEW))
    signing = list(free.order_by("overdue", "pk")[PASSED_OVER : PASSED_OVER + most])
    for case, terms in zip(signing, TERMS, strict=False):
        try:
            sign_agreement(case=case, covered_through=months.of(on) - 1, by=officer, on=on, **terms)
        except Refusal:  # the town's chance data may forbid one: the demo shows, it does not prove
            continue
