"""People and roles: letting in, giving and ending a role, the password link."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from casedesk.access.actions import memberships, people
from casedesk.access.models import Membership, User
from casedesk.access.rights import Role
from casedesk.access.scope import scope_of
from tests.factories.access import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "ozero-vyshe-gor-42"


def test_a_new_person_sets_the_password_by_the_link_once(visit, administrator, osen, client):
    given = {"username": "orlova", "last_name": "Орлова", "first_name": "Вера", "patronymic": "", "email": ""}
    given |= {"organisation": osen.pk, "role": Role.REGISTER_CLERK, "valid_from": "2024-03-01"}
    answer = visit(administrator).post("/people/add/", given)
    link = answer.context["link"]
    assert answer["Cache-Control"] == "no-store"

    client.logout()
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert User.objects.get(username="orlova").check_password(NEW_PASSWORD)
    assert "уже не действует" in client.get(link).content.decode()


def test_a_role_is_given_once_for_the_same_days(officer, osen):
    with pytest.raises(memberships.RoleAlreadyHeld, match="Юрист"):
        memberships.grant(user=officer, organisation=osen, role=Role.LEGAL_OFFICER, valid_from=dt.date(2024, 3, 1))


def test_a_role_may_follow_an_ended_one(officer, osen):
    memberships.end(membership=officer.memberships.get(), on=dt.date(2024, 3, 1))
    again = memberships.grant(user=officer, organisation=osen, role=Role.LEGAL_OFFICER, valid_from=dt.date(2024, 3, 1))
    assert again.valid_to is None


def test_an_ended_role_gives_nothing_from_that_day(officer, administrator):
    memberships.end(membership=officer.memberships.get(), on=dt.date(2024, 3, 1))
    assert scope_of(User.objects.get(pk=officer.pk), dt.date(2024, 2, 29)).rights
    assert not scope_of(User.objects.get(pk=officer.pk), dt.date(2024, 3, 1)).rights


def test_a_role_that_would_not_last_a_day_is_removed(officer):
    memberships.end(membership=officer.memberships.get(), on=LONG_AGO)
    assert not Membership.objects.filter(user=officer).exists()


def test_the_last_administrator_stays(administrator):
    with pytest.raises(memberships.LastAdministrator):
        memberships.end(membership=administrator.memberships.get(), on=dt.date(2024, 3, 1))


def test_a_role_is_ended_on_the_page(visit, administrator, officer):
    membership = officer.memberships.get()
    visit(administrator).post(f"/memberships/{membership.pk}/end/", {"on": "2024-03-01"})
    membership.refresh_from_db()
    assert membership.valid_to == dt.date(2024, 3, 1)
    assert membership.history.count() == 2


def test_a_closed_door_stays_closed_for_the_right_password(visit, administrator, officer, client):
    visit(administrator).post(f"/people/{officer.pk}/door/")
    client.logout()
    answer = client.post("/login/", {"username": "officer", "password": PASSWORD})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated


def test_nobody_closes_the_door_for_themselves(visit, administrator):
    assert visit(administrator).post(f"/people/{administrator.pk}/door/").status_code == 404


def test_a_person_changes_their_own_password(visit, officer):
    given = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    visit(officer).post("/profile/password/", given)
    officer.refresh_from_db()
    assert officer.check_password(NEW_PASSWORD)


def test_the_list_takes_a_fixed_number_of_queries(visit, administrator, officer, clerk, django_assert_max_num_queries):
    client = visit(administrator)
    with django_assert_max_num_queries(8):
        assert client.get("/people/").status_code == 200


def test_a_link_is_for_one_person(officer, clerk):
    assert people.password_link(user=officer) != people.password_link(user=clerk)


def test_the_first_administrator_comes_in_by_a_command(osen, client, capsys):
    call_command("add_administrator", "root", organisation="osen")
    told = json.loads(capsys.readouterr().out)
    assert scope_of(User.objects.get(username="root")).everything
    assert client.get(told["password_page"], follow=True).context["validlink"]

    call_command("add_administrator", "root", organisation="osen")
    assert Membership.objects.filter(user__username="root").count() == 1
