"""What a person may see. Every read of the system starts at `visible_to(user)`, and every `visible_to` starts here.

A model says how it hangs on a creditor, a territory and a bailiff department by three look-up paths; `ScopedQuerySet`
turns the person's memberships of the day into one filter over them.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casedesk.access.models import Membership, Organisation
from casedesk.access.rights import Role, rights_of


@dataclass(frozen=True)
class Scope:
    """A person's reach on a day: rights by union of roles, and the organisations they reach into."""

    everything: bool
    creditors: frozenset[int]
    territories: frozenset[int]
    departments: frozenset[int]
    rights: frozenset[str]
    roles: frozenset[str]

    def may(self, right: str) -> bool:
        return right in self.rights


NOBODY = Scope(False, frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def scope_of(user, on: dt.date | None = None) -> Scope:
    """The reach of a user on a day (today by the installation's clock when not given); cached on the user for the request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    day = on or timezone.localdate()
    cached = getattr(user, "_scope", None)
    if cached and cached[0] == day:
        return cached[1]
    scope = _read_scope(user, day)
    user._scope = (day, scope)
    return scope


def creditors_of(user) -> models.QuerySet[Organisation]:
    """The creditors a person works for; all of them for those who reach everything."""
    found, scope = Organisation.objects.filter(kind=Organisation.Kind.CREDITOR), scope_of(user)
    return found if scope.everything else found.filter(pk__in=scope.creditors)


def _read_scope(user, day: dt.date) -> Scope:
    rows = list(Membership.objects.filter(user=user).on(day).select_related("organisation"))
    kinds = Organisation.Kind
    creditors = {m.organisation_id for m in rows if m.organisation.kind == kinds.CREDITOR}
    centres = [m.organisation_id for m in rows if m.organisation.kind == kinds.BILLING_CENTRE]
    if centres:
        creditors |= set(Organisation.objects.filter(served_by__in=centres).values_list("pk", flat=True))
    return Scope(
        everything=any(m.role == Role.ADMINISTRATOR for m in rows),
        creditors=frozenset(creditors),
        territories=frozenset(m.organisation.territory_id for m in rows if m.organisation.kind == kinds.MUNICIPALITY),
        departments=frozenset(m.organisation_id for m in rows if m.organisation.kind == kinds.BAILIFF_DEPARTMENT),
        rights=rights_of({m.role for m in rows}),
        roles=frozenset(m.role for m in rows),
    )


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows who may see its rows.

    Subclasses set the paths: `creditor_path` (rows of a creditor), `municipal_path` (rows a municipality sees one by one:
    its own premises and what is put before its commission), `department_path` (rows of a bailiff department).
    None closes that way.
    """

    creditor_path: str | None = None
    territory_path: str | None = None
    department_path: str | None = None

    def visible_to(self, user) -> "ScopedQuerySet":
        """Only the rows this person may see one by one."""
        scope = scope_of(user)
        if scope.everything:
            return self.all()
        seen = Q(pk__in=[])
        if self.creditor_path and scope.creditors:
            seen |= Q(**{f"{self.creditor_path}__in": scope.creditors})
        if self.territory_path and scope.territories:
            seen |= Q(**{f"{self.territory_path}__in": scope.territories}) & self.municipal_rows()
        if self.department_path and scope.departments:
            seen |= Q(**{f"{self.department_path}__in": scope.departments})
        return self.filter(seen)

    def municipal_rows(self) -> Q:
        """Which rows of its territory a municipality sees one by one; all of them unless a subclass narrows it."""
        return Q()
