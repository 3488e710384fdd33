"""Where debtors pay a creditor: a new set from a day on, or a correction of the set of that day."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import CreditorRequisites, Organisation
from casedesk.common.refusals import Refusal
from casedesk.norms.requisites import doubts_of_requisites


class RequisitesMissing(Refusal):
    """No requisites are known for the day: slips and payment codes cannot be made."""

    code = "requisites_missing"


@transaction.atomic
def set_requisites(*, organisation: Organisation, valid_from: dt.date, **fields: str) -> CreditorRequisites:
    """Keep the requisites in force from the day; a second set of one day replaces the first, history keeps both."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    kept = CreditorRequisites.objects.filter(organisation=organisation, valid_from=valid_from).first()
    kept = kept or CreditorRequisites(organisation=organisation, valid_from=valid_from)
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.save()
    return kept


def requisites_on(organisation: Organisation, on: dt.date) -> CreditorRequisites:
    """The requisites of the day. Raises RequisitesMissing that says where to enter them."""
    found = organisation.requisites.filter(valid_from__lte=on).order_by("-valid_from").first()
    if found is None:
        raise RequisitesMissing(
            f"У взыскателя «{organisation}» нет реквизитов на {on:%d.%m.%Y}: квитанцию и код для оплаты не сделать. "
            "Заполните их на странице «Реквизиты».",
            organisation=organisation.pk,
        )
    return found


def doubts(requisites: CreditorRequisites) -> list[str]:
    """What looks wrong in the control digits, in words: a doubt to show, not a refusal."""
    return doubts_of_requisites(dict(requisites.qr_fields()))
