"""Record what is done with premises nobody lives in: conserved, under repair, let. Periods follow each other (rows Z4a-d)."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.models import Premises, PremisesCondition


class ConditionNotPossible(Refusal):
    """The day lies ahead, before a later record, or the register says the same already."""

    code = "condition_not_possible"


@transaction.atomic
def set_condition(
    *, premises: Premises, kind: str, valid_from: dt.date, basis: str, by: User | None, on: dt.date
) -> PremisesCondition:
    """Begin a condition on a day; the one in force ends there. Returns the new period. Raises ConditionNotPossible."""
    premises = Premises.objects.select_for_update().get(pk=premises.pk)
    name = PremisesCondition.Kind(kind).label
    if valid_from > on:
        raise ConditionNotPossible(f"«{name}» с {valid_from:%d.%m.%Y}: день ещё не наступил. Запишите, когда это случится.")
    newest = premises.conditions.order_by("-valid_from").first()
    if newest and newest.valid_from >= valid_from:
        raise ConditionNotPossible(
            f"«{name}» с {valid_from:%d.%m.%Y}: с {newest.valid_from:%d.%m.%Y} уже записано "
            f"«{newest.get_kind_display()}». Укажите день позже."
        )
    if newest and newest.kind == kind and newest.valid_to is None:
        raise ConditionNotPossible(f"С {newest.valid_from:%d.%m.%Y} в реестре уже стоит «{name}»: менять нечего.")
    if newest and newest.valid_to is None:
        newest.valid_to = valid_from
        newest.save(update_fields=["valid_to"])
    return PremisesCondition.objects.create(
        premises=premises, kind=kind, valid_from=valid_from, basis=basis[:300], recorded_by=by
    )
