"""Premises that the municipality answers for, as of a day: vacant, conserved, under repair, let, escheat (Z4, Z5).

Whose premises are and what is done with them are two histories; both are asked for the day.
"""

import datetime as dt
from collections.abc import Callable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from debtors.models import Premises, PremisesCondition, PremisesTenure, Tenure

MUNICIPAL = (Tenure.SOCIAL_RENT, Tenure.MUNICIPAL, Tenure.VACANT, Tenure.ESCHEAT)
Kind = PremisesCondition.Kind
IDLE = (Kind.EMPTY, Kind.CONSERVED, Kind.REPAIR)


def on_day(premises: QuerySet, day: dt.date, known_at: dt.datetime | None = None) -> QuerySet:
    """The premises with `held` (tenure on the day), `held_from`, `state` (condition or empty) and `state_from`.

    Premises without dated periods are held as the register has it now, since nobody knows when. With a moment, only what
    was on record by then is read.
    """
    covering = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    if known_at is not None:
        covering &= Q(recorded_at__lte=known_at)
    tenures = PremisesTenure.objects.filter(covering, premises=OuterRef("pk")).order_by("-valid_from")
    states = PremisesCondition.objects.filter(covering, premises=OuterRef("pk")).order_by("-valid_from")
    return premises.annotate(
        held=Coalesce(Subquery(tenures.values("tenure")[:1]), F("tenure")),
        held_from=Subquery(tenures.values("valid_from")[:1]),
        state=Coalesce(Subquery(states.values("kind")[:1]), Value("")),
        state_from=Subquery(states.values("valid_from")[:1]),
    )


def municipal(premises: QuerySet, day: dt.date, known_at: dt.datetime | None = None) -> QuerySet:
    """Of these premises those that the municipality answers for on the day."""
    return on_day(premises, day, known_at).filter(Q(held__in=MUNICIPAL) | ~Q(state=""))


def vacant(register: QuerySet) -> QuerySet:
    """Nobody lives there: recorded as vacant, or standing empty, conserved or under repair; let ones are not."""
    return register.filter((Q(held=Tenure.VACANT) & ~Q(state=Kind.LET)) | Q(state__in=IDLE))


def conserved(register: QuerySet) -> QuerySet:
    return register.filter(state=Kind.CONSERVED)


def under_repair(register: QuerySet) -> QuerySet:
    return register.filter(state=Kind.REPAIR)


def let(register: QuerySet) -> QuerySet:
    """Repaired and let again: the condition says so, and somebody answers for them."""
    return register.filter(state=Kind.LET)


def escheat(register: QuerySet) -> QuerySet:
    return register.filter(held=Tenure.ESCHEAT)


def social(register: QuerySet) -> QuerySet:
    return register.filter(held=Tenure.SOCIAL_RENT)


PARTS = {"vacant": vacant, "conserved": conserved, "repair": under_repair, "let": let, "escheat": escheat, "social": social}
"""Name of a part of the register -> how it is picked."""
IS_IN: dict[str, Callable[[Premises], bool]] = {
    "vacant": lambda flat: (flat.held == Tenure.VACANT and flat.state != Kind.LET) or flat.state in IDLE,
    "conserved": lambda flat: flat.state == Kind.CONSERVED,
    "repair": lambda flat: flat.state == Kind.REPAIR,
    "let": lambda flat: flat.state == Kind.LET,
    "escheat": lambda flat: flat.held == Tenure.ESCHEAT,
    "social": lambda flat: flat.held == Tenure.SOCIAL_RENT,
}
"""The same parts of premises already read by `municipal`: one reading serves all of them."""
PART_NAMES = {
    "vacant": "Пустует",
    "conserved": "Законсервировано",
    "repair": "В ремонте",
    "let": "Заселено после ремонта",
    "escheat": "Выморочное",
    "social": "Социальный наём",
}
