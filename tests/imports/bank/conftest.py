"""The sample town's creditor with its accounts, writs and proceedings, and its bank statements."""

import datetime as dt
from pathlib import Path

import pytest

from casedesk.access.models import Organisation, SettlementAccount, Territory
from casedesk.access.rights import Role
from debtors.models import ServiceState
from imports.actions.load_file import import_file
from imports.actions.run_import import Options
from imports.models import BankDocument
from tests.factories import access

HERE = Path(__file__).parent.parent
STATEMENTS, REGISTERS = HERE / "statements" / "files", HERE / "files" / "should_pass"
OWN = ("40702810400000000101", "40702810800000000303", "40702810000000000909")
ON = dt.date(2024, 4, 1)


@pytest.fixture(autouse=True)
def stored_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def creditor(db) -> Organisation:
    town = Territory.objects.create(code="verhneozersk", name="Верхнеозёрск")
    made = Organisation.objects.create(
        kind="creditor", code="osen", name="МУП «Верхнеозёрская теплосеть»", inn="5199000017", territory=town
    )
    SettlementAccount.objects.bulk_create(SettlementAccount(organisation=made, number=number) for number in OWN)
    return made


@pytest.fixture
def clerk(creditor):
    return access.person(Role.REGISTER_CLERK, creditor)


@pytest.fixture
def moment():
    """Moments a minute apart: what is done later is learnt later."""
    made = iter(range(10_000))
    return lambda: dt.datetime(2024, 4, 1, 6, tzinfo=dt.UTC) + dt.timedelta(minutes=next(made))


@pytest.fixture
def load(creditor, moment):
    """Import a file: a statement by the beginning of its name (`v01`), or any path."""

    def run(file: str | Path, *, dry_run: bool = False, **options) -> dict:
        path = next(STATEMENTS.glob(f"{file}_*")) if isinstance(file, str) else file
        return import_file(
            creditor=creditor, path=path, by=None, at=moment(), on=ON, dry_run=dry_run, options=Options(**options)
        )

    return run


@pytest.fixture
def master(load) -> dict:
    answer = load(REGISTERS / "master_accounts.csv")
    assert answer["status"] == "applied"
    return answer


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
def document(creditor):
    """A standing document by its number."""
    return lambda number: BankDocument.objects.standing().get(creditor=creditor, number=number)


@pytest.fixture
def written(tmp_path):
    """A statement written out from (number, day, kopecks, payer account, payer name, purpose) lines."""

    def write(*lines, own: str = OWN[0], name: str = "kl_to_1c.txt", total: int | None = None, end: bool = True) -> Path:
        whole = sum(line[2] for line in lines) if total is None else total
        text = ["1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=Windows", f"РасчСчет={own}", "СекцияРасчСчет"]
        text += [f"РасчСчет={own}", "НачальныйОстаток=0.00", f"ВсегоПоступило={whole / 100:.2f}", "ВсегоСписано=0.00"]
        text += ["КонецРасчСчет"]
        for number, day, kopecks, account, payer, purpose in lines:
            text += ["СекцияДокумент=Платежное поручение", f"Номер={number}", f"Дата={day}", f"Сумма={kopecks / 100:.2f}"]
            text += [f"ПлательщикСчет={account}", f"Плательщик1={payer}", f"ПолучательСчет={own}", f"ДатаПоступило={day}"]
            text += [f"НазначениеПлатежа={purpose}", "КонецДокумента"]
        text += ["КонецФайла"] if end else []
        path = tmp_path / name
        path.write_bytes("\r\n".join([*text, ""]).encode("cp1251"))
        return path

    return write
