"""For whom a person makes reports: their own creditors and administrations."""

from django.db.models import Q, QuerySet

from casedesk.access.models import Organisation
from casedesk.access.scope import scope_of


def reporters(user) -> QuerySet:
    """The organisations whose reports the person may make. An administrator also makes those of the whole installation."""
    kinds = Organisation.Kind
    found = Organisation.objects.filter(kind__in=[kinds.CREDITOR, kinds.MUNICIPALITY])
    scope = scope_of(user)
    if scope.everything:
        return found
    hall = Q(kind=kinds.MUNICIPALITY, territory__in=scope.territories)
    return found.filter(Q(pk__in=scope.creditors) | hall)


def reports_on_all(user) -> bool:
    return scope_of(user).everything
