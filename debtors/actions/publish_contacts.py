"""Give out what leaves as a list: the dialler's register and the texts for the personal account."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from casedesk.access.models import User
from debtors.actions.deliver_messages import contacted
from debtors.models import Campaign, CaseEvent, CaseFile, Contact
from debtors.queries.contact_plan import plan_contacts
from debtors.queries.contact_text import Texts
from debtors.rules.contact_words import ContactChannel, ContactState

PART = 500
LISTED = (ContactChannel.AUTODIAL, ContactChannel.CABINET)
WORDS = {ContactChannel.AUTODIAL: "в реестре обзвона", ContactChannel.CABINET: "опубликовано"}


def publish_contacts(*, campaign: Campaign, by: User, tell: Callable[[int, str], None], on: dt.date) -> None:
    """Put everything that waits for a list onto it, with the sums of this minute and the day's limits."""
    texts = Texts(campaign)
    while done := _publish_part(campaign, by, texts, on):
        tell(done, "реестры")


@transaction.atomic
def _publish_part(campaign: Campaign, by: User, texts: Texts, on: dt.date) -> int:
    waiting = Contact.objects.filter(campaign=campaign, channel__in=LISTED, state=ContactState.WAITING)
    listed = list(waiting.select_for_update(of=("self",)).order_by("position")[:PART])
    if not listed:
        return 0
    cases = CaseFile.objects.filter(pk__in=[one.case_id for one in listed])
    plan = plan_contacts(creditor=campaign.creditor, strategy=campaign.strategy, on=on, cases=cases)
    lines = {line.case.pk: line for line in plan.goes}
    why = {line.case.pk: line.why for line in plan.left_out}
    for one in listed:
        line = lines.get(one.case_id)
        if line is None or line.step.code != one.step:
            one.state, one.why = ContactState.LEFT_OUT, (why.get(one.case_id) or "ступень уже другая")[:300]
            continue
        one.state, one.sent_on, one.amount = ContactState.SENT, on, line.amount
        one.address, one.text = line.address, texts.of(line.step, line.case, line.amount)
        one.result = WORDS[ContactChannel(one.channel)]
    Contact.objects.bulk_update(listed, ["state", "why", "sent_on", "amount", "address", "text", "result"], PART)
    went = [contacted(one, by, on) for one in listed if one.state == ContactState.SENT]
    CaseEvent.objects.bulk_create(went, PART)
    return len(listed)
