"""Filing packages: an archive by its schema, answers that become events, files that are no answers."""

import datetime as dt
import io
import json
import zipfile

import jsonschema
import openpyxl
import pytest

from enforcement.actions.make_filing_package import (
    NothingToFile,
    NotReady,
    build_archive,
    make_filing_package,
    send_package,
    take_receipts,
)
from enforcement.exchange.filing_package import check_index
from enforcement.exchange.filing_receipt import NotAReceipt, read_receipts
from enforcement.models import Court, CourtEvent, FilingItem, FilingPackage
from enforcement.queries.filing import ready_claims
from tests.factories import cases
from tests.factories.claims import claim_of, identified

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def stored_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def court() -> Court:
    return Court.objects.create(kind="magistrate", code="51MS0001", name="Судебный участок № 1")


@pytest.fixture
def claim(osen, officer):
    owed = cases.billed(osen, "9010", on=DAY)
    identified(owed)
    return claim_of(owed, officer, DAY)


@pytest.fixture
def package(court, claim, officer) -> FilingPackage:
    made = make_filing_package(court=court, claims=[claim], by=officer)
    build_archive(package=made, on=DAY)
    return made


@pytest.fixture
def sent(package, officer) -> FilingPackage:
    return send_package(package=package, channel="electronic", receipt="77", by=officer, on=DAY)


def opened(package: FilingPackage) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(package.stored.read()))


def test_the_archive_is_by_its_schema(package, claim):
    with opened(package) as archive:
        index = json.loads(archive.read("index.json"))
        register = openpyxl.load_workbook(io.BytesIO(archive.read("register.xlsx"))).active

    check_index(index)
    assert index["package"] == str(package.key)
    assert index["claims"][0]["number"] == claim.number
    assert index["totals"]["principal"] == f"{claim.principal // 100}.{claim.principal % 100:02d}"
    assert float(register.cell(row=4, column=6).value) == claim.principal / 100


@pytest.mark.parametrize(("field", "value"), [("version", 2), ("package", 5), ("claims", []), ("extra", 1)])
def test_an_index_that_is_not_by_the_schema(package, field, value):
    with opened(package) as archive:
        index = json.loads(archive.read("index.json"))

    with pytest.raises(jsonschema.ValidationError):
        check_index(index | {field: value})


def test_a_claim_waits_in_one_package(court, claim, package, officer):
    with pytest.raises(NothingToFile, match="уже в"):
        make_filing_package(court=court, claims=[claim], by=officer)


def test_nothing_makes_no_package(court, officer):
    with pytest.raises(NothingToFile):
        make_filing_package(court=court, claims=[], by=officer)


def test_claims_find_their_court(court, claim, osen):
    assert ready_claims(court, osen, DAY) == []
    claim.court = court
    claim.save()
    assert ready_claims(court, osen, DAY) == [claim]


def test_sending_files_every_claim_once(sent, claim, officer):
    claim.refresh_from_db()

    assert (claim.stage, claim.filed_on, claim.court) == ("filed", DAY, sent.court)
    with pytest.raises(NotReady):
        send_package(package=sent, channel="post", receipt="", by=officer, on=DAY)


def receipt(package: FilingPackage, of, **changes) -> bytes:
    said = {"claim": of.number, "answer": "returned", "on": DAY.isoformat(), "reason": "нет подписи"} | changes
    whole = {"format": "casedesk.filing-receipt", "version": 1, "package": str(package.key), "receipts": [said]}
    return json.dumps(whole, ensure_ascii=False).encode()


def take(package: FilingPackage, content: bytes, officer):
    found = read_receipts(content, package=str(package.key))
    return take_receipts(package=package, receipts=found, by=officer, on=DAY)


def test_a_return_becomes_an_event_once(sent, claim, officer):
    content = receipt(sent, claim)

    first, again = take(sent, content, officer), take(sent, content, officer)

    claim.refresh_from_db()
    assert (first.taken, again.taken, again.known, claim.stage) == (1, 0, 1, "returned")
    assert CourtEvent.objects.filter(code="returned").count() == 1
    assert FilingItem.objects.get().event.data["why"] == "нет подписи"


def test_the_number_of_an_order_case_is_kept(sent, claim, officer):
    taken = take(sent, receipt(sent, claim, answer="принято", court_case="2-15/2024", reason=""), officer)

    claim.refresh_from_db()
    assert (taken.taken, claim.court_case, claim.stage) == (1, "2-15/2024", "filed")


def test_a_second_answer_is_not_believed(sent, claim, officer):
    take(sent, receipt(sent, claim), officer)

    taken = take(sent, receipt(sent, claim, answer="refused"), officer)

    assert taken.taken == 0 and "уже учтено" in taken.rejected[0][1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"claim": 999}, "в этом пакете нет"),
        ({"claim": "№№"}, "не номер требования"),
        ({"answer": "может быть"}, "не ответ"),
        ({"on": "31.02.2024"}, "не дата"),
        ({"reason": ""}, "нет причины"),
        ({"answer": "accepted", "court_case": ""}, "нет номера дела"),
        ({"on": "2030-01-01"}, "не наступил"),
    ],
)
def test_a_bad_answer_is_rejected_in_words(sent, claim, officer, changes, words):
    taken = take(sent, receipt(sent, claim, **changes), officer)

    assert taken.taken == 0 and words in taken.rejected[0][1]


def test_a_table_will_do(sent, claim, officer):
    table = f"Требование;Решение;Дата;Номер дела;Причина\n№ {claim.number};возвращено;01.03.2024;;нет доверенности\n"

    assert take(sent, table.encode("cp1251"), officer).taken == 1


@pytest.mark.parametrize("content", [b"\x00\xff\xfe\x98", b"{", b'{"format": "other"}', b"", "Имя;Дата\nа;б\n".encode()])
def test_files_that_are_no_answers(sent, content):
    with pytest.raises(NotAReceipt):
        read_receipts(content, package=str(sent.key))


def test_an_answer_to_another_package(sent, claim):
    content = receipt(sent, claim).replace(str(sent.key).encode(), b"00000000-0000-0000-0000-000000000000")

    with pytest.raises(NotAReceipt, match="другой пакет"):
        read_receipts(content, package=str(sent.key))


def test_answers_before_sending(package, claim, officer):
    with pytest.raises(NotReady):
        take(package, receipt(package, claim), officer)


def test_who_sees_packages(package, officer, stranger):
    assert FilingPackage.objects.visible_to(officer).get() == package
    assert not FilingPackage.objects.visible_to(stranger).exists()
