"""What people say of contacts by hand: letters taken to the post, one result, a call that somebody made."""

import datetime as dt
import uuid

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.events import record
from debtors.actions.make_promise import make_promise
from debtors.actions.moves import check_may, lock
from debtors.actions.take_results import FIELDS, FINAL, put_result, start_terms
from debtors.models import Campaign, CaseFile, Contact, Debtor
from debtors.queries.contact_limits import limits_of
from debtors.queries.contact_plan import past_contacts, people_of, person_key, reached_by
from debtors.rules.contact_words import CHANNEL_NAMES, LIMIT_OF, ContactChannel, ContactState


class NothingReady(Refusal):
    """No printed letters of the channel wait."""

    code = "nothing_ready"


class ContactSettled(NotAllowed):
    """The contact has its result."""

    code = "contact_settled"


class ContactTooOften(NotAllowed):
    """One more would be over the limit."""

    code = "contact_too_often"


class ContactIncomplete(Refusal):
    """Something of the contact is not said."""

    code = "contact_incomplete"


@transaction.atomic
def hand_over(*, campaign: Campaign, channel: str, by: User, on: dt.date) -> int:
    """The printed letters were taken to the post, or given to who delivers them. Raises NothingReady, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    if on < campaign.counts_on:
        raise ContactIncomplete(
            f"{campaign} от {campaign.counts_on:%d.%m.%Y}: сдать {on:%d.%m.%Y} нельзя. Укажите день не раньше."
        )
    ready = Contact.objects.filter(campaign=campaign, channel=channel, state=ContactState.READY)
    words = "сдано на почту" if channel == ContactChannel.POST else "передано для вручения"
    count = ready.update(state=ContactState.SENT, sent_on=on, result=words, proof=f"отметил(а) {by.short_name}"[:200])
    if not count:
        name = CHANNEL_NAMES[ContactChannel(channel)]
        raise NothingReady(f"{campaign}: по каналу «{name}» сдавать нечего. Отмечают напечатанное и ещё не сданное.")
    return count


@transaction.atomic
def settle_contact(*, contact: Contact, delivered: bool, words: str, by: User, on: dt.date) -> Contact:
    """Say what came of one item. Raises ContactSettled, ContactIncomplete, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    contact = Contact.objects.select_for_update(of=("self",)).select_related("notice", "campaign").get(pk=contact.pk)
    if contact.state in FINAL or contact.state in (ContactState.LEFT_OUT, ContactState.WAITING):
        raise ContactSettled(
            f"{contact.key}: {contact.get_state_display()}. Записать другой результат нельзя. "
            "Если он неверен, напишите в деле заметку."
        )
    began = contact.sent_on or (contact.campaign.counts_on if contact.campaign else on)
    if on < began:
        raise ContactIncomplete(
            f"{contact.key}: день {on:%d.%m.%Y} раньше отправки ({began:%d.%m.%Y}). Укажите день не раньше."
        )
    state = ContactState.DELIVERED if delivered else ContactState.FAILED
    put_result(contact, state, on, words.strip() or STATE_SAID[state], f"записал(а) {by.short_name}")
    contact.save(update_fields=FIELDS)
    problems = start_terms([contact], by)
    if problems:
        raise ContactIncomplete(problems[0])
    return contact


STATE_SAID = {ContactState.DELIVERED: "вручено", ContactState.FAILED: "не вручено"}


@transaction.atomic
def record_call(
    *,
    case: CaseFile,
    reached: bool,
    words: str,
    by: User,
    on: dt.date,
    promised: int | None = None,
    promised_on: dt.date | None = None,
) -> Contact:
    """Write down a telephone talk, or that nobody answered; with a promise when one was given.

    Raises ContactTooOften (an attempt counts, answered or not), ContactIncomplete, PromiseRefused, NotAllowed.
    """
    if not words.strip():
        raise ContactIncomplete("Напишите, чем кончился звонок: хотя бы «не ответил».")
    contact = log_contact(
        case=case, channel=ContactChannel.CALL, reached=reached, words=words, by=by, on=on, proof=f"записал(а) {by.short_name}"
    )
    if promised is not None or promised_on is not None:
        if not reached:
            raise ContactIncomplete("До должника не дозвонились, а обещание записано. Уберите одно из двух.")
        make_promise(case=case, amount=promised, due_on=promised_on, by=by, on=on, contact=contact)
    return contact


@transaction.atomic
def log_contact(
    *, case: CaseFile, channel: str, reached: bool, words: str, by: User | None, on: dt.date, proof: str
) -> Contact:
    """One contact by hand, with its event on the case. Raises ContactTooOften, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    case = lock(case)
    person, address = reached_by(channel, case, people_of([case.pk]).get(case.pk, []))
    key = person_key(case, person)
    if person:  # of one person two cases may be called about at once
        Debtor.objects.select_for_update().get(pk=person.pk)
    past = past_contacts(case.creditor, on, [key])
    why = limits_of(creditor=case.creditor, on=on).reached(channel, past.get((key, LIMIT_OF.get(channel, "")), ()), on)
    if why:
        raise ContactTooOften(f"К должнику по делу № {case.number} больше нельзя: {why}. Дождитесь другого дня.")
    made = Contact.objects.create(
        creditor=case.creditor,
        case=case,
        debtor=person,
        person_key=key,
        channel=channel,
        state=ContactState.DELIVERED if reached else ContactState.FAILED,
        amount=max(0, case.overdue),
        addressee=(person.name if person else case.debtor_names)[:300],
        address=address[:400],
        key=f"m{uuid.uuid4().hex[:20]}",
        sent_on=on,
        delivered_on=on if reached else None,
        result=words.strip()[:200],
        proof=proof[:200],
        recorded_by=by,
    )
    said = {"channel": CHANNEL_NAMES[ContactChannel(channel)], "outcome": words.strip()[:200]}
    record("talked", case=case, on=max(on, case.opened_on), by=by, subject=made, **said)
    return made
