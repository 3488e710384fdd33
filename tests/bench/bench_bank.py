"""How long a bank statement takes from the file to the ledger, and how many purposes are read in a second.

    DATABASE_URL=postgres://.../scratch python -m tests.bench.bench_bank [DOCUMENTS ...]

Works in a migrated scratch database inside transactions that are rolled back. One JSON line per size: seconds to parse, to
match and book, microseconds per document; and the ratio of the last size's cost per document to the first's.
"""

import datetime as dt
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
django.setup()

from django.db import transaction  # noqa: E402

from casedesk.access.models import Organisation, SettlementAccount, Territory  # noqa: E402
from casedesk.common.keys import reserve_ids  # noqa: E402
from debtors.models import UtilityAccount  # noqa: E402
from enforcement.models import EnforcementProceeding, Writ  # noqa: E402
from imports.actions.load_file import import_file  # noqa: E402
from imports.matching.purpose import examine  # noqa: E402
from imports.statements.intake import open_statements  # noqa: E402

SIZES = (5_000, 50_000)
ACCOUNTS = 20_000
OWN, TREASURY = "40702810400000000101", "03212643000000014900"
OSP = "УФК ПО МУРМАНСКОЙ ОБЛАСТИ (ОСП ОЗЁРНОГО РАЙОНА УФССП РОССИИ ПО МУРМАНСКОЙ ОБЛАСТИ Л/С 05491Я00340)"
AT, ON = dt.datetime(2024, 4, 1, 9, tzinfo=dt.UTC), dt.date(2024, 4, 1)
WORDINGS = (
    "Взыскание по ИП № {ip}-ИП от 23.04.2022 в отношении {name}",
    "По и/п {ip}-ИП взыскан долг с {name} Судебный приказ {order} от 19.08.2021",
    "Судебный приказ {order} от 19.08.2021; взыскано с должника {name}",
    "ЛС {account}; г. Верхнеозёрск, ул. Мира, д. 1; {name}",
    "Погашение долга {name}",
)


SYLLABLES = [first + second for first in "бвгдзклмнпрстфхчш" for second in "аеиоуыяю"]
FIRST = ("Иван", "Пётр", "Олег", "Семён", "Илья", "Глеб", "Антон", "Егор", "Роман", "Юрий", "Артём", "Павел", "Денис")
FATHERS = ("Иванович", "Петрович", "Олегович", "Семёнович", "Ильич", "Глебович", "Антонович", "Егорович", "Романович")


def name_of(place: int) -> str:
    """Another person for every place: the surname counts in syllables."""
    left, surname = place, ""
    for _ in range(3):
        left, digit = divmod(left, len(SYLLABLES))
        surname += SYLLABLES[digit]
    return f"{surname.capitalize()}ров {FIRST[place % len(FIRST)]} {FATHERS[place % len(FATHERS)]}"


def books() -> Organisation:
    """A creditor with accounts, a court order and a proceeding for each."""
    land = Territory.objects.create(code="bench", name="Бенч")
    creditor = Organisation.objects.create(kind="creditor", code="bench-bank", name="Бенч", inn="5199000017", territory=land)
    SettlementAccount.objects.create(organisation=creditor, number=OWN)
    places = range(ACCOUNTS)
    accounts, writs = reserve_ids(UtilityAccount, ACCOUNTS), reserve_ids(Writ, ACCOUNTS)
    UtilityAccount.objects.bulk_create(
        (UtilityAccount(pk=accounts[n], creditor=creditor, number=f"{n:09d}", holder_name=name_of(n)) for n in places), 5_000
    )
    Writ.objects.bulk_create(
        (
            Writ(
                pk=writs[n],
                creditor=creditor,
                account_id=accounts[n],
                kind="court_order",
                number=f"2-{n}/2021",
                issued_on=dt.date(2021, 8, 19),
            )
            for n in places
        ),
        5_000,
    )
    EnforcementProceeding.objects.bulk_create(
        (EnforcementProceeding(writ_id=writs[n], number=f"{n + 1}/21/51034-ИП", status="open") for n in places), 5_000
    )
    return creditor


def write(path: Path, documents: int) -> None:
    whole, body = 0, []
    for n in range(documents):
        amount, place = 10_000 + n, n % ACCOUNTS
        whole += amount
        purpose = WORDINGS[n % len(WORDINGS)].format(
            ip=f"{place + 1}/21/51034", order=f"2-{place}/2021", account=f"{place:09d}", name=name_of(place)
        )
        body += ["СекцияДокумент=Платежное поручение", f"Номер={n}", "Дата=18.03.2024", f"Сумма={amount / 100:.2f}"]
        body += [f"ПлательщикСчет={TREASURY}", f"Плательщик1={OSP}", f"ПолучательСчет={OWN}", "ДатаПоступило=18.03.2024"]
        body += [f"НазначениеПлатежа={purpose}", "КонецДокумента"]
    head = ["1CClientBankExchange", "ВерсияФормата=1.03", f"РасчСчет={OWN}", "СекцияРасчСчет", f"РасчСчет={OWN}"]
    head += [f"ВсегоПоступило={whole / 100:.2f}", "ВсегоСписано=0.00", "КонецРасчСчет"]
    path.write_bytes("\r\n".join([*head, *body, "КонецФайла", ""]).encode("cp1251"))


def purposes_a_second(path: Path) -> int:
    texts = [document.purpose for document in open_statements(path, path.name).documents[:5_000]]
    started = time.perf_counter()
    for text in texts:
        examine(text)
    return round(len(texts) / (time.perf_counter() - started))


def measure(creditor: Organisation, path: Path, documents: int) -> dict:
    started = time.perf_counter()
    open_statements(path, path.name)
    parsed = time.perf_counter() - started
    with transaction.atomic():
        started = time.perf_counter()
        answer = import_file(creditor=creditor, path=path, by=None, at=AT, on=ON)
        whole = time.perf_counter() - started
        transaction.set_rollback(True)
    return {
        "documents": documents,
        "status": answer["status"],
        "auto": answer["decisions"]["auto"][0],
        "parse_s": round(parsed, 2),
        "whole_s": round(whole, 2),
        "us_per_document": round(whole / documents * 1e6),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main(sizes: list[int]) -> None:
    costs = []
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        creditor = books()
        path = Path(folder) / "kl_to_1c.txt"
        for documents in sizes:
            write(path, documents)
            found = measure(creditor, path, documents)
            costs.append(found["us_per_document"])
            sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.write(json.dumps({"purposes_per_second": purposes_a_second(path)}) + "\n")
        transaction.set_rollback(True)
    sys.stdout.write(json.dumps({"cost_of_last_to_first": round(costs[-1] / costs[0], 2)}) + "\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
