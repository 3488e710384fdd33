"""What a running job holds of itself: its progress bar and its heartbeat."""

import logging
import threading
import time
from dataclasses import replace

from django.db import DatabaseError, connection
from django.utils import timezone

from casedesk.common.jobs import pulse
from casedesk.common.models import Job

BEAT_EVERY = 3.0
"""Seconds between signs of life."""
TELL_EVERY = 0.4
"""Seconds between looks whether the progress moved."""
ASK_EVERY = 2.0
"""Seconds between checks that the job is still ours."""

log = logging.getLogger(__name__)


class JobStopped(BaseException):
    """The job was cancelled, or given to another worker. Not an Exception, so that no job catches it by accident."""


class JobHandle:
    """The job's own end of the line. Use as a context manager: a thread tells the pulse while the job works."""

    def __init__(self, job: Job):
        self.job = job
        self._beat = pulse.first_beat(job.lease)
        self._told = None
        self._asked = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tell_on, name=f"pulse-of-job-{job.pk}", daemon=True)

    def __enter__(self) -> "JobHandle":
        self._thread.start()
        return self

    def __exit__(self, *exc) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def beat(self) -> pulse.Beat:
        return self._beat

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the job is; cheap enough for every row. Raises JobStopped when the work should end."""
        total = max(0, total)
        self._beat = replace(self._beat, done=min(max(0, done), total), total=total, message=message[:300])
        if time.monotonic() - self._asked >= ASK_EVERY:
            self.check()

    def check(self) -> None:
        """Raise JobStopped when the job was cancelled or its lease was given to another run."""
        self._asked = time.monotonic()
        if not Job.objects.filter(pk=self.job.pk, lease=self.job.lease, state=Job.State.RUNNING).exists():
            raise JobStopped

    def _tell_on(self) -> None:
        """Tell the pulse when the progress moves, and every few seconds anyway. Runs in its own thread and connection."""
        try:
            quiet = BEAT_EVERY
            while True:
                if self._beat is not self._told or quiet >= BEAT_EVERY:
                    self._tell()
                    quiet = 0.0
                if self._stop.wait(TELL_EVERY):
                    return
                quiet += TELL_EVERY
        finally:
            connection.close()

    def _tell(self) -> None:
        beat = self._beat
        try:
            pulse.tell(self.job.pk, replace(beat, at=timezone.now()))
        except (DatabaseError, OSError):
            # A lost beat is not a lost job: the next one follows, and the reaper waits for several.
            log.warning("no pulse of job %s", self.job.pk, exc_info=True)
            connection.close()
        else:
            self._told = beat
