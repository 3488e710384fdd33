"""The pulse of a running job: that it is alive and how far it is, told outside the job's own transaction.

On PostgreSQL a second connection updates the Job row. On SQLite the job's IMMEDIATE transaction holds the only write lock,
perhaps for a minute, so a second writer would wait for it and the bar would stand still: there the pulse is a small file
beside the database, which is on this machine anyway.
"""

import datetime as dt
import json
import os
import socket
import tempfile
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

from casedesk.common.models import Job


@dataclass(frozen=True)
class Beat:
    """One sign of life of a run: its lease, the moment, and the progress."""

    lease: str
    at: dt.datetime
    done: int = 0
    total: int = 0
    message: str = ""


def new_lease() -> str:
    """A fresh token of ownership that also tells where the run lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex}"


def process_is_gone(lease: str) -> bool:
    """True when the run lived on this machine and its process no longer exists. False also means «cannot tell»."""
    host, _, rest = lease.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname() or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def tell(job_id: int, beat: Beat) -> None:
    """Publish a beat where the desk and the reaper find it."""
    if connection.vendor == "sqlite":
        _write_file(job_id, beat)
        return
    Job.objects.filter(pk=job_id, lease=beat.lease, state=Job.State.RUNNING).update(
        heartbeat_at=beat.at, done=beat.done, total=beat.total, message=beat.message
    )


def last_of(job: Job) -> Beat:
    """The newest beat of a running job."""
    stored = Beat(job.lease, job.heartbeat_at or job.queued_at, job.done, job.total, job.message)
    if connection.vendor != "sqlite":
        return stored
    written = _read_file(job.pk)
    return written if written and written.lease == job.lease and written.at >= stored.at else stored


def refresh(job: Job) -> Job:
    """Put the newest beat on the job's fields, for showing. The row is not saved."""
    if job.state == Job.State.RUNNING:
        beat = last_of(job)
        job.heartbeat_at, job.done, job.total, job.message = beat.at, beat.done, beat.total, beat.message
    return job


def forget(job: Job) -> None:
    """Remove what a finished run left beside the database, unless another run has taken the job over."""
    if connection.vendor == "sqlite":
        written = _read_file(job.pk)
        if written and written.lease == job.lease:
            _path(job.pk).unlink(missing_ok=True)


def _folder() -> Path:
    name = str(connection.settings_dict["NAME"])
    if "memory" in name:
        return Path(tempfile.gettempdir()) / f"casedesk-pulse-{os.getpid()}"
    return Path(f"{name}-pulse")


def _path(job_id: int) -> Path:
    return _folder() / f"{job_id}.json"


def _write_file(job_id: int, beat: Beat) -> None:
    path = _path(job_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    fresh.write_text(json.dumps({**asdict(beat), "at": beat.at.isoformat()}), encoding="utf-8")
    fresh.replace(path)


def _read_file(job_id: int) -> Beat | None:
    try:
        found = json.loads(_path(job_id).read_text(encoding="utf-8"))
        return Beat(**{**found, "at": dt.datetime.fromisoformat(found["at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def first_beat(lease: str) -> Beat:
    """The beat of a run that has just begun."""
    return Beat(lease, timezone.now())
