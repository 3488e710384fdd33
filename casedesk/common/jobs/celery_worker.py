"""What a Celery worker of ours loads: the one message it understands, and the reaper beside it."""

from celery.signals import worker_ready, worker_shutting_down

from casedesk.common.jobs import reaper
from casedesk.common.jobs.celery_backend import run_task

__all__ = ["run_task"]

_running = []


@worker_ready.connect
def start_the_reaper(**kwargs) -> None:
    """Each worker also looks for jobs whose worker died."""
    _running.append(reaper.start())


@worker_shutting_down.connect
def stop_the_reaper(**kwargs) -> None:
    while _running:
        _running.pop().set()
