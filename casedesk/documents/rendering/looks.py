"""How a paragraph or a run of a DOCX looks: its own properties over its style's over the document's defaults."""

from collections.abc import Iterable
from functools import cached_property

from lxml import etree

from casedesk.documents.rendering.docx_parts import Parts, W


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find(f"{W}{name}")


def value(element: etree._Element | None, name: str, attribute: str = "val") -> str | None:
    """The attribute of a child, or None."""
    found = child(element, name)
    return None if found is None else found.get(f"{W}{attribute}")


def is_on(element: etree._Element | None, name: str) -> bool | None:
    """A toggle such as `w:b`: on, off, or None when nothing is said."""
    found = child(element, name)
    return None if found is None else found.get(f"{W}val", "1") not in ("0", "false", "none", "off")


def points(twips: str | None, otherwise: float = 0.0) -> float:
    """Twentieths of a point -> points."""
    return int(float(twips)) / 20 if twips not in (None, "") else otherwise


class Styles:
    """The styles of one document."""

    def __init__(self, parts: Parts):
        self.root = parts.template.docx.styles.element

    @cached_property
    def _by_id(self) -> dict[str, etree._Element]:
        return {style.get(f"{W}styleId"): style for style in self.root.findall(f"{W}style")}

    @cached_property
    def _default_paragraph(self) -> str | None:
        for key, style in self._by_id.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                return key
        return None

    def _chain(self, key: str | None) -> list[etree._Element]:
        """The style and what it is based on, base first."""
        found: list[etree._Element] = []
        while key in self._by_id and self._by_id[key] not in found:
            found.insert(0, self._by_id[key])
            key = value(found[0], "basedOn")
        return found

    def is_bordered(self, key: str | None) -> bool:
        """Whether a table style draws lines."""
        return any(child(child(style, "tblPr"), "tblBorders") is not None for style in self._chain(key))

    def paragraph(self, properties: etree._Element | None) -> list[etree._Element]:
        """Paragraph properties, weakest first."""
        defaults = child(child(child(self.root, "docDefaults"), "pPrDefault"), "pPr")
        chain = self._chain(value(properties, "pStyle") or self._default_paragraph)
        return _present([defaults, *(child(style, "pPr") for style in chain), properties])

    def run(self, paragraph: etree._Element | None, properties: etree._Element | None) -> list[etree._Element]:
        """Run properties, weakest first."""
        defaults = child(child(child(self.root, "docDefaults"), "rPrDefault"), "rPr")
        chain = self._chain(value(paragraph, "pStyle") or self._default_paragraph) + self._chain(value(properties, "rStyle"))
        return _present([defaults, *(child(style, "rPr") for style in chain), properties])


def _present(found: Iterable[etree._Element | None]) -> list[etree._Element]:
    return [one for one in found if one is not None]


def last(levels: Iterable[etree._Element], name: str, attribute: str = "val") -> str | None:
    """The strongest statement of a property."""
    said = [given for level in levels if (given := value(level, name, attribute)) is not None]
    return said[-1] if said else None


def last_on(levels: Iterable[etree._Element], name: str) -> bool:
    said = [given for level in levels if (given := is_on(level, name)) is not None]
    return bool(said and said[-1])
