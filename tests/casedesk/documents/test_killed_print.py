"""A worker really killed with SIGKILL in the middle of a print run: no letter twice, none missing, no number twice."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.casedesk.test_killed_worker import Installation, database_url, kill, wait_until  # noqa: F401  a fixture

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parents[1] / "processes" / "print_worker.py"
COUNT = 14
ASK = f"""
import datetime as dt
from django.utils import timezone
from casedesk.access.models import Membership, Organisation, User
from casedesk.documents.actions.make import Draft
from casedesk.documents.actions.start_print_run import make_and_print
from casedesk.documents.kinds import find
from casedesk.documents.rules.examples import example
kind = find("debt_statement")
whole = example(kind)
data = {{field.name: whole[field.name] for field in kind.fields}}
creditor = Organisation.objects.create(kind="creditor", code="one", name="МУП")
drafts = [Draft(data, ("access.Organisation", n + 1)) for n in range({COUNT})]
by, at, on = User.objects.create(username="one"), timezone.now(), dt.date(2024, 3, 21)
Membership.objects.create(user=by, organisation=creditor, role="legal_officer", valid_from=on)
print(make_and_print("debt_statement", creditor=creditor, drafts=drafts, title="x", by=by, on=on, at=at).pk)
"""
TELL = """
from casedesk.documents.models import Document, PrintRun
run = PrintRun.objects.get()
print(run.state, run.parts.count(), Document.objects.count(), run.job.attempts)
"""


class Printing(Installation):
    """An installation whose workers print in small parts; a query is a shell of its own."""

    def ask(self, code: str) -> str:
        return self.run("shell", "--no-imports", "-c", code)


def test_a_killed_run_goes_on(tmp_path, database_url, monkeypatch):  # noqa: F811
    monkeypatch.setattr("tests.casedesk.test_killed_worker.SCRIPT", SCRIPT)
    here = Printing(tmp_path, database_url, MEDIA_ROOT=str(tmp_path / "media"))
    pk = here.ask(ASK)
    folder = tmp_path / "media" / "documents" / "runs" / pk
    with here.worker() as first:
        wait_until((folder / "parts" / "0001.pdf").exists, 120)
        kill(first)
    state, parts, documents, _ = here.ask(TELL).split()
    assert (state, int(documents)) == ("waiting", COUNT)
    assert 1 <= int(parts) < 4
    with here.worker():
        wait_until(lambda: here.ask(TELL).startswith("ready"), 240)
    assert here.ask(TELL).split() == ["ready", "0", str(COUNT), "2"]
    pages = [page.extract_text() for page in PdfReader(folder / "print.pdf").pages]
    numbers = [text.split("исх. № ")[1].split()[0] for text in pages if "Справка о задолженности" in text]
    assert numbers == [f"{n}/2024" for n in range(1, COUNT + 1)]
