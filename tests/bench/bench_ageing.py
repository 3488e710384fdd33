"""Ageing against a plain sum over the same rows, and booking a register against a raw load of the same lines.

    python -m tests.bench.bench_ageing [--scale 0.1] [--repeats 3]     100 000 accounts x 36 months x 4 services at scale 1

Builds a database of its own beside the one in DATABASE_URL and drops it at the end. Floor and product are timed in turn, in one
run; the figures are medians. One JSON line per question; nothing is asserted but that the figures add up.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from casedesk.access.models import Organisation  # noqa: E402
from casedesk.common import months  # noqa: E402
from debtors.actions.book import book, open_booking  # noqa: E402
from debtors.actions.judge_stage import judge  # noqa: E402
from debtors.actions.refresh_states import refresh_states  # noqa: E402
from debtors.actions.staging import StagedFact, stage_facts  # noqa: E402
from debtors.models import Booking, UtilityAccount  # noqa: E402
from debtors.queries.ageing import age  # noqa: E402
from debtors.queries.dialect import bulk_load, execute, fresh_table, on_postgres, rows  # noqa: E402

ACCOUNTS, SERVICES, MONTHS = 100_000, (1, 3, 5, 7), 36
REGISTER_LINES = 200_000
FIRST = months.make(2023, 1)
LAST = FIRST + MONTHS - 1
TODAY = months.last_day(LAST) + dt.timedelta(days=20)
LEARNT = dt.datetime(2026, 1, 20, 12, tzinfo=dt.UTC)
BILL = "(50000 + account_id * 37 % 30000 + service_id * 101)"
PAID_MONTHS = """CASE WHEN account_id % 10 < 6 THEN step WHEN account_id % 10 = 6 THEN step - 1
    WHEN account_id % 10 = 7 THEN step / 2 WHEN account_id % 10 = 8 THEN MIN_OF_20 ELSE 0 END"""
"""Of ten accounts six pay in time, one a month late, one every other bill, one stopped after 20 months, one never paid."""


def fill(accounts: int) -> Organisation:
    """Accounts, running totals month by month as registers bring them, and the states at the end."""
    creditor = Organisation.objects.create(kind="creditor", code="bench", name="Bench")
    UtilityAccount.objects.bulk_create(
        (UtilityAccount(pk=n, creditor=creditor, number=str(n)) for n in range(1, accounts + 1)), batch_size=5000
    )
    booking = Booking.objects.create(creditor=creditor, kind="import", about="bench", learnt_at=LEARNT - dt.timedelta(days=1))
    services = " UNION ALL ".join(f"SELECT {service} AS service_id" for service in SERVICES)
    paid = PAID_MONTHS.replace("MIN_OF_20", "CASE WHEN step < 20 THEN step ELSE 20 END").replace("%", "%%")
    bill = BILL.replace("%", "%%")
    for step in range(1, MONTHS + 1):
        month = FIRST + step - 1
        keys = f"SELECT a.id AS account_id, s.service_id, {step} AS step FROM debtors_utilityaccount a, ({services}) s"
        execute(
            f"""INSERT INTO debtors_monthtotal (account_id, service_id, month, opening, charged, credited, paid, settled,
                    cum_opening, cum_charged, cum_settled)
                SELECT account_id, service_id, {month}, 0, {bill}, 0, {bill}, {bill}, 0, {bill} * step, {bill} * ({paid})
                FROM ({keys}) k ORDER BY account_id, service_id""",
            [],
        )
    execute(
        f"""INSERT INTO debtors_servicestate (account_id, service_id, first_month, last_month, cum_opening, cum_charged,
                cum_settled, balance, charged_months, oldest_open_month)
            SELECT account_id, service_id, {FIRST}, {LAST}, 0, cum_charged, cum_settled, cum_charged - cum_settled,
                   {2**MONTHS - 1}, CASE WHEN cum_charged > cum_settled THEN {FIRST} + cum_settled / charged END
            FROM debtors_monthtotal WHERE month = {LAST}"""
    )
    execute(
        f"""INSERT INTO debtors_charge (account_id, service_id, month, kind, charged, credited, counts_on, booking_id)
            SELECT account_id, service_id, month, 1, charged, 0, '{months.last_day(LAST)}', {booking.pk}
            FROM debtors_monthtotal WHERE month = {LAST}"""
    )
    execute("VACUUM ANALYZE" if on_postgres() else "ANALYZE")
    return creditor


def timed(work: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def in_turn(repeats: int, works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each work, all run in turn so that a busy machine is busy for all of them."""
    for work in works.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            found[name].append(timed(work)[0])
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def bench_ageing(repeats: int, accounts: int) -> None:
    total = age(None, as_of=TODAY).figures
    if total.balance != rows("SELECT SUM(balance) FROM debtors_servicestate")[0][0]:
        raise SystemExit("ageing does not add up to the states")
    works = {
        "plain_sum": lambda: rows("SELECT SUM(charged) FROM debtors_monthtotal"),
        "today": lambda: age(None, as_of=TODAY),
        "a_year_ago": lambda: age(None, as_of=months.last_day(LAST - 12)),
        "known_yesterday": lambda: age(None, as_of=TODAY, known_on=LEARNT),
        "by_resource": lambda: age(None, as_of=TODAY, by=("resource",)),
        "by_resource_category_creditor": lambda: age(None, as_of=TODAY, by=("resource", "category", "creditor")),
    }
    seconds = in_turn(repeats, works)
    floor = seconds["plain_sum"]
    say(
        bench="ageing",
        rows=accounts * MONTHS * len(SERVICES),
        seconds={name: round(value, 3) for name, value in seconds.items()},
        times_the_sum={name: round(value / floor, 2) for name, value in seconds.items() if name != "plain_sum"},
    )


def register(accounts: int, lines: int) -> Iterator[StagedFact]:
    """The next month's register: charge and paid turnover of every service, some of it unpaid."""
    for number in range(lines):
        account, service = number // len(SERVICES) % accounts + 1, SERVICES[number % len(SERVICES)]
        bill = 50000 + account * 37 % 30000 + service * 101
        yield StagedFact(number + 1, account, service, month=LAST + 1, charged=bill, turnover=bill if account % 10 < 7 else 0)


def bench_booking(creditor: Organisation, accounts: int, lines: int) -> None:
    lines = min(lines, accounts * len(SERVICES))
    facts = list(register(accounts, lines))
    columns = ["account_id", "service_id", "month", "charged", "turnover"]
    with transaction.atomic():
        fresh_table("bench_floor", "account_id bigint, service_id smallint, month smallint, charged bigint, turnover bigint")
        floor, _ = timed(lambda: bulk_load("bench_floor", columns, ((f[1], f[2], f[3], f.charged, f.turnover) for f in facts)))
    parts = {}
    with transaction.atomic():
        whole = time.perf_counter()
        booking = open_booking(creditor=creditor, kind="import", about="register", by=None, learnt_at=LEARNT)
        parts["stage"], stage = timed(lambda: stage_facts(facts))
        parts["judge"], _ = timed(lambda: judge(stage))
        parts["book"], booked = timed(lambda: book(booking=booking, stage=stage, on=TODAY + dt.timedelta(days=15)))
        whole = time.perf_counter() - whole
        again, _ = timed(lambda: judge(stage_facts(facts)))
        transaction.set_rollback(True)
    say(
        bench="booking",
        lines=lines,
        raw_load_s=round(floor, 3),
        whole_s=round(whole, 3),
        parts_s={name: round(value, 3) for name, value in parts.items()},
        lines_per_s=round(lines / whole),
        judged_again_s=round(again, 3),
        times_the_load=round(whole / floor, 1),
        charges=booked.charges,
        payments=booked.payments,
    )
    seconds, count = timed(lambda: refresh_states(on=TODAY))
    say(bench="refresh_states", accounts=count, seconds=round(seconds, 3))


def say(**figures: object) -> None:
    sys.stdout.write(json.dumps({"database": connection.vendor, **figures}) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=float(os.environ.get("BENCH_SCALE", "1")))
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    accounts = int(ACCOUNTS * asked.scale)
    with tempfile.TemporaryDirectory() as folder:
        before = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = (
            "bench_ageing" if on_postgres() else os.path.join(folder, "bench_ageing.sqlite3")
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            creditor = fill(accounts)
            bench_ageing(asked.repeats, accounts)
            bench_booking(creditor, accounts, int(REGISTER_LINES * asked.scale))
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
