"""Loading a file by a program: a job takes it, its result is the frame of the command; repeated it changes nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casedesk.access.models import Territory
from casedesk.common.models import Job
from debtors.models import AccountState
from imports.models import ImportBatch

pytestmark = pytest.mark.django_db
LINES = [
    "Реестр начислений за февраль 2024",
    "ЛС;ФИО;Адрес;Услуга;Сальдо вх.;Начислено;Перерасчёт;Оплачено;Сальдо исх.",
    "005100001;Тетерина Марина Сергеевна;г. Верхнеозёрск, ул. Ленина, д. 12, кв. 1;Отопление;100,00;30,00;0,00;50,00;80,00",
]


@pytest.fixture
def register(settings, tmp_path, osen):
    """Make the file afresh: an upload can be read once."""
    settings.MEDIA_ROOT = tmp_path / "media"
    osen.territory = Territory.objects.create(code="verhneozersk", name="Верхнеозёрск")
    osen.save()
    return lambda: SimpleUploadedFile("реестр.csv", "\n".join(LINES).encode("utf-8-sig"))


@pytest.fixture
def post(visit, jobs_run_at_once):
    """Send the form as somebody and let the job run; return the answer."""

    def send(user, **given):
        with jobs_run_at_once():
            return visit(user).post("/api/imports/", given)

    return send


def test_a_file_is_loaded_by_a_job(post, clerk, register, tmp_path):
    answer = post(clerk, file=register())
    assert answer.status_code == 202
    job = Job.objects.get(pk=answer.json()["id"])
    assert (job.state, job.result["status"]) == ("done", "applied"), job.error
    assert AccountState.objects.get().debt == 8_000
    assert not list((tmp_path / "media" / "incoming").iterdir())


def test_sent_again_it_changes_nothing(post, clerk, register):
    post(clerk, file=register())
    again = post(clerk, file=register())
    assert Job.objects.get(pk=again.json()["id"]).result["status"] == "nothing_new"
    assert ImportBatch.objects.count() == 1


def test_a_dry_run_keeps_nothing(post, clerk, register):
    answer = post(clerk, file=register(), dry_run="true")
    assert Job.objects.get(pk=answer.json()["id"]).result["status"] == "dry_run"
    assert not ImportBatch.objects.exists()


def test_what_was_loaded_is_told(post, visit, clerk, register):
    post(clerk, file=register())
    found = visit(clerk).get("/api/imports/").json()["results"]
    assert [(row["file_name"], row["totals"]["closing"], row["rows_accepted"]) for row in found] == [("реестр.csv", "80.00", 1)]
    assert visit(clerk).get(f"/api/imports/{found[0]['id']}/problems/").json()["results"] == []


def test_a_reader_may_look_but_not_load(post, visit, auditor, register):
    assert post(auditor, file=register()).status_code == 403
    assert visit(auditor).get("/api/imports/").status_code == 200


def test_nobody_loads_for_a_creditor_they_do_not_work_for(post, clerk, register, lada):
    answer = post(clerk, file=register(), creditor="lada")
    assert answer.status_code == 400
    assert "osen" in str(answer.json()["fields"]["creditor"])
    assert not Job.objects.exists()


@pytest.mark.parametrize("wrong", [{"period": "май"}, {"kind": "letters"}])
def test_wrong_options_are_named(post, clerk, register, wrong):
    answer = post(clerk, file=register(), **wrong)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, list(wrong))
