"""How long a 200 000-row register takes from the file to the states, against parsing it and a raw COPY of the same rows.

    DATABASE_URL=postgres://.../scratch python -m tests.bench.bench_import [ROWS]

Works in a migrated scratch database. The accounts and the month before are booked and committed first, as they are in every
month but the first; each measured import is rolled back and the rows it leaves dead are swept, so that the next one finds the
same tables. At the end everything is taken out again. Prints one JSON line per file: floor, product, their ratio.
"""

import csv
import datetime as dt
import io
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
django.setup()

import python_calamine  # noqa: E402
import xlsxwriter  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from casedesk.access.models import Organisation, Territory  # noqa: E402
from debtors.models import Booking, MonthCube  # noqa: E402
from debtors.queries.dialect import bulk_load, execute, fresh_table  # noqa: E402
from imports.actions.run_import import Options, import_file  # noqa: E402
from imports.models import ImportBatch  # noqa: E402

ROWS = 200_000
SERVICES = ("Отопление", "Горячее водоснабжение", "Холодное водоснабжение", "Содержание и ремонт")
HEAD = ("ЛС", "ФИО", "Адрес", "Услуга", "Сальдо вх.", "Начислено", "Перерасчёт", "Оплачено", "Сальдо исх.")
ON = dt.date(2024, 4, 1)
REPEATS = 3


def lines(rows: int, month: int) -> Iterator[tuple]:
    """Registers of two months that follow each other: `month` 0 and 1. Amounts in roubles, two decimals."""
    for account in range(rows // len(SERVICES)):
        name = f"Абонентов Иван {account % 977}-й"
        address = f"г. Верхнеозёрск, ул. Мира, д. {account // 100 + 1}, кв. {account % 100 + 1}"
        for place, service in enumerate(SERVICES):
            charged = 500_00 + (account * 7 + place * 13) % 90_000
            paid = charged if account % 5 else 0
            opening = 1_000_00 + (0 if account % 5 else charged * month)
            closing = opening + charged - paid
            sums = (round(amount / 100, 2) for amount in (opening, charged, 0, paid, closing))
            yield (f"{account:09d}", name, address, service, *sums)


def write_csv(path: Path, rows: int, month: int, title: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow([title])
        writer.writerow(HEAD)
        for line in lines(rows, month):
            writer.writerow([*line[:4], *(f"{amount:.2f}".replace(".", ",") for amount in line[4:])])


def write_xlsx(path: Path, rows: int, month: int, title: str) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Реестр")
    sheet.write_row(0, 0, [title])
    sheet.write_row(1, 0, HEAD)
    for number, line in enumerate(lines(rows, month), start=2):
        sheet.write_row(number, 0, line)
    book.close()


# --- the floor ------------------------------------------------------------------------------------------------------
def copy_raw(rows: Iterator[tuple]) -> None:
    """The rows as they stand, into a table without keys or indexes."""
    texts = ", ".join(f"c{place} text" for place in range(4))
    sums = ", ".join(f"c{place} numeric(14,2)" for place in range(4, 9))
    fresh_table("bench_raw", f"{texts}, {sums}")
    bulk_load("bench_raw", [f"c{place}" for place in range(9)], rows)


def parse_csv(path: Path) -> Iterator[tuple]:
    with io.TextIOWrapper(path.open("rb"), encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, delimiter=";")
        next(reader), next(reader)
        for line in reader:
            yield (*line[:4], *(cell.replace(",", ".") for cell in line[4:]))


def parse_xlsx(path: Path) -> Iterator[tuple]:
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
    next(rows), next(rows)
    for line in rows:
        yield tuple(line)


# --- the measure ----------------------------------------------------------------------------------------------------
def timed(work: Callable[[], object]) -> float:
    """Seconds of one run whose writes are rolled back."""
    with transaction.atomic():
        started = time.perf_counter()
        work()
        spent = time.perf_counter() - started
        transaction.set_rollback(True)
    return spent


def median(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        times.append(timed(work))
        sweep()
    return sorted(times)[repeats // 2]


def sweep() -> None:
    """Free the rows that a rolled back import has left in the tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {', '.join(f'debtors_{name}' for name in (*OF_ACCOUNT, 'utilityaccount'))}")


def load(creditor: Organisation, path: Path, minute: int) -> dict:
    at = dt.datetime(2024, 4, 1, 9, minute, tzinfo=dt.UTC)
    return import_file(creditor=creditor, path=path, by=None, at=at, on=ON, options=Options())


def measure(creditor: Organisation, path: Path, parse: Callable, rows: int, repeats: int) -> dict:
    answers = []
    floor = median(lambda: copy_raw(parse(path)), repeats)
    product = median(lambda: answers.append(load(creditor, path, 30)), repeats)
    answer = answers[-1]
    if (answer["status"], answer["rows"]["accepted"]) != ("applied", rows):
        raise SystemExit(f"wrong answer: {answer['status']} {answer['rows']} {answer['problems'][:2]}")
    return {
        "file": path.name,
        "database": connection.vendor,
        "rows": rows,
        "floor_s": round(floor, 2),
        "import_s": round(product, 2),
        "ratio": round(product / floor, 2),
        "aim": 2.5,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    folder = Path(tempfile.mkdtemp())
    write_csv(folder / "before.csv", rows, 0, "Реестр начислений за январь 2024")
    write_csv(folder / "register.csv", rows, 1, "Реестр начислений за февраль 2024")
    write_xlsx(folder / "register.xlsx", rows, 1, "Реестр начислений за февраль 2024")
    town = Territory.objects.create(code="bench-import", name="Bench")
    creditor = Organisation.objects.create(kind="creditor", code="bench-import", name="Bench", territory=town)
    try:
        started = time.perf_counter()
        load(creditor, folder / "before.csv", 0)
        first = {"file": "before.csv", "rows": rows, "first_import_s": round(time.perf_counter() - started, 2)}
        print_line({**first, "accounts": rows // len(SERVICES)})
        sweep()
        for name, parse in (("register.csv", parse_csv), ("register.xlsx", parse_xlsx)):
            print_line(measure(creditor, folder / name, parse, rows, REPEATS))
    finally:
        remove(creditor, town)


OF_ACCOUNT = ("charge", "payment", "allocation", "monthtotal", "servicestate", "accountstate", "liability")


def remove(creditor: Organisation, town: Territory) -> None:
    """Take out what the first import has made."""
    accounts = f"SELECT id FROM debtors_utilityaccount WHERE creditor_id = {creditor.pk}"
    people = f"SELECT debtor_id FROM debtors_liability WHERE account_id IN ({accounts})"
    houses = f"SELECT id FROM debtors_house WHERE territory_id = {town.pk}"
    with transaction.atomic():
        execute("CREATE TEMPORARY TABLE bench_people AS " + people)
        for name in OF_ACCOUNT:
            execute(f"DELETE FROM debtors_{name} WHERE account_id IN ({accounts})")
        execute("DELETE FROM debtors_debtor WHERE id IN (SELECT debtor_id FROM bench_people)")
        ImportBatch.objects.filter(creditor=creditor).delete()
        MonthCube.objects.filter(creditor=creditor).delete()
        execute(f"DELETE FROM debtors_utilityaccount WHERE creditor_id = {creditor.pk}")
        execute(f"DELETE FROM debtors_premises WHERE house_id IN ({houses})")
        execute(f"DELETE FROM debtors_house WHERE territory_id = {town.pk}")
        Booking.objects.filter(creditor=creditor).delete()
        creditor.delete()
        town.delete()


def print_line(facts: dict) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
