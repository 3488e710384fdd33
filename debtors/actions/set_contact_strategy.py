"""Give a creditor a new version of its strategy, or of its limits. What went before stays as it was."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.moves import check_may
from debtors.models import ContactLimits, ContactStrategy
from debtors.rules.contact_ladder import LadderStep, check_ladder
from debtors.rules.contact_limits import WINDOWS
from debtors.rules.contact_words import LIMIT_NAMES, LimitClass


class StrategyStartsTooEarly(Refusal):
    """A version may not begin before today: what was done then went by another one."""

    code = "strategy_starts_too_early"


class LimitsContradict(Refusal):
    """A longer window allows less than a shorter one."""

    code = "limits_contradict"


@transaction.atomic
def set_strategy(
    *,
    creditor: Organisation,
    steps: Sequence[LadderStep],
    name: str,
    pay_days: int,
    by: User,
    on: dt.date,
    valid_from: dt.date | None = None,
    why: str = "",
) -> ContactStrategy:
    """Add a version. Raises StrategyRefused with the step at fault, StrategyStartsTooEarly, NotAllowed."""
    check_may(by, Right.EDIT_RULES)
    check_ladder(steps)
    starts = _start(valid_from, on)
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    return ContactStrategy.objects.create(
        creditor=creditor,
        version=_next_version(creditor),
        valid_from=starts,
        name=name.strip() or "Стратегия",
        pay_days=pay_days,
        steps=[step.as_data() for step in steps],
        why=why.strip(),
        set_by=by,
    )


@transaction.atomic
def kept_strategy(*, creditor: Organisation, on: dt.date, by: User) -> ContactStrategy:
    """The version in force as a row: the shipped one is written down when a creditor first goes by it."""
    found = ContactStrategy.objects.in_force(creditor=creditor, on=on)
    if found.pk:
        return found
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    found.version, found.set_by = _next_version(creditor), by
    found.save()
    return found


def _next_version(creditor: Organisation) -> int:
    return (ContactStrategy.objects.filter(creditor=creditor).aggregate(last=Max("version"))["last"] or 0) + 1


def _start(valid_from: dt.date | None, on: dt.date) -> dt.date:
    starts = valid_from or on
    if starts < on:
        raise StrategyStartsTooEarly(
            f"Начать с {starts:%d.%m.%Y} нельзя: сегодня {on:%d.%m.%Y}, прошлое шло по прежним правилам. "
            "Укажите день не раньше."
        )
    return starts


@transaction.atomic
def set_limits(*, creditor: Organisation, by: User, on: dt.date, valid_from: dt.date | None = None, **numbers) -> ContactLimits:
    """Add a version of the limits. Raises LimitsContradict, StrategyStartsTooEarly, NotAllowed."""
    check_may(by, Right.EDIT_RULES)
    limits = ContactLimits(creditor=creditor, valid_from=_start(valid_from, on), set_by=by, **numbers)
    for kind in LimitClass:
        allowed = [getattr(limits, f"{kind}_{window}") for window, _, _ in WINDOWS]
        if allowed != sorted(allowed):
            raise LimitsContradict(
                f"{LIMIT_NAMES[kind].capitalize()} за день {allowed[0]}, за неделю {allowed[1]}, за месяц {allowed[2]}: "
                "за больший срок не может быть меньше. Исправьте числа."
            )
    if limits.first_hour >= limits.until_hour or limits.first_hour_off >= limits.until_hour_off:
        raise LimitsContradict("Часы: начало не раньше конца. Исправьте часы, например с 9 до 20.")
    limits.save()
    return limits
