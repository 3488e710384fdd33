"""The moves of a service restriction: from, step, to, who may, what is checked, on what law it rests.

The guards are asked of `debtors.rules.restriction.RestrictionFacts`, so the table needs no database.
"""

import datetime as dt

from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.states import Machine, Move
from debtors.rules.restriction import (
    CUT,
    RESTRICTION_STATES,
    STEP_NAMES,
    RestrictionFacts,
    RestrictionState,
    RestrictionStep,
    first_day,
    next_step,
    refusal,
)

PREPARED, WARNED = RestrictionState.PREPARED, RestrictionState.WARNED
LIMITED, SUSPENDED = RestrictionState.LIMITED, RestrictionState.SUSPENDED


def nothing_forbids(facts: RestrictionFacts, on: dt.date) -> str | None:
    """Debt, service, agreement, circumstances: what holds whatever the day."""
    stopped = refusal(facts)
    return f"{stopped[0].rstrip('.')} ({stopped[1]})." if stopped else None


def term_is_over(facts: RestrictionFacts, on: dt.date) -> str | None:
    """The term of the warning or of the limit has run out, the dispute too."""
    first = first_day(facts)
    if first and on < first:
        return f"срок ещё идёт: можно с {first:%d.%m.%Y}, а указан {on:%d.%m.%Y}."
    if facts.disputed and facts.disputed_until and on < facts.disputed_until:
        return f"дело приостановлено из-за спора до {facts.disputed_until:%d.%m.%Y}."
    return None


def not_while_it_heats(facts: RestrictionFacts, on: dt.date) -> str | None:
    """A dwelling is not left without heat in the heating season."""
    lawful = next_step(facts).from_on
    if lawful and on < lawful and facts.heats:
        return f"услугой отапливают жильё, идёт отопительный период: можно с {lawful:%d.%m.%Y}."
    return None


def can_be_limited(facts: RestrictionFacts, on: dt.date) -> str | None:
    if facts.can_be_limited:
        return None
    return "ограничить услугу технически нельзя: после срока её приостанавливают сразу."


def limited_first(facts: RestrictionFacts, on: dt.date) -> str | None:
    """Suspension without a limit is for services that cannot be limited."""
    if facts.state == WARNED and facts.can_be_limited:
        return "сначала услугу ограничивают; если это технически невозможно, отметьте это в карточке."
    return None


def ground_is_there(facts: RestrictionFacts, on: dt.date) -> str | None:
    """A paid debt is not cut further."""
    if facts.ground_gone_on:
        return f"основание отпало {facts.ground_gone_on:%d.%m.%Y}, долг {money.spaced(facts.debt)} ₽. Возобновите услугу."
    return None


CUT_CHECKS = (ground_is_there, nothing_forbids, term_is_over, not_while_it_heats)
_MAY = Right.WORK_CASES

RESTRICTION = Machine(
    "state",
    moves=(
        Move(
            RestrictionStep.WARN,
            frozenset({PREPARED}),
            WARNED,
            "Отметить вручение предупреждения",
            _MAY,
            law="Правила 354 п. 119 пп. «а»",
            needs=(nothing_forbids,),
            event="restriction_warned",
        ),
        Move(
            RestrictionStep.LIMIT,
            frozenset({WARNED}),
            LIMITED,
            STEP_NAMES[RestrictionStep.LIMIT],
            _MAY,
            law="Правила 354 п. 119 пп. «б»",
            needs=(can_be_limited, *CUT_CHECKS),
            event="service_limited",
        ),
        Move(
            RestrictionStep.SUSPEND,
            frozenset({WARNED, LIMITED}),
            SUSPENDED,
            STEP_NAMES[RestrictionStep.SUSPEND],
            _MAY,
            law="Правила 354 п. 119 пп. «в»",
            needs=(limited_first, *CUT_CHECKS),
            event="service_suspended",
        ),
        Move(
            RestrictionStep.RESTORE,
            CUT,
            RestrictionState.RESTORED,
            STEP_NAMES[RestrictionStep.RESTORE],
            _MAY,
            law="Правила 354 п. 120",
            event="service_restored",
        ),
        Move(
            "cancel",
            frozenset({PREPARED, WARNED}),
            RestrictionState.CANCELLED,
            "Снять ограничение",
            _MAY,
            event="restriction_cancelled",
        ),
        Move(
            "block",
            frozenset({PREPARED, WARNED, LIMITED}),
            "",
            "Остановить из-за обстоятельства",
            _MAY,
            law="Правила 354 п. 122",
            event="restriction_blocked",
        ),
        Move("set_terms", frozenset({PREPARED, WARNED, LIMITED}), "", "Изменить условия", _MAY),
        Move("unblock", frozenset({PREPARED, WARNED, LIMITED}), "", "Снять остановку", _MAY, event="restriction_unblocked"),
    ),
    names={str(state): name for state, name in RESTRICTION_STATES.items()},
)
