"""A campaign of letters from the list to the print: `python -m tests.bench.bench_campaign [--scale 0.1]`.

Full scale is 10 000 debtors with a ledger behind them: the dry run, then one job that prepares the reminders, makes their
documents and sets them as one PDF with ZIP and register. The worker is killed twice on the way and the job run again; the
figures say how many letters there are in the end, and how many debtors have more or fewer than one.
"""

import argparse
import contextlib
import datetime as dt
import json
import os
import shutil
import sys
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="casedesk-bench-")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402

from casedesk.access.models import Organisation  # noqa: E402
from casedesk.access.rights import Role  # noqa: E402
from casedesk.common import months  # noqa: E402
from debtors.actions.book import book_facts  # noqa: E402
from debtors.actions.open_cases import open_cases  # noqa: E402
from debtors.actions.staging import StagedFact  # noqa: E402
from debtors.models import CaseFile, ContactStrategy, PreTrialNotice, UtilityAccount  # noqa: E402
from debtors.queries.contact_plan import plan_contacts  # noqa: E402
from debtors.rules.contact_ladder import LadderStep  # noqa: E402
from tests.factories import access, contact  # noqa: E402

DEBTORS, MONTHS, DAY = 10_000, 6, contact.DAY


class Killed(BaseException):
    """The worker died."""


def timed(work):
    start = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - start


def owing(creditor: Organisation, count: int) -> None:
    """As many accounts with six charged months, and their cases."""
    made = [
        UtilityAccount(
            creditor=creditor, number=str(100_000 + at), holder_name=f"Должник {at}", address_text=f"ул. Мира, д. {at}"
        )
        for at in range(count)
    ]
    accounts = UtilityAccount.objects.bulk_create(made, 1_000)
    last = months.of(DAY) - 1
    lines = [(account.pk, month) for account in accounts for month in range(last - MONTHS + 1, last + 1)]
    facts = [StagedFact(row, pk, 1, month=month, charged=500_000) for row, (pk, month) in enumerate(lines)]
    paid = StagedFact(len(facts), accounts[0].pk, 1, amount=100, paid_on=months.last_day(last), document="p")
    learnt_at = dt.datetime.combine(DAY, dt.time(1), dt.UTC)
    book_facts(creditor=creditor, facts=[*facts, paid], about="bench", by=None, learnt_at=learnt_at, on=DAY)
    open_cases(creditor=creditor, on=DAY, by=None)


def killed_at(stage: str, share: float):
    """A progress that kills the worker in the stage, once that share is done."""

    def progress(done: int, whole: int, words: str) -> None:
        if words == stage and done > whole * share:
            raise Killed

    return progress


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of 10 000 debtors")
    count = max(int(DEBTORS * parser.parse_args().scale), 20)
    call_command("migrate", verbosity=0)
    creditor = access.creditor("bench")
    officer = access.person(Role.LEGAL_OFFICER, creditor)
    _, laying = timed(lambda: owing(creditor, count))
    contact.strategy(creditor, officer, LadderStep("letter", "Письмо", "post", 0))
    strategy = ContactStrategy.objects.get()
    plan, trying = timed(lambda: plan_contacts(creditor=creditor, strategy=strategy, on=DAY))
    campaign = contact.started(creditor, officer)
    spent = 0.0
    for stage, share in (("напоминания", 0.5), ("вёрстка", 0.3)):
        start = time.perf_counter()
        with contextlib.suppress(Killed):
            contact.run(campaign, officer, progress=killed_at(stage, share))
        spent += time.perf_counter() - start
    done, rest = timed(lambda: contact.run(campaign, officer))
    per_case = CaseFile.objects.annotate(letters=Count("notices")).exclude(letters=1).count()
    figures = {
        "debtors": count,
        "ledger_seconds": round(laying, 1),
        "dry_run_seconds": round(trying, 2),
        "goes": len(plan.goes),
        "job_seconds_with_two_kills": round(spent + rest, 1),
        "letters": PreTrialNotice.objects.count(),
        "printed": done.post_run.count,
        "pages": done.post_run.pages,
        "debtors_without_exactly_one_letter": per_case,
    }
    json.dump(figures, sys.stdout, indent=1)
    sys.stdout.write("\n")
    shutil.rmtree(os.environ["MEDIA_ROOT"], ignore_errors=True)


if __name__ == "__main__":
    main()
