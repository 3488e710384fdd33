"""Many documents as one typst source: each begins on a new sheet, counts its own pages and has a bookmark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Template

from casedesk.documents.kinds import DocumentKind, find
from casedesk.documents.rendering.docx_parts import opened
from casedesk.documents.rendering.qr import TO_DRAW
from casedesk.documents.rendering.typst_source import TypstPaper, translate
from casedesk.documents.rendering.typst_text import PREAMBLE, code_name, codes_in, finish, literal
from casedesk.documents.rules.merge import environment, values


@dataclass(frozen=True)
class Paper:
    """A template made ready for printing many documents."""

    kind: DocumentKind
    page: Template
    body: Template
    pictures: Mapping[str, bytes]

    def shown(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data as the template sees it."""
        return values(self.kind.all_fields, data)

    def source(self, shown: Mapping[str, Any], label: str, bookmark: str, *, both_sides: bool) -> str:
        """One document: a page of its own, a bookmark, the body, the mark of its last page."""
        start = '#pagebreak(weak: true, to: "odd")' if both_sides else ""
        pages = f"#let pages = context counter(page).at(<{label}>).first()\n"
        head = f"{pages}#set page({self.page.render(shown)})\n#counter(page).update(1)\n#mark[{literal(bookmark)}]\n"
        return f"{start}#[\n{head}{self.body.render(shown)}#metadata(none) <{label}>\n]\n"


@lru_cache(maxsize=64)
def paper(kind_code: str, docx: bytes, name: str) -> Paper:
    """A template by its bytes, translated once in a process."""
    kind = find(kind_code)
    made: TypstPaper = translate(opened(docx), kind, name)
    env = environment(finalize=finish)
    return Paper(kind, env.from_string(made.page), env.from_string(made.body), made.pictures)


@dataclass(frozen=True)
class Sheet:
    """A document on its way to paper."""

    paper: Paper
    data: Mapping[str, Any]
    label: str
    bookmark: str


def source_of(sheets: Iterable[Sheet], *, both_sides: bool = False) -> tuple[str, dict[str, bytes]]:
    """The typst source of the sheets in their order, and the files beside it: pictures, and codes yet to be drawn."""
    beside: dict[str, bytes] = {}
    said = [PREAMBLE]
    for sheet in sheets:
        beside.update(sheet.paper.pictures)
        shown = sheet.paper.shown(sheet.data)
        beside.update({f"{code_name(code)}{TO_DRAW}": code.text.encode() for code in codes_in(shown)})
        said.append(sheet.paper.source(shown, sheet.label, sheet.bookmark, both_sides=both_sides))
    return "".join(said), beside
