"""Jobs: how they are asked for, run, stopped, shown."""

import datetime as dt

import pytest
from django.utils import timezone

from casedesk.access.rights import Right
from casedesk.common.jobs import pulse, queue, reaper, registry
from casedesk.common.jobs.run import run
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """A catalogue of its own for each test."""
    monkeypatch.setattr(registry, "_KINDS", {})

    @registry.job("test.count", title="Счёт до N", right=Right.SEE_IMPORTS)
    def count(handle, *, upto):
        for number in range(upto):
            handle.progress(number + 1, upto, "шаги")
        return {"counted": upto}

    @registry.job("test.refuse", title="Отказ")
    def refuse(handle):
        raise Refusal("Файл пуст: пришлите реестр с данными.", size=0)

    @registry.job("test.break", title="Поломка")
    def fall(handle):
        raise ZeroDivisionError


def test_a_job_runs_after_commit_and_keeps_its_result(officer, osen, jobs_run_at_once):
    with jobs_run_at_once():
        job = queue.enqueue("test.count", by=officer, creditor=osen, upto=3)
        job.refresh_from_db()
        assert job.state == Job.State.QUEUED
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total, job.attempts) == ("done", {"counted": 3}, 3, 3, 1)
    assert job.finished_at is not None


def test_a_refusal_is_kept_in_its_own_words(officer):
    job = queue.enqueue("test.refuse", by=officer)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code, job.error) == ("failed", "refused", "Файл пуст: пришлите реестр с данными.")


def test_a_fault_is_kept_from_people_and_raised_for_the_log(officer):
    job = queue.enqueue("test.break", by=officer)
    with pytest.raises(ZeroDivisionError):
        run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "internal")
    assert "ZeroDivision" not in job.error


def test_a_job_that_was_taken_is_not_taken_twice(officer):
    job = queue.enqueue("test.count", by=officer, upto=1)
    run(job.pk)
    run(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1


def test_an_unknown_kind_is_refused_by_name(officer):
    with pytest.raises(LookupError, match="test.nothing"):
        queue.enqueue("test.nothing", by=officer)


def test_a_cancelled_job_stops_at_its_next_progress(officer, monkeypatch):
    monkeypatch.setattr("casedesk.common.jobs.handle.ASK_EVERY", 0)
    reached = []

    @registry.job("test.slow")
    def slow(handle):
        for step in range(5):
            reached.append(step)
            if step == 1:
                queue.cancel(job=handle.job, by=officer)
            handle.progress(step, 5)

    job = queue.enqueue("test.slow", by=officer)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, reached) == ("cancelled", [0, 1])


def test_a_finished_job_cannot_be_cancelled(officer):
    job = queue.enqueue("test.count", by=officer, upto=1)
    run(job.pk)
    with pytest.raises(queue.JobIsOver, match="готово"):
        queue.cancel(job=job, by=officer)


def _running(job: Job, *, lease: str, beat_at: dt.datetime, attempts: int = 1) -> Job:
    Job.objects.filter(pk=job.pk).update(
        state="running", lease=lease, heartbeat_at=beat_at, started_at=beat_at, queued_at=beat_at, attempts=attempts
    )
    job.refresh_from_db()
    return job


def test_the_reaper_hands_out_a_job_without_heartbeat(officer):
    now = timezone.now()
    job = queue.enqueue("test.count", by=officer, upto=1)
    _running(job, lease="elsewhere:1:a", beat_at=now - dt.timedelta(minutes=5))
    assert reaper.reap(now) == [job.pk]
    job.refresh_from_db()
    assert (job.state, job.lease) == ("queued", "")


def test_the_reaper_leaves_a_living_job_alone(officer):
    now = timezone.now()
    job = queue.enqueue("test.count", by=officer, upto=1)
    _running(job, lease="elsewhere:1:a", beat_at=now - dt.timedelta(seconds=10))
    assert reaper.reap(now) == []


def test_the_reaper_gives_up_after_three_runs(officer):
    now = timezone.now()
    job = queue.enqueue("test.count", by=officer, upto=1)
    _running(job, lease="elsewhere:1:a", beat_at=now - dt.timedelta(minutes=5), attempts=3)
    assert reaper.reap(now) == []
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "worker_died")


def test_the_reaper_hands_out_a_job_whose_message_was_lost(officer):
    job = queue.enqueue("test.count", by=officer, upto=1)
    assert reaper.reap(job.queued_at + dt.timedelta(seconds=1)) == []
    assert reaper.reap(job.queued_at + dt.timedelta(seconds=10)) == [job.pk]


def test_a_run_that_lost_its_lease_writes_nothing(officer):
    @registry.job("test.robbed")
    def robbed(handle):
        Job.objects.filter(pk=handle.job.pk).update(lease="another:2:b")
        return {"late": True}

    job = queue.enqueue("test.robbed", by=officer)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("running", None)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_jobs_own_transaction_is_open(officer, monkeypatch):
    monkeypatch.setattr("casedesk.common.jobs.handle.TELL_EVERY", 0.01)
    seen = []

    @registry.job("test.import")
    def importing(handle):
        handle.progress(40, 100, "строки")
        handle._stop.wait(0.3)
        seen.append(pulse.last_of(Job.objects.get(pk=handle.job.pk)).done)

    job = queue.enqueue("test.import", by=officer)
    run(job.pk)
    assert seen == [40]


def test_a_process_of_this_machine_that_is_gone_is_noticed_at_once():
    here, pid, _ = pulse.new_lease().split(":")
    assert not pulse.process_is_gone(f"{here}:{pid}:x")
    assert pulse.process_is_gone(f"{here}:{2**22 + 1}:x")
    assert not pulse.process_is_gone(f"elsewhere:{2**22 + 1}:x")


def test_pages_show_the_bar_and_the_end(visit, officer):
    job = queue.enqueue("test.refuse", by=officer)
    client = visit(officer)
    assert "hx-get" in client.get(f"/jobs/{job.pk}/bar/").content.decode()
    run(job.pk)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "Файл пуст" in page
    assert "hx-get" not in client.get(f"/jobs/{job.pk}/bar/").content.decode()


def test_colleagues_with_the_right_see_the_job_and_strangers_do_not(visit, officer, clerk, stranger, osen):
    job = queue.enqueue("test.count", by=officer, creditor=osen, upto=1)
    assert visit(clerk).get(job.get_absolute_url()).status_code == 200
    assert visit(clerk).post(f"/jobs/{job.pk}/cancel/").status_code == 404
    assert visit(stranger).get(job.get_absolute_url()).status_code == 404
    assert visit(stranger).get("/jobs/").context["listing"].page.rows == []
