"""Complaints on a bailiff's inaction as papers."""

from typing import Any

from casedesk.documents.actions.make import Draft
from casedesk.documents.rules.fields import person
from debtors.models import Debtor
from enforcement.models import BailiffComplaint
from enforcement.queries.writ_money import writ_money
from enforcement.rules.words import INACTION_LAW, INACTION_NAMES, Inaction

NO_DEPARTMENT, NO_NAME = "Отдел судебных приставов", "должник не назван"
DEMANDS = {
    Inaction.OPENING: "возбудить исполнительное производство и направить взыскателю копию постановления",
    Inaction.PROCEEDING: "принять меры принудительного исполнения и сообщить взыскателю о сделанном",
    Inaction.RULING_COPY: "направить взыскателю копию постановления",
    Inaction.TRANSFER: "перечислить взысканные деньги взыскателю",
}


def complaint_draft(complaint: BailiffComplaint) -> Draft:
    """The paper of one complaint."""
    folder = ("debtors.CaseFile", complaint.writ.case_file_id) if complaint.writ.case_file_id else None
    return Draft(_data(complaint), ("enforcement.BailiffComplaint", complaint.pk), folder)


def _data(complaint: BailiffComplaint) -> dict[str, Any]:
    writ, proceeding, presentation = complaint.writ, complaint.proceeding, complaint.presentation
    left, debtor = writ_money([writ])[writ.pk].remaining, writ.debtor
    department = proceeding.department if proceeding else None
    said = f" {complaint.about.strip()}" if complaint.about.strip() else ""
    name = INACTION_NAMES[complaint.kind]
    return {
        "department": str(department or (presentation.to if presentation else NO_DEPARTMENT)),
        "writ": str(writ),
        "issued_by": writ.issuer or None,
        "debtor": person(debtor.name if debtor else writ.account.holder_name or NO_NAME, declines=_is_citizen(debtor)),
        "born": debtor.birth_date if debtor else None,
        "address": writ.account.address_text,
        "birthplace": (debtor.birth_place or None) if debtor else None,
        "identifier": (debtor.identifier or None) if debtor else None,
        "principal": left.principal,
        "penalty": left.penalty,
        "duty": left.duty,
        "total": left.total,
        "to_court": complaint.addressee == BailiffComplaint.Addressee.COURT,
        "court": "В районный суд по месту нахождения отдела",
        "proceeding": _proceeding(proceeding),
        "sent_on": presentation.sent_on if presentation else None,
        "inaction": f"{name[0].upper()}{name[1:]} ({INACTION_LAW[complaint.kind]}).{said}",
        "term_ended_on": complaint.term_ended_on,
        "demand": DEMANDS[complaint.kind],
        "bailiff": proceeding.bailiff or None if proceeding else None,
    }


def _is_citizen(debtor: Debtor | None) -> bool:
    return debtor is not None and debtor.kind == Debtor.Kind.CITIZEN


def _proceeding(proceeding) -> str | None:
    if proceeding is None:
        return None
    return f"{proceeding.number} от {proceeding.opened_on:%d.%m.%Y}" if proceeding.opened_on else proceeding.number
