"""Rulings of bailiffs as XML (ЕПГУ, СМЭВ): root `OIp`, elements known by the URI of their namespace, never by its prefix.

A type of document that we do not know is kept whole as another document. DOCTYPE is refused: nothing honest needs it.
"""

import contextlib
import datetime as dt
import re
from pathlib import Path
from xml.parsers import expat

from casedesk.common.money import NotMoney, kopecks
from casedesk.common.text import clean
from enforcement.rules.bailiff_facts import RULING_KINDS, RulingFacts
from enforcement.rules.proceeding_numbers import read_numbers
from imports.bailiff.file import RULINGS, BailiffFile, Line
from imports.readers.errors import Refused
from imports.rows import Problem

NAMESPACES = frozenset(
    {
        "http://www.fssprus.ru/namespace/order/2017/2",
        "http://www.fssprus.ru/namespace/order/2017/1",
        "http://www.fssprus.ru/namespace/notice/2017/1",
    }
)
ROOTS = frozenset({"OIp", "IIp", "Notice"})
LARGEST = 5 << 20
MOST_ELEMENTS = 5_000
DEEPEST = 20
_GROUND = ("NpaArticle", "NpaPart", "NpaPoint")


def is_ruling(head: bytes) -> bool:
    """Whether the beginning of a file is XML that is no book of Excel and no page."""
    text = head.decode("utf-8-sig", "replace").lstrip()
    if b"\x00" in head[:40]:
        text = head.decode("utf-16", "replace").lstrip()
    lower = text.lower()
    opening = re.split(r"[\s>]", lower[1:200], maxsplit=1)[0].rpartition(":")[2]
    is_xml = lower.startswith("<?xml") or opening in {root.lower() for root in ROOTS}
    foreign = "urn:schemas-microsoft-com" in lower or "<html" in lower or "<table" in lower
    return lower.startswith("<") and is_xml and not foreign


def read_rulings(files: list[tuple[str, Path]]) -> BailiffFile:
    """Read one document, or those of an archive: a broken one among several is a rejected row.

    Raises Refused when there is only one.
    """
    file = BailiffFile(RULINGS, "xml")
    for number, (name, path) in enumerate(files, 1):
        sheet = name if len(files) > 1 else ""
        line = Line(sheet, number if len(files) > 1 else 1)
        try:
            facts, encoding, problems = read_ruling(path, name)
        except Refused as refusal:
            if len(files) == 1:
                raise
            fault = refusal.problem
            line.problems.append(Problem(fault.code, fault.message, sheet, line.row, value=fault.value))
        else:
            line.facts, file.encoding = facts, file.encoding or encoding
            line.problems.extend(Problem(p.code, p.message, sheet, line.row, p.column, p.value, p.fatal) for p in problems)
        file.lines.append(line)
    return file


def read_ruling(path: Path, name: str) -> tuple[RulingFacts | None, str, list[Problem]]:
    """One document -> facts, its encoding, faults. Raises Refused for what is no ruling or is dangerous."""
    if path.stat().st_size > LARGEST:
        raise Refused(
            "too_large", f"«{name}» больше {LARGEST >> 20} МБ: постановления так не бывают. Проверьте, тот ли это файл."
        )
    tree = _Tree(name)
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = tree.start, tree.end, tree.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = tree.refuse_doctype
    parser.XmlDeclHandler = tree.declared
    try:
        parser.Parse(path.read_bytes(), True)
    except (expat.ExpatError, ValueError, LookupError) as wrong:
        raise Refused("damaged_xml", f"XML «{name}» повреждён: {wrong}. Скачайте документ заново.") from wrong
    problems: list[Problem] = []
    return _facts(tree.values, problems), tree.encoding, problems


class _Tree:
    """Handlers of expat: every leaf by its local name; a repeated name keeps all its values."""

    def __init__(self, name: str):
        self.name, self.encoding = name, "utf-8"
        self.values: dict[str, str | list[str]] = {}
        self._path: list[tuple[str, list[str], bool]] = []
        self._count = 0

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = (encoding or "utf-8").lower()

    def refuse_doctype(self, *_: object) -> None:
        raise Refused(
            "doctype", f"В «{self.name}» есть DOCTYPE: так делают опасные файлы. Скачайте документ с Госуслуг заново."
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition("|")
        self._count += 1
        if not self._path:
            self._check_root(space, local)
        if len(self._path) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise Refused("too_deep", f"В «{self.name}» слишком много вложенных элементов: это не постановление.")
        if self._path:
            self._path[-1] = (*self._path[-1][:2], True)
        self._path.append((local, [], False))

    def _check_root(self, space: str, local: str) -> None:
        if space not in NAMESPACES:
            raise Refused(
                "wrong_namespace",
                f"«{self.name}» — XML с пространством имён «{space or 'не указано'}», а не документ ФССП "
                "(http://www.fssprus.ru/namespace/order/2017/2). Проверьте, тот ли это файл.",
                value=space,
            )
        if local not in ROOTS:
            raise Refused("not_a_ruling", f"«{self.name}»: корень «{local}», а не постановление (OIp).", value=local)

    def end(self, tag: str) -> None:
        local, pieces, has_children = self._path.pop()
        value = clean("".join(pieces))
        if has_children or not value:
            return
        before = self.values.get(local)
        if before is None:
            self.values[local] = value
        else:
            self.values[local] = [*(before if isinstance(before, list) else [before]), value]

    def text(self, data: str) -> None:
        if self._path:
            self._path[-1][1].append(data)


def _facts(values: dict, problems: list[Problem]) -> RulingFacts | None:
    """The document in neutral form; None, with reasons, when it names no day or no id."""
    read = _Values(values, problems)
    doc_type, made_on = read.text("DocType"), read.day("DocDate")
    own_id = read.text("Id") or "/".join(filter(None, (read.text("DocNum"), doc_type)))
    if not doc_type or made_on is None or not own_id:
        missing = [name for name, value in (("DocType", doc_type), ("DocDate", made_on), ("Id", own_id)) if not value]
        said = f"В документе нет {', '.join(missing)}: постановление не принято. Скачайте его заново."
        problems.append(Problem("incomplete_ruling", said, column=missing[0]))
        return None
    numbers, joined = read_numbers(read.text("IpNo")), read_numbers(read.text("SvodIpNo"))
    if not numbers.own:
        said = f"В документе номер производства «{read.text('IpNo')}»: {numbers.doubt or 'его нет'}."
        problems.append(Problem("bad_proceeding", f"{said} Постановление принято, но к производству не отнесено.", fatal=False))
    return RulingFacts(
        kind=RULING_KINDS.get(doc_type, "other"),
        doc_type=doc_type[:60],
        external_id=own_id[:60],
        made_on=made_on,
        title=read.text("DocName")[:300],
        number=read.text("DocNum")[:60],
        proceeding=numbers.first,
        consolidated=next(iter([*joined.consolidated, *numbers.consolidated]), ""),
        opened_on=read.day("IpRiseDate"),
        writ_number=(read.text("IdDocNo") or read.text("IdDeloNo"))[:60],
        writ_issued_on=read.day("IdDocDate"),
        debtor_name=read.text("DbtrName")[:300],
        birth_date=read.day("IdDbtrBorn"),
        address=read.text("DbtrAdr")[:400],
        debt_sum=read.kopecks("IdDebtSum"),
        remaining=read.kopecks("IpRestDebtsum"),
        bailiff=read.text("Spi")[:150],
        department_name=read.text("OspName")[:300],
        to_department=(read.text("ToOspName") or read.text("RecipientName"))[:300],
        ended_ground=".".join(part for name in _GROUND if (part := read.text(name))),
        creditor_name=read.text("IdCrdrName")[:300],
        data=values,
    )


class _Values:
    """Elements by name, typed; a bad optional one is a warning."""

    def __init__(self, values: dict, problems: list[Problem]):
        self.values, self.problems = values, problems

    def text(self, name: str) -> str:
        found = self.values.get(name, "")
        return found[0] if isinstance(found, list) else found

    def day(self, name: str) -> dt.date | None:
        text = self.text(name)
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(text[:10]) if text else None
        self._bad("bad_date", name, text, "не дата вида ГГГГ-ММ-ДД")
        return None

    def kopecks(self, name: str) -> int | None:
        text = self.text(name)
        try:
            return kopecks(text) if text else None
        except NotMoney as wrong:
            self._bad("bad_money", name, text, str(wrong))
            return None

    def _bad(self, code: str, name: str, value: str, why: str) -> None:
        said = f"В элементе {name} стоит «{value}»: {why}. Документ принят без этого значения."
        self.problems.append(Problem(code, said, column=name, value=value[:300], fatal=False))
