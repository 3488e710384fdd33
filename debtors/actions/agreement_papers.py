"""The paper that tells a debtor of a breach, made once per breach (plan row Z6b)."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.documents.actions.make import make
from casedesk.documents.models import Document
from debtors.actions.follow_agreement import BROKEN, WrongAgreementState
from debtors.actions.moves import check_may, lock
from debtors.documents.people import addressee
from debtors.models import RepaymentAgreement
from debtors.queries.agreements import known_through, standings

BREACH_NOTICE = "agreement_breach_notice"
SUBJECT = "debtors.RepaymentAgreement"


@transaction.atomic
def breach_notice(*, agreement: RepaymentAgreement, by: User, on: dt.date) -> Document:
    """The notice of the breach that stands: the one made since the breach was found, else a new one.

    Raises WrongAgreementState when nothing is broken, NotAllowed.
    """
    check_may(by, Right.WORK_CASES)
    case = lock(agreement.case)
    agreement = RepaymentAgreement.objects.select_related("creditor").get(pk=agreement.pk)
    if agreement.state not in BROKEN:
        raise WrongAgreementState(
            f"Уведомлять не о чем: {agreement} {agreement.get_state_display()}. Письмо составляют, когда оно нарушено."
        )
    made = Document.objects.filter(kind=BREACH_NOTICE, subject_kind=SUBJECT.lower(), subject_id=agreement.pk)
    known = made.filter(made_on__gte=agreement.broken_on).order_by("-pk").first()
    if known:
        return known
    through = known_through(agreement.creditor, on) or on
    standing = standings([agreement], on=through)[agreement.pk]
    data = {
        "addressee": addressee(case.debtor_names or "Потребитель услуг"),
        "address": case.address or "адрес не указан",
        "agreement_number": agreement.number,
        "signed_on": agreement.signed_on.isoformat(),
        "in_court": agreement.is_settlement,
        "why": standing.why or "платежи по графику не внесены",
        "as_of": through.isoformat(),
        "behind": standing.behind or None,
        "current": standing.current_overdue or None,
        "left": standing.open,
    }
    folder = ("debtors.CaseFile", case.pk)
    return make(
        BREACH_NOTICE, creditor=agreement.creditor, data=data, subject=(SUBJECT, agreement.pk), folder=folder, by=by, on=on
    )
