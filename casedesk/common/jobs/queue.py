"""Asking for a job, and calling it off."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from casedesk.common.jobs import registry
from casedesk.common.jobs.run import run
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal


class JobIsOver(Refusal):
    """A finished job cannot be called off."""

    code = "job_is_over"


@task(takes_context=True)
def run_job(context, job_id: int) -> None:
    """The one task of the queue: run job N."""
    run(job_id, task_id=context.task_result.id)


def enqueue(kind: str, *, by, creditor=None, **args) -> Job:
    """Ask for a job. It is handed to the workers when the current transaction commits.

    `by` is the person who asked, or None for a timer; `args` must be JSON. Raises LookupError for an unknown kind.
    """
    registry.find(kind)
    job = Job.objects.create(kind=kind, args=args, created_by=by, creditor=creditor, queued_at=timezone.now())
    transaction.on_commit(partial(hand_out, job.pk))
    return job


def hand_out(job_id: int) -> None:
    """Put the job into the task queue. Harmless to repeat: only one run can take the job."""
    result = run_job.enqueue(job_id)
    Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(task_id=result.id, queued_at=timezone.now())


def cancel(*, job: Job, by) -> Job:
    """Call a job off: a waiting one does not start, a running one stops at its next sign of progress.

    Raises JobIsOver when it has ended already.
    """
    stopped = Job.objects.filter(pk=job.pk, state__in=[Job.State.QUEUED, Job.State.RUNNING]).update(
        state=Job.State.CANCELLED, finished_at=timezone.now(), message=f"Отменил(а): {by}"[:300]
    )
    if not stopped:
        job.refresh_from_db()
        raise JobIsOver(f"«{job}» отменить нельзя: {job.get_state_display()}. Отмените её итог, если он есть.", state=job.state)
    job.refresh_from_db()
    return job
