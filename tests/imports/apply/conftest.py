"""A creditor with a town, and registers written out line by line."""

import datetime as dt
from pathlib import Path

import pytest

from casedesk.access.models import Organisation, Territory
from debtors.models import ServiceState
from imports.actions.run_import import Options, import_file

ON = dt.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def stored_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def creditor(db) -> Organisation:
    town = Territory.objects.create(code="verhneozersk", name="Верхнеозёрск")
    return Organisation.objects.create(kind="creditor", code="osen", name="МУП «Осень»", inn="5199000017", territory=town)


@pytest.fixture
def load(creditor, tmp_path):
    """Write lines as a CSV file and import it; each call is a minute later than the one before."""
    calls = []

    def run(lines: list[str] | Path, *, dry_run: bool = False, name: str = "реестр.csv", **options) -> dict:
        calls.append(name)
        path = lines
        if not isinstance(lines, Path):
            path = tmp_path / f"{len(calls)}.csv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
        at = dt.datetime(2024, 3, 1, 9, len(calls), tzinfo=dt.UTC)
        return import_file(
            creditor=creditor, path=path, by=None, at=at, on=ON, dry_run=dry_run, name=name, options=Options(**options)
        )

    return run


@pytest.fixture
def balances(db):
    """What each account owes after all facts, in kopecks, by number."""

    def ask() -> dict[str, int]:
        sums: dict[str, int] = {}
        for number, balance in ServiceState.objects.values_list("account__number", "balance"):
            sums[number] = sums.get(number, 0) + balance
        return sums

    return ask


@pytest.fixture
def february() -> list[str]:
    """Two accounts, three lines: 100 and 200 owed before, 30 charged to each service, 50 paid."""
    first = "005100001;Тетерина Марина Сергеевна;г. Верхнеозёрск, ул. Ленина, д. 12, кв. 1"
    return [
        "Реестр начислений за февраль 2024",
        "ЛС;ФИО;Адрес;Услуга;Сальдо вх.;Начислено;Перерасчёт;Оплачено;Сальдо исх.",
        f"{first};Отопление;100,00;30,00;0,00;50,00;80,00",
        f"{first};ГВС;0,00;30,00;-5,00;0,00;25,00",
        "005100002;ООО «Ромашка»;г. Верхнеозёрск, ул. Ленина, д. 12, кв. 2;Отопление;200,00;30,00;0,00;0,00;230,00",
    ]
