"""Administrators' screens: who may sign in, in which roles, since when."""

import django_filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casedesk.access.actions import memberships, people
from casedesk.access.gates import gated
from casedesk.access.models import Membership, User
from casedesk.access.rights import Right, Role
from casedesk.access.web.forms import EndRoleForm, NewPersonForm, RoleForm
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing


def _roles_today(user: User) -> str:
    day = timezone.localdate()
    held = [m for m in user.memberships.all() if m.valid_from <= day and (m.valid_to is None or m.valid_to > day)]
    return "; ".join(f"{m.get_role_display()} ({m.organisation})" for m in held) or "нет действующих ролей"


COLUMNS = [
    Column("name", "Кто", head=True, value=str, url="access:person", sort=("last_name", "first_name")),
    Column("username", "Имя для входа", sort="username"),
    Column("roles", "Роли сегодня", value=_roles_today),
    Column("last_login", "Последний вход", kind="moment", sort="last_login", nullable=True),
    Column("is_active", "Вход", kind="badge", value=lambda user: ("открыт", "ok") if user.is_active else ("закрыт", "danger")),
]


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="last_name", lookup_expr="icontains", label="Фамилия")
    role = django_filters.ChoiceFilter(field_name="memberships__role", choices=Role.choices, label="Роль", distinct=True)

    class Meta:
        model = User
        fields = ["is_active"]


@gated(Right.MANAGE_PEOPLE)
def index(request):
    """Everybody who has or had a way in."""
    everybody = User.objects.prefetch_related("memberships__organisation")
    nobody = Empty("Никого не нашлось", icon="users")
    listing = Listing(request, everybody, COLUMNS, filters=PersonFilter, sort="name", name="people", empty=nobody)
    return listing.render("access/people.html")


@gated(Right.MANAGE_PEOPLE)
def add(request):
    """A new person with their first role; the link to set a password is shown once."""
    form = NewPersonForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = people.add(
            names=form.names, organisation=given["organisation"], role=given["role"], valid_from=given["valid_from"]
        )
        return _show_link(request, user)
    return render(request, "access/person_add.html", {"form": form})


@gated(Right.MANAGE_PEOPLE)
def page(request, pk: int):
    """A person: roles now and before, giving another, ending one, closing the door."""
    person = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            memberships.grant(user=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Роль добавлена."))
            return redirect("access:person", person.pk)
    return render(request, "access/person.html", _about(person) | {"form": form})


def _about(person: User) -> dict:
    day = timezone.localdate()
    held = person.memberships.select_related("organisation").order_by("-valid_from", "-pk")
    rows = [(m, m.valid_to is None or m.valid_to > day) for m in held]
    return {"person": person, "memberships": rows, "end_form": EndRoleForm(initial={"on": day})}


@gated(Right.MANAGE_PEOPLE)
@require_POST
def end_role(request, pk: int):
    """End one role from a day."""
    membership = get_object_or_404(Membership, pk=pk)
    form = EndRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Нужен день, с которого роли больше нет."))
        return redirect("access:person", membership.user_id)
    try:
        memberships.end(membership=membership, on=form.cleaned_data["on"])
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Роль завершена."))
    return redirect("access:person", membership.user_id)


@gated(Right.MANAGE_PEOPLE)
@require_POST
def new_link(request, pk: int):
    """A fresh link to set a password, shown once."""
    return _show_link(request, get_object_or_404(User, pk=pk))


@gated(Right.MANAGE_PEOPLE)
@require_POST
def door(request, pk: int):
    """Close the way in for a person, or open it again. Nobody closes it for themselves."""
    person = get_object_or_404(User.objects.exclude(pk=request.user.pk), pk=pk)
    person.is_active = not person.is_active
    person.save(update_fields=["is_active"])
    messages.success(request, _("Вход открыт.") if person.is_active else _("Вход закрыт."))
    return redirect("access:person", person.pk)


def _show_link(request, user: User):
    link = request.build_absolute_uri(people.password_link(user=user))
    answer = render(request, "access/password_link.html", {"person": user, "link": link})
    answer["Cache-Control"] = "no-store"
    return answer
