"""What every written file has in common: its place, its part in the story, and what a correct import says of its rows."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Sheet:
    """One file of the town. `arrives_on` orders the loading; `late` ones come after the reports were made."""

    path: Path
    kind: str
    creditor: str
    arrives_on: dt.date
    period: int | None = None
    late: bool = False
    accepted: int = 0
    known: int = 0
    rejected: int = 0
    sum: int = 0
    note: str = ""
    copies: list[str] = field(default_factory=list)


def roubles(value: int, point: str = ",") -> str:
    """Kopecks as a register prints them: `1234,56`."""
    return f"{'-' if value < 0 else ''}{abs(value) // 100}{point}{abs(value) % 100:02d}"


def grouped(value: int) -> str:
    """Kopecks with a space between thousands: `1 234,56`."""
    whole = f"{abs(value) // 100:,}".replace(",", " ")
    return f"{'-' if value < 0 else ''}{whole},{abs(value) % 100:02d}"


class TextRegister:
    """A register of lines. Lines are written as they come, so a large town needs no memory."""

    encoding = "cp1251"
    newline = "\r\n"

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        sheet.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = sheet.path.open("w", encoding=self.encoding, newline="", errors="replace")
        self.head()

    def head(self) -> None:
        """Lines before the first row; none unless a register has a header."""

    def tail(self) -> None:
        """Lines after the last row; none unless a register has totals."""

    def line(self, *cells: object, separator: str = ";") -> None:
        self.file.write(separator.join(str(cell) for cell in cells) + self.newline)

    def close(self) -> None:
        self.tail()
        self.file.close()
