"""Django's Tasks API over Celery: the same tasks on many machines.

The published packages for this need Python 3.12. Results are not kept here: the Job row tells how the work stands.
"""

from importlib import import_module

from django.core.exceptions import SuspiciousOperation
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from casedesk.celery import app


class CeleryBackend(BaseTaskBackend):
    """Sends each task as one Celery message that names the task function and carries its arguments as JSON."""

    supports_defer = True
    supports_async_task = False
    supports_get_result = False
    supports_priority = False

    def enqueue(self, task: Task, args: tuple, kwargs: dict) -> TaskResult:
        """Publish the message. Raises kombu's OperationalError when the broker does not take it."""
        self.validate_task(task)
        sent = run_task.apply_async(
            args=[task.module_path, normalize_json(list(args)), normalize_json(kwargs)], eta=task.run_after
        )
        result = _result(task, sent.id, args, kwargs, status=TaskResultStatus.READY)
        task_enqueued.send(type(self), task_result=result)
        return result


@app.task(name="casedesk.run_task", bind=True)
def run_task(self, path: str, args: list, kwargs: dict) -> None:
    """Run one task in a Celery worker. Raises SuspiciousOperation when the message names anything but a task."""
    module, _, name = path.rpartition(".")
    task = getattr(import_module(module), name, None)
    if not isinstance(task, Task):
        raise SuspiciousOperation(f"not a task: {path}")
    if task.takes_context:
        context = TaskContext(task_result=_result(task, self.request.id, args, kwargs, status=TaskResultStatus.RUNNING))
        task.call(context, *args, **kwargs)
    else:
        task.call(*args, **kwargs)


def _result(task: Task, task_id: str, args, kwargs, *, status: str) -> TaskResult:
    return TaskResult(
        task=task,
        id=f"celery:{task_id}",
        status=status,
        enqueued_at=timezone.now(),
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=list(args),
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[],
    )
