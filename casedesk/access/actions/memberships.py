"""Giving and ending roles."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from casedesk.access.models import Membership, Organisation, User
from casedesk.access.rights import Role
from casedesk.common.refusals import Refusal


class RoleAlreadyHeld(Refusal):
    """The same role in the same organisation for days that are already covered."""

    code = "role_already_held"


class LastAdministrator(Refusal):
    """Without an administrator nobody could let anybody in."""

    code = "last_administrator"


@transaction.atomic
def grant(
    *, user: User, organisation: Organisation, role: str, valid_from: dt.date, valid_to: dt.date | None = None
) -> Membership:
    """Give a person a role in an organisation for a period (its end is exclusive). Raises RoleAlreadyHeld."""
    until = Q(valid_from__lt=valid_to) if valid_to else Q()
    held = user.memberships.filter(until, organisation=organisation, role=role)
    clash = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).first()
    if clash:
        raise RoleAlreadyHeld(
            f"«{clash.get_role_display()}» в «{organisation}» уже есть с {clash.valid_from:%d.%m.%Y}. "
            "Сначала завершите прежнюю роль.",
            membership=clash.pk,
        )
    return Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=valid_from, valid_to=valid_to)


@transaction.atomic
def end(*, membership: Membership, on: dt.date) -> Membership:
    """End a role: from `on` the person no longer has it. A role that would not have lasted a day is removed.

    Raises LastAdministrator when nobody else would be an administrator from that day.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    others = Membership.objects.on(on).filter(role=Role.ADMINISTRATOR, user__is_active=True).exclude(pk=membership.pk)
    if membership.role == Role.ADMINISTRATOR and not others.exists():
        raise LastAdministrator("Это последний администратор. Сначала назначьте другого.", membership=membership.pk)
    if on <= membership.valid_from:
        membership.delete()
        return membership
    membership.valid_to = on
    membership.save(update_fields=["valid_to"])
    return membership
