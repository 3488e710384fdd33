"""Do a print run, part by part. What is written is never set again, so a killed run goes on where it stopped."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from django.core.files.base import ContentFile
from django.db import models, transaction

from casedesk.common.export import workbook
from casedesk.documents.models import Document, PrintPart, PrintRun
from casedesk.documents.queries.files import bookmark, typst_of
from casedesk.documents.rendering.assemble import SetPart, measured, one_pdf, single_pdfs
from casedesk.documents.rendering.pdf import compile_source

PART = 250
"""Documents in a part: typst takes about 1 MB of memory for each page it sets."""
AT_ONCE = max(1, min(4, os.cpu_count() or 1))
"""Parts set at the same time, each by a process of its own."""

Progress = Callable[[int, int, str], None]
COLUMNS = [
    ("№ п/п", "number"),
    ("Исх. №", "text"),
    ("Дата", "day"),
    ("Документ", "text"),
    ("Адресат", "text"),
    ("Адрес", "text"),
    ("Сумма, ₽", "money"),
    ("Страница", "number"),
    ("Страниц", "number"),
]


class LettersLost(RuntimeError):
    """A part does not hold as many documents as were put into it: it must not be printed."""


def print_parts(run: PrintRun, progress: Progress) -> PrintRun:
    """Set the missing parts, then put the run together. Safe to run again at any point. Raises LettersLost, TypstFailed."""
    if run.state == PrintRun.State.READY:
        return run
    written = dict(run.parts.values_list("number", "until"))
    wanted = [number for number in range(-(-run.count // PART)) if number not in written]
    done = run.count - sum(min(PART, run.count - number * PART) for number in wanted)
    progress(done, run.count, "вёрстка")
    for number, part in _set(run, wanted):
        _keep(run, number, part)
        done += len(part.starts)
        progress(done, run.count, "вёрстка")
    progress(run.count, run.count, "сборка")
    return _assemble(run)


def _set(run: PrintRun, numbers: list[int]) -> Iterator[tuple[int, SetPart]]:
    """Parts as they become ready. The database is asked here; the threads only wait for their child processes."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        waiting: list[tuple[int, int, Future]] = []
        for number in numbers:
            documents = documents_of(run, number)
            source, pictures = typst_of(documents, both_sides=run.both_sides)
            waiting.append((number, len(documents), threads.submit(_measured, source, pictures)))
            if len(waiting) > AT_ONCE:
                yield _whole(run, *waiting.pop(0))
        for one in waiting:
            yield _whole(run, *one)


def _measured(source: str, pictures: dict[str, bytes]) -> SetPart:
    return measured(compile_source(source, pictures))


def _whole(run: PrintRun, number: int, count: int, future: Future) -> tuple[int, SetPart]:
    part = future.result()
    if len(part.starts) != count:
        raise LettersLost(f"run {run.pk}, part {number}: {count} documents went in, {len(part.starts)} came out")
    return number, part


def documents_of(run: PrintRun, number: int) -> list[Document]:
    """The documents of a part, in their order."""
    lines = run.lines.filter(position__gte=number * PART, position__lt=(number + 1) * PART).select_related("document")
    return [line.document for line in lines.order_by("position")]


def _keep(run: PrintRun, number: int, part: SetPart) -> None:
    """Write the file, then the row: a part without its row is set again."""
    kept = PrintPart(run=run, number=number, first=number * PART, until=number * PART + len(part.starts))
    kept.pages, kept.starts = part.pages, part.starts
    _replace(kept, "file", f"{number:04d}.pdf", part.pdf)
    PrintPart.objects.bulk_create([kept], ignore_conflicts=True)


def _replace(row: models.Model, name: str, file_name: str, content: bytes) -> None:
    """Put a file into a field under a fixed name; what a killed run left there goes."""
    field = row._meta.get_field(name)
    field.storage.delete(field.generate_filename(row, file_name))
    getattr(row, name).save(file_name, ContentFile(content), save=False)


def _assemble(run: PrintRun) -> PrintRun:
    parts = list(run.parts.order_by("number"))
    documents = [line.document for line in run.lines.select_related("document").order_by("position")]
    if [(part.first, part.until) for part in parts] != [
        (first, min(first + PART, run.count)) for first in range(0, run.count, PART)
    ] or len(documents) != run.count:
        raise LettersLost(f"run {run.pk}: parts do not cover its {run.count} documents")
    files = [part.file.read() for part in parts]
    starts, pages = _places(parts)
    register = _register(run, documents, starts, pages)
    _replace(run, "pdf", "print.pdf", one_pdf(files, [bookmark(one) for one in documents], starts))
    _replace(run, "archive", "documents.zip", _archive(parts, files, documents, register))
    _replace(run, "register", "register.xlsx", register)
    run.pages, run.state = pages, PrintRun.State.READY
    with transaction.atomic():
        run.save(update_fields=["pdf", "archive", "register", "pages", "state"])
        run.parts.all().delete()
    for part in parts:
        part.file.delete(save=False)
    return run


def _places(parts: list[PrintPart]) -> tuple[list[int], int]:
    """The page of the whole on which each document begins, and how many pages there are."""
    starts, pages = [], 0
    for part in parts:
        starts += [pages + start for start in part.starts]
        pages += part.pages
    return starts, pages


def _register(run: PrintRun, documents: list[Document], starts: list[int], pages: int) -> bytes:
    made = io.BytesIO()
    lengths = [until - first for first, until in zip(starts, [*starts[1:], pages], strict=True)]
    rows = (
        (place, one.full_number, one.made_on, one.title, one.addressee, one.address, one.total, first + 1, length)
        for place, (one, first, length) in enumerate(zip(documents, starts, lengths, strict=True), 1)
    )
    notes = [f"{run.creditor}: {run.title}", f"Документов {run.count}, страниц {pages}"]
    workbook(made, "Реестр", COLUMNS, rows, notes)
    return made.getvalue()


def _archive(parts: list[PrintPart], files: list[bytes], documents: list[Document], register: bytes) -> bytes:
    made, queue = io.BytesIO(), iter(documents)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("register.xlsx", register)
        for part, file in zip(parts, files, strict=True):
            for single in single_pdfs(file, part.starts, part.pages):
                packed.writestr(f"{next(queue).file_stem}.pdf", single)
    return made.getvalue()
