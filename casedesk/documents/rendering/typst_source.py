"""A DOCX template as typst with the same merge fields: what the lawyer changed in Word is what is printed.

Done once per version of a template. Paragraphs (alignment, indents, spacing, page breaks), runs (bold, italic, underline,
size, colour), numbered lists, tables (widths, spans, lines, repeated heads), pictures, headers and footers with page numbers
are carried over; `docx_parts` refuses what would lose text.
"""

from dataclasses import dataclass, field

from lxml import etree

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rendering.docx_parts import TAG, Parts, W
from casedesk.documents.rendering.looks import Styles, child, last, last_on, points, value
from casedesk.documents.rendering.numbering import Numbering
from casedesk.documents.rendering.typst_table import TableWriter
from casedesk.documents.rendering.typst_text import literal, pt

LINE_OF = 1.149
"""Height of a single line in sizes of the font."""
PAGE_BREAK = "#pagebreak(weak: true)"
EMPTY = "#box(height: 0.7em)"
"""An empty paragraph keeps its height, as in Word."""
ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
PICTURES = {"png": "png", "jpeg": "jpg", "jpg": "jpg", "gif": "gif"}
EMU_IN_POINT = 12_700
R_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


@dataclass(frozen=True)
class TypstPaper:
    """A translated template: the page, the body with merge fields, and the pictures it shows."""

    page: str
    body: str
    pictures: dict[str, bytes] = field(default_factory=dict)


def translate(parts: Parts, kind: DocumentKind, name: str) -> TypstPaper:
    """The template as typst. `name` keeps the pictures of several templates apart."""
    writer = _Writer(parts, kind, name)
    body = writer.blocks(parts.body)
    page = writer.page()
    return TypstPaper(page, writer.numbering.resets() + body, writer.pictures)


class _Writer:
    def __init__(self, parts: Parts, kind: DocumentKind, name: str):
        self.parts, self.kind, self.name = parts, kind, name
        self.styles = Styles(parts)
        self.numbering = Numbering(parts, name)
        self.pictures: dict[str, bytes] = {}
        self.cells = 0
        """How deep in tables the writer stands: pages do not break there."""
        self.part = parts.template.docx.part

    # --- page ---------------------------------------------------------------------------------------------------------
    def page(self) -> str:
        """The arguments of `set page`."""
        section = self.parts.body.find(f"{W}sectPr")
        size, margins = child(section, "pgSz"), child(section, "pgMar")
        if size is None:
            said = ['paper: "a4"']
        else:
            said = [f"{word}: {pt(points(size.get(f'{W}{key}')))}" for word, key in (("width", "w"), ("height", "h"))]
        if margins is not None:
            sides = ", ".join(
                f"{side}: {pt(points(margins.get(f'{W}{side}'), 56))}" for side in ("left", "right", "top", "bottom")
            )
            said.append(f"margin: ({sides})")
        said += [f"{place}: {self._margin(place)}" for place in ("header", "footer")]
        return ", ".join(said)

    def _margin(self, place: str) -> str:
        usual = self._margin_content(place)
        if not self.parts.template.docx.sections[0].different_first_page_header_footer:
            return usual
        first = self._margin_content(f"first_page_{place}")
        return f"context if counter(page).get().first() == 1 {{ {first} }} else {{ {usual} }}"

    def _margin_content(self, kind: str) -> str:
        found = self.parts.margin(kind)
        if found is None:
            return "none"
        self.part = getattr(self.parts.template.docx.sections[0], kind).part
        try:
            return f"[{self.blocks(found)}]"
        finally:
            self.part = self.parts.template.docx.part

    # --- blocks -------------------------------------------------------------------------------------------------------
    def blocks(self, parent: etree._Element) -> str:
        """The block children of an element, with the loops and conditions that stand between them."""
        said = [self.tags(parent.text)]
        for element in parent:
            said += [self._block(element), self.tags(element.tail)]
        return "".join(said)

    def _block(self, element: etree._Element) -> str:
        if element.tag == f"{W}p":
            return self.paragraph(element)
        if element.tag == f"{W}tbl":
            self.cells += 1
            try:
                return TableWriter(self).table(element)
            finally:
                self.cells -= 1
        if element.tag == f"{W}sdt":
            return self.blocks(child(element, "sdtContent"))
        return ""

    @staticmethod
    def tags(text: str | None) -> str:
        """Only merge tags stand between blocks; white space there means nothing."""
        return "".join(tag for tag in TAG.findall(text or "") if tag.startswith("{%"))

    def paragraph(self, element: etree._Element) -> str:
        """One paragraph, or several where it breaks the page."""
        properties = child(element, "pPr")
        levels = self.styles.paragraph(properties)
        number = self.numbering.of(levels)
        levels = [*levels[:-1], *number.properties, *levels[-1:]]
        size = self._size(self.styles.run(properties, child(properties, "rPr")), 24)
        shape = self._shape(levels, size)
        pages = (number.label + self.inline(element, properties)).split(PAGE_BREAK)
        kept = [inner if inner or len(pages) > 1 else EMPTY for inner in pages]
        said = [f"#paragraph({shape})[{inner}]\n" if inner else "" for inner in kept]
        broken = PAGE_BREAK if last_on(levels, "pageBreakBefore") and not self.cells else ""
        return f"{broken}{PAGE_BREAK.join(said)}{_rule_under(levels)}"

    def _shape(self, levels: list[etree._Element], size: float) -> str:
        align = last(levels, "jc") or "left"
        said = [f"place: {ALIGNMENTS.get(align, 'left')}", f"even: {str(align in ('both', 'distribute')).lower()}"]
        for word, names in (("left", ("left", "start")), ("right", ("right", "end"))):
            found = [given for name in names if (given := last(levels, "ind", name))]
            said.append(f"{word}: {pt(points(found[0] if found else None))}")
        hanging, first = last(levels, "ind", "hanging"), last(levels, "ind", "firstLine")
        said.append(f"first: {pt(-points(hanging) if hanging else points(first))}")
        said += [
            f"{word}: {pt(points(last(levels, 'spacing', key)))}" for word, key in (("above", "before"), ("below", "after"))
        ]
        said += [f"lead: {pt(self._lead(levels, size))}", f"size: {pt(size)}"]
        said += [f"keep: {str(last_on(levels, 'keepNext')).lower()}", f"whole: {str(last_on(levels, 'keepLines')).lower()}"]
        return ", ".join(said)

    @staticmethod
    def _lead(levels: list[etree._Element], size: float) -> float:
        line = last(levels, "spacing", "line")
        if not line:
            return 0.0
        if (last(levels, "spacing", "lineRule") or "auto") == "auto":
            return round((int(line) / 240 - 1) * size * LINE_OF, 2)
        return round(points(line) - size * LINE_OF, 2)

    @staticmethod
    def _size(levels: list[etree._Element], otherwise: int) -> float:
        return int(last(levels, "sz") or otherwise) / 2

    # --- inline -------------------------------------------------------------------------------------------------------
    def inline(self, element: etree._Element, paragraph: etree._Element | None) -> str:
        """Runs, links and fields of a paragraph."""
        said, fields = [self.tags(element.text)], _Fields()
        for one in element.iter(f"{W}r", f"{W}fldSimple"):
            if one.tag == f"{W}fldSimple":
                shown = child(one, "r")
                levels = self.styles.run(paragraph, child(shown, "rPr"))
                said.append(_dressed(_page_number(one.get(f"{W}instr", "")), levels, child(shown, "rPr") is not None))
            elif one.getparent().tag != f"{W}fldSimple":
                said.append(self._run(one, paragraph, fields))
            said.append(self.tags(one.tail))
        return "".join(said)

    def _run(self, run: etree._Element, paragraph: etree._Element | None, fields: "_Fields") -> str:
        properties = child(run, "rPr")
        pages = "".join(self._piece(piece, fields) for piece in run).split(PAGE_BREAK)
        levels = self.styles.run(paragraph, properties)
        own = child(properties, "sz") is not None or child(properties, "rStyle") is not None
        return PAGE_BREAK.join(_dressed(inner, levels, own) if inner else "" for inner in pages)

    def _piece(self, piece: etree._Element, fields: "_Fields") -> str:
        name = piece.tag.removeprefix(W)
        if name in ("fldChar", "instrText"):
            return fields.take(piece)
        if fields.hides:
            return ""
        if name == "t":
            return self.text(piece.text or "")
        if name == "br":
            if piece.get(f"{W}type") == "page":
                return "" if self.cells else PAGE_BREAK
            return "#linebreak()"
        if name == "drawing":
            return self._picture(piece)
        return {"tab": "#h(1fr)", "cr": "#linebreak()", "noBreakHyphen": '#"\u2011"'}.get(name, "")

    def text(self, text: str) -> str:
        """Literal text as strings; merge fields inside strings of their own; a code as its picture."""
        said, at = [], 0
        for found in TAG.finditer(text):
            said += [literal(text[at : found.start()]), self._tag(found[0])]
            at = found.end()
        return "".join(said) + literal(text[at:])

    def _tag(self, tag: str) -> str:
        if tag.startswith("{%"):
            return tag
        word = tag[2:-2].strip()
        known = self.kind.by_word.get(word)
        return f"#{tag}" if known and known.kind == "qr" else f'#"{tag}"'

    def _picture(self, drawing: etree._Element) -> str:
        embedded = [found.get(R_EMBED) for found in drawing.iter() if found.get(R_EMBED)]
        extents = [found for found in drawing.iter() if etree.QName(found).localname == "extent"]
        part = self.part.related_parts.get(embedded[0]) if embedded else None
        ending = PICTURES.get(part.content_type.rpartition("/")[2]) if part is not None else None
        if not ending or not extents:
            return ""
        name = f"{self.name}-{len(self.pictures)}.{ending}"
        self.pictures[name] = part.blob
        width, height = (int(extents[0].get(side)) / EMU_IN_POINT for side in ("cx", "cy"))
        return f'#box(image("{name}", width: {pt(width)}, height: {pt(height)}))'


class _Fields:
    """Word's own fields: only page numbers mean anything here; of others the shown result stays."""

    def __init__(self):
        self.code, self.inside, self.hides = "", False, False

    def take(self, piece: etree._Element) -> str:
        if piece.tag == f"{W}instrText":
            self.code += piece.text or ""
            return ""
        kind = piece.get(f"{W}fldCharType")
        if kind == "begin":
            self.code, self.inside = "", True
        elif kind == "separate":
            self.hides = bool(_page_number(self.code))
        elif kind == "end":
            shown = _page_number(self.code) if self.inside else ""
            self.code, self.inside, self.hides = "", False, False
            return shown
        return ""


def _rule_under(levels: list[etree._Element]) -> str:
    """The line below a paragraph with a lower border, or nothing."""
    borders = [found for level in levels if (found := child(level, "pBdr")) is not None]
    kind = value(borders[-1], "bottom") if borders else None
    if kind in (None, "none", "nil"):
        return ""
    dash = "dashed" if "dash" in kind or "dot" in kind else "solid"
    return f'#line(length: 100%, stroke: (thickness: 0.5pt, dash: "{dash}"))\n'


def _page_number(code: str) -> str:
    word = code.split()[0].upper() if code.split() else ""
    return {"PAGE": "#context counter(page).display()", "NUMPAGES": "#pages"}.get(word, "")


RAISED = {"superscript": "super", "subscript": "sub"}
WRAPS = (("strike", "strike"), ("caps", "upper"))


def _dressed(inner: str, levels: list[etree._Element], own_size: bool) -> str:
    """A run with its looks around it."""
    said = [word for name, word in (("b", 'weight: "bold"'), ("i", 'style: "italic"')) if last_on(levels, name)]
    size, colour = last(levels, "sz"), last(levels, "color")
    if own_size and size:
        said.append(f"size: {pt(int(size) / 2)}")
    if colour not in (None, "auto", "000000"):
        said.append(f'fill: rgb("{colour}")')
    if said:
        inner = f"#text({', '.join(said)})[{inner}]"
    wraps = [wrap for name, wrap in WRAPS if last_on(levels, name)]
    wraps += ["underline"] if (last(levels, "u") or "none") != "none" else []
    wraps += [raised] if (raised := RAISED.get(last(levels, "vertAlign") or "")) else []
    for wrap in wraps:
        inner = f"#{wrap}[{inner}]"
    return inner
