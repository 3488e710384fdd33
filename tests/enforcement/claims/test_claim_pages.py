"""Screens of claims: the list, the path, the forms of the catalogue, preparing one and many, the filing policy."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casedesk.common.models import Job
from debtors.models import CaseFile
from enforcement.models import Claim, FilingPolicy
from enforcement.rules.court_events import KINDS
from tests.factories import access, cases, claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(officer):
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def fresh(osen):
    """Payments of long ago are fresh enough, so that pages may be asked today."""
    claims.payments_are_fresh(osen)


def test_the_list_shows_and_exports(web, filed):
    page = web.get("/claims/")
    assert "№ 1" in page.content.decode()
    assert "подано" not in page.content.decode()[:200]
    assert web.get("/claims/?turn=court").context["listing"].page.count == 1
    assert web.get("/claims/?turn=creditor").context["listing"].page.rows == []
    assert web.get("/claims/?export=xlsx").status_code == 200


def test_the_page_tells_the_path_the_turn_and_the_money(web, filed):
    text = web.get(filed.get_absolute_url()).content.decode()

    for said in ("Путь требования", "Суд", "срок суда на ответ", "ГПК РФ ст. 123", "Просили", "Иванов Иван Иванович"):
        assert said in text
    assert "Вынесен приказ" in text


def test_every_kind_of_event_has_its_form(web, claim):
    for kind in KINDS:
        page = web.get(reverse("enforcement:claim-event", args=[claim.pk, kind.code]))
        assert page.status_code == 200
        for field in kind.fields:
            assert field.label in page.content.decode(), kind.code


def test_an_event_is_recorded_from_its_form(web, filed, day):
    url = reverse("enforcement:claim-event", args=[filed.pk, "order_issued"])
    given = {"happened_on": "2024-03-25", "court_case": "2-1/2024", "granted_principal": "27500,00"}

    refused = web.post(url, given | {"granted_penalty": "1 000 000", "granted_duty": "520"})
    assert "ГПК РФ ст. 196" in refused.content.decode()

    done = web.post(url, given | {"granted_penalty": "0", "granted_duty": "520"})
    filed.refresh_from_db()
    assert done.status_code == 302
    assert (filed.stage, filed.granted_principal, filed.granted_penalty) == ("order_issued", 2_750_000, 0)


def test_a_refusal_is_said_on_the_form(web, claim):
    page = web.post(reverse("enforcement:claim-event", args=[claim.pk, "accepted"]), {"happened_on": "2024-03-22"})

    assert "нельзя из состояния" in page.content.decode()


def test_the_last_record_is_taken_back(web, filed):
    url = reverse("enforcement:claim-take-back", args=[filed.pk])
    assert "Подано в суд" in web.get(url).content.decode()

    web.post(url, {"why": "подали другое"})

    filed.refresh_from_db()
    assert filed.stage == "prepared"
    assert "подали другое" in web.get(filed.get_absolute_url()).content.decode()


def test_the_court_is_named_until_filing(web, owed, case, officer, day):
    claim = claims.claim_of(owed, officer, day, court_name="")
    assert "Не назван суд" in web.get(claim.get_absolute_url()).content.decode()

    web.post(reverse("enforcement:claim-court", args=[claim.pk]), {"court_name": "Участок № 2"})
    claims.happen(claim, "filed", day, officer, channel="post")
    again = web.post(reverse("enforcement:claim-court", args=[claim.pk]), {"court_name": "Участок № 3"})

    assert "Передано по подсудности" in again.content.decode()
    claim.refresh_from_db()
    assert claim.court_name == "Участок № 2"


def test_one_case_is_prepared_from_its_page(web, fresh, owed, case):
    assert "Подготовить требования…" in web.get("/cases/").content.decode()
    assert reverse("enforcement:case-claim", args=[case.pk]) in web.get(case.get_absolute_url()).content.decode()
    today = timezone.localdate()
    url = reverse("enforcement:case-claim", args=[case.pk])
    assert web.get(url).status_code == 200

    web.post(url, {"penalty_through": "2024-03-21", "with_expired": "on", "court_name": "У1", "confirm": "1"})

    claim = Claim.objects.get()
    assert claim.prepared_on == today
    assert f"№ {claim.number}" in web.get(case.get_absolute_url()).content.decode()


def test_many_are_checked_and_prepared_by_a_job(web, fresh, osen, officer, day, jobs_run_at_once):
    for number in ("701", "702"):
        claims.identified(cases.billed(osen, number, on=day))
    cases.case_of(cases.billed(osen, "703", on=day, holder="Петров Пётр Петрович"), day)
    posted = {"everything": "1", "query": ""}
    url = reverse("enforcement:claims-prepare")

    page = web.post(url, posted)
    assert "подтверждение напоминания (3)" in page.content.decode()

    asked = posted | {
        "asked": "1",
        "penalty_through": "2024-03-21",
        "with_expired": "on",
        "incomplete": "on",
        "court_name": "У1",
    }
    page = web.post(url, asked)
    assert len(page.context["queue"].taken) == 3
    with jobs_run_at_once():
        started = web.post(url, asked | {"confirm": "1"})

    job = Job.objects.get()
    assert started["Location"] == reverse("common:job", args=[job.pk])
    assert job.state == Job.State.DONE, job.message
    assert job.result["made"] == Claim.objects.count() == 3


def test_the_queue_is_cut_to_the_months_budget(web, fresh, osen, officer, day):
    for number, monthly in (("711", 500_000), ("712", 5_000_000)):
        claims.identified(cases.billed(osen, number, on=day, monthly=monthly))
    cases.case_of(cases.billed(osen, "713", on=day, holder="Петров Пётр Петрович"), day)
    FilingPolicy.objects.create(creditor=osen, valid_from=dt.date(2024, 1, 1), monthly_budget=700_000)
    asked = {"everything": "1", "query": "", "asked": "1", "penalty_through": "2024-03-21", "with_expired": "on"}

    page = web.post(
        reverse("enforcement:claims-prepare"), asked | {"incomplete": "on", "within_budget": "on", "court_name": "У1"}
    )
    queue = page.context["queue"]

    assert queue.fees <= 700_000
    assert queue.left
    assert "рубль пошлины возвращает" in page.content.decode()


def test_the_policy_is_set_from_today(web, osen):
    url = reverse("enforcement:filing-policy", args=[osen.pk])
    given = dict.fromkeys(("young", "year", "two_years", "three_years", "oldest", "payer", "silent", "after_return"), 50)

    past = web.post(url, given | {"valid_from": "2020-01-01", "monthly_budget": "100000"})
    assert "этот день прошёл" in past.content.decode()
    web.post(url, given | {"valid_from": timezone.localdate().isoformat(), "monthly_budget": "100000"})

    assert FilingPolicy.objects.get().monthly_budget == 10_000_000


def test_a_stranger_finds_nothing_and_a_reader_may_not_act(claim, osen, lada):
    reader, stranger = Client(), Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    reader.force_login(access.person("auditor", osen), backend=backend)
    stranger.force_login(access.person("legal_officer", lada), backend=backend)
    event = reverse("enforcement:claim-event", args=[claim.pk, "filed"])

    assert reader.get(claim.get_absolute_url()).status_code == 200
    assert reader.post(event, {}).status_code == 403
    assert stranger.get(claim.get_absolute_url()).status_code == 404
    assert stranger.post(event, {}).status_code == 404


def test_programs_read_claims(web, filed):
    listed = web.get("/api/claims/").json()
    whole = web.get(f"/api/claims/{filed.pk}/").json()

    assert listed["results"][0]["stage"] == "filed"
    assert whole["sums"]["asked"]["principal"] == "27500.00"
    assert whole["sums"]["granted"] is None
    assert [event["code"] for event in whole["events"]] == ["filed"]


def test_a_page_takes_few_queries(web, filed, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        web.get(filed.get_absolute_url())
    with django_assert_max_num_queries(20):
        web.get("/claims/")


def test_terms_stand_in_the_register(web, filed):
    from_register = web.get("/deadlines/?kind=court")

    assert from_register.status_code == 200
    assert CaseFile.objects.get(pk=filed.case_file_id).stage == "in_court"
