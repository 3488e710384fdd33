"""Make documents: check the data, give the numbers, keep everything."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from casedesk.access.models import CreditorRequisites, Organisation, User
from casedesk.documents.actions.shipped_templates import shipped
from casedesk.documents.kinds import DocumentKind, find
from casedesk.documents.models import Document, DocumentTemplate, Letterhead, NameForms, NumberSeries
from casedesk.documents.models.document import printed_number
from casedesk.documents.queries.payment_code import requisites_on
from casedesk.documents.queries.templates import in_force
from casedesk.documents.rules.checks import check_totals
from casedesk.documents.rules.fields import Field, checked, person

BATCH = 1_000


@dataclass(frozen=True)
class Draft:
    """What a room composed for one document. `subject` and `folder` are (`app.Model`, key)."""

    data: Mapping[str, Any]
    subject: tuple[str, int]
    folder: tuple[str, int] | None = None


def make(
    kind_code: str,
    *,
    creditor: Organisation,
    data: Mapping[str, Any],
    subject: tuple[str, int],
    folder: tuple[str, int] | None = None,
    by: User,
    on: dt.date,
) -> Document:
    """One document with the next number. Raises BadDocumentData, TotalsDiffer; then no number is spent."""
    return make_many(kind_code, creditor=creditor, drafts=[Draft(data, subject, folder)], by=by, on=on)[0]


@transaction.atomic
def make_many(kind_code: str, *, creditor: Organisation, drafts: Iterable[Draft], by: User, on: dt.date) -> list[Document]:
    """Documents with consecutive numbers, in the order of the drafts; all of them or none.

    Takes a fixed number of statements per thousand. Raises BadDocumentData and TotalsDiffer naming the draft.
    """
    kind, listed = find(kind_code), list(drafts)
    if not listed:
        return []
    template = template_for(kind, creditor)
    own = own_fields(creditor, by, on)
    made = [_prepared(kind, draft, own) for draft in listed]
    _put_names_right(kind, creditor, made)
    last = _take_numbers(creditor, on.year, len(made))
    for number, document in enumerate(made, last - len(made) + 1):
        document.creditor, document.template, document.kind = creditor, template, kind.code
        document.year, document.number = on.year, number
        document.made_by, document.made_on = by, on
        document.data["number"], document.data["day"] = printed_number(number, on.year), on.isoformat()
    return Document.objects.bulk_create(made, BATCH)


def template_for(kind: DocumentKind, creditor: Organisation) -> DocumentTemplate:
    """The creditor's own template in force, else the shipped one."""
    own = in_force([kind.code], creditor.pk).get(kind.code)
    return own if own and own.creditor_id else shipped(kind)


def own_fields(creditor: Organisation, by: User, on: dt.date) -> dict[str, Any]:
    """What the engine itself knows: letterhead and requisites of the day, who made the paper; number and day come later."""
    head = Letterhead.objects.filter(creditor=creditor).first() or Letterhead(creditor=creditor)
    paid_to = requisites_on(creditor, on) or CreditorRequisites()
    plain = ("ogrn", "phone", "email", "signer_post", "signer_basis")
    return {
        "name": head.full_name or creditor.name,
        "short_name": creditor.name,
        "inn": creditor.inn or paid_to.inn,
        "kpp": paid_to.kpp,
        "account": paid_to.account,
        "bank": paid_to.bank_name,
        "bic": paid_to.bic,
        "corr_account": paid_to.correspondent_account,
        "creditor_address": head.address,
        **{name: getattr(head, name) for name in plain},
        "signer": person(head.signer) if head.signer else None,
        "executor": by.short_name,
        "number": "",
        "day": None,
    }


def _prepared(kind: DocumentKind, draft: Draft, own: Mapping[str, Any]) -> Document:
    data = checked(kind.fields, draft.data)
    totals = check_totals(kind.checks, data, kind.title)
    folder_kind, folder_id = draft.folder or ("", None)
    return Document(
        data=data | dict(own),
        totals=totals,
        total=data[kind.total] if kind.total else None,
        addressee=_shown(data, kind.addressee)[:300],
        address=_shown(data, kind.address)[:400],
        subject_kind=draft.subject[0].lower(),
        subject_id=draft.subject[1],
        folder_kind=folder_kind.lower(),
        folder_id=folder_id,
    )


def _shown(data: Mapping[str, Any], name: str) -> str:
    value = data[name] if name else ""
    return value["name"] if isinstance(value, Mapping) else value or ""


def _put_names_right(kind: DocumentKind, creditor: Organisation, made: Sequence[Document]) -> None:
    """Put the cases that a person corrected beside the names they belong to. One query."""
    people = [place for one in made for place in _people(kind.all_fields, one.data)]
    names = {row[name]["name"] for row, name in people}
    kept = NameForms.objects.filter(creditor=creditor)
    if len(names) < BATCH // 2:
        kept = kept.filter(name__in=names)
    forms = {one.name: one.forms for one in kept}
    for row, name in people:
        who = row[name]
        if who["name"] in forms:
            row[name] = who | {"forms": forms[who["name"]] | who["forms"]}


def _people(fields: Sequence[Field], data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Where names stand in the data: the fields themselves, and columns of tables."""
    for field in fields:
        if field.kind == "person" and data[field.name]:
            yield data, field.name
        elif field.kind == "table":
            for row in data[field.name]:
                yield from _people(field.columns, row)


def _take_numbers(creditor: Organisation, year: int, count: int) -> int:
    """The last of `count` consecutive numbers; the series stays locked until the transaction ends, so none is lost."""
    NumberSeries.objects.get_or_create(creditor=creditor, year=year)
    series = NumberSeries.objects.select_for_update().get(creditor=creditor, year=year)
    series.last += count
    series.save(update_fields=["last"])
    return series.last
