"""Flags on a case: set and take off, each with a reason."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.actions.keep_restriction import keep_next_of
from debtors.actions.moves import lock, take_step
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseFile, CaseFlag
from debtors.rules.stages import FLAG_NAMES


class FlagAlreadySet(Refusal):
    """The flag is there already."""

    code = "flag_already_set"


class FlagNotSet(Refusal):
    """There is no such flag to take off."""

    code = "flag_not_set"


@transaction.atomic
def set_flag(*, case: CaseFile, kind: str, reason: str, by: User, on: dt.date) -> CaseFlag:
    """Mark the case. Raises FlagAlreadySet, and NotAllowed for a closed case."""
    case = lock(case)
    if case.case_flags.in_force().filter(kind=kind).exists():
        raise FlagAlreadySet(f"На деле № {case.number} отметка «{FLAG_NAMES[kind]}» уже стоит. Снимите её, если она не верна.")
    flag = CaseFlag(case=case, kind=kind, reason=reason, valid_from=on, set_by=by)
    take_step(case, "set_flag", by=by, on=on, kind=str(kind), reason=reason)
    flag.save()
    _keep_marks(case, on)
    return flag


@transaction.atomic
def remove_flag(*, case: CaseFile, kind: str, reason: str, by: User, on: dt.date) -> None:
    """Take the mark off from the day. Raises FlagNotSet, and NotAllowed for a closed case."""
    case = lock(case)
    flag = case.case_flags.in_force().filter(kind=kind).first()
    if flag is None:
        raise FlagNotSet(f"На деле № {case.number} нет отметки «{FLAG_NAMES[kind]}»: обновите страницу.")
    take_step(case, "remove_flag", by=by, on=on, kind=str(kind), reason=reason)
    flag.valid_to = max(on, flag.valid_from)
    flag.save(update_fields=["valid_to"])
    _keep_marks(case, on)


def _keep_marks(case: CaseFile, on: dt.date) -> None:
    """The flags in force as the case's column, in the order of the catalogue."""
    set_now = set(case.case_flags.in_force().values_list("kind", flat=True))
    marks = ",".join(code for code in FLAG_NAMES if code in set_now)
    CaseFile.objects.filter(pk=case.pk).update(flag_marks=marks)
    refresh_steps(creditor=case.creditor, on=on, case_ids=[case.pk])
    keep_next_of(case, on=on)
