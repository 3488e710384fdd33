"""Outreach on the screen and for programs."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from debtors.models import OutreachEvent
from tests.factories import cases, outreach

pytestmark = pytest.mark.django_db
DAY = outreach.DAY
RECEPTION = {"on": DAY.isoformat(), "cause": "job_loss", "offer": "holiday", "outcome": "thinks", "proof": ""}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    for module in ("outreach", "outreach_letters"):
        monkeypatch.setattr(f"debtors.web.views.{module}.timezone.localdate", lambda: DAY)


def post(client, kind: str = "reception", **given):
    return client.post(reverse("debtors:outreach-new") + f"?kind={kind}", RECEPTION | given)


def test_a_clerk_records_one_after_another(osen, clerk, visit):
    owed = cases.owing(osen, "700", on=DAY, holder="Петров П. П.")
    case = cases.case_of(owed, DAY)
    client = visit(clerk)

    answer = post(client, who="700 Петров П. П.", organisation=osen.pk)
    page = client.get(answer["Location"])

    made = OutreachEvent.objects.get()
    assert (made.account, made.case, made.organisation) == (owed, case, osen)
    assert answer["Location"].startswith(reverse("debtors:outreach-new") + "?kind=reception&on=2024-03-21")
    assert page.context["form"].initial["on"] == "2024-03-21"
    assert made in page.context["last"]


def test_a_name_alone_is_recorded_without_an_account(osen, clerk, visit):
    post(visit(clerk), who="Сидорова Анна", organisation=osen.pk)

    assert OutreachEvent.objects.get().citizen == "Сидорова Анна"


def test_a_number_that_is_no_account_is_said_beside_the_field(osen, clerk, visit):
    page = post(visit(clerk), who="777 кто-то", organisation=osen.pk)

    assert "Счёта 777" in page.context["form"].errors["who"][0]
    assert not OutreachEvent.objects.exists()


def test_a_refusal_of_the_action_stands_at_its_field(osen, clerk, visit):
    page = post(visit(clerk), kind="appeal", who="Сидорова", organisation=osen.pk, topic="debt", answer="разъяснено")

    assert "нет подтверждения" in page.context["form"].errors["proof"][0]


def test_accounts_are_suggested_while_typing(osen, lada, clerk, visit):
    cases.account(osen, "700", holder="Петров П. П.")
    cases.account(lada, "701", holder="Петров Л. Л.")

    page = visit(clerk).get(reverse("debtors:outreach-who"), {"who": "петр"})

    assert '<option value="700 Петров П. П.">' in page.content.decode()
    assert "701" not in page.content.decode()


def test_the_case_offers_to_record_and_shows_the_cause(osen, officer, visit):
    owed = cases.owing(osen, on=DAY, holder="Петров П. П.")
    case = cases.case_of(owed, DAY)
    outreach.recorded(osen, officer, account=owed)

    page = visit(officer).get(case.get_absolute_url()).content.decode()
    form = visit(officer).get(reverse("debtors:outreach-new"), {"kind": "reception", "case": case.pk})

    assert "Причина долга: <strong>потеря работы</strong>" in page
    assert form.context["form"].initial["who"] == "100 Петров П. П."


def test_the_list_narrows_and_exports(osen, officer, visit):
    outreach.recorded(osen, officer, citizen="Иванов")
    outreach.recorded(osen, officer, "placement")
    client = visit(officer)

    found = client.get(reverse("debtors:outreach"), {"cause": "job_loss"}).context["listing"].page.rows
    book = client.get(reverse("debtors:outreach"), {"export": "xlsx"})

    assert [event.kind for event in found] == ["reception"]
    assert book["Content-Type"].endswith("sheet")


def test_a_record_is_taken_back_on_the_screen(osen, officer, visit):
    made = outreach.recorded(osen, officer, citizen="Иванов")
    client = visit(officer)

    client.post(reverse("debtors:outreach-reverse", args=[made.pk]), {"reason": "не он"})
    page = client.get(made.get_absolute_url()).content.decode()

    assert "не он" in page
    assert "Снять запись" not in page
    assert client.get(reverse("debtors:outreach"), {"state": "live"}).context["listing"].page.count == 0


def test_a_reader_sees_no_button_that_would_refuse(osen, officer, auditor, visit):
    made = outreach.recorded(osen, officer, citizen="Иванов")
    client = visit(auditor)

    pages = [client.get(url).content.decode() for url in (reverse("debtors:outreach"), made.get_absolute_url())]

    assert all("/outreach/new/" not in page and "Снять запись" not in page for page in pages)


def test_letters_are_previewed_then_made(osen, officer, visit, jobs_run_at_once):
    client = visit(officer)
    card = {"creditor": osen.pk, "kind": "employer", "name": "МУП «Порт»", "head_name": "Сидорова А. П.", "is_active": "on"}
    client.post(reverse("debtors:recipient-new"), card)

    shown = client.post(reverse("debtors:recipients-letters"), {"everything": "1", "query": ""})
    made = client.post(reverse("debtors:recipients-letters"), {"everything": "1", "query": "", "confirm": "1"})

    assert len(shown.context["found"].letters) == 1
    assert made.status_code == 302
    assert OutreachEvent.objects.get().kind == "letter_employer"


def test_the_list_takes_a_fixed_number_of_queries(osen, officer, visit, django_assert_max_num_queries):
    for number in range(12):
        outreach.recorded(osen, officer, citizen=f"Иванов {number}")
    client = visit(officer)
    client.get(reverse("debtors:outreach"))

    with django_assert_max_num_queries(12):
        client.get(reverse("debtors:outreach"))


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_a_program_records_and_takes_back(osen, officer):
    client = api(officer)
    data = {"kind": "reception", "happened_on": "2024-03-21", "citizen": "Иванов", "data": outreach.DATA["reception"]}

    made = client.post("/api/outreach/", data, format="json")
    back = client.post(f"/api/outreach/{made.data['id']}/reverse/", {"reason": "ошибка"}, format="json")

    assert (made.status_code, back.status_code) == (201, 201)
    assert client.get(f"/api/outreach/{made.data['id']}/").data["reversed_by"] == back.data["id"]


def test_a_program_hears_the_words_of_the_screen(osen, officer):
    day = (timezone.localtime().date() + dt.timedelta(days=2)).isoformat()
    data = {"kind": "reception", "happened_on": day, "citizen": "Иванов", "data": outreach.DATA["reception"]}

    answer = api(officer).post("/api/outreach/", data, format="json")

    assert answer.status_code == 409
    assert answer.data["code"] == "wrong_outreach"
    assert "не наступил" in answer.data["message"]
