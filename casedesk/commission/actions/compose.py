"""Found a commission, seat its members, form groups, set its regulations and the rule of its agendas."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.commission.actions.locked import require
from casedesk.commission.models import AgendaRule, AppointmentOrder, Commission, Regulations, Seat, WorkingGroup
from casedesk.commission.rules.words import PART_NAMES, Part
from casedesk.common.refusals import Refusal

SINGLE = (Part.CHAIR, Part.SECRETARY)


class NotMunicipal(Refusal):
    """A commission belongs to a municipality."""

    code = "not_municipal"


class PlaceTaken(Refusal):
    """Somebody else is chair or secretary, or the person already sits in the commission."""

    code = "place_taken"


class WrongPeriod(Refusal):
    """A seat or a group ends before it starts, or while it is still needed."""

    code = "wrong_period"


class NotOfTheCommission(Refusal):
    """A group is made of the commission's own members."""

    code = "not_of_the_commission"


@transaction.atomic
def found_commission(*, municipality: Organisation, name: str, act: str, on: dt.date, by: User | None) -> Commission:
    """Found a commission by its act. Raises NotMunicipal."""
    require(by, Right.RUN_COMMISSION)
    if municipality.kind != Organisation.Kind.MUNICIPALITY:
        raise NotMunicipal(f"Комиссию создаёт муниципалитет, а «{municipality}» — {municipality.get_kind_display()}.")
    return Commission.objects.create(municipality=municipality, name=name.strip(), act=act.strip(), valid_from=on)


@transaction.atomic
def seat_member(*, commission: Commission, by: User | None, **who: Any) -> Seat:
    """Give somebody a place in the composition. Raises PlaceTaken: one chair, one secretary, one place each."""
    require(by, Right.RUN_COMMISSION)
    Commission.objects.select_for_update().get(pk=commission.pk)
    day = who["valid_from"]
    sitting = Seat.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), commission=commission)
    part, user = who["part"], who.get("user")
    taken = sitting.filter(part=part).first() if part in SINGLE else None
    if taken:
        raise PlaceTaken(
            f"{PART_NAMES[part].capitalize()} уже есть: {taken}. Завершите его полномочия днём нового, потом назначайте.",
            part=part,
        )
    double = sitting.filter(user=user).first() if user else None
    if double:
        raise PlaceTaken(f"{user} уже в составе: {double}, {PART_NAMES[double.part]}. У человека в комиссии одно место.")
    return Seat.objects.create(commission=commission, **who)


@transaction.atomic
def end_seat(*, seat: Seat, on: dt.date, by: User | None) -> Seat:
    """End somebody's place from the day. Raises WrongPeriod."""
    require(by, Right.RUN_COMMISSION)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if on < seat.valid_from:
        raise WrongPeriod(f"{seat.name} в составе с {seat.valid_from:%d.%m.%Y}: завершить раньше, {on:%d.%m.%Y}, нельзя.")
    seat.valid_to = on
    seat.save(update_fields=["valid_to"])
    return seat


@transaction.atomic
def set_regulations(*, commission: Commission, by: User | None, **rules: Any) -> Regulations:
    """A version of the regulations from its day; a version of the same day is replaced."""
    require(by, Right.RUN_COMMISSION)
    made, _ = Regulations.objects.update_or_create(
        commission=commission, valid_from=rules.pop("valid_from"), defaults=rules | {"set_by": by}
    )
    return made


@transaction.atomic
def set_agenda_rule(*, commission: Commission, by: User | None, **rule: Any) -> AgendaRule:
    """A version of the rule from its day; a version of the same day is replaced."""
    require(by, Right.RUN_COMMISSION)
    made, _ = AgendaRule.objects.update_or_create(
        commission=commission, valid_from=rule.pop("valid_from"), defaults=rule | {"set_by": by}
    )
    return made


@transaction.atomic
def form_group(
    *, commission: Commission, name: str, purpose: str, lead: Seat, members: list[Seat], on: dt.date, by: User | None
) -> WorkingGroup:
    """Form a working group of members. Raises NotOfTheCommission."""
    require(by, Right.RUN_COMMISSION)
    strangers = [one.name for one in (lead, *members) if one.commission_id != commission.pk]
    if strangers:
        raise NotOfTheCommission(f"Не из этой комиссии: {', '.join(strangers)}. В рабочую группу входят её члены.")
    group = WorkingGroup.objects.create(commission=commission, name=name, purpose=purpose, lead=lead, valid_from=on)
    group.members.set([lead, *members])
    return group


@transaction.atomic
def end_group(*, group: WorkingGroup, on: dt.date, by: User | None) -> WorkingGroup:
    """End a working group from the day. Raises WrongPeriod: before it began, or with meetings of it still ahead."""
    require(by, Right.RUN_COMMISSION)
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if on < group.valid_from:
        raise WrongPeriod(f"Группа «{group}» создана {group.valid_from:%d.%m.%Y}: завершить раньше, {on:%d.%m.%Y}, нельзя.")
    ahead = group.meetings.ahead(on).order_by("planned_on").first()
    if ahead:
        raise WrongPeriod(f"У группы «{group}» назначено {ahead}. Проведите или отмените его, потом завершайте.")
    group.valid_to = on
    group.save(update_fields=["valid_to"])
    return group


@transaction.atomic
def record_appointment(*, commission: Commission, by: User, **order: Any) -> AppointmentOrder:
    """An order that makes somebody responsible (plan row Z3b)."""
    require(by, Right.RUN_COMMISSION)
    return AppointmentOrder.objects.create(commission=commission, recorded_by=by, **order)
