"""The creditor of the samples with its master register loaded, and bailiffs' files brought in on given days."""

import datetime as dt
from pathlib import Path

import pytest

from casedesk.access.models import Organisation, Territory
from imports.actions.load_file import import_file
from imports.actions.run_import import Options

FILES = Path(__file__).parent.parent / "files"
ON = dt.date(2024, 3, 6)


@pytest.fixture(autouse=True)
def stored_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def creditor(db) -> Organisation:
    town = Territory.objects.create(code="verhneozersk", name="Верхнеозёрск")
    name = "МУП «Верхнеозёрская теплосеть»"
    return Organisation.objects.create(kind="creditor", code="osen", name=name, inn="5199000017", territory=town)


@pytest.fixture
def load(creditor):
    """`load(path, ...)`: import a file; each call is a minute later than the one before."""
    calls = []

    def run(path: Path | str, *, dry_run: bool = False, on: dt.date = ON, **options) -> dict:
        calls.append(path)
        path = path if isinstance(path, Path) else FILES / "bailiff" / path
        at = dt.datetime(2024, 3, 6, 9, len(calls), tzinfo=dt.UTC)
        return import_file(creditor=creditor, path=path, by=None, at=at, on=on, dry_run=dry_run, options=Options(**options))

    return run


@pytest.fixture
def known(load):
    """The writs and proceedings of the master register are in the books."""
    answer = load(FILES / "should_pass" / "master_accounts.csv")
    assert answer["status"] == "applied"
    return load


HEAD = "№;Должник;№ ИД;Дата ИД;№ ИП;Дата возбуждения;СПИ;Взыскано;Остаток;Статус;Дата окончания;Основание окончания"
LAPINA = "1;Лапина Мария Петровна;2-807/2020-7;06.07.2020;97345/20/51034-ИП;03.12.2020;Ухтомская А.П."


@pytest.fixture
def said(known, tmp_path):
    """`said("2024-02-01", "окончено;01.02.2024;46-1-4")`: a reply of that day about one writ, loaded."""
    told = []

    def run(day: str, state: str = "на исполнении;;", *, row: str = LAPINA, **options) -> dict:
        told.append(day)
        path = tmp_path / f"reply{len(told)}.csv"
        title = f"Ответ ОСП Озёрного района на {dt.date.fromisoformat(day):%d.%m.%Y}"
        path.write_text(f"{title}\n{HEAD}\n{row};100,00;200,00;{state}\n", encoding="utf-8")
        return known(path, **options)

    return run
