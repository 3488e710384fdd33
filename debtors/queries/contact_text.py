"""The words of a step for one debtor."""

import datetime as dt

from casedesk.common import money
from casedesk.documents.models import Letterhead
from debtors.models import Campaign, CaseFile
from debtors.rules.contact_ladder import LadderStep, worded


class Texts:
    """Fills texts for one campaign; what is the creditor's is read once."""

    def __init__(self, campaign: Campaign):
        head = Letterhead.objects.filter(creditor=campaign.creditor).first()
        pay_by = campaign.counts_on + dt.timedelta(days=campaign.strategy.pay_days)
        self._shared = {
            "взыскатель": campaign.creditor.name,
            "телефон": head.phone if head else "",
            "срок": f"{pay_by:%d.%m.%Y}",
        }

    def of(self, step: LadderStep, case: CaseFile, amount: int) -> str:
        """The text with the sum of this minute; empty for papers."""
        own = {"сумма": money.spaced(amount), "счёт": case.account_numbers, "дело": str(case.number)}
        return " ".join(worded(step.text, self._shared | own).split())[:1000]
