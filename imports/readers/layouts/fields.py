"""The fields of a row that are not sums: compiled once per sheet, then one call per row."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from functools import lru_cache, partial
from unicodedata import is_normalized

from casedesk.common.money import NotMoney
from casedesk.common.text import clean, fold
from imports.profiles.propose import Proposal
from imports.readers import dates
from imports.readers.amounts import hundredths
from imports.readers.titles import Context
from imports.rows import Problem, Row
from imports.sheets import Cells, Sheet, column_letter

_TEXTS = ("holder", "address", "flat", "service", "document")
_EXTRAS = (
    "channel",
    "tenure",
    "note",
    "status",
    "debt_months",
    "penalty_opening",
    "penalty_paid",
    "penalty_closing",
    "last_paid_on",
)
_FLAT_PREFIX = ("квартира", "кв.", "кв", "kv.")
_CATEGORIES = {
    "юл": "legal_entity",
    "юридическое лицо": "legal_entity",
    "ип": "legal_entity",
    "наниматель": "social_tenant",
    "наниматель по социальному найму": "social_tenant",
    "собственник": "owner",
    "муниципальное учреждение": "municipal_institution",
    "управляющая организация": "managing_company",
    "ук": "managing_company",
    "рсо": "supplier",
    "ресурсоснабжающая организация": "supplier",
}


_DEFAULTS = [(field.name, None if field.default is dataclasses.MISSING else field.default) for field in dataclasses.fields(Row)]
PLACES = {name: place for place, (name, _) in enumerate(_DEFAULTS)}
"""Field of a `Row` -> its place among the arguments. `extra` and `problems` come last."""


class Fields:
    """Getters of the text, day and period fields of one sheet.

    `quick` and `finish` raise ValueError or IndexError at the first bad cell; `fill_carefully` reports each one.
    """

    def __init__(self, sheet: Sheet, proposal: Proposal, context: Context):
        columns = proposal.columns
        self.proposal, self.context, self.sheet = proposal, context, sheet
        self.group_address = ""
        self.setters: list[tuple[str, int, Callable[[object], object]]] = []
        self._plain(columns)
        self._dated(columns)
        self._composed = _Composed(columns, context)
        self._extras = [(name, places[0]) for name, places in columns.items() if name in _EXTRAS]
        self._extras += [(proposal.header.keys[at], at) for at in columns.get("extra", [])]
        self._kind = columns["category"][0] if "category" in columns else None
        self._aliases = columns.get("alias", [])
        self._month_pair = (columns["month_number"][0], columns["year"][0]) if "year" in columns else None

    def _plain(self, columns: dict[str, list[int]]) -> None:
        for name in _TEXTS:
            if name in columns:
                self.setters.append((name, columns[name][0], flat_number if name == "flat" else as_text))
        if "service" not in columns and "service_code" in columns:
            self.setters.append(("service", columns["service_code"][0], as_text))
        if "area" in columns:
            self.setters.append(("area_x100", columns["area"][0], hundredths))

    def _dated(self, columns: dict[str, list[int]]) -> None:
        day = day_reader(epoch_1904=self.sheet.epoch_1904, serials=not self.sheet.text_only)
        if "month" in columns:
            self.setters.append(("month", columns["month"][0], month_reader()))
        for name in ("paid_on", "birth_date"):
            if name in columns:
                self.setters.append((name, columns[name][0], day))

    def has_key(self, cells: Cells) -> bool:
        """Whether the row tells its month, or its flat: what makes a line of a card or of a listing a data row."""
        places = [at for name in ("month", "flat", "paid_on", "month_number") for at in self.proposal.columns.get(name, [])]
        return any(at < len(cells) and cells[at] not in (None, "") for at in places)

    def begin(self) -> None:
        """Settle what every row has in common. Called when the rows begin: the context may still change before."""
        blank = {"sheet": self.sheet.name, "month": self.context.month, "service": self.proposal.service, "alias_numbers": ()}
        self._template = [blank.get(name, default) for name, default in _DEFAULTS]
        self._places = [(PLACES[name], at, read) for name, at, read in self.setters]
        more = (self._extras, self._aliases, self._month_pair, self._composed.needed)
        self._more = any(more) or self._kind is not None

    @property
    def plain(self) -> bool:
        """Whether a row's month and service stand in one cell each, and nothing is kept beside the named fields."""
        return not self._extras and self._kind is None and self._month_pair is None

    def quick(self, number: int, found: str, cells: Cells) -> list:
        """The arguments of a `Row`, in order, with everything but the sums. Raises ValueError or IndexError at a bad cell."""
        values = self._template[:]
        values[1], values[2], values[-2], values[-1] = number, found, {}, []
        for place, at, read in self._places:
            cell = cells[at]
            if cell is not None and cell != "":
                values[place] = read(cell)
        return values

    def finish(self, row: Row, cells: Cells) -> None:
        """What is put together from several columns. Raises ValueError or IndexError."""
        if not self._more:
            return
        if self._month_pair:
            row.month = _paired_month(cells[self._month_pair[0]], cells[self._month_pair[1]])
        self._finish(row, cells)

    def _finish(self, row: Row, cells: Cells) -> None:
        self._composed.fill(row, cells, self.group_address)
        for name, at in self._extras:
            if cells[at] not in (None, ""):
                row.extra[name] = as_text(cells[at])
        if self._kind is not None and cells[self._kind]:
            row.extra["kind"] = as_text(cells[self._kind])
            row.category = _CATEGORIES.get(fold(row.extra["kind"]), "")
        if self._aliases:
            row.alias_numbers = tuple(as_text(cells[at]) for at in self._aliases if cells[at] not in (None, ""))

    def fill_carefully(self, row: Row, cells: Cells) -> list[Problem]:
        """Fill what can be filled; a problem for each cell that cannot."""
        problems = []
        row.month, row.service = self.context.month, self.proposal.service
        for name, at, read in self.setters:
            if cells[at] is None or cells[at] == "":
                continue
            try:
                setattr(row, name, read(cells[at]))
            except (ValueError, NotMoney) as wrong:
                problems.append(self._bad(name, row.row, at, cells[at], wrong))
        if self._month_pair:
            number_at, year_at = self._month_pair
            try:
                row.month = _paired_month(cells[number_at], cells[year_at])
            except ValueError as wrong:
                shown = f"{cells[number_at]} {cells[year_at]}"
                problems.append(self._bad("month", row.row, number_at, shown, wrong))
        self._finish(row, cells)
        return problems

    def _bad(self, name: str, number: int, at: int, cell: object, wrong: ValueError) -> Problem:
        code, thing = _BAD.get(name, ("bad_text", "текст"))
        heading = self.proposal.header.texts[at] or column_letter(at)
        return Problem(
            code,
            f"В колонке «{heading}» стоит «{cell}»: это не {thing} ({wrong}). Исправьте ячейку и загрузите строку снова.",
            sheet=self.sheet.name,
            row=number,
            column=column_letter(at),
            value=str(cell),
            fatal=name not in ("area_x100", "birth_date"),
        )


_BAD = {
    "month": ("bad_month", "расчётный период"),
    "paid_on": ("bad_date", "дата"),
    "birth_date": ("bad_date", "дата"),
    "area_x100": ("bad_area", "площадь"),
}


class _Composed:
    """Names and addresses that a file keeps in several columns."""

    def __init__(self, columns: dict[str, list[int]], context: Context):
        self.names = [columns[name][0] for name in ("last_name", "first_name", "patronymic") if name in columns]
        parts = ("town", "street_type", "street", "house", "corpus")
        self.address = {name: columns[name][0] for name in parts if name in columns}
        self.has_address = "address" in columns
        self.context = context
        self.needed = bool(self.names or self.address or context.address or context.holder or not self.has_address)

    def fill(self, row: Row, cells: Cells, group_address: str) -> None:
        if not self.needed:
            return
        if self.names and not row.holder:
            row.holder = " ".join(as_text(cells[at]) for at in self.names if cells[at])
        if self.address and not row.address:
            row.address = _address({name: as_text(cells[at]) for name, at in self.address.items() if cells[at]})
        row.address = row.address or self.context.address or group_address
        row.holder = row.holder or self.context.holder


def _address(parts: dict[str, str]) -> str:
    street = " ".join(filter(None, (parts.get("street_type"), parts.get("street"))))
    house = parts.get("house", "")
    if house and house[0].isdigit():
        house = f"д. {house}"
    corpus = parts.get("corpus", "")
    if corpus and corpus[0].isdigit():
        corpus = f"корп. {corpus}"
    return ", ".join(filter(None, (parts.get("town"), street, house, corpus)))


def as_text(cell: object) -> str:
    """A cell as clean text; whole numbers without «.0»."""
    if type(cell) is str:
        tidy = cell.isprintable() and "  " not in cell and cell[:1] != " " and cell[-1:] != " "
        return cell if tidy and is_normalized("NFC", cell) else clean(cell)
    if isinstance(cell, float) and cell == cell and abs(cell) < 1e15 and cell == int(cell):
        return str(int(cell))
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    return str(cell)


def flat_number(cell: object) -> str:
    """«кв. 5», «5», 5.0 -> «5»."""
    text = as_text(cell)
    for prefix in _FLAT_PREFIX:
        if text.casefold().startswith(prefix) and len(text) > len(prefix):
            return text[len(prefix) :].strip(" .")
    return text


def day_reader(*, epoch_1904: bool, serials: bool) -> Callable[[object], dt.date]:
    """A reader of day cells that remembers what it has read: registers repeat the same days."""
    return lru_cache(maxsize=4096)(partial(dates.day, epoch_1904=epoch_1904, serials=serials))


def month_reader() -> Callable[[object], int]:
    return lru_cache(maxsize=4096)(dates.month)


@lru_cache(maxsize=4096)
def _paired_month(number: object, year: object) -> int:
    return dates.month_named(number, year)
