"""Finding jobs whose worker died, and running them again.

The database backend of django-tasks leaves the task of a killed worker RUNNING for ever (django-tasks-db issues 5 and 59);
a broker forgets a message that was acknowledged. So the truth is the heartbeat of our own Job row.
"""

import datetime as dt
import logging
import threading

from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casedesk.common.jobs import pulse
from casedesk.common.jobs.queue import hand_out
from casedesk.common.models import Job

LOST_AFTER = dt.timedelta(seconds=30)
"""Ten missed beats."""
FORGOTTEN_AFTER = dt.timedelta(minutes=2)
"""A waiting job whose message is in no queue (the process died between commit and hand-out, or a broker lost it)."""
MAX_ATTEMPTS = 3
LOOK_EVERY = 10.0

GAVE_UP = "Обработка прерывалась {n} раза подряд (процесс останавливали или не хватило памяти). Запустите её снова."

log = logging.getLogger(__name__)


def reap(now: dt.datetime) -> list[int]:
    """Look once: run again what lost its worker, hand out what was forgotten. Returns the ids handed out."""
    again = [job.pk for job in Job.objects.filter(state=Job.State.RUNNING) if is_lost(job, now) and _release(job, now)]
    waiting = Job.objects.filter(state=Job.State.QUEUED).exclude(pk__in=again)
    again += [job.pk for job in waiting if _is_forgotten(job, now)]
    for job_id in again:
        log.warning("job %s lost its worker, handing it out again", job_id)
        hand_out(job_id)
    return again


def is_lost(job: Job, now: dt.datetime) -> bool:
    """True when the run gave no sign of life for long, or its process on this machine is gone."""
    return pulse.process_is_gone(job.lease) or now - pulse.last_of(job).at > LOST_AFTER


def _release(job: Job, now: dt.datetime) -> bool:
    """Take the lease away from the dead run. True when the job should be handed out again."""
    mine = Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING)
    _tasks_of(job).filter(status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED, finished_at=now, traceback="the worker died"
    )
    if job.attempts >= MAX_ATTEMPTS:
        error = GAVE_UP.format(n=job.attempts)
        mine.update(state=Job.State.FAILED, finished_at=now, error=error, error_code="worker_died")
        return False
    return bool(mine.update(state=Job.State.QUEUED, queued_at=now, lease="", task_id=""))


def _is_forgotten(job: Job, now: dt.datetime) -> bool:
    if not job.task_id:
        return now - job.queued_at > dt.timedelta(seconds=5)
    if _tasks_of(job).filter(status=TaskResultStatus.READY).exists():
        return False
    return now - job.queued_at > FORGOTTEN_AFTER


def _tasks_of(job: Job):
    """The row of the job's newest task when tasks are kept in the database; empty for a broker."""
    is_row_id = len(job.task_id) == 36
    return DBTaskResult.objects.filter(pk=job.task_id) if is_row_id else DBTaskResult.objects.none()


def keep_reaping(stop: threading.Event) -> None:
    """Look at once and then every few seconds until told to stop. For a thread of the worker."""
    while True:
        try:
            reap(timezone.now())
        except DatabaseError:
            log.warning("the reaper could not look", exc_info=True)
        finally:
            connection.close()
        if stop.wait(LOOK_EVERY):
            return


def start() -> threading.Event:
    """Start the reaper in a daemon thread; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=keep_reaping, args=[stop], name="job-reaper", daemon=True).start()
    return stop
