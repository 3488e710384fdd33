"""The whole program as a person meets it: `manage.py demo` in a process of its own, and a browser before it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0
ADDRESS = re.compile(r"http://[\d.]+:\d+/")


def chromium() -> str | None:
    """The browser's program: $CHROMIUM, the system's, or None."""
    known = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((found for name in known if (found := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def running_demo(*, accounts: int, months: int, port: int = 8700) -> Iterator[str]:
    """The address of a demo desk over a fresh town in a temporary folder. Stops it, worker and all, on leaving."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        # PYTHONUNBUFFERED: the address must reach the log while the desk runs.
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{place / 'desk.sqlite3'}",
            "MEDIA_ROOT": str(place / "media"),
            "PYTHONUNBUFFERED": "1",
        }
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        town = ["--accounts", str(accounts), "--months", str(months), "--town", str(place / "town"), "--port", str(port)]
        log = place / "log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "demo", *town], env=environment, stdout=out, stderr=subprocess.STDOUT
            )
            try:
                yield _address(process, log)
            finally:
                process.terminate()  # a run in the background ignores Ctrl-C, and so would its children
                process.wait(60)


def _address(process: subprocess.Popen, log: Path) -> str:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        said = ADDRESS.search(log.read_text(errors="replace"))
        if said and _answers(said[0]):
            return said[0].rstrip("/")
        time.sleep(0.3)
    raise RuntimeError("the demo did not start:\n" + log.read_text(errors="replace")[-3000:])


def _answers(address: str) -> bool:
    with urllib.request.urlopen(address + "healthz", timeout=5) as answer:
        return answer.status == 200
