"""Running one job: take it, do it, write down how it ended. The only code that moves a Job between its states while it runs."""

import logging

from django.db.models import F
from django.utils import timezone

from casedesk.common.jobs import pulse, registry
from casedesk.common.jobs.handle import JobHandle, JobStopped
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal

BROKEN = "Внутренняя ошибка. Данные не изменены частично: работу можно запустить снова. Номер для администратора: {pk}."

log = logging.getLogger(__name__)


def run(job_id: int, *, task_id: str = "") -> None:
    """Run the job when it is still waiting; otherwise do nothing (a queue may deliver a message twice).

    A Refusal fails the job with its own words; any other error is logged, fails it with a general sentence and is
    raised on. A worker that is asked to stop puts the job back.
    """
    job = _take(job_id, task_id)
    if job is None:
        return
    try:
        with JobHandle(job) as handle:
            result = registry.find(job.kind).run(handle, **job.args)
    except JobStopped:
        log.info("job %s was stopped from outside", job.pk)
    except Refusal as refusal:
        _end(job, Job.State.FAILED, handle, error=refusal.message, error_code=refusal.code)
    except (KeyboardInterrupt, SystemExit):
        _put_back(job)
        raise
    except BaseException:
        log.exception("job %s (%s) broke", job.pk, job.kind)  # a queue's own log may be silent
        _end(job, Job.State.FAILED, None, error=BROKEN.format(pk=job.pk), error_code="internal")
        raise
    else:
        _end(job, Job.State.DONE, handle, result=result)
    finally:
        pulse.forget(job)


def _take(job_id: int, task_id: str) -> Job | None:
    now, lease = timezone.now(), pulse.new_lease()
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        lease=lease,
        task_id=task_id or F("task_id"),
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        done=0,
        total=0,
        message="",
    )
    return Job.objects.get(pk=job_id, lease=lease) if taken else None


def _end(job: Job, state: str, handle: JobHandle | None, **values) -> None:
    """Write the end, with the last progress; a run that lost its lease writes nothing."""
    if handle is not None:
        beat = handle.beat
        values |= {"done": beat.total if state == Job.State.DONE else beat.done, "total": beat.total, "message": beat.message}
    Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING).update(
        state=state, finished_at=timezone.now(), **values
    )


def _put_back(job: Job) -> None:
    """The worker is stopping: the job waits again, and the reaper of the next worker hands it out."""
    Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING).update(state=Job.State.QUEUED, task_id="")
