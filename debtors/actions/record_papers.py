"""Record what a court asks to know of a person liable: full name, birth, identifier. Earlier versions stay in the history."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.common.text import clean
from debtors.actions.moves import check_may
from debtors.actions.name_holders import name_holders
from debtors.actions.refresh_cases import refresh_cases
from debtors.models import CaseFile, Debtor, UtilityAccount
from debtors.rules.identifiers import NotAnIdentifier, check_birth_date, read_document, read_inn, read_snils

FIELDS = ("kind", "name", "birth_date", "birth_place", "inn", "snils", "document", "phone", "email")


class WrongPapers(Refusal):
    """A paper cannot be what was typed; `field` says which."""

    code = "wrong_papers"


class NobodyToName(Refusal):
    """The account prints no holder, or somebody is named as liable already."""

    code = "nobody_to_name"


@dataclass(frozen=True)
class Papers:
    """What is known of a person, as typed. `document_kind`: a key of `identifiers.DOCUMENTS`."""

    name: str
    kind: str = Debtor.Kind.CITIZEN
    birth_date: dt.date | None = None
    birth_place: str = ""
    snils: str = ""
    inn: str = ""
    document_kind: str = ""
    document_number: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def record_papers(*, debtor: Debtor, papers: Papers, by: User, on: dt.date) -> Debtor:
    """Keep the papers, and the name in the cases where it stands. Raises NotAllowed, WrongPapers naming the field."""
    check_may(by, Right.WORK_CASES)
    debtor = Debtor.objects.select_for_update(of=("self",)).get(pk=debtor.pk)
    before = {name: getattr(debtor, name) for name in FIELDS}
    for name, value in read_papers(papers, on, kept=debtor.document).items():
        setattr(debtor, name, value)
    if before == {name: getattr(debtor, name) for name in FIELDS}:
        return debtor
    debtor.save(update_fields=[*FIELDS, "search"])
    if before["name"] != debtor.name:
        _rename(debtor, on)
    return debtor


@transaction.atomic
def record_holders_papers(*, account: UtilityAccount, papers: Papers, by: User, on: dt.date) -> Debtor:
    """Make a debtor of the holder whom the register prints, with these papers. Raises NobodyToName and as `record_papers`."""
    check_may(by, Right.WORK_CASES)
    UtilityAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if not name_holders(account_ids=[account.pk], by=by):
        raise NobodyToName(
            f"По {account} владелец в реестре не назван или ответственные уже указаны. Откройте счёт: «Кто отвечает»."
        )
    return record_papers(debtor=account.liabilities.get().debtor, papers=papers, by=by, on=on)


def read_papers(papers: Papers, on: dt.date, *, kept: str = "") -> dict:
    """The columns of `Debtor`, each as papers print it. `kept`: the document known before, taken back as it was."""
    is_firm = papers.kind == Debtor.Kind.ORGANISATION
    name = clean(papers.name)
    if not name:
        raise WrongPapers("Имя пусто: напишите фамилию, имя и отчество или наименование.", field="name")
    unchanged = kept and not papers.document_kind and clean(papers.document_number) == kept
    return {
        "kind": papers.kind,
        "name": name,
        "birth_date": None if is_firm else _birth(papers.birth_date, on),
        "birth_place": "" if is_firm else clean(papers.birth_place),
        "inn": _read("inn", lambda: read_inn(papers.inn, of_organisation=is_firm)),
        "snils": "" if is_firm else _read("snils", lambda: read_snils(papers.snils)),
        "document": kept
        if unchanged
        else _read("document_number", lambda: read_document(papers.document_kind, papers.document_number)),
        "phone": clean(papers.phone),
        "email": papers.email,
    }


def _birth(born: dt.date | None, on: dt.date) -> dt.date | None:
    _read("birth_date", lambda: check_birth_date(born, on))
    return born


def _read(field: str, reader):
    try:
        return reader()
    except NotAnIdentifier as wrong:
        raise WrongPapers(str(wrong), field=field) from wrong


def _rename(debtor: Debtor, on: dt.date) -> None:
    """The cases show and find the person by the new name."""
    cases = CaseFile.objects.filter(is_open=True, account_links__account__liabilities__debtor=debtor).select_related("creditor")
    by_creditor: dict = {}
    for case in cases.distinct():
        by_creditor.setdefault(case.creditor, []).append(case.pk)
    for creditor, ids in by_creditor.items():
        refresh_cases(creditor=creditor, on=on, case_ids=ids)
