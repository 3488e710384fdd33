"""Money that lay on what an agreement covers, and which instalments it paid."""

import datetime as dt
from collections import defaultdict

from debtors.models import RepaymentAgreement, UtilityAccount
from debtors.queries.agreements import accounts_of
from debtors.queries.payment_story import stories
from debtors.rules.agreement_money import Laid, Paid, lay


def money_on_schedule(agreement: RepaymentAgreement, *, paid: int, as_of: dt.date) -> list[Laid]:
    """The agreement's money, laid on its instalments in the order in which it came.

    `paid` is how much less is open now than was agreed (`AgreementStanding.paid`). What payments do not explain of it is a
    recalculation of charges and stands on the day itself, so that the sum of the answer is `paid`.
    """
    by_payment: dict[tuple[dt.date, int], int] = defaultdict(int)
    for account in UtilityAccount.objects.filter(pk__in=accounts_of({agreement.case_id})[agreement.case_id]):
        for told in stories(account, as_of):
            if told.payment.counts_on < agreement.signed_on:
                continue
            of_covered = [part for part in told.parts if part.kind == "month" and part.month <= agreement.covered_through]
            if of_covered:
                by_payment[told.payment.counts_on, told.payment.pk] += sum(part.kopecks for part in of_covered)
    money = [Paid(on, kopecks, payment) for (on, payment), kopecks in sorted(by_payment.items())]
    return lay([instalment.part for instalment in agreement.instalments.all()], _up_to(money, paid, as_of))


def _up_to(money: list[Paid], paid: int, as_of: dt.date) -> list[Paid]:
    """Payments that together make `paid`: the first ones when there are more, a recalculation for the rest when less."""
    kept, left = [], paid
    for one in money:
        if left <= 0:
            break
        kept.append(Paid(one.on, min(one.kopecks, left), one.payment))
        left -= kept[-1].kopecks
    return [*kept, Paid(as_of, left)] if left > 0 else kept
