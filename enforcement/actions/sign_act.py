"""Record the signatures under the act; with the second one the reconciliation is frozen and its open differences go on."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from enforcement.actions.carry_differences import carry_differences
from enforcement.actions.print_act import act_document
from enforcement.actions.reconciliation_locked import locked
from enforcement.models import Reconciliation, ReconciliationSignature
from enforcement.queries.reconciliation_act import act_of
from enforcement.rules.reconciliation_act import digest

Side = ReconciliationSignature.Side


class AlreadySigned(Refusal):
    """A side signs once."""

    code = "already_signed"


class SignatureIncomplete(Refusal):
    """A signature without a name or an office."""

    code = "signature_incomplete"


class WrongSigningDay(Refusal):
    """An act is not signed before the day it stands on, nor in the future."""

    code = "wrong_signing_day"


@transaction.atomic
def sign(
    *,
    reconciliation: Reconciliation,
    side: str,
    name: str,
    office: str,
    signed_on: dt.date,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Reconciliation:
    """One side signs. After both have, the act is kept as data with its hash.

    Raises NotAllowed (not answered, an earlier act unsigned), AlreadySigned, SignatureIncomplete, WrongSigningDay.
    """
    one = locked(reconciliation, "sign", on)
    if one.signatures.filter(side=side).exists():
        raise AlreadySigned(f"Сторона «{Side(side).label}» этот акт уже подписала.", side=side)
    if not name.strip() or not office.strip():
        raise SignatureIncomplete("Подпись без имени или должности недействительна: заполните оба поля.")
    if not one.as_of < signed_on <= on:
        raise WrongSigningDay(
            f"День подписи {signed_on:%d.%m.%Y} не годится: акт стоит на {one.as_of:%d.%m.%Y}, его подписывают позже "
            "этого дня и не позже сегодняшнего.",
            value=signed_on.isoformat(),
        )
    ReconciliationSignature.objects.create(
        reconciliation=one,
        side=side,
        name=name.strip(),
        office=office.strip(),
        signed_on=signed_on,
        recorded_at=at,
        recorded_by=by,
    )
    if one.signatures.count() == len(Side):
        _freeze(one, at)
        act_document(reconciliation=one, by=by, on=on)
    return one


def _freeze(one: Reconciliation, at: dt.datetime) -> None:
    act = act_of(one)
    one.act, one.sha256, one.signed_at, one.state = act, digest(act), at, Reconciliation.State.SIGNED
    one.save(update_fields=["act", "sha256", "signed_at", "state"])
    later = Reconciliation.objects.select_for_update(of=("self",)).filter(
        creditor=one.creditor_id, department=one.department_id, month__gt=one.month
    )
    after = later.order_by("month").first()
    if after:
        carry_differences(into=after)


@transaction.atomic
def withdraw_signature(*, reconciliation: Reconciliation, side: str, by: User, on: dt.date) -> Reconciliation:
    """Take one side's signature off while the other has not signed. Raises NotAllowed once the act is signed by both."""
    one = locked(reconciliation, "unsign", on)
    one.signatures.filter(side=side).delete()
    return one
