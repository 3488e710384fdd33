"""Letters to heads of employers and institutions: whom they may go to, the papers, one print run, a record of each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.common.text import search_key
from casedesk.documents.actions.make import Draft, make_many
from casedesk.documents.actions.start_print_run import start_print_run
from casedesk.documents.models import Document, PrintRun
from casedesk.documents.rules.fields import person
from debtors.actions.events import record
from debtors.actions.moves import check_may
from debtors.models import CaseAccount, CaseFile, LetterRecipient, OutreachEvent, UtilityAccount
from debtors.queries.freshness import stale_payments
from debtors.queries.letter_recipients import LETTER_KINDS, RecipientDebt, debts, unlisted_institutions, written_on
from debtors.queries.outreach import recorders

SUBJECT = "debtors.LetterRecipient"


class NobodyToWriteTo(Refusal):
    """None of the chosen recipients may be written to, or they belong to several creditors."""

    code = "nobody_to_write_to"


class WrongRecipient(Refusal):
    """The recipient's data do not fit."""

    code = "wrong_recipient"


@dataclass
class LettersPreview:
    """Who will be written to, about how much; who will not, and why."""

    letters: list[tuple[LetterRecipient, RecipientDebt]] = field(default_factory=list)
    refused: list[tuple[LetterRecipient, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(debt.total for _, debt in self.letters)


def preview_letters(*, recipients: Iterable[LetterRecipient], on: dt.date) -> LettersPreview:
    """What would go out today. Changes nothing; a fixed number of queries."""
    listed = list(recipients)
    owed, told = debts(listed, on), written_on(listed, on)
    stale = {creditor.pk: stale_payments(creditor, on) for creditor in {recipient.creditor for recipient in listed}}
    found = LettersPreview()
    for recipient in listed:
        reason = _why_not(recipient, owed[recipient.pk], told, stale[recipient.creditor_id])
        if reason:
            found.refused.append((recipient, reason))
        else:
            found.letters.append((recipient, owed[recipient.pk]))
    return found


def _why_not(recipient: LetterRecipient, debt: RecipientDebt, told: set[int], stale: str) -> str:
    if not recipient.is_active:
        return "Этому адресату больше не пишут. Включите его в карточке."
    if not recipient.head_name:
        return "Не указан руководитель: некому адресовать письмо. Впишите его в карточке."
    if recipient.pk in told:
        return "Сегодня письмо этому адресату уже составлено. Его можно напечатать снова из «Документов»."
    if recipient.kind == LetterRecipient.Kind.INSTITUTION and not debt.accounts:
        return "Не указаны лицевые счета учреждения: нечего посчитать. Впишите их в карточке."
    if recipient.kind == LetterRecipient.Kind.INSTITUTION and not debt.total:
        return "Просроченного долга у учреждения сегодня нет: писать не о чем."
    return stale if recipient.kind == LetterRecipient.Kind.INSTITUTION else ""  # the other letters name no sum


@transaction.atomic
def write_to_heads(*, recipients: Iterable[LetterRecipient], by: User, on: dt.date, at: dt.datetime) -> PrintRun:
    """Make the letters, record each, print them as one run. Those refused by the preview are left out.

    The recipients stay locked, so that two people cannot write twice on a day. Raises NobodyToWriteTo, NotAllowed.
    """
    check_may(by, Right.WORK_OUTREACH)
    wanted = [recipient.pk for recipient in recipients]
    locked = LetterRecipient.objects.select_for_update(of=("self",)).select_related("creditor")
    found = preview_letters(recipients=locked.filter(pk__in=wanted).order_by("name", "pk"), on=on)
    creditors = {recipient.creditor_id for recipient, _ in found.letters}
    if len(creditors) != 1:
        raise NobodyToWriteTo(
            f"Писем к отправке {len(found.letters)}, взыскателей: {len(creditors)}. Выберите адресатов одного взыскателя."
        )
    creditor = found.letters[0][0].creditor
    made = _documents(creditor, found.letters, by, on)
    _record(creditor, found.letters, made, by, on)
    papers = [made[recipient.pk] for recipient, _ in found.letters]
    return start_print_run(documents=papers, title=f"Письма руководителям, {len(papers)} шт.", by=by, at=at)


def _documents(creditor: Organisation, letters: Sequence, by: User, on: dt.date) -> dict[int, Document]:
    """Recipient -> its letter, two kinds at most."""
    drafts: dict[str, list[Draft]] = defaultdict(list)
    for recipient, debt in letters:
        kind = LETTER_KINDS[recipient.kind]
        drafts[kind].append(Draft(_data(recipient, debt, on), (SUBJECT, recipient.pk)))
    made = [one for kind, of_kind in drafts.items() for one in make_many(kind, creditor=creditor, drafts=of_kind, by=by, on=on)]
    return {document.subject_id: document for document in made}


def _data(recipient: LetterRecipient, debt: RecipientDebt, on: dt.date) -> dict:
    data = {
        "addressee": person(recipient.head_name),
        "post": recipient.head_post,
        "recipient": recipient.name,
        "address": recipient.address,
    }
    if recipient.kind == LetterRecipient.Kind.INSTITUTION:
        rows = [{"account": number, "place": place, "amount": amount} for number, place, amount in debt.rows]
        data |= {"as_of": on.isoformat(), "total": debt.total, "accounts": rows}
    return data


def _record(creditor: Organisation, letters: Sequence, made: dict[int, Document], by: User, on: dt.date) -> None:
    """One event per letter, and a line on every live case of the institution's accounts."""
    accounts = [account.pk for _, debt in letters for account in debt.accounts]
    cases = _cases(accounts)
    for recipient, debt in letters:
        document = made[recipient.pk]
        of_accounts = [cases[account.pk] for account in debt.accounts if account.pk in cases]
        event = OutreachEvent(
            organisation=creditor,
            kind=LETTER_KINDS[recipient.kind],
            happened_on=on,
            data={"recipient": recipient.name},
            case=of_accounts[0] if of_accounts else None,
            proof=f"исх. № {document.full_number} от {on:%d.%m.%Y}",
            document=document,
            search=search_key(recipient.name, recipient.head_name)[:800],
            recorded_by=by,
        )
        event.save()
        said = {"what": event.of_kind.title, "text": f"{recipient.name}, {event.proof}"}
        for case in {case.pk: case for case in of_accounts}.values():
            record("outreach_recorded", case=case, on=on, by=by, subject=event, **said)


def _cases(accounts: list[int]) -> dict[int, CaseFile]:
    links = CaseAccount.objects.filter(account__in=accounts, is_live=True).select_related("case__creditor")
    return {link.account_id: link.case for link in links}


@transaction.atomic
def keep_recipient(*, recipient: LetterRecipient, numbers: Sequence[str], by: User) -> LetterRecipient:
    """Save a recipient with the accounts it answers for. Raises WrongRecipient naming the number or the double."""
    check_may(by, Right.WORK_OUTREACH)
    if not recorders(by).filter(pk=recipient.creditor_id).exists():
        raise WrongRecipient(f"Адресата организации «{recipient.creditor}» ведут её сотрудники.")
    accounts = UtilityAccount.objects.visible_to(by).filter(creditor=recipient.creditor_id, number__in=numbers)
    known = {account.number: account for account in accounts}
    missing = [number for number in numbers if number not in known]
    if missing:
        raise WrongRecipient(f"Счетов {', '.join(missing)} у взыскателя нет. Проверьте номера.", field="numbers")
    same = LetterRecipient.objects.filter(creditor=recipient.creditor_id, kind=recipient.kind, name=recipient.name)
    if same.exclude(pk=recipient.pk).exists():
        raise WrongRecipient(f"«{recipient.name}» уже есть среди адресатов. Откройте его карточку.", field="name")
    recipient.save()
    recipient.accounts.set(known.values())
    return recipient


@transaction.atomic
def take_institutions(*, by: User) -> int:
    """Make recipients of municipal institutions that the accounts name; return how many are new. Repeating it adds none."""
    check_may(by, Right.WORK_OUTREACH)
    own = recorders(by).filter(kind=Organisation.Kind.CREDITOR).values_list("pk", flat=True)
    new = 0
    for (creditor, name), accounts in unlisted_institutions(own).items():
        made, is_new = LetterRecipient.objects.get_or_create(
            creditor_id=creditor, kind=LetterRecipient.Kind.INSTITUTION, name=name, defaults={"address": _address(accounts[0])}
        )
        made.accounts.add(*accounts)
        new += is_new
    return new


def _address(account: UtilityAccount) -> str:
    return str(account.premises) if account.premises else account.address_text
