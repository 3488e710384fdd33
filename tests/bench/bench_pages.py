"""The case list with 200 000 cases: first, filtered, searched and last page, asked by four clients at once.

    python -m tests.bench.bench_pages [--cases 200000] [--requests 40]

Builds a database of its own, starts gunicorn with two workers on this machine, and ends both. The floor is the health
probe in the same run: what a request costs here before the page does anything. One JSON line per page, times in ms.
"""

import argparse
import datetime as dt
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import connection  # noqa: E402

from casedesk.access.models import Organisation, User  # noqa: E402
from casedesk.access.rights import Role  # noqa: E402
from casedesk.desk.demo.serving import HOST, free_port  # noqa: E402
from debtors.actions.open_cases import open_cases  # noqa: E402
from debtors.queries.dialect import execute  # noqa: E402
from tests.bench.bench_cases import seed  # noqa: E402

ON = dt.date(2024, 3, 1)
CLIENTS, WORKERS, FLOOR = 4, 2, "/healthz"
PAGES = {
    "floor: the probe": FLOOR,
    "first page": "/cases/",
    "filtered: stage and sum": "/cases/?stage=opened&overdue_from=15500",
    "by deadline": "/cases/?sort=next_due_on",
    "searched: a number": "/cases/?q=1000777",
    "last page": "/cases/?page=-1",
}
AIM_P95_MS = 50


def fill(cases: int) -> str:
    """Cases and a lawyer who is signed in; return the session cookie."""
    creditor = Organisation.objects.create(kind="creditor", code="bench", name="Bench")
    seed(creditor, cases)
    open_cases(creditor=creditor, on=ON, by=None)
    if connection.vendor == "postgresql":
        execute("ANALYZE")
    user = User.objects.create_user("bench", last_name="Bench")
    user.memberships.create(organisation=creditor, role=Role.LEGAL_OFFICER, valid_from=ON)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def database_url() -> str:
    """The address of the scratch database, for the server's processes."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    secret = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    return f"postgres://{known['USER']}{secret}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def ask(port: int, path: str, cookie: str) -> float:
    """One request; its time in ms. Raises RuntimeError when the answer is not 200."""
    begun = time.perf_counter()
    talk = http.client.HTTPConnection(HOST, port, timeout=30)
    talk.request("GET", path, headers={"Cookie": cookie})
    answer = talk.getresponse()
    answer.read()
    talk.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - begun) * 1000


def crowd(port: int, path: str, cookie: str, requests: int) -> list[float]:
    """So many requests from each of four clients at once."""
    times: list[float] = []

    def client() -> None:
        times.extend(ask(port, path, cookie) for _ in range(requests))

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def measure(port: int, cookie: str, requests: int) -> None:
    floor = 0.0
    for name, path in PAGES.items():
        crowd(port, path, cookie, 3)
        times = crowd(port, path, cookie, requests)
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        floor = floor or p50
        told = {"page": name, "p50": round(p50, 1), "p95": round(p95, 1), "x_floor": round(p50 / floor, 1)}
        if path != FLOOR:
            told |= {"aim_p95": AIM_P95_MS, "met": p95 <= AIM_P95_MS}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def wait_for(port: int, server: subprocess.Popen) -> None:
    ends = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < ends:
        try:
            ask(port, FLOOR, "")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not start")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=40, help="per client and page")
    asked = parser.parse_args()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        begun = time.perf_counter()
        cookie = fill(asked.cases)
        told = {"database": connection.vendor, "cases": asked.cases, "clients": CLIENTS, "workers": WORKERS}
        sys.stdout.write(json.dumps(told | {"filled_s": round(time.perf_counter() - begun, 1)}) + "\n")
        port = free_port(8700)
        command = ["gunicorn", "casedesk.wsgi", "--bind", f"{HOST}:{port}", "--workers", str(WORKERS), "--log-level", "error"]
        env = {**os.environ, "DATABASE_URL": database_url(), "PYTHONWARNINGS": "ignore"}
        server = subprocess.Popen([sys.executable, "-m", *command], env=env)
        try:
            wait_for(port, server)
            measure(port, cookie, asked.requests)
        finally:
            server.terminate()
            server.wait(20)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
