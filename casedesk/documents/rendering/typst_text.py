"""Small pieces of typst: text that can never be read as markup, lengths, and the functions that translated papers call."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from casedesk.documents.rendering import qr
from casedesk.documents.rules.merge import Qr

FONTS = ("Times New Roman", "Liberation Serif", "PT Astra Serif", "Libertinus Serif")
"""The last one comes with typst, so Cyrillic prints on a machine without any fonts."""

# The edges and 0.042em are the line of Times New Roman: 1.149 of its size, as Word sets it.
PREAMBLE = f"""#set text(lang: "ru", size: 12pt, hyphenate: false, overhang: false, top-edge: 0.891em, bottom-edge: -0.216em,
  font: ({", ".join(f'"{font}"' for font in FONTS)}))
#set smartquote(enabled: false)
#set block(spacing: 0pt)
#set par(spacing: 0pt)
#let paragraph(place: left, even: false, left: 0pt, right: 0pt, first: 0pt, above: 0pt, below: 0pt, lead: 0pt,
  keep: false, whole: true, size: 12pt, body) = block(width: 100%, above: above, below: below, sticky: keep,
  breakable: not whole, inset: (left: left + calc.min(first, 0pt), right: right, top: lead + 0.042em), {{
  set text(size: size)
  set align(place)
  par(justify: even, leading: lead + 0.042em, first-line-indent: (amount: calc.max(first, 0pt), all: true),
    hanging-indent: calc.max(-first, 0pt), body)
}})
#let mark(body) = place(hide(heading(outlined: false, bookmarked: true, body)))
"""


def inside_string(text: str) -> str:
    """Text for between quotes: nothing in a typst string is markup but the backslash and the quote."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", " ").replace("\r", "")
    return safe.replace("\n", '"#linebreak()#"')


def literal(text: str) -> str:
    """Text as content."""
    return f'#"{inside_string(text)}"' if text else ""


def finish(value: Any) -> str:
    """What a merge field prints inside a typst string, or a picture of a code in place of one."""
    if isinstance(value, Qr):
        return f'box(image("{code_name(value)}.svg", width: {qr.SIDE_MM}mm))' if value else "none"
    return inside_string(str(value))


def code_name(code: Qr) -> str:
    """The file of a code beside the source, without its ending: its text goes in as `.qr`, the child draws `.svg` of it."""
    return f"code-{hashlib.sha256(code.text.encode()).hexdigest()[:24]}"


def codes_in(shown: Mapping[str, Any]) -> Iterator[Qr]:
    """The codes among the values of a document, those in rows of tables too."""
    for value in shown.values():
        if isinstance(value, Qr) and value:
            yield value
        elif isinstance(value, list):
            for row in value:
                yield from codes_in(row)


def pt(length: float) -> str:
    return f"{length:g}pt"
