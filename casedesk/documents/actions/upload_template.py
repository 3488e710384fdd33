"""Templates from people: a checked upload as a new version, an old version again, back to the shipped one."""

import datetime as dt
import hashlib

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from casedesk.documents.kinds import DocumentKind, find
from casedesk.documents.models import DocumentTemplate
from casedesk.documents.queries.trial import trial_pdf
from casedesk.documents.rendering.docx_parts import opened
from casedesk.documents.rendering.pdf import TypstFailed
from casedesk.documents.rules.examples import example
from casedesk.documents.rules.merge import BadTemplate, check_template


class SameTemplate(Refusal):
    """The very file is already in force."""

    code = "same_template"


def checked_template(kind: DocumentKind, docx: bytes) -> list[str]:
    """The merge fields that the file uses. Raises NotATemplate, BadTemplate: also when it cannot be set for print."""
    used = check_template(opened(docx).texts, kind)
    try:
        trial_pdf(kind, docx, example(kind))
    except TypstFailed as fault:
        raise BadTemplate(
            "Шаблон не удалось сверстать для печати. Уберите необычное оформление: вложенные таблицы, фигуры."
        ) from fault
    return used


@transaction.atomic
def upload_template(
    *, kind_code: str, creditor: Organisation, docx: bytes, file_name: str, note: str, by: User, at: dt.datetime
) -> DocumentTemplate:
    """A new version in force for the creditor. Raises NotATemplate, BadTemplate, SameTemplate."""
    kind = find(kind_code)
    checked_template(kind, docx)
    versions = _locked_versions(kind_code, creditor)
    digest = hashlib.sha256(docx).hexdigest()
    for one in versions:
        if one.is_active and one.sha256 == digest:
            raise SameTemplate(f"Этот файл уже действует: версия {one.version}. Загрузите изменённый.")
    _retire(versions)
    made = DocumentTemplate(
        kind=kind_code,
        creditor=creditor,
        version=max((one.version for one in versions), default=0) + 1,
        docx=docx,
        sha256=digest,
        file_name=file_name[:200],
        note=note[:300],
        uploaded_by=by,
        uploaded_at=at,
    )
    made._history_user = by
    made.save()
    return made


@transaction.atomic
def restore_template(*, template: DocumentTemplate, by: User) -> DocumentTemplate:
    """Put an old version of a creditor in force again; a shipped one means: none of the creditor's own."""
    versions = _locked_versions(template.kind, template.creditor)
    _retire(versions)
    kept = next(one for one in versions if one.pk == template.pk)
    kept.is_active, kept._history_user = True, by
    kept.save(update_fields=["is_active"])
    return kept


@transaction.atomic
def back_to_shipped(*, kind_code: str, creditor: Organisation, by: User) -> None:
    """From now on the shipped template serves the creditor; its own versions stay and can be restored."""
    versions = _locked_versions(kind_code, creditor)
    for one in versions:
        one._history_user = by
    _retire(versions)


def _locked_versions(kind_code: str, creditor: Organisation) -> list[DocumentTemplate]:
    """The creditor's versions; nobody else changes them until the transaction ends."""
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    return list(DocumentTemplate.objects.light().filter(kind=kind_code, creditor=creditor))


def _retire(versions: list[DocumentTemplate]) -> None:
    for one in versions:
        if one.is_active:
            one.is_active = False
            one.save(update_fields=["is_active"])
