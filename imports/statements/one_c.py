"""Reading the 1C bank exchange format (`1CClientBankExchange`, versions 1.01-1.03).

Line-based `Key=Value`. A reader must live with: a lying encoding field, blanks and tabs round `=`, `=` inside values,
unknown and repeated keys, a purpose that goes on without a key, a document or a file that is not closed.
"""

import datetime as dt
from collections.abc import Iterator

from casedesk.common import money
from casedesk.common.text import clean
from imports.rows import Problem
from imports.statements.documents import Document, Section, Statement

SIGNATURE = "1CClientBankExchange"
_PURPOSE = "НазначениеПлатежа"
_END_OF_FILE = "\x1a"


class NotAStatement(ValueError):
    """The text does not begin as a 1C bank exchange file does."""


def looks_like(text: str) -> bool:
    """True when the first non-empty line is the format's signature."""
    return text.lstrip("\ufeff \t\r\n").startswith(SIGNATURE)


def read(text: str) -> Statement:
    """Read a whole decoded file. Raises NotAStatement when the signature is missing; every other fault is a Problem."""
    if not looks_like(text):
        raise NotAStatement(f"нет первой строки {SIGNATURE}: это не выписка в формате обмена с 1С")
    reader = _Reader()
    for number, line in enumerate(text.replace(_END_OF_FILE, "").splitlines(), start=1):
        reader.take(number, line)
    return reader.finish()


class _Reader:
    """The file's state while its lines go by: in which section we are and what of it has been said."""

    def __init__(self):
        self.statement = Statement()
        self.section: Section | None = None
        self.values: dict[str, str] | None = None
        self.line = 0
        self.last_key = ""
        self.closed = False

    def take(self, number: int, line: str) -> None:
        key, equals, value = line.partition("=")
        key, value = key.strip(), value.strip()
        if not line.strip():
            return
        if not equals:
            self._bare(number, line.strip())
        elif key == "СекцияДокумент":
            self._open_document(number, value)
        elif self.values is not None:
            self.values.setdefault(key, value)
            self.last_key = key
        elif self.section is not None:
            self._section_value(number, key, value)
        elif key == "РасчСчет" and value and value not in self.statement.accounts:
            self.statement.accounts.append(value)
        elif key == "ВерсияФормата":
            self.statement.version = value

    def finish(self) -> Statement:
        if self.values is not None and not self.closed:
            self.values = None
            self._warn(
                "cut_document", self.line, "Последний документ обрезан и не принят. Выгрузите выписку заново.", fatal=True
            )
        self._close_section()
        if not self.closed:
            self.statement.complete = False
            self._warn("no_end", None, "В файле нет строки КонецФайла: выписка неполная. Выгрузите её заново.")
        return self.statement

    def _bare(self, number: int, line: str) -> None:
        if line == "КонецДокумента":
            self._close_document()
        elif line in ("КонецРасчСчет", "КонецФайла"):
            self._close_document()
            self._close_section()
            self.closed = self.closed or line == "КонецФайла"
        elif line == "СекцияРасчСчет":
            self._close_document()
            self._close_section()
            self.section = Section()
        elif line == "СекцияДокумент":
            self._open_document(number, "")
        elif self.values is not None and self.last_key.startswith(_PURPOSE):
            self.values[self.last_key] += " " + line

    def _open_document(self, number: int, kind: str) -> None:
        self._close_document()
        self._close_section()
        self.values, self.line, self.last_key = {"kind": kind}, number, ""

    def _close_document(self) -> None:
        if self.values is not None:
            self.statement.documents.append(_document(self.values, self.line))
        self.values = None

    def _close_section(self) -> None:
        if self.section is not None and self.section.account:
            self.statement.sections.append(self.section)
            if self.section.account not in self.statement.accounts:
                self.statement.accounts.append(self.section.account)
        self.section = None

    def _section_value(self, number: int, key: str, value: str) -> None:
        amounts = {
            "НачальныйОстаток": "opening",
            "ВсегоПоступило": "received",
            "ВсегоСписано": "spent",
            "КонечныйОстаток": "closing",
        }
        days = {"ДатаНачала": "starts_on", "ДатаКонца": "ends_on"}
        if key == "РасчСчет":
            self.section.account = value
        elif key in amounts and value:
            try:
                setattr(self.section, amounts[key], money.kopecks(value))
            except money.NotMoney as error:
                self._warn("bad_money", number, f"{key}: {error}.", value=value)
        elif key in days:
            setattr(self.section, days[key], _day(value))

    def _warn(self, code: str, row: int | None, message: str, *, value: str = "", fatal: bool = False) -> None:
        self.statement.problems.append(Problem(code=code, message=message, row=row, value=value, fatal=fatal))


def _document(values: dict[str, str], line: int) -> Document:
    document = Document(
        line=line,
        kind=values["kind"],
        number=values.get("Номер", ""),
        payer_account=_first(values, "ПлательщикСчет", "ПлательщикРасчСчет"),
        payer_name=_first(values, "Плательщик1", "Плательщик"),
        payer_inn=values.get("ПлательщикИНН", ""),
        payee_account=_first(values, "ПолучательСчет", "ПолучательРасчСчет"),
        payee_name=_first(values, "Получатель1", "Получатель"),
        payee_inn=values.get("ПолучательИНН", ""),
        received_on=_day(values.get("ДатаПоступило", "")),
        charged_on=_day(values.get("ДатаСписано", "")),
        code="" if values.get("Код") == "0" else values.get("Код", ""),
        purpose=_purpose(values),
    )
    document.problems.extend(_faults(document, values))
    return document


def _faults(document: Document, values: dict[str, str]) -> Iterator[Problem]:
    """Read the sum and the day; a document without either is not booked."""
    raw_amount, raw_date = values.get("Сумма", ""), values.get("Дата", "")
    try:
        document.amount = money.kopecks(raw_amount)
    except money.NotMoney as error:
        yield _problem(document, "bad_money", "Сумма", raw_amount, f"{error}.")
    document.date = _day(raw_date)
    if document.date is None:
        yield _problem(document, "bad_date", "Дата", raw_date, f"«{raw_date}» не дата: такого дня нет в календаре.")
    elif document.received_on is None and document.charged_on is None:
        yield _problem(
            document, "no_received_date", "ДатаПоступило", "", "дата поступления пуста, взята дата документа.", fatal=False
        )


def _problem(document: Document, code: str, key: str, value: str, why: str, *, fatal: bool = True) -> Problem:
    remedy = " Документ не принят: исправьте его в банке и выгрузите выписку заново." if fatal else ""
    message = f"Документ № {document.number or 'без номера'}, {key}: {why}{remedy}"
    return Problem(code=code, message=message, row=document.line, column=key, value=value, fatal=fatal)


def _purpose(values: dict[str, str]) -> str:
    """The whole field if it is there, else its numbered parts joined without a separator: they are cut inside words."""
    whole = values.get(_PURPOSE, "")
    return clean(whole or "".join(values.get(f"{_PURPOSE}{part}", "") for part in range(1, 7)))


def _first(values: dict[str, str], *keys: str) -> str:
    return next((values[key] for key in keys if values.get(key)), "")


def _day(text: str) -> dt.date | None:
    parts = text.strip().split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
        return None
    try:
        return dt.date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
