"""Whatever the bytes, a reader answers with rows or with Refused; nothing else ever escapes."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casedesk.common.money import NotMoney, text
from imports.readers import Refused, dates, read
from imports.readers.accounts import NotAccount, account
from imports.readers.amounts import amount
from imports.readers.formats.formulas import evaluate

FILES = sorted((Path(__file__).parent.parent / "files" / "should_pass").iterdir())
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.dates(), st.datetimes())


def answers(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        for row in read(path):
            assert row.accepted or all(problem.message for problem in row.problems)
    except Refused as refusal:
        assert refusal.problem.message


@FEW
@given(content=st.binary(max_size=3000))
def test_random_bytes(tmp_path, content):
    answers(tmp_path / "a.xls", content)


@FEW
@given(content=st.text(max_size=2000), encoding=st.sampled_from(["utf-8", "cp1251", "cp866", "utf-16"]))
def test_random_text_under_a_real_header(tmp_path, content, encoding):
    answers(tmp_path / "a.csv", ("ЛС;ФИО;Начислено;Оплачено\n" + content).encode(encoding, "replace"))


@FEW
@given(data=st.data(), source=st.sampled_from(FILES))
def test_mutated_samples(tmp_path, data, source):
    content = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    answers(tmp_path / "a.bin", bytes(content))


@FEW
@given(data=st.data(), source=st.sampled_from([path for path in FILES if path.suffix == ".xlsx"]))
def test_mutated_parts_of_books(tmp_path, data, source):
    with zipfile.ZipFile(source) as original, zipfile.ZipFile(tmp_path / "b.zip", "w") as copy:
        spoiled = data.draw(st.sampled_from(original.namelist()))
        for name in original.namelist():
            content = bytearray(original.read(name))
            if name == spoiled:
                at = data.draw(st.integers(0, max(len(content) - 1, 0)))
                content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
            copy.writestr(name, bytes(content))
    answers(tmp_path / "a.xlsx", (tmp_path / "b.zip").read_bytes())


@given(cell=CELLS)
@example(cell=float("inf"))
@example(cell=float("nan"))
def test_cells_are_read_or_refused_by_name(cell):
    for read_cell, refusal in ((amount, NotMoney), (dates.day, dates.NotDay), (dates.month, ValueError)):
        try:
            read_cell(cell)
        except refusal:
            continue
    try:
        assert account(cell)
    except (NotAccount, ValueError):
        return


@given(kopecks=st.integers(-(10**12), 10**12))
def test_amount_comes_back_in_every_spelling(kopecks):
    plain = text(kopecks)
    grouped = f"{abs(kopecks) // 100:,}".replace(",", "\u00a0") + f",{abs(kopecks) % 100:02d}"

    assert amount(plain) == amount(plain.replace(".", ",")) == kopecks
    assert amount(f"({grouped})" if kopecks < 0 else grouped) == kopecks
    assert amount(kopecks / 100) == kopecks


@given(formula=st.text(alphabet="ABC123+-*/();,: SUM$", max_size=30))
def test_formulas_are_computed_or_left_unknown(formula):
    evaluate(formula, 1, [1.5, 2, "3,00"])


@pytest.mark.parametrize(
    "spelling, kopecks",
    [("1 234,56", 123456), ("1'234.56", 123456), ("1.234,56", 123456), ("123,4", 12340), ("-5", -500), ("\u22125,00 ₽", -500)]
    + [("(1\u202f234,56)", -123456), ("12 руб. 05 коп.", 1205), ("123,45 р.", 12345), ("-", 0), ("—", 0), (" ", None)],
)
def test_amounts_as_people_write_them(spelling, kopecks):
    assert amount(spelling) == kopecks


@pytest.mark.parametrize(
    "spelling", ["1,234", "1.234", "12,345.67", "NaN", "1e5", "1_000", "١٢٣", "１２３", "абв", "1,2,3", "--1"]
)
def test_what_is_no_amount(spelling):
    with pytest.raises(NotMoney):
        amount(spelling)
