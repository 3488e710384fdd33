"""A worker really killed with SIGKILL while a campaign prepares its letters, another while it prints them.

No letter twice, none missing, no number twice or left out; the third worker makes one print of all.
"""

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.casedesk.test_killed_worker import Installation, database_url, kill, wait_until  # noqa: F401  a fixture

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parents[2] / "casedesk" / "processes" / "campaign_worker.py"
COUNT, SMALL = 10, 4
ASK = f"""
from casedesk.access.rights import Role
from tests.factories import access, contact
creditor = access.creditor("one")
officer = access.person(Role.LEGAL_OFFICER, creditor)
for number in range({COUNT}):
    contact.debtor_case(creditor, str(9000 + number), address_text=f"ул. Мира, д. 1, кв. {{number + 1}}")
contact.strategy(creditor, officer, contact.LadderStep("letter", "Письмо", "post", 0))
print(contact.started(creditor, officer).pk)
"""
TELL = """
import json
from casedesk.documents.models import Document, PrintPart
from debtors.models import Campaign, CaseEvent, PreTrialNotice
one = Campaign.objects.select_related("job", "post_run").get()
print(json.dumps({
    "state": one.state,
    "ready": one.contacts.filter(state="ready").count(),
    "waiting": one.contacts.filter(state="waiting").count(),
    "notices": sorted(PreTrialNotice.objects.values_list("number", flat=True)),
    "cases": PreTrialNotice.objects.values("case").distinct().count(),
    "documents": sorted(Document.objects.values_list("number", flat=True)),
    "events": CaseEvent.objects.filter(code="reminder_prepared").count(),
    "parts": PrintPart.objects.count(),
    "run": one.post_run_id,
    "lives": one.job.attempts,
}))
"""


class Sending(Installation):
    """An installation whose campaigns stop to be killed."""

    def ask(self, code: str) -> str:
        return self.run("shell", "--no-imports", "-c", code)

    def told(self) -> dict:
        return json.loads(self.ask(TELL))

    def killed_at(self, mark: Path) -> dict:
        """One life of a worker up to the mark; how things stand after its death."""
        with self.worker() as worker:
            wait_until(mark.exists, 120)
            kill(worker)
        return self.told()


def test_killed_in_preparing_and_in_printing_every_letter_comes_once(tmp_path, database_url, monkeypatch):  # noqa: F811
    monkeypatch.setattr("tests.casedesk.test_killed_worker.SCRIPT", SCRIPT)
    media = tmp_path / "media"
    here = Sending(tmp_path, database_url, MEDIA_ROOT=str(media))
    here.ask(ASK)

    first = here.killed_at(media / "stopped_preparing")
    whole = list(range(1, SMALL + 1))
    assert (first["state"], first["ready"], first["waiting"]) == ("running", SMALL, COUNT - SMALL)
    assert (first["notices"], first["documents"], first["events"]) == (whole, whole, SMALL), "of the second batch nothing stays"

    second = here.killed_at(media / "stopped_printing")
    everyone = list(range(1, COUNT + 1))
    assert (second["state"], second["ready"], second["parts"]) == ("running", COUNT, 1)
    assert (second["notices"], second["documents"]) == (everyone, everyone)

    last = here.killed_at(media / "ended")
    assert (last["state"], last["lives"], last["parts"], last["run"]) == ("done", 3, 0, second["run"])
    assert (last["notices"], last["documents"], last["cases"], last["events"]) == (everyone, everyone, COUNT, COUNT)
    pages = PdfReader(media / "documents" / "runs" / str(last["run"]) / "print.pdf").pages
    accounts = [number for page in pages for number in sorted(set(re.findall(r"\b90\d\d\b", page.extract_text())))]
    assert sorted(accounts) == [str(9000 + number) for number in range(COUNT)], "each debtor's letter is printed once"
