"""A print run against the renderer alone: `python -m tests.bench.bench_documents [--scale 0.1]`.

Full scale is 1 000 one-page notices with a table of twelve rows and a payment code, as one PDF. The floor sets the same typst
sources and drawn codes, ready-made, in the same child processes and joins their PDFs; the run besides reads documents from
the database, merges them, draws their codes and finds where each begins. The whole run with its ZIP of single files and its
register, and the preparing of the documents, are timed on their own.
"""

import argparse
import datetime as dt
import json
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
os.environ["DATABASE_URL"] = "sqlite://:memory:"
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="casedesk-bench-")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from casedesk.access.models import Organisation, User  # noqa: E402
from casedesk.documents.actions.make import Draft, make_many  # noqa: E402
from casedesk.documents.actions.print_parts import AT_ONCE, PART, _set, documents_of, print_parts  # noqa: E402
from casedesk.documents.actions.start_print_run import start_print_run  # noqa: E402
from casedesk.documents.kinds import find  # noqa: E402
from casedesk.documents.queries.files import typst_of  # noqa: E402
from casedesk.documents.rendering import qr  # noqa: E402
from casedesk.documents.rendering.assemble import one_pdf  # noqa: E402
from casedesk.documents.rendering.pdf import compile_source  # noqa: E402
from casedesk.documents.rules.examples import CODE, example  # noqa: E402

NOTICES, ROWS, DAY, KIND = 1_000, 12, dt.date(2026, 11, 2), "reminder"


def drafts(count: int):
    """Notices that differ in addressee, sums and code."""
    kind = find(KIND)
    whole = example(kind)
    for number in range(count):
        data = {field.name: whole[field.name] for field in kind.fields}
        rows = [dict(row, amount=row["amount"] + number) for row in whole["months"][:ROWS]]
        total = sum(row["amount"] for row in rows)
        data |= {"months": rows, "total": total, "notice_number": number + 1, "qr": f"{CODE}|DocNo={number}"}
        yield Draft(data, ("debtors.PreTrialNotice", number + 1))


def timed(work):
    start = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - start


def drawn(beside: dict[str, bytes]) -> dict[str, bytes]:
    """The same with the codes drawn beforehand, so that the floor draws none."""
    return {
        name.replace(qr.TO_DRAW, ".svg"): qr.svg(content.decode()).encode() if name.endswith(qr.TO_DRAW) else content
        for name, content in beside.items()
    }


def renderer_alone(sources) -> bytes:
    """The ready-made sources set in child processes, as many at once as the run has, and joined."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        parts = list(threads.map(lambda source: compile_source(*source), sources))
    return one_pdf(parts, [], [])


def as_one_pdf(run, numbers) -> bytes:
    """What the run does up to the one PDF: read, merge, set, find where each begins, join with bookmarks."""
    parts = [part for _, part in _set(run, list(numbers))]
    starts, pages = [], 0
    for part in parts:
        starts += [pages + start for start in part.starts]
        pages += part.pages
    return one_pdf([part.pdf for part in parts], [str(start) for start in starts], starts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of 1 000 notices")
    count = max(int(NOTICES * parser.parse_args().scale), 20)
    call_command("migrate", verbosity=0)
    creditor = Organisation.objects.create(kind="creditor", code="bench", name="МУП «Горсети»")
    by = User.objects.create(username="bench")
    documents, preparing = timed(lambda: make_many(KIND, creditor=creditor, drafts=drafts(count), by=by, on=DAY))
    run = start_print_run(documents=documents, title="Напоминания", by=by, at=timezone.now())
    numbers = range(-(-count // PART))
    sources, merging = timed(lambda: [typst_of(documents_of(run, number)) for number in numbers])
    sources, drawing = timed(lambda: [(source, drawn(beside)) for source, beside in sources])
    alone, floor = timed(lambda: renderer_alone(sources))
    _, joined = timed(lambda: as_one_pdf(run, numbers))
    done, product = timed(lambda: print_parts(run, lambda *progress: None))
    figures = {
        "notices": count,
        "pages": done.pages,
        "prepare_seconds": round(preparing, 2),
        "of_which_merge_seconds": round(merging, 2),
        "codes_drawn_one_by_one_seconds": round(drawing, 2),
        "renderer_alone_seconds": round(floor, 2),
        "one_pdf_seconds": round(joined, 2),
        "ratio": round(joined / floor, 2),
        "with_zip_and_register_seconds": round(product, 2),
        "ratio_with_zip_and_register": round(product / floor, 2),
        "pages_a_second": round(done.pages / product),
        "pdf_mib": round(len(alone) / 2**20, 1),
    }
    json.dump(figures, sys.stdout, indent=1)
    sys.stdout.write("\n")
    shutil.rmtree(os.environ["MEDIA_ROOT"], ignore_errors=True)


if __name__ == "__main__":
    main()
