"""The board at 100 000 accounts in 1 000 houses: first writing of its cells, its pages, and the trial of a rule.

    python -m tests.bench.bench_boards [--scale 0.1] [--requests 40]

Builds a database of its own and drops it at the end: the ledger of bench_ageing, with houses, a year of payments, cases with
notices, claims, acts and writs. Requests go through the whole stack in this process, one after another; times in ms.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from casedesk.access.models import Organisation, Territory, User  # noqa: E402
from casedesk.access.rights import Role  # noqa: E402
from casedesk.common import months  # noqa: E402
from debtors.actions.derive_cells import KEPT_MONTHS, refresh_cells  # noqa: E402
from debtors.actions.open_cases import open_cases  # noqa: E402
from debtors.actions.refresh_states import refresh_states  # noqa: E402
from debtors.models import Booking, CaseEvent, CaseFile, House, OpeningRule, Premises  # noqa: E402
from debtors.queries.dialect import execute, on_postgres  # noqa: E402
from enforcement.models import Claim, CourtEvent  # noqa: E402
from enforcement.queries.what_if import what_if  # noqa: E402
from tests.bench.bench_ageing import ACCOUNTS, LAST, TODAY, fill  # noqa: E402

FLATS = 100
AIM_P95_MS = 150
BATCH = 5_000


def settle(creditor: Organisation, accounts: int) -> Organisation:
    """Houses with a hundred flats each, and payments of a year, most of them by will; return the municipality."""
    land = Territory.objects.create(code="bench", name="Bench")
    named = [f"ул. Мира, д. {number}" for number in range(max(accounts // FLATS, 1))]
    houses = House.objects.bulk_create(House(territory=land, address=name, address_key=name) for name in named)
    flats = (Premises(pk=n, house=houses[n % len(houses)], number=str(n), number_key=str(n)) for n in range(1, accounts + 1))
    Premises.objects.bulk_create(flats, batch_size=BATCH)
    execute("UPDATE debtors_utilityaccount SET premises_id = id")
    booking = Booking.objects.get().pk
    for month in range(LAST - 11, LAST + 1):
        day = months.first_day(month) + dt.timedelta(days=9)
        execute(
            f"""INSERT INTO debtors_payment (account_id, service_id, counts_on, amount, channel, document, booking_id)
                SELECT id, 1, '{day}', 50000, CASE WHEN id %% 50 = 8 THEN 'bailiff' ELSE 'bank' END, '', {booking}
                FROM debtors_utilityaccount WHERE id %% 10 < 9""",
            [],
        )
    return Organisation.objects.create(kind="municipality", code="bench-land", name="Bench town", territory=land)


def walk(creditor: Organisation) -> dict[str, int]:
    """Cases by the rule; notices on all, then claims, acts and writs on fewer and fewer."""
    refresh_states(on=TODAY)
    open_cases(creditor=creditor, on=TODAY, by=None)
    cases = list(CaseFile.objects.order_by("pk").values_list("pk", flat=True))
    day = [months.first_day(LAST - 10) + dt.timedelta(days=30 * step) for step in range(4)]
    CaseEvent.objects.bulk_create((CaseEvent(case_id=pk, code="reminder_sent", happened_on=day[0]) for pk in cases), BATCH)
    filed = cases[::2]
    papers = {"kind": "order", "stage": "filed", "stage_on": day[1], "prepared_on": day[1], "filed_on": day[1]}
    span = {"period_from": LAST - 20, "period_to": LAST - 20, "principal": 1_000_000}
    claims = Claim.objects.bulk_create(
        (Claim(creditor=creditor, case_file_id=pk, number=pk, **papers, **span) for pk in filed), BATCH
    )
    granted = claims[::2]
    CourtEvent.objects.bulk_create((CourtEvent(claim=one, code="order_issued", happened_on=day[2]) for one in granted), BATCH)
    writs = [one.case_file_id for one in granted[::2]]
    CaseEvent.objects.bulk_create((CaseEvent(case_id=pk, code="writ_registered", happened_on=day[3]) for pk in writs), BATCH)
    if on_postgres():
        execute("ANALYZE")
    return {"cases": len(cases), "claims": len(claims), "writs": len(writs)}


def people(creditor: Organisation, town_hall: Organisation) -> dict[str, User]:
    """One reader of each kind; the officer holds a thousand cases."""
    roles = {
        "creditor": (creditor, Role.AUDITOR),
        "municipality": (town_hall, Role.PLAN_SUPERVISOR),
        "officer": (creditor, Role.LEGAL_OFFICER),
    }
    found = {}
    for name, (organisation, role) in roles.items():
        found[name] = User.objects.create_user(name, last_name=name)
        found[name].memberships.create(organisation=organisation, role=role, valid_from=dt.date(2020, 1, 1))
    own = list(CaseFile.objects.order_by("pk").values_list("pk", flat=True)[:1000])
    CaseFile.objects.filter(pk__in=own).update(officer=found["officer"])
    return found


def measure(name: str, user: User, path: str, requests: int) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    times = []
    for number in range(requests + 2):
        begun = time.perf_counter()
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        if number >= 2:
            times.append((time.perf_counter() - begun) * 1000)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    say(page=name, p50=round(p50, 1), p95=round(p95, 1), aim_p95=AIM_P95_MS, met=p95 <= AIM_P95_MS)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.perf_counter()
    answer = work()
    return round(time.perf_counter() - begun, 2), answer


def say(**figures: object) -> None:
    sys.stdout.write(json.dumps({"database": connection.vendor, **figures}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def run(accounts: int, requests: int) -> None:
    creditor = fill(accounts)
    town_hall = settle(creditor, accounts)
    story = walk(creditor)
    readers = people(creditor, town_hall)
    span = range(LAST - KEPT_MONTHS + 1, LAST + 1)
    first, written = timed(lambda: refresh_cells(creditors=[creditor.pk], span=span))
    again, _ = timed(lambda: refresh_cells(creditors=[creditor.pk], span=span))
    say(bench="cells", accounts=accounts, **story, months=written, first_s=first, again_s=again)
    asked = f"/boards/?period={months.iso(LAST)}"
    measure("creditor's board", readers["creditor"], asked, requests)
    measure("municipality's board", readers["municipality"], asked, requests)
    measure("an officer's own 1 000 cases", readers["officer"], asked + "&whose=mine", requests)
    measure("all houses", readers["creditor"], asked.replace("boards/", "boards/houses/"), requests)
    rule = OpeningRule(threshold_x100=300, min_overdue_months=3)
    seconds, answer = timed(lambda: what_if(creditor=creditor, rule=rule, on=TODAY))
    say(bench="what_if, stricter", seconds=seconds, opens=answer.opens.cases, lets_go=answer.lets_go.cases)
    rule = OpeningRule(threshold_x100=50, min_overdue_months=1)
    seconds, answer = timed(lambda: what_if(creditor=creditor, rule=rule, on=TODAY))
    say(bench="what_if, looser", seconds=seconds, opens=answer.opens.cases, lets_go=answer.lets_go.cases)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=float(os.environ.get("BENCH_SCALE", "1")))
    parser.add_argument("--requests", type=int, default=40)
    asked = parser.parse_args()
    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            "bench_boards" if on_postgres() else os.path.join(folder, "bench_boards.sqlite3")
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            run(int(ACCOUNTS * asked.scale), asked.requests)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
