"""Parts of a print run put together: one PDF with bookmarks, and every document on its own."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class SetPart:
    """A part as typst set it: its bytes, its number of pages, and the page on which each document begins, from 0."""

    pdf: bytes
    pages: int
    starts: list[int]


def measured(pdf: bytes) -> SetPart:
    """A set part with its documents found by their bookmarks."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: at for at, page in enumerate(opened.pages)}
        with opened.open_outline() as outline:
            starts = [numbers[item.destination[0].objgen] for item in outline.root]
        return SetPart(pdf, len(opened.pages), starts)


def one_pdf(parts: Iterable[bytes], bookmarks: Sequence[str], starts: Sequence[int]) -> bytes:
    """All parts in their order as one PDF; `starts` are pages of the whole."""
    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as opened:
            whole.pages.extend(opened.pages)
    with whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in zip(bookmarks, starts, strict=True))
    return _saved(whole)


def single_pdfs(part: bytes, starts: Sequence[int], pages: int) -> Iterator[bytes]:
    """The documents of a part one by one."""
    with pikepdf.open(io.BytesIO(part)) as opened:
        for first, until in zip(starts, [*starts[1:], pages], strict=True):
            one = pikepdf.new()
            one.pages.extend(opened.pages[first:until])
            yield _saved(one)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()
