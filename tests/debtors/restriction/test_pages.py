"""Restrictions on the screen and for programs."""

import datetime as dt

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from debtors.models import ServiceRestriction
from tests.factories import restrictions

pytestmark = pytest.mark.django_db
DAY = restrictions.DAY


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: DAY)


def test_accounts_are_weighed_then_warned(osen, officer, visit):
    case = restrictions.owing_case(osen)
    client, url = visit(officer), reverse("debtors:restrictions-start")
    asked = {"creditor": osen.pk, "service": 5, "most": 50, "can_be_limited": "on"}

    shown = client.post(url, asked)
    made = client.post(url, asked | {"confirm": "1"})

    assert [row.case for row in shown.context["found"].candidates] == [case]
    assert "Подготовить 1" in shown.content.decode()
    assert made.status_code == 302
    assert ServiceRestriction.objects.get().case == case


def test_the_case_starts_its_own(osen, officer, visit):
    case = restrictions.owing_case(osen)
    restrictions.owing_case(osen, "2")
    client = visit(officer)
    url = reverse("debtors:restrictions-start") + f"?case={case.pk}"

    assert url in client.get(case.get_absolute_url()).content.decode()
    found = client.post(url, {"creditor": osen.pk, "service": 5, "most": 50}).context["found"]
    assert [row.case for row in found.candidates] == [case]


def test_a_refused_step_stands_over_the_form(osen, officer, visit):
    one = restrictions.warned(restrictions.started(restrictions.owing_case(osen), officer), officer)

    page = visit(officer).post(reverse("debtors:restriction-step", args=[one.pk, "limit"]), {"on": DAY.isoformat()})

    assert "можно с 11.07.2024" in page.context["form"].non_field_errors()[0]


def test_the_page_shows_the_days_and_only_lawful_buttons(osen, officer, auditor, visit):
    one = restrictions.warned(restrictions.started(restrictions.owing_case(osen), officer), officer)

    mine = visit(officer).get(one.get_absolute_url()).content.decode()
    theirs = visit(auditor).get(one.get_absolute_url()).content.decode()

    assert "с 11.07.2024" in mine
    assert reverse("debtors:restriction-step", args=[one.pk, "limit"]) not in mine
    assert reverse("debtors:restriction-cancel", args=[one.pk]) in mine
    assert f"restrictions/{one.pk}/cancel" not in theirs


def test_many_warnings_are_marked_from_the_list(osen, officer, visit):
    restrictions.started(restrictions.owing_case(osen), officer)
    given = {"everything": "1", "query": "", "confirm": "1", "on": DAY.isoformat(), "channel": "post", "proof": "реестр 1"}

    visit(officer).post(reverse("debtors:restrictions-warned"), given)

    assert ServiceRestriction.objects.get().state == "warned"


def test_the_queue_exports(osen, officer, visit):
    restrictions.started(restrictions.owing_case(osen), officer)

    assert visit(officer).get(reverse("debtors:restrictions"), {"export": "xlsx"})["Content-Type"].endswith("sheet")


def test_an_unknown_step_is_not_there(osen, officer, visit):
    one = restrictions.started(restrictions.owing_case(osen), officer)

    assert visit(officer).get(reverse("debtors:restriction-step", args=[one.pk, "explode"])).status_code == 404


def test_a_program_takes_the_steps(osen, officer):
    one = restrictions.started(restrictions.owing_case(osen), officer)
    client = APIClient()
    client.force_authenticate(officer)
    url = f"/api/restrictions/{one.pk}/"

    warned = client.post(url + "warned/", {"on": "2024-06-20", "channel": "post", "proof": "РПО 1"})
    early = client.post(url + "limit/", {"on": "2024-06-20"})

    assert (warned.status_code, warned.data["state"], warned.data["next_from"]) == (200, "warned", "2024-07-11")
    assert (early.status_code, early.data["code"]) == (403, "not_allowed")


def test_the_page_takes_few_queries(osen, officer, visit, django_assert_max_num_queries):
    one = restrictions.started(restrictions.owing_case(osen), officer)
    client = visit(officer)
    client.get(one.get_absolute_url())

    with django_assert_max_num_queries(20):
        client.get(one.get_absolute_url())
    assert one.started_on == dt.date(2024, 6, 20)
