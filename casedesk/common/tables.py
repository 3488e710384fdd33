"""Register tables: a list of columns, a scoped queryset and a filter set become page, fragment and workbook.

COLUMNS = [
    Column("number", "Лицевой счёт", head=True, url="debtors:account", sort="number"),
    Column("state.debt", "Долг, ₽", kind="money", sort="state__debt"),
]

@gated(Right.SEE_CASES)
def accounts(request):
    seen = UtilityAccount.objects.visible_to(request.user)
    listing = Listing(request, seen, COLUMNS, filters=AccountFilter, sort="-state.debt")
    return listing.render("debtors/accounts.html", title="Лицевые счета")
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Model, QuerySet
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casedesk.common import cells, export, paging
from casedesk.common.refusals import Refusal

RIGHT_ALIGNED = {"money", "number", "hundredths"}
MAIN_FILTERS = 4
LARGEST_FIRST = {"money", "number", "hundredths", "day", "moment"}


ANY_KEY = 987654321


@cache
def _around_key(url_name: str) -> list[str]:
    return reverse(url_name, args=[ANY_KEY]).split(str(ANY_KEY))


def address_of(url_name: str, key: int) -> str:
    """`reverse` for an address with one key; Django is asked once, not for every row."""
    return str(key).join(_around_key(url_name))


@dataclass(frozen=True)
class Column:
    """One column. `key` is a path of attributes on the row (`state.debt`); `value` replaces it by a function of the row.

    `kind`: text, money (kopecks), number, hundredths, month, day, moment, badge (value = (text, tone)).
    `sort`: one or several order_by names; empty: not sortable. `nullable`: rows without a value go last either way.
    `url`: a url name taking the row's pk, or a function of the row. `sub`: a function giving the small second line.
    `template`: a partial for the cell, given `row` and `value`. `tone`: a function giving the cell's class (`late`).
    """

    key: str
    label: str
    kind: str = "text"
    head: bool = False
    value: Callable[[Any], Any] | None = None
    sort: str | tuple[str, ...] = ()
    nullable: bool = False
    url: str | Callable[[Any], str] = ""
    sub: Callable[[Any], str] | None = None
    template: str = ""
    tone: Callable[[Any], str] | None = None
    exported: bool = True

    @property
    def css(self) -> str:
        return "num" if self.kind in RIGHT_ALIGNED else ("nowrap" if self.kind in ("day", "moment", "month") else "")

    def of(self, row: Any) -> Any:
        """This column's value on a row; a missing link on the path gives None."""
        if self.value:
            return self.value(row)
        found = row
        for step in self.key.split("."):
            found = getattr(found, step, None)
        return found() if callable(found) else found

    def link(self, row: Any) -> str:
        if not self.url:
            return ""
        return self.url(row) if callable(self.url) else address_of(self.url, row.pk)


@dataclass(frozen=True)
class Cell:
    """A finished cell: templates only print it."""

    column: Column
    row: Any
    value: Any
    url: str
    sub: str
    css: str

    @property
    def html(self) -> SafeString | None:
        """The whole cell; None for a column with a partial of its own, which `ui/cell.html` prints instead."""
        column = self.column
        if column.template:
            return None
        return cells.html(
            value=self.value,
            kind=column.kind,
            label=column.label,
            head=column.head,
            css=self.css,
            url=self.url,
            sub=self.sub,
        )


@dataclass(frozen=True)
class Header:
    """A finished column head: its sort link and the direction in force (`ascending`, `descending` or empty)."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class Bulk:
    """What can be done with ticked rows. The address gets POST `ids`, or `everything=1` with `query`: see `Listing.chosen`."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Empty:
    """What an empty list says: that nothing is there, and what to do next."""

    title: str = "Здесь пока ничего нет"
    text: str = ""
    url: str = ""
    action: str = ""
    icon: str = "inbox"


@dataclass
class Listing:
    """A list page. All of its state stands in the address: filters, sort, page, export.

    `sort` is the default: a column key, `-` before it for falling. `notes` go into the export above the table.
    """

    request: Any
    queryset: QuerySet
    columns: Sequence[Column]
    filters: type | None = None
    sort: str = ""
    size: int = 50
    bulk: Sequence[Bulk] = ()
    empty: Empty = field(default_factory=Empty)
    name: str = "list"
    notes: Sequence[str] = ()
    """Stated by the page: «по состоянию на …»."""
    keep: Sequence[str] = ()
    """Parameters of the page around the list (a tab) that filters and resets must not lose."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What the page gives to its templates; `render` fills it."""
    asked: Any = None
    """The parameters to use instead of the address's: a bulk view rebuilds the list that its form came from."""

    @property
    def given(self):
        return self.request.GET if self.asked is None else self.asked

    @cached_property
    def filter(self):
        """The bound filter set, or None."""
        return self.filters(self.given, queryset=self.queryset, request=self.request) if self.filters else None

    @property
    def main_fields(self) -> list:
        """Controls that always show: the search box and the next three, and hidden ones."""
        return self._fields()[:MAIN_FILTERS] + [field for field in self.filter.form if field.is_hidden]

    @property
    def more_fields(self) -> list:
        """Controls folded away."""
        return self._fields()[MAIN_FILTERS:]

    @property
    def more_given(self) -> bool:
        """Whether a folded control narrows the list now."""
        return any(self.given.get(field.name) for field in self.more_fields)

    def _fields(self) -> list:
        return [field for field in self.filter.form if not field.is_hidden]

    @cached_property
    def sorted_by(self) -> tuple[Column | None, bool]:
        """The column in force and whether it falls."""
        for wanted in (self.given.get("sort", ""), self.sort):
            for column in self.columns:
                if column.sort and column.key == wanted.lstrip("-"):
                    return column, wanted.startswith("-")
        return None, False

    @cached_property
    def found(self) -> QuerySet:
        """Everything that the filters leave, ordered; ties by key, so that pages never overlap."""
        rows = self.filter.qs if self.filter else self.queryset
        column, falling = self.sorted_by
        if column is None:
            return rows if rows.ordered else rows.order_by("pk")
        names = (column.sort,) if isinstance(column.sort, str) else column.sort
        last = True if column.nullable else None
        order = [F(name).desc(nulls_last=last) if falling else F(name).asc(nulls_last=last) for name in names]
        return rows.order_by(*order, "-pk" if falling else "pk")

    @cached_property
    def page(self) -> paging.Page:
        return paging.page(self.found, self.given.get("page"), self.size)

    def body(self) -> Iterator[SafeString]:
        """The page's rows, each a finished `<tr>`: a list has hundreds of cells, too many to ask a template for each."""
        tick = _("Отметить") if self.bulk else ""
        for row in self.page.rows:
            cells_of = [self._cell(column, row) for column in self.columns]
            yield cells.row([cell.html or self._by_template(cell) for cell in cells_of], row, tick)

    def _by_template(self, cell: Cell) -> str:
        """A cell printed by its column's own partial, which gets `value` and `row` beside the page's context."""
        return get_template("ui/cell.html").render(self.context | {"cell": cell}, self.request)

    def _cell(self, column: Column, row: Any) -> Cell:
        value = column.of(row)
        tone = column.tone(row) if column.tone else ""
        css = " ".join(filter(None, (column.css, tone, "zero" if column.kind == "money" and value == 0 else "")))
        return Cell(column, row, value, column.link(row), column.sub(row) if column.sub else "", css)

    def headers(self) -> Iterator[Header]:
        current, falling = self.sorted_by
        for column in self.columns:
            if not column.sort:
                yield Header(column, "", "")
                continue
            active = column is current
            down = not falling if active else column.kind in LARGEST_FIRST
            url = self.address(sort=("-" if down else "") + column.key, page=None)
            yield Header(column, url, ("descending" if falling else "ascending") if active else "")

    def address(self, **changes: Any) -> str:
        """This list's address with some parameters changed; None removes one."""
        query = self.given.copy()
        for name, value in {"export": None, **changes}.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return "?" + query.urlencode()

    @property
    def query(self) -> str:
        """The filters as a query string, without page and export."""
        return self.address(page=None)[1:]

    def pages(self) -> dict[str, str | None]:
        """Links of the pager; None where there is nowhere to go."""
        return paging.links(self.page, lambda number: self.address(page=number))

    @cached_property
    def active(self) -> list[tuple[str, str, str]]:
        """The filters in force as (label, value in words, address without it)."""
        if not self.filter or not self.filter.is_valid():
            return []
        chips = []
        for name, one in self.filter.form.fields.items():
            given = self.given.getlist(name)
            if any(given):
                cleaned = self.filter.form.cleaned_data.get(name)
                said = str(cleaned) if isinstance(cleaned, Model) else _worded(one, given)
                chips.append((str(one.label or name), said, self.address(**{name: None, "page": None})))
        return chips

    def kept(self) -> list[tuple[str, str]]:
        """What the filter form sends along besides its own fields."""
        return [(name, self.given[name]) for name in (*self.keep, "sort") if self.given.get(name)]

    def reset_url(self) -> str:
        """The list without filters and sort."""
        return "?" + urlencode([(name, value) for name, value in self.kept() if name != "sort"])

    def export_url(self) -> str:
        return self.address(export="xlsx", page=None)

    def chosen(self, posted: Mapping) -> QuerySet:
        """The rows a bulk action was asked for: ticked ones, or everything the filters leave."""
        if posted.get("everything"):
            return self.found
        return self.found.filter(pk__in=[key for key in posted.getlist("ids") if key.isdigit()])

    def workbook(self):
        """Everything the filters leave, as a download."""
        columns = [column for column in self.columns if column.exported]
        rows = ([_plain(column.of(row)) for column in columns] for row in self.found.iterator(chunk_size=2000))
        notes = [*self.notes, *(f"{label}: {value}" for label, value, _ in self.active)]
        return export.response(self.name, self.name, [(column.label, column.kind) for column in columns], rows, notes)

    def render(self, template: str, **context: Any):
        """The answer: the workbook for `?export=xlsx`, the list alone for htmx, else the whole page."""
        refusal = None
        if self.request.GET.get("export") == "xlsx":
            try:
                return self.workbook()
            except Refusal as refused:
                refusal = refused.message
        htmx = self.request.htmx
        part = htmx and htmx.target == "listing" and not htmx.history_restore_request
        self.context = context
        shown = render(self.request, "ui/listing.html" if part else template, {"listing": self, "refusal": refusal, **context})
        patch_vary_headers(shown, ["HX-Request", "HX-Target"])
        return shown


def _plain(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) else value


def _worded(form_field: Any, given: Sequence[str]) -> str:
    """What a person chose, in the words of the control."""
    names = {str(key): str(label) for key, label in getattr(form_field, "choices", ())}
    return ", ".join(names.get(one, one) for one in given)
