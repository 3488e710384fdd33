"""What every endpoint shares: keys, errors, pages, throttle, the schema."""

import json

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.settings import api_settings
from rest_framework.throttling import UserRateThrottle

from casedesk.access.actions import api_tokens
from casedesk.common.api import errors
from casedesk.common.models import Job
from casedesk.common.refusals import NotAllowed, Refusal

pytestmark = pytest.mark.django_db


def jobs(by, number: int) -> list[Job]:
    now = timezone.now()
    return Job.objects.bulk_create([Job(kind="test.kind", created_by=by, queued_at=now) for _ in range(number)])


def test_a_program_comes_in_with_a_key(client, officer):
    key = api_tokens.create(by=officer, name="1С")
    assert client.get("/api/jobs/").status_code == 401
    assert client.get("/api/jobs/", headers={"Authorization": f"Token {key}"}).status_code == 200


def test_a_revoked_key_opens_nothing(client, visit, officer):
    key = api_tokens.create(by=officer, name="1С")
    visit(officer).post(f"/profile/keys/{officer.auth_token_set.get().token_key}/drop/")
    client.logout()
    assert client.get("/api/jobs/", headers={"Authorization": f"Token {key}"}).status_code == 401


def test_the_key_itself_is_not_kept(officer):
    key = api_tokens.create(by=officer, name="1С")
    kept = officer.auth_token_set.get()
    assert key not in (kept.digest, kept.token_key)


def test_the_eleventh_key_is_refused(officer):
    for number in range(api_tokens.MOST):
        api_tokens.create(by=officer, name=f"программа {number}")
    with pytest.raises(api_tokens.TooManyKeys, match="отзовите"):
        api_tokens.create(by=officer, name="ещё одна")


def test_pages_follow_each_other_without_gaps(visit, officer):
    made = {job.pk for job in jobs(officer, 5)}
    client, url, seen = visit(officer), "/api/jobs/?page_size=2", []
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == 5
    assert set(seen) == made


def test_the_filters_of_the_screen_work_here(visit, officer):
    jobs(officer, 2)
    assert visit(officer).get("/api/jobs/?state=done").json()["results"] == []


def test_what_is_not_theirs_is_not_there(visit, officer, stranger):
    job = jobs(officer, 1)[0]
    answer = visit(stranger).get(f"/api/jobs/{job.pk}/")
    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "message"}


def test_a_refusal_is_worded_once():
    answer = errors.answer(Refusal("Файл пуст: пришлите реестр.", size=0), {})
    assert (answer.status_code, answer.data) == (
        409,
        {"code": "refused", "message": "Файл пуст: пришлите реестр.", "facts": {"size": 0}},
    )
    assert errors.answer(NotAllowed("Нельзя."), {}).status_code == 403


def test_wrong_input_names_its_fields():
    answer = errors.answer(ValidationError({"as_of": ["нужен день"]}), {})
    assert answer.status_code == 400
    assert answer.data["fields"] == {"as_of": ["нужен день"]}


def test_too_many_requests_are_put_off(visit, officer, monkeypatch):
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", api_settings.DEFAULT_THROTTLE_RATES | {"user": "2/min"})
    client = visit(officer)
    assert [client.get("/api/jobs/").status_code for _ in range(3)] == [200, 200, 429]


def test_the_schema_describes_every_endpoint_without_a_warning(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json")
    described = json.loads(capsys.readouterr().out)
    assert "/api/jobs/" in described["paths"]


def test_the_pages_of_the_schema_hold_to_the_policy(visit, officer):
    page = visit(officer).get("/api/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<style>" not in text
    assert text.count("<script src=") == text.count("<script")
