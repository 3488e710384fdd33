"""Desk and worker as two children of one process: started together, stopped together by Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

HOST = "127.0.0.1"
PATIENCE = 60.0
STOP_WITHIN = 15.0


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} to {wanted + 99}")


class Household:
    """The processes of the demo. Use as a context manager; leaving it stops them all."""

    def __init__(self, port: int):
        self.port = port
        self._running: dict[str, subprocess.Popen] = {}

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def __enter__(self) -> "Household":
        signal.signal(signal.SIGTERM, _as_interrupt)
        gunicorn = ["gunicorn", "casedesk.wsgi", "--bind", f"{HOST}:{self.port}", "--workers", "2", "--log-level", "warning"]
        self._start("desk", ["-m", *gunicorn])
        if settings.TASKS_MODE != "immediate":
            self._start("worker", [str(Path(settings.BASE_DIR) / "manage.py"), "worker"])
        return self

    def __exit__(self, *exc) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        ends = time.monotonic() + STOP_WITHIN
        for process in self._running.values():
            try:
                process.wait(max(0.1, ends - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()

    def wait_until_it_answers(self) -> None:
        """Return when the desk answers its probe. Raises RuntimeError when it ends or takes too long."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self._running["desk"].poll() is not None:
                raise RuntimeError("the desk did not start, see above")
            try:
                with urllib.request.urlopen(self.address + "healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(f"the desk does not answer at {self.address}")

    def stay(self) -> None:
        """Return when a process ends by itself; the caller's Ctrl-C comes as KeyboardInterrupt."""
        while all(process.poll() is None for process in self._running.values()):
            time.sleep(0.5)

    def _start(self, name: str, arguments: list[str]) -> None:
        # A session of its own: Ctrl-C reaches this process alone, which then stops the children in order.
        self._running[name] = subprocess.Popen(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=os.environ.copy(), start_new_session=True
        )


def _as_interrupt(signum, frame) -> None:
    raise KeyboardInterrupt
