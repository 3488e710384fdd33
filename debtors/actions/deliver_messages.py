"""Hand SMS and e-mails over, one by one, each at most once."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from casedesk.access.models import User
from debtors.channels.configured import SAFE_TO_REPEAT, SENDERS, deliver, why_not
from debtors.channels.parcel import ChannelDown, FateUnknown, Parcel, Receipt
from debtors.models import Campaign, CaseEvent, CaseFile, Contact
from debtors.queries.contact_limits import closed_now, limits_of
from debtors.queries.contact_plan import ContactLine, ContactPlan, plan_contacts
from debtors.queries.contact_text import Texts
from debtors.rules.case_events import EVENTS
from debtors.rules.contact_words import CHANNEL_NAMES, CampaignState, ContactChannel, ContactState

PART = 25
"""Messages whose debts are asked anew at once: a few seconds' worth."""
Tell = Callable[[int, str], None]


class Paused(Exception):
    """Nothing more goes through for now; the text says why."""


def send_messages(*, campaign: Campaign, by: User, tell: Tell, now: Callable[[], dt.datetime]) -> None:
    """Send all that waits. Raises Paused outside the allowed hours and when a channel is down."""
    _settle_broken_off(campaign, by, now)
    texts, limits = Texts(campaign), limits_of(creditor=campaign.creditor, on=now().date())
    while part := _next_part(campaign):
        for contact, line, why in _asked_anew(campaign, part, now().date()):
            if line is None:
                _leave_out(contact, why)
            else:
                closed = closed_now(limits, contact.channel, now())
                if closed:
                    raise Paused(closed)
                contact.amount, contact.address = line.amount, line.address
                contact.text = texts.of(line.step, line.case, line.amount)
                _send(contact, by, now().date())
            tell(1, CHANNEL_NAMES[ContactChannel(contact.channel)])


def _next_part(campaign: Campaign) -> list[Contact]:
    """The next items that wait, no person twice; none when the campaign was stopped."""
    if not Campaign.objects.filter(pk=campaign.pk, state=CampaignState.RUNNING).exists():
        return []
    waiting = Contact.objects.filter(campaign=campaign, channel__in=list(SENDERS), state=ContactState.WAITING)
    people: dict[str, Contact] = {}
    for contact in waiting.order_by("position")[:PART]:
        people.setdefault(contact.person_key, contact)
    return list(people.values())


def _asked_anew(campaign: Campaign, part: list[Contact], today: dt.date) -> list[tuple[Contact, ContactLine | None, str]]:
    """Each item with its line of this minute's plan, or with the reason why it does not go any more."""
    plan = _plan_of(campaign, part, today)
    lines = {line.case.pk: line for line in plan.goes}
    why = {line.case.pk: line.why for line in plan.left_out}
    found = []
    for contact in part:
        line = lines.get(contact.case_id)
        same = line is not None and line.step.code == contact.step
        found.append((contact, line if same else None, why.get(contact.case_id) or "ступень уже другая"))
    return found


def _plan_of(campaign: Campaign, part: list[Contact], today: dt.date) -> ContactPlan:
    cases = CaseFile.objects.filter(pk__in=[contact.case_id for contact in part])
    on = max(today, campaign.counts_on)
    return plan_contacts(creditor=campaign.creditor, strategy=campaign.strategy, on=on, cases=cases)


def _leave_out(contact: Contact, why: str) -> None:
    contact.state, contact.why = ContactState.LEFT_OUT, why[:300]
    Contact.objects.filter(pk=contact.pk, state=ContactState.WAITING).update(state=contact.state, why=contact.why)


def _send(contact: Contact, by: User, on: dt.date) -> None:
    """Mark, hand over, mark. Raises Paused when the channel is down; the item then waits again."""
    missing = why_not(contact.channel)
    if missing:
        raise Paused(f"{missing}. Настройте канал и продолжите рассылку.")
    taken = Contact.objects.filter(pk=contact.pk, state=ContactState.WAITING).update(
        state=ContactState.SENDING, amount=contact.amount, address=contact.address, text=contact.text
    )
    if taken:
        _hand_over(contact, by, on)


def _hand_over(contact: Contact, by: User, on: dt.date) -> None:
    parcel = Parcel(
        key=contact.key,
        to=contact.address,
        text=contact.text,
        subject=f"{contact.creditor.name}: задолженность по лицевому счёту",
        sender=contact.creditor.name,
    )
    try:
        receipt = deliver(contact.channel, parcel)
    except ChannelDown as fault:
        Contact.objects.filter(pk=contact.pk, state=ContactState.SENDING).update(state=ContactState.WAITING)
        raise Paused(f"{fault}. Рассылку можно продолжить позже: дважды никто ничего не получит.") from fault
    except FateUnknown as fault:
        _unsure(contact, str(fault), on)
    else:
        _keep(contact, receipt, by, on)


@transaction.atomic
def _keep(contact: Contact, receipt: Receipt, by: User, on: dt.date) -> None:
    """The answer of the channel, and the event on the case."""
    state = ContactState.SENT if receipt.accepted else ContactState.FAILED
    words = receipt.words or "принято к отправке"
    kept = Contact.objects.filter(pk=contact.pk, state=ContactState.SENDING).update(
        state=state, sent_on=on, tracking=receipt.number[:40], result=words[:200], proof="ответ шлюза при отправке"
    )
    if kept and receipt.accepted:
        CaseEvent.objects.bulk_create([contacted(contact, by, on)])


def contacted(contact: Contact, by: User, on: dt.date) -> CaseEvent:
    """The event of a contact that went out."""
    channel = CHANNEL_NAMES[ContactChannel(contact.channel)]
    data = {"channel": channel, "step": contact.step_name, "total_kopecks": contact.amount}
    EVENTS["contacted"].check(data)
    about = {"subject_kind": "contact", "subject_id": contact.pk}
    return CaseEvent(case_id=contact.case_id, code="contacted", happened_on=on, recorded_by=by, data=data, **about)


def _unsure(contact: Contact, why: str, on: dt.date) -> None:
    Contact.objects.filter(pk=contact.pk, state=ContactState.SENDING).update(
        state=ContactState.UNSURE, sent_on=on, result=why[:200]
    )


def _settle_broken_off(campaign: Campaign, by: User, now: Callable[[], dt.datetime]) -> None:
    """What an earlier run was just handing over when it died."""
    halfway = Contact.objects.filter(campaign=campaign, state=ContactState.SENDING).select_related("creditor")
    for contact in halfway.order_by("position"):
        if contact.channel in SAFE_TO_REPEAT:
            _hand_over(contact, by, now().date())
        else:
            _unsure(contact, "работа прервалась при отправке: проверьте в журнале почты", now().date())
