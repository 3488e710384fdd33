"""Reminders as documents: what the notice kept, in the fields of the kind."""

import datetime as dt
from collections.abc import Iterable

from casedesk.common.money import spaced
from casedesk.common.ru import plural
from casedesk.documents.actions.make import Draft
from casedesk.documents.queries.payment_code import PaymentCodes
from debtors.documents.people import addressee
from debtors.models import PreTrialNotice, Service
from debtors.queries.letters import Letter, letters


def reminder_drafts(notices: Iterable[PreTrialNotice]) -> list[Draft]:
    """Drafts in the order of the notices, which are of one creditor. A fixed number of queries.

    Raises LetterDoesNotAddUp.
    """
    found = letters(notices)
    codes: dict[dt.date, PaymentCodes] = {}
    drafts = []
    for letter in found:
        notice = letter.notice
        of_day = codes.setdefault(notice.prepared_on, PaymentCodes(notice.creditor, notice.prepared_on))
        subject = ("debtors.PreTrialNotice", notice.pk)
        drafts.append(Draft(_data(letter, of_day), subject, ("debtors.CaseFile", notice.case_id)))
    return drafts


def _data(letter: Letter, codes: PaymentCodes) -> dict:
    notice, accounts = letter.notice, ", ".join(letter.accounts)
    return {
        "addressee": addressee(notice.addressee or "Потребителю услуг"),
        "address": notice.address,
        "accounts": accounts,
        "of_citizens": letter.of_citizens,
        "notice_number": notice.number,
        "total": notice.total,
        "pay_by": _pay_by(letter),
        "months": [
            {
                "account": row.account,
                "month": row.month,
                "at_least": row.at_least,
                "services": services_said(zip(letter.services, row.parts, strict=True)),
                "amount": row.total,
            }
            for row in letter.months
        ],
        "qr": codes.code(
            kopecks=notice.total,
            purpose=f"Оплата ЖКУ, л/с {accounts}, напоминание № {notice.number}",
            account=letter.accounts[0] if len(letter.accounts) == 1 else "",
            payer=notice.addressee,
            address=notice.address,
        )
        or None,
    }


def _pay_by(letter: Letter) -> str:
    if letter.notice.waiting_until:
        return f"до {letter.notice.waiting_until:%d.%m.%Y}"
    return f"в течение {plural(letter.days_to_pay, 'дня', 'дней', 'дней')} со дня получения письма"


def services_said(parts: Iterable[tuple[Service, int]]) -> str:
    """`отопление 1 200,00; холодная вода 90,50`."""
    return "; ".join(f"{service.name.lower()} {spaced(amount)}" for service, amount in parts if amount)
