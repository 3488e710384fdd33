"""Pass data on a debtor to a supervising body: a letter on the case, recorded as done (plan row L-App3).

The debt and what was done about it are those of the day; on whose decision or request it goes is said in the letter, because
personal data leave the creditor (152-ФЗ ст. 6 ч. 1 п. 2, 7).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.documents.actions.make import make
from casedesk.documents.models import Document
from debtors.actions.moves import check_may, lock
from debtors.actions.record_outreach import keep
from debtors.documents.compose_referral import LETTER, referral_data
from debtors.models import CaseFile, OutreachEvent
from debtors.queries.freshness import stale_payments

SUBJECT = "debtors.CaseFile"


class NothingToRefer(Refusal):
    """No debt, no body or no ground: the letter would say nothing."""

    code = "nothing_to_refer"


class AlreadyReferred(NotAllowed):
    """The same body was written to about the case on the same day."""

    code = "already_referred"


@dataclass(frozen=True)
class Referral:
    """Whom to, on which decision or request, what is asked."""

    body: str
    ground: str
    request: str = ""
    address: str = ""


@transaction.atomic
def refer_case(*, case: CaseFile, referral: Referral, by: User, on: dt.date) -> Document:
    """Make the letter and write it down among what was done for the case.

    Raises NothingToRefer, AlreadyReferred, NotAllowed (both rights: to work the case, to record outreach).
    """
    check_may(by, Right.WORK_CASES)
    check_may(by, Right.WORK_OUTREACH)
    case = lock(case)
    body, ground = referral.body.strip(), referral.ground.strip()
    if not body or not ground:
        raise NothingToRefer("Укажите орган и основание: решение комиссии с днём и номером протокола или запрос органа.")
    stale = stale_payments(case.creditor, on)
    if stale:
        raise NothingToRefer(stale)
    earlier = Document.objects.filter(kind=LETTER, subject_kind=SUBJECT.lower(), subject_id=case.pk, made_on=on)
    twice = earlier.filter(addressee=body[:300]).first()
    if twice:
        raise AlreadyReferred(
            f"По делу № {case.number} сегодня уже составлено: {twice}, {body}. Напечатайте его из «Документов»."
        )
    data = referral_data(case, on) | {"recipient": body, "address": referral.address, "ground": ground}
    if not data["total"]:
        raise NothingToRefer(f"По делу № {case.number} на {on:%d.%m.%Y} нет просроченного долга: передавать нечего.")
    data["request"] = referral.request.strip()
    about = (SUBJECT, case.pk)
    letter = make(LETTER, creditor=case.creditor, data=data, subject=about, folder=about, by=by, on=on)
    keep(
        OutreachEvent(
            organisation=case.creditor,
            kind=LETTER,
            happened_on=on,
            data={"recipient": body, "note": ground[:500]},
            account=case.account,
            citizen=case.debtor_names[:300],
            proof=f"исх. № {letter.full_number} от {on:%d.%m.%Y}",
            document=letter,
            recorded_by=by,
        )
    )
    return letter
