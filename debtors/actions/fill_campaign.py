"""Write the items of a campaign down, once: who, by which step, to which address."""

from django.db import transaction

from debtors.models import Campaign, Contact
from debtors.queries.contact_plan import ContactLine, plan_contacts
from debtors.queries.contact_text import Texts
from debtors.rules.contact_words import CampaignState
from debtors.rules.walk_order import walk_key

BATCH = 1_000


@transaction.atomic
def fill_campaign(*, campaign: Campaign) -> Campaign:
    """Fix the list of the campaign by the plan of its day; a filled one stays as it is."""
    held = Campaign.objects.select_for_update(of=("self",)).select_related("strategy", "creditor").get(pk=campaign.pk)
    if held.is_filled or held.state != CampaignState.RUNNING:
        campaign.refresh_from_db()
        return campaign
    plan = plan_contacts(creditor=held.creditor, strategy=held.strategy, on=held.counts_on, only=held.only_steps)
    texts = Texts(held)
    goes = sorted(plan.goes, key=lambda line: (line.step.channel, *walk_key(line.case.address, "")))
    items = (_item(held, line, place, texts) for place, line in enumerate(goes, 1))
    Contact.objects.bulk_create(items, BATCH)
    held.is_filled, held.left_out = True, [list(row) for row in plan.by_reason()]
    held.save(update_fields=["is_filled", "left_out"])
    campaign.refresh_from_db()
    return campaign


def _item(campaign: Campaign, line: ContactLine, place: int, texts: Texts) -> Contact:
    return Contact(
        creditor_id=campaign.creditor_id,
        case=line.case,
        debtor_id=line.debtor_id,
        person_key=line.person_key,
        campaign=campaign,
        position=place,
        step=line.step.code,
        step_name=line.step.name,
        channel=line.step.channel,
        amount=line.amount,
        addressee=line.addressee[:300],
        address=line.address[:400],
        text=texts.of(line.step, line.case, line.amount),
        key=f"k{campaign.pk}-{place}",
        recorded_by_id=campaign.started_by_id,
    )
