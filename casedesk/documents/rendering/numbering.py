"""Numbered lists of Word as typst counters: numbers stay right inside loops and conditions."""

import re
from dataclasses import dataclass, field

from lxml import etree

from casedesk.documents.rendering.docx_parts import Parts, W
from casedesk.documents.rendering.looks import child, last, value
from casedesk.documents.rendering.typst_text import literal

STYLES = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I", "russianLower": "а"}
BULLETS = {"\uf0b7": "•", "o": "◦", "\uf0a7": "▪", "\uf02d": "–"}
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph of a list, and how its level is indented."""

    label: str = ""
    properties: list[etree._Element] = field(default_factory=list)


class Numbering:
    """The lists of one document."""

    def __init__(self, parts: Parts, name: str):
        self.name, self.used = name, set()
        found = [part for part in parts.template.docx.part.package.iter_parts() if part.partname.endswith("numbering.xml")]
        root = etree.fromstring(found[0].blob) if found else None
        self.lists = self._read(root) if root is not None else {}

    @staticmethod
    def _read(root: etree._Element) -> dict[str, dict[str, etree._Element]]:
        abstract = {one.get(f"{W}abstractNumId"): one for one in root.findall(f"{W}abstractNum")}
        lists = {}
        for one in root.findall(f"{W}num"):
            base = abstract.get(value(one, "abstractNumId"))
            if base is not None:
                lists[one.get(f"{W}numId")] = {level.get(f"{W}ilvl"): level for level in base.findall(f"{W}lvl")}
        return lists

    def of(self, levels: list[etree._Element]) -> Label:
        """The label of a paragraph with these properties; an empty one outside lists."""
        said = [found for one in levels if (found := child(one, "numPr")) is not None]
        if not said:
            return Label()
        which, depth = last(said, "numId"), last(said, "ilvl") or "0"
        level = self.lists.get(which, {}).get(depth)
        if level is None:
            return Label()
        shape = child(level, "pPr")
        return Label(self._label(which, int(depth), level), [] if shape is None else [shape])

    def _label(self, which: str, depth: int, level: etree._Element) -> str:
        text = value(level, "lvlText") or ""
        if value(level, "numFmt") == "bullet":
            return literal(BULLETS.get(text, text if text.isprintable() and text < "\ue000" else "•")) + "#h(0.5em)"
        self.used.add(which)
        parts, at = [], 0
        for place in _PLACE.finditer(text):
            parts += [literal(text[at : place.start()]), self._number(which, int(place[1]) - 1)]
            at = place.end()
        stepped = f"#{self._counter(which)}.step(level: {depth + 1})"
        return stepped + "".join(parts) + literal(text[at:]) + "#h(0.4em)"

    def _number(self, which: str, depth: int) -> str:
        level = self.lists[which].get(str(depth))
        style = STYLES.get(value(level, "numFmt") or "decimal", "1")
        return f'#context numbering("{style}", {self._counter(which)}.get().at({depth}, default: 1))'

    def _counter(self, which: str) -> str:
        return f'counter("{self.name}-{which}")'

    def resets(self) -> str:
        """Every document counts from one."""
        return "".join(f"#{self._counter(which)}.update(0)" for which in sorted(self.used))
