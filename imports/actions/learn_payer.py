"""Remember who pays for which account, from what people decide; only ever to suggest."""

import datetime as dt

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.models import UtilityAccount
from imports.models import BankDocument, PayerPattern

TELLING = frozenset({BankDocument.Payer.CITIZEN, BankDocument.Payer.FIRM})
"""Payers whose bank account is their own. A treasury or a bank pays for everybody."""


class AlreadyRevoked(Refusal):
    """The pattern was taken back before."""

    code = "already_revoked"


def learn_payer(
    *, document: BankDocument, account: UtilityAccount, by: User, at: dt.datetime, reason: str
) -> PayerPattern | None:
    """Note that this payer paid for the account; None when the payer's account tells nothing or the pattern is known."""
    if document.payer not in TELLING or not document.other_account:
        return None
    known = PayerPattern.objects.live().filter(
        creditor_id=document.creditor_id, payer_account=document.other_account, account=account
    )
    if known.exists():
        return None
    return PayerPattern.objects.create(
        creditor_id=document.creditor_id,
        payer_account=document.other_account,
        payer_name=document.other_name,
        account=account,
        document=document,
        reason=(reason.strip() or f"решение по документу {document}")[:500],
        learnt_by=by,
        learnt_at=at,
    )


def revoke_pattern(*, pattern: PayerPattern, by: User, at: dt.datetime, reason: str) -> PayerPattern:
    """Stop suggesting by it. Raises AlreadyRevoked."""
    if pattern.revoked_at:
        raise AlreadyRevoked(f"Подсказка «{pattern}» уже отозвана {pattern.revoked_at:%d.%m.%Y}.")
    pattern.revoked_by, pattern.revoked_at, pattern.revoke_reason = by, at, reason.strip()[:500]
    pattern.save(update_fields=["revoked_by", "revoked_at", "revoke_reason"])
    return pattern
