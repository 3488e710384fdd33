"""Books that lie or bite: each is refused or read within bounds, in a process whose memory is capped."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from imports.readers import Refused, read

ROOT = Path(__file__).parents[3]
MEMORY = 512 << 20
TEXT = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}<sheetData>{}</sheetData></worksheet>'
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>ЛС</t></is></c><c r="B1" t="inlineStr"><is><t>Долг</t></is></c></row>'
DATA = '<row r="2"><c r="A2" t="inlineStr"><is><t>0051</t></is></c><c r="B2"><v>10.5</v></c></row>'
RUN = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) + (1 << 30), -1))
from imports.readers import Refused, read
try:
    rows = list(read(Path(sys.argv[1])))
    print(len(rows), sum(row.accepted for row in rows))
except Refused as refusal:
    print(refusal.problem.code)
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
assert peak < int(sys.argv[2]), peak
"""


def book(path: Path, sheet: str, **parts: str) -> Path:
    """The least that is an XLSX book, with one sheet of the given markup."""
    main, site = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    office, package = f"{site}/officeDocument/2006/relationships", f"{site}/package/2006"
    relation = '<Relationships xmlns="{}/relationships"><Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>'
    kinds = "application/vnd.openxmlformats-"
    types = f'<Default Extension="rels" ContentType="{kinds}package.relationships+xml"/>'
    types += '<Default Extension="xml" ContentType="application/xml"/>'
    for part, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet")):
        types += f'<Override PartName="/xl/{part}.xml" ContentType="{kinds}officedocument.spreadsheetml.{kind}+xml"/>'
    sheets = '<sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types">{types}</Types>')
        archive.writestr("_rels/.rels", relation.format(package, office, "officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}">{sheets}</workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", relation.format(package, office, "worksheet", "worksheets/sheet1.xml"))
        for name, text in {"xl/worksheets/sheet1.xml": sheet, **parts}.items():
            archive.writestr(name, text)
    return path


def read_capped(path: Path) -> str:
    """What reading says in a process of its own, whose peak memory is asserted to stay under the limit."""
    done = subprocess.run([sys.executable, "-c", RUN, str(path), str(MEMORY)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.strip()


def test_lying_dimension_does_not_matter(tmp_path):
    path = book(tmp_path / "a.xlsx", SHEET.format('<dimension ref="A1:XFD1048576"/>', HEADER + DATA))

    assert read_capped(path) == "1 1"


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD3", "B900000"])
def test_far_cell_does_not_blow_memory_up(tmp_path, address):
    number = "".join(filter(str.isdigit, address))
    far = f'<row r="{number}"><c r="{address}"><v>1</v></c></row>'
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + DATA + far))

    assert read_capped(path).split()[1] == "1"


def test_far_cell_inside_a_near_row(tmp_path):
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + DATA.replace("</row>", '<c r="ZZ999999"><v>1</v></c></row>')))

    assert read_capped(path)


def test_huge_cell_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + DATA.replace("0051", "0" * (100 << 20))))

    assert read_capped(path) in ("archive_bomb", "huge_cell")


def test_cell_of_two_megabytes_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + DATA.replace("0051", "0" * (2 << 20))))

    assert read_capped(path) == "huge_cell"


def test_doctype_in_any_part_is_refused(tmp_path):
    bad = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + DATA), **{"docProps/core.xml": bad})

    assert read_capped(path) == "doctype"


def test_many_entries_are_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + DATA), **{f"junk/{n}.bin": "" for n in range(3000)})

    assert read_capped(path) == "archive_bomb"


def test_book_with_a_damaged_part_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + DATA * 50))
    data = bytearray(path.read_bytes())
    place = data.index(b"xl/worksheets/sheet1.xml") + 40
    data[place : place + 8] = b"\xff" * 8
    path.write_bytes(bytes(data))

    with pytest.raises(Refused) as refusal:
        list(read(path))

    assert refusal.value.problem.code == "damaged_archive"


@pytest.mark.slow
def test_vast_book_is_read_within_bounds(tmp_path):
    lines = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{n:09d}</t></is></c>'
        + "".join(f'<c r="{letter}{n}"><v>1.5</v></c>' for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
        + "</row>"
        for n in range(2, 160_000)
    )
    path = book(tmp_path / "a.xlsx", SHEET.format("", HEADER + lines))

    assert read_capped(path).split()[0] == "159998"


def test_formula_without_value_is_computed_along_its_row_or_rejected(tmp_path):
    more = TEXT.format("C1", "Начислено") + TEXT.format("D1", "Сальдо исх.")
    header = HEADER.replace("Долг", "Сальдо вх.").replace("</row>", more + "</row>")
    line = '<row r="{0}">' + TEXT.format("A{0}", "00{0}") + '<c r="B{0}"><v>10.5</v></c><c r="C{0}"><v>1</v></c>{1}</row>'
    rows = line.format(2, '<c r="D2"><f>B2+C2</f></c>') + line.format(3, '<c r="D3"><f>VLOOKUP(A3,X:Y,2)</f><v></v></c>')
    path = book(tmp_path / "a.xlsx", SHEET.format("", header + rows))

    first, second = read(path, period=24288)

    assert (first.closing, first.accepted) == (1150, True)
    assert [problem.code for problem in second.problems] == ["bad_money"]
    assert "формула" in second.problems[0].message
