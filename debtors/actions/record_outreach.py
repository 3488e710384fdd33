"""Record a reception, a consultation, an appeal, a meeting, a placement; take a mistaken record back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.common.text import search_key
from debtors.actions.events import record
from debtors.actions.moves import check_may
from debtors.models import CaseAccount, CaseFile, OutreachEvent, UtilityAccount
from debtors.queries.outreach import recorders
from debtors.rules.outreach_kinds import KINDS, Ask, Citizen, OutreachField, OutreachKind

MOST_BYTES = 10 * 2**20
ENDINGS = ("pdf", "jpg", "jpeg", "png", "webp", "doc", "docx", "odt", "xls", "xlsx", "txt")


class WrongOutreach(Refusal):
    """A field of the record is missing or does not fit its kind."""

    code = "wrong_outreach"


class AlreadyRecorded(Refusal):
    """The same thing was recorded a moment ago, or taken back before."""

    code = "already_recorded"


@dataclass(frozen=True)
class Entry:
    """What a person tells of one event. `data` by the kind's fields; choices by their codes."""

    kind: str
    organisation: Organisation
    on: dt.date
    data: Mapping[str, object] = field(default_factory=dict)
    citizen: str = ""
    account: UtilityAccount | None = None
    proof: str = ""
    file: UploadedFile | None = None


@transaction.atomic
def record_outreach(*, entry: Entry, by: User, today: dt.date) -> OutreachEvent:
    """Write the event, and a line on the live case of the account when it has one.

    Raises WrongOutreach naming the field, AlreadyRecorded for the very same record, NotAllowed (right, somebody else's
    organisation).
    """
    check_may(by, Right.WORK_OUTREACH)
    kind = _kind(entry.kind)
    _check_whose(entry, by)
    _check_day(entry.on, today)
    data = _checked_data(kind, entry.data)
    citizen = _citizen(kind, entry)
    _check_proof(kind, entry)
    made = OutreachEvent(
        organisation=entry.organisation,
        kind=kind.code,
        happened_on=entry.on,
        data=data,
        citizen=citizen,
        account=entry.account,
        proof=entry.proof.strip()[:300],
        recorded_by=by,
    )
    _check_new(made)
    return keep(made, file=entry.file)


def keep(made: OutreachEvent, *, file: UploadedFile | None = None) -> OutreachEvent:
    """Save a checked event with its case and its line on the timeline."""
    case = live_case(made.account)
    made.case = case
    made.search = search_key(made.citizen, made.account.search if made.account else "", made.words, made.proof)[:800]
    if file:
        made.file_name = file.name[-200:]
        made.stored = file
    made.save()
    if case:
        text = made.words or made.citizen or str(made.account)
        record("outreach_recorded", case=case, on=made.happened_on, by=made.recorded_by, subject=made, **_said(made, text))
    return made


def _said(made: OutreachEvent, text: str) -> dict[str, str]:
    return {"what": made.of_kind.title, "text": text[:300]}


@transaction.atomic
def reverse_outreach(*, event: OutreachEvent, reason: str, by: User, on: dt.date) -> OutreachEvent:
    """Take a record back by a further one; both stay to be read. Raises AlreadyRecorded when it was taken back before."""
    check_may(by, Right.WORK_OUTREACH)
    event = OutreachEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    reason = reason.strip()
    if not reason:
        raise WrongOutreach("Причина снятия записи не указана. Напишите, что в ней неверно.", field="reason")
    if event.reverses_id or OutreachEvent.objects.filter(reverses=event).exists():
        raise AlreadyRecorded(f"Запись «{event}» уже снята: снимать нечего.")
    back = OutreachEvent(
        organisation_id=event.organisation_id,
        kind=event.kind,
        happened_on=on,
        citizen=event.citizen,
        account_id=event.account_id,
        case_id=event.case_id,
        reverses=event,
        reverse_reason=reason[:300],
        search=event.search,
        recorded_by=by,
    )
    try:
        with transaction.atomic():
            back.save()
    except IntegrityError as twice:
        raise AlreadyRecorded(f"Запись «{event}» уже снята: снимать нечего.") from twice
    if event.case_id:
        happened = f"{event.happened_on:%d.%m.%Y}"
        data = {"what": event.of_kind.title, "happened": happened, "why": reason[:300]}
        record("outreach_reversed", case=event.case, on=on, by=by, subject=back, **data)
    return back


def live_case(account: UtilityAccount | None) -> CaseFile | None:
    """The case that the account is in now."""
    if account is None:
        return None
    link = CaseAccount.objects.filter(account=account, is_live=True).select_related("case__creditor").first()
    return link.case if link else None


def _kind(code: str) -> OutreachKind:
    if code not in KINDS:
        known = ", ".join(KINDS)
        raise WrongOutreach(f"Вида записи «{code}» нет. Есть: {known}.", field="kind")
    return KINDS[code]


def _check_whose(entry: Entry, by: User) -> None:
    if not recorders(by).filter(pk=entry.organisation.pk).exists():
        raise NotAllowed(f"Записывать за организацию «{entry.organisation}» может только её сотрудник.")
    account = entry.account
    if account is None:
        return
    seen = UtilityAccount.objects.visible_to(by).filter(pk=account.pk).exists()
    foreign = entry.organisation.kind == Organisation.Kind.CREDITOR and account.creditor_id != entry.organisation.pk
    if not seen or foreign:
        text = f"Счёта {account.number} у организации «{entry.organisation}» нет. Выберите её счёт или запишите имя гражданина."
        raise WrongOutreach(text, field="who")


def _check_day(on: dt.date, today: dt.date) -> None:
    if on > today:
        raise WrongOutreach(
            f"День {on:%d.%m.%Y} ещё не наступил: записывают то, что уже было. Укажите день не позже {today:%d.%m.%Y}.",
            field="on",
        )
    if on.year < today.year - 5:
        raise WrongOutreach(f"День {on:%d.%m.%Y} старше пяти лет. Проверьте год.", field="on")


def _checked_data(kind: OutreachKind, given: Mapping[str, object]) -> dict[str, object]:
    unknown = sorted(set(given) - {one.name for one in kind.fields})
    if unknown:
        known = ", ".join(one.name for one in kind.fields)
        raise WrongOutreach(f"«{kind.title}»: полей {', '.join(unknown)} нет. Есть: {known}.", field=unknown[0])
    data = {one.name: _value(kind, one, given.get(one.name)) for one in kind.fields}
    return {name: value for name, value in data.items() if value not in (None, "")}


def _value(kind: OutreachKind, one: OutreachField, value: object) -> object:
    if isinstance(value, str):
        value = value.strip()
    if value in (None, ""):
        if one.required:
            raise WrongOutreach(f"«{kind.title}»: не заполнено «{one.label}». Заполните его.", field=one.name)
        return None
    if one.ask == Ask.CHOICE and value not in one.choices:
        listed = ", ".join(one.choices)
        raise WrongOutreach(f"«{one.label}»: значения «{value}» нет. Есть: {listed}.", field=one.name)
    if one.ask == Ask.NUMBER:
        return _number(one, value)
    if one.ask == Ask.MONEY:
        return _kopecks(one, value)
    return str(value)[:500]


def _kopecks(one: OutreachField, value: object) -> int:
    """Roubles as people and programs write them -> kopecks, more than none."""
    try:
        kopecks = money.kopecks(str(value))
    except ValueError:
        kopecks = 0
    if kopecks <= 0:
        raise WrongOutreach(f"«{one.label}»: «{value}» не подходит, нужна сумма в рублях больше нуля.", field=one.name)
    return kopecks


def _number(one: OutreachField, value: object) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if not 0 < number <= 1_000_000:
        raise WrongOutreach(f"«{one.label}»: «{value}» не подходит, нужно целое число от 1 до 1 000 000.", field=one.name)
    return number


def _citizen(kind: OutreachKind, entry: Entry) -> str:
    name = entry.citizen.strip()[:300]
    if kind.citizen == Citizen.NOBODY and (name or entry.account):
        raise WrongOutreach(f"«{kind.title}» записывают без гражданина: уберите имя и счёт.", field="who")
    if kind.citizen == Citizen.MUST and not (name or entry.account):
        raise WrongOutreach(f"«{kind.title}»: не указано, с кем. Укажите лицевой счёт или имя.", field="who")
    return name or (entry.account.holder_name if entry.account else "")


def _check_proof(kind: OutreachKind, entry: Entry) -> None:
    if kind.proof and not (entry.proof.strip() or entry.file):
        raise WrongOutreach(
            f"«{kind.title}»: нет подтверждения. Укажите номер и день документа, ссылку или приложите файл.", field="proof"
        )
    if entry.file is None:
        return
    ending = entry.file.name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise WrongOutreach(f"Файл «{entry.file.name}» не принят. Можно: {', '.join(ENDINGS)}.", field="file")
    if entry.file.size > MOST_BYTES:
        size = entry.file.size // 2**20
        raise WrongOutreach(f"Файл «{entry.file.name}» — {size} МБ, можно до 10 МБ. Сожмите его.", field="file")


def _check_new(made: OutreachEvent) -> None:
    """The same person on the same day with the same words is a second press of the button."""
    if not (made.citizen or made.account_id or made.proof):
        return
    same = OutreachEvent.objects.live().filter(
        organisation=made.organisation, kind=made.kind, happened_on=made.happened_on, citizen=made.citizen
    )
    same = same.filter(account=made.account, proof=made.proof, data=made.data)
    if same.exists():
        raise AlreadyRecorded(f"«{made}» с теми же сведениями уже записано. Если это другое событие, уточните примечание.")
