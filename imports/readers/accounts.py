"""Account numbers (лицевой счёт): text with leading zeros, and the ways in which spreadsheets damage it."""

import re

from casedesk.common.text import clean, fold

MAX_LENGTH = 40
_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?[EeЕе][+\-]?\d+$")
_DECIMAL_TAIL = re.compile(r"^(\d+)[.,]0+$")
_PREFIX = re.compile(
    r"^(?:лицевой\s+сч[её]т|лиц\.?\s*сч(?:[её]т|\.)?|[лl]\s*/?\s*[сc]\.?)\s*(?:№|n|no\.?|:)?\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"^№?\s*([0-9A-Za-zА-Яа-яЁё][0-9A-Za-zА-Яа-яЁё/\-_.]*)$")
_NUMBER_THEN_NAME = re.compile(
    r"^№?\s*([0-9A-Za-zА-Яа-яЁё/\-_.]*\d[0-9A-Za-zА-Яа-яЁё/\-_.]*)\s*(?:[,;]\s*|\s+-\s+|\s*\(|\s+)(\S.*?)\)?$"
)


class NotAccount(ValueError):
    """The cell cannot be trusted as an account number. `damaged` when it was one before a program spoiled it."""

    def __init__(self, message: str, *, damaged: bool = False):
        super().__init__(message)
        self.damaged = damaged


def account(cell: object, *, zero_width: int = 0) -> str:
    """The number as text. `zero_width` is the length of a zeros-only number format of the column. Raises NotAccount."""
    if type(cell) is str:
        if cell.isdigit() and cell.isascii() and 1 <= len(cell) <= MAX_LENGTH:
            return cell
        return _from_text(cell)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        raise NotAccount("нет номера лицевого счёта")
    if not 0 <= cell < 10**15 or cell != int(cell):  # the bound first: it keeps out NaN and infinity
        raise NotAccount("число не похоже на лицевой счёт: цифры могли потеряться, передайте номер текстом", damaged=True)
    return str(int(cell)).zfill(zero_width)


def _from_text(cell: str) -> str:
    text = clean(cell).strip("'\"")
    text = _PREFIX.sub("", text, count=1)
    if not text:
        raise NotAccount("нет номера лицевого счёта")
    if _SCIENTIFIC.match(text):
        raise NotAccount("Excel показал номер степенью и потерял цифры: выгрузите лицевой счёт текстом", damaged=True)
    if tail := _DECIMAL_TAIL.match(text):
        text = tail[1]
    joined = text.replace(" ", "")
    if joined.isdigit() and joined.isascii():
        text = joined
    found = _NUMBER.match(text)
    if not found or not any(sign.isdigit() for sign in text) or len(text) > MAX_LENGTH:
        raise NotAccount("это не номер лицевого счёта")
    return found[1]


def account_and_name(cell: object, *, zero_width: int = 0) -> tuple[str, str]:
    """«005100001, Иванов И. И.» or «л/с №005100001 (Иванов И. И.)» -> number and name ("" when there is only a number)."""
    if not isinstance(cell, str):
        return account(cell, zero_width=zero_width), ""
    if cell.isdigit() and cell.isascii():
        return account(cell), ""
    text = _PREFIX.sub("", clean(cell), count=1)
    found = _NUMBER_THEN_NAME.match(text)
    if found and any(sign.isalpha() for sign in found[2]) and not _SCIENTIFIC.match(found[1]):
        return account(found[1].rstrip(",.")), found[2]
    return account(cell), ""


def names_account(text: str) -> bool:
    """Whether a text announces an account: «л/с №…», «Лицевой счёт …»."""
    return bool(_PREFIX.match(fold(text))) and any(sign.isdigit() for sign in text)
