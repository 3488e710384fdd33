"""Registers read by the product against the fastest safe raw reader of the same file, in the same process.

    python -m tests.bench.bench_readers [ROWS]

The floor of XLSX is calamine's rows with the sums made integers; of CSV, the csv module with the same. The product also
checks the file's safety and every row's balance, finds repeats and builds neutral rows.
"""

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

from imports.readers import read

HEADER = ["ЛС", "ФИО", "Адрес", "Услуга", "Сальдо вх.", "Начислено", "Перерасчёт", "Оплачено", "Сальдо исх."]
SERVICES = ["Отопление", "Горячее водоснабжение", "Холодное водоснабжение", "Содержание и ремонт"]
FIRST_SUM = 4
REPEATS = 3


def registers(folder: Path, rows: int) -> tuple[Path, Path]:
    """The same register as XLSX and as cp1251 CSV."""
    draw = random.Random(1)
    book_path, text_path = folder / "register.xlsx", folder / "register.csv"
    with xlsxwriter.Workbook(book_path) as book, text_path.open("w", encoding="cp1251", newline="") as text:
        sheet, writer = book.add_worksheet("Реестр"), csv.writer(text, delimiter=";")
        for at, line in enumerate((["Реестр начислений за февраль 2024"], HEADER)):
            sheet.write_row(at, 0, line)
            writer.writerow(line)
        for at in range(rows):
            flat = at // 4
            words = [
                f"{5100000 + flat:09d}",
                f"Иванов{flat % 5000} Иван Иванович",
                f"ул. Ленина, д. {flat // 100}, кв. {flat % 100}",
            ]
            opening, charged, paid = draw.randrange(9_000_000), draw.randrange(10_000, 500_000), draw.randrange(500_000)
            sums = [opening, charged, 0, paid, opening + charged - paid]
            sheet.write_row(at + 2, 0, [*words, SERVICES[at % 4], *(value / 100 for value in sums)])
            writer.writerow([*words, SERVICES[at % 4], *(f"{value / 100:.2f}".replace(".", ",") for value in sums)])
    return book_path, text_path


def raw_book(path: Path) -> int:
    rows = iter(python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())
    next(rows), next(rows)
    return sum([round(cell * 100) for cell in cells[FIRST_SUM:]][-1] for cells in rows)


def raw_text(path: Path) -> int:
    with path.open(encoding="cp1251", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows), next(rows)
        return sum([int(cell.replace(",", "")) for cell in cells[FIRST_SUM:]][-1] for cells in rows)


def product(path: Path) -> int:
    return sum(row.closing for row in read(path))


def best(run: Callable[[Path], int], path: Path) -> tuple[float, int]:
    """The least processor time of a few runs: both work on one thread, and the machine may be shared."""
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        answer = run(path)
        times.append(time.process_time() - started)
    return min(times), answer


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path, raw in zip(registers(Path(folder), rows), (raw_book, raw_text), strict=True):
            floor, wanted = best(raw, path)
            ours, got = best(product, path)
            assert got == wanted, "the product reads other sums than the raw reader"
            print(f"{path.suffix[1:]:5} {rows} rows: floor {floor:.2f} s, product {ours:.2f} s, ratio {ours / floor:.2f}")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
