"""Take in what came of a campaign's items: post tracking, SMS reports, results of calls and of handing over.

A delivered letter starts the legal waiting term of its reminder from the day it was delivered. Rows that cannot be taken are
told one by one; the others are taken. The same file again changes nothing.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.moves import check_may
from debtors.actions.send_reminder import send_reminders
from debtors.models import Campaign, Contact, PreTrialNotice
from debtors.rules.contact_results import examples, outcome_of
from debtors.rules.contact_table import ResultRow, digits, read_results
from debtors.rules.contact_words import CHANNEL_NAMES, PAPER, ContactChannel, ContactState

OPEN = (ContactState.READY, ContactState.SENT, ContactState.UNSURE)
FINAL = (ContactState.DELIVERED, ContactState.FAILED)
HANDED = {ContactChannel.POST: PreTrialNotice.Channel.POST, ContactChannel.HAND: PreTrialNotice.Channel.BY_HAND}
FIELDS = ["state", "sent_on", "delivered_on", "by_law", "result", "proof", "tracking"]


@dataclass
class Taken:
    """What a file brought: rows read, taken, known before, and those refused in words."""

    read: int = 0
    taken: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)


class NothingToTake(Refusal):
    """The campaign has no items of the channel."""

    code = "nothing_to_take"


@transaction.atomic
def take_results(*, campaign: Campaign, channel: str, name: str, content: bytes, by: User, on: dt.date) -> Taken:
    """Read the file and settle the items it names. Raises ResultsRefused, NothingToTake, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    rows = read_results(name, content)
    items = Contact.objects.select_for_update(of=("self",)).filter(campaign=campaign, channel=channel)
    listed = list(items.exclude(state=ContactState.LEFT_OUT).select_related("notice", "campaign"))
    if not listed:
        raise NothingToTake(
            f"В рассылке № {campaign.number} по каналу «{CHANNEL_NAMES[ContactChannel(channel)]}» ничего не ушло. "
            "Проверьте рассылку и канал."
        )
    book, taken, changed = _Book(listed), Taken(read=len(rows)), {}
    for row in rows:
        contact, problem = book.find(row)
        problem = problem or _settle(contact, row, name, on, taken)
        if problem:
            taken.problems.append(f"Строка {row.number}: {problem}")
        elif contact.pk not in changed and contact.was_settled:
            changed[contact.pk] = contact
    Contact.objects.bulk_update(changed.values(), FIELDS, 500)
    taken.taken = len(changed)
    taken.problems += start_terms(list(changed.values()), by)
    return taken


class _Book:
    """Items by all that a row may name them by."""

    def __init__(self, listed: list[Contact]):
        self._keys = {one.key: one for one in listed}
        self._tracking = {one.tracking: one for one in listed if one.tracking}
        self._phones: dict[str, list[Contact]] = defaultdict(list)
        for one in listed:
            one.was_settled = False
            self._phones[digits(one.address)].append(one)

    def find(self, row: ResultRow) -> tuple[Contact | None, str]:
        """The item, or why there is none."""
        if row.key:
            found = self._keys.get(row.key)
            return found, "" if found else f"ключа «{row.key}» в этой рассылке нет. Проверьте, из той ли рассылки файл."
        if row.tracking and row.tracking in self._tracking:
            return self._tracking[row.tracking], ""
        known = self._phones.get(row.phone, []) if row.phone else []
        if len(known) == 1:
            return known[0], ""
        if known:
            return None, f"номер {row.phone} у {len(known)} должников. Нужна колонка «Ключ» из нашего реестра."
        named = row.tracking or row.phone or "пусто"
        return None, f"«{named}» в этой рассылке не найдено. Проверьте номер или добавьте колонку «Ключ»."


def _settle(contact: Contact, row: ResultRow, name: str, on: dt.date, taken: Taken) -> str:
    """Put the row's result on the item; why not, in words."""
    outcome = outcome_of(contact.channel, row.status)
    if outcome is None:
        return f"статус «{row.status}» непонятен. Понимаем, например: {examples(contact.channel)}."
    if row.day_text and row.day is None:
        return f"«{row.day_text}» не дата. Нужен вид 21.03.2024."
    day = row.day or on
    if day > on:
        return f"дата {day:%d.%m.%Y} в будущем. Исправьте её."
    if contact.state in FINAL:
        same = contact.state == outcome.state and contact.delivered_on in (None, day)
        if same or outcome.state == ContactState.SENT:
            taken.known += 1
            return ""
        return f"{contact.key}: уже записано «{contact.get_state_display()}» ({contact.result}). Исправьте файл или запись."
    began = contact.sent_on or contact.campaign.counts_on
    if day < began:
        return f"дата {day:%d.%m.%Y} раньше отправки ({began:%d.%m.%Y}). Исправьте её."
    put_result(contact, outcome.state, day, row.status, f"{name}, строка {row.number}", by_law=outcome.by_law)
    if row.tracking and not contact.tracking:
        contact.tracking = row.tracking[:40]
    contact.was_settled = True
    return ""


def put_result(contact: Contact, state: str, day: dt.date, words: str, proof: str, *, by_law: bool = False) -> None:
    """Set the fields of an item that has come to a result; the caller saves them."""
    contact.state, contact.result, contact.proof = state, words[:200], proof[:200]
    contact.sent_on = contact.sent_on or min(day, contact.campaign.counts_on if contact.campaign else day)
    delivered = state == ContactState.DELIVERED
    contact.delivered_on, contact.by_law = (day, by_law) if delivered else (None, False)


def start_terms(changed: list[Contact], by: User) -> list[str]:
    """Mark the reminders of delivered letters as handed over, which starts their waiting terms; what was refused, in words."""
    groups: dict[tuple[str, dt.date], list[PreTrialNotice]] = defaultdict(list)
    for one in changed:
        handed = one.state == ContactState.DELIVERED and one.channel in PAPER and one.notice_id
        if handed and one.notice.state == PreTrialNotice.State.PREPARED:
            groups[one.channel, one.delivered_on].append(one.notice)
    problems = []
    for (channel, day), notices in sorted(groups.items(), key=lambda pair: pair[0][1]):
        done = send_reminders(notices=notices, channel=HANDED[ContactChannel(channel)], by=by, on=day)
        problems += [f"{notice}: вручение записано, срок на оплату не начат: {reason}" for notice, reason in done.refused]
    return problems
