"""Who can get in: for administrators."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casedesk.access.models import Membership, User
from casedesk.common.tables import Column, Listing


def _page_of(one: Membership) -> str:
    return reverse("access:person", args=[one.user_id])


COLUMNS = [
    Column("user", _("Кто"), head=True, value=lambda one: str(one.user), url=_page_of),
    Column("role", _("Роль"), value=Membership.get_role_display),
    Column("organisation", _("Где"), value=lambda one: one.organisation.name),
    Column("valid_from", _("С"), kind="day"),
    Column("valid_to", _("По"), kind="day"),
    Column("last_login", _("Последний вход"), kind="moment", value=lambda one: one.user.last_login),
]


def gather(request) -> dict:
    """Roles in force, newest first, and the ways in that deserve a look."""
    today = timezone.localdate()
    roles = Membership.objects.on(today).select_related("user", "organisation").order_by("-valid_from", "-pk")
    in_force = Q(memberships__in=Membership.objects.on(today))
    return {
        "listing": Listing(request, roles, COLUMNS, size=25, name="people"),
        "people": User.objects.filter(is_active=True).count(),
        "without_role": User.objects.filter(is_active=True).exclude(in_force).count(),
        "never_in": User.objects.filter(is_active=True, last_login=None).count(),
    }
