"""The open format: our register by its schema, a reply by its schema, as our workbook sent back, or as the department's own."""

import datetime as dt
import json
from io import BytesIO
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from enforcement.exchange.register_file import COLUMNS, HEAD_ROW, register_data, register_workbook
from enforcement.exchange.reply_file import ForeignReply, UnreadableReply, read_reply, sample, schema
from tests.factories import reconciliation

HEAD = ["№ п/п", "Должник", "№ исполнительного документа", "Сумма по ИД, руб.", "№ исполнительного производства"]
HEAD += ["Взыскано и перечислено взыскателю, руб.", "Остаток долга, руб.", "Статус", "Дата окончания", "Основание окончания"]


def table(*rows, head=HEAD) -> bytes:
    book, kept = openpyxl.Workbook(), BytesIO()
    book.active.append(["ОСП Озёрного района"])
    book.active.append([])
    book.active.append(head)
    book.active.append(list(range(1, len(head) + 1)))
    for row in rows:
        book.active.append(row)
    book.active.append([None, "Итого", None, None, None, 100.5, 200])
    book.save(kept)
    return kept.getvalue()


def reply_of(one, **changes) -> dict:
    data = sample()
    data["creditor"]["code"], data["department"]["code"] = one.creditor.code, one.department.code
    return data | changes


def as_bytes(data: dict) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def test_the_schemas_are_schemas_and_the_sample_fits():
    for name in ("register", "reply"):
        jsonschema.Draft202012Validator.check_schema(schema(name))
    jsonschema.Draft202012Validator(schema("reply")).validate(sample())


def test_our_register_fits_its_schema(sent):
    data = register_data(sent)
    jsonschema.Draft202012Validator(schema("register"), format_checker=jsonschema.FormatChecker()).validate(data)
    assert (data["totals"]["rows"], data["totals"]["remainder"]) == (3, "3000.00")


def test_our_workbook_filled_in_comes_back_as_an_agreeing_reply(sent):
    book = openpyxl.load_workbook(BytesIO(register_workbook(sent)))
    sheet = book.active
    at = {column.title: number for number, column in enumerate(COLUMNS, start=1)}
    for row in range(HEAD_ROW + 2, HEAD_ROW + 5):
        sheet.cell(row, at["Взыскано и перечислено взыскателю, руб."], 0)
        sheet.cell(row, at["Остаток долга, руб."], 1000)
        sheet.cell(row, at["Статус"], "на исполнении")
    kept = BytesIO()
    book.save(kept)

    rows = read_reply("ответ.xlsx", kept.getvalue(), sent).rows
    reconciliation.answered(sent, rows)

    assert len(rows) == 3 and not sent.differences.exists()
    assert {(row.amount, row.remainder, row.status) for row in rows} == {(100_000, 100_000, "open")}


def test_a_json_reply(sent):
    reply = read_reply("ответ.json", as_bytes(reply_of(sent)), sent)

    assert reply.as_of == dt.date(2024, 3, 1)
    first, ended, missing, gone = reply.rows
    assert (first.received, first.remainder, first.consolidated) == (590_861, 7_850_017, "74734/21/51034-СД")
    assert (ended.ended_on, ended.ground) == (dt.date(2022, 4, 1), "46.1.4")
    assert (missing.status, missing.remainder, gone.transferred_to) == ("not_received", None, "ОСП Приозёрного района")


def test_the_departments_own_table():
    rows = read_reply(
        "сверка.xlsx",
        table(
            [1, "ТЕТЕРИНА МАРИНА", "ВС 111426597", 42420.4, "36570/21/51034-ИП\n74/21/51034-СД", 1.1, 30118.48, "окончено",
             "01.04.2022", "ст. 46 ч. 1 п. 4"],
            [2, "ЩЕГЛОВ ПАВЕЛ", "2-361/2022", 42609.62, None, None, None, "ИД не поступал", None, None],
        ),
        None,
    ).rows  # fmt: skip

    assert len(rows) == 2
    first, missing = rows
    assert (first.amount, first.received, first.remainder) == (4_242_040, 110, 3_011_848)
    assert (first.proceeding, first.consolidated) == ("36570/21/51034-ИП", "74/21/51034-СД")
    assert (first.status, first.ended_on, first.ground) == ("finished", dt.date(2022, 4, 1), "46.1.4")
    assert (missing.status, missing.received, missing.amount) == ("not_received", None, None)


@pytest.mark.parametrize(
    "content, said",
    [
        (b"{", "JSON"),
        (as_bytes(sample() | {"rows": []}), "rows"),
        (as_bytes(sample() | {"rows": [{"debtor": "А", "writ_number": "1", "status": "open", "received": 5}]}), "received"),
        (as_bytes(sample() | {"as_of": "31.02.2024"}), "as_of"),
        (b"PK\x03\x04 not a book", "Excel"),
        (table(head=["А", "Б"]), "заголовк"),
        (table([1, "А Б", "2-1/2023", "сто", None, None, None, "на исполнении"]), "строка 5"),
        (table([1, "А Б", "2-1/2023", 1, None, None, None, "окончено", "вчера"]), "не день"),
    ],
)
def test_a_file_that_is_no_reply_is_refused_with_its_place(sent, content, said):
    with pytest.raises(UnreadableReply, match=said):
        read_reply("ответ", content, sent)


def test_a_reply_to_another_reconciliation_is_refused(sent):
    with pytest.raises(ForeignReply):
        read_reply("ответ.json", as_bytes(reply_of(sent, month="2024-03")), sent)


def test_what_the_docs_print_is_what_ships():
    page = Path(__file__).parents[3] / "docs" / "exchange-reconciliation.md"
    assert "casedesk/reconciliation-reply/1" in page.read_text(encoding="utf-8")
