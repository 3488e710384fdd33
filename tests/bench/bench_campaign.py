"""A campaign of letters from the list to the print, then one of SMS: `python -m tests.bench.bench_campaign [--scale 0.1]`.

Full scale is 10 000 debtors with a ledger behind them: the dry run, then one job that prepares the reminders, makes their
documents and sets them as one PDF with ZIP and register. The worker is killed twice on the way and the job run again; the
figures say how many letters there are in the end, and how many debtors have more or fewer than one. Statements are counted
between two signs of progress: a batch of reminders, a part of the print. The messages go to the gateway that keeps them in a
file; their seconds are told for the first and for the last fifth, which tell whether it slows down.
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

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from casedesk.access.models import Organisation  # noqa: E402
from casedesk.access.rights import Role  # noqa: E402
from casedesk.common import months  # noqa: E402
from debtors.actions.book import book_facts  # noqa: E402
from debtors.actions.open_cases import open_cases  # noqa: E402
from debtors.actions.staging import StagedFact  # noqa: E402
from debtors.models import CaseDebtor, CaseFile, ContactStrategy, Debtor, PreTrialNotice, UtilityAccount  # noqa: E402
from debtors.queries.contact_plan import plan_contacts  # noqa: E402
from debtors.rules.contact_ladder import LadderStep  # noqa: E402
from tests.factories import access, contact  # noqa: E402

DEBTORS, MONTHS, DAY = 10_000, 6, contact.DAY


class Killed(BaseException):
    """The worker died."""


class Watch:
    """A progress that notes the seconds and the statements up to each sign of life, and may kill the worker at one.

    `kill`: in which stage, and after which share of it.
    """

    def __init__(self, kill: tuple[str, float] | None = None):
        self.kill, self.statements = kill, 0
        self.seconds: dict[str, list[float]] = {}
        self.counts: dict[str, list[int]] = {}
        self.last = time.perf_counter()

    def count(self, execute, sql, params, many, context):
        self.statements += 1
        return execute(sql, params, many, context)

    def __call__(self, done: int, whole: int, words: str) -> None:
        now = time.perf_counter()
        self.seconds.setdefault(words, []).append(now - self.last)
        self.counts.setdefault(words, []).append(self.statements)
        self.last, self.statements = now, 0
        if self.kill and words == self.kill[0] and done > whole * self.kill[1]:
            raise Killed


def run(campaign, officer, kill: tuple[str, float] | None = None):
    """One life of the worker: the campaign as it then stands (None: killed), and what was watched."""
    watch, done = Watch(kill), None
    with contextlib.suppress(Killed), connection.execute_wrapper(watch.count):
        done = contact.run(campaign, officer, progress=watch)
    watch.seconds.setdefault("после", []).append(time.perf_counter() - watch.last)
    return done, watch


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


def letters(creditor: Organisation, officer) -> dict:
    """Two deaths and three lives of a campaign of letters."""
    contact.strategy(creditor, officer, LadderStep("letter", "Письмо", "post", 0))
    strategy = ContactStrategy.objects.get(creditor=creditor)
    plan, trying = timed(lambda: plan_contacts(creditor=creditor, strategy=strategy, on=DAY))
    campaign = contact.started(creditor, officer)
    lives = [run(campaign, officer, kill) for kill in (("напоминания", 0.5), ("вёрстка", 0.3), None)]
    done, watched = lives[-1][0], [watch for _, watch in lives]

    def spent(words: str) -> float:
        return round(sum(sum(watch.seconds.get(words, [])) for watch in watched), 1)

    batches = [seconds for watch in watched for seconds in watch.seconds.get("напоминания", [])]

    def most(words: str) -> int:
        return max(max(watch.counts.get(words, [0])) for watch in watched)

    return {
        "dry_run_seconds": round(trying, 2),
        "goes": len(plan.goes),
        "list_seconds": spent("подготовка"),
        "reminders_seconds": spent("напоминания"),
        "first_batch_seconds": round(batches[0], 1),
        "last_batch_seconds": round(batches[-1], 1),
        "most_statements_per_500_reminders": most("напоминания"),
        "setting_seconds": spent("вёрстка"),
        "most_statements_per_part_of_print": most("вёрстка"),
        "assembling_seconds": round(spent("сборка") + sum(watched[-1].seconds["после"]), 1),
        "letters": PreTrialNotice.objects.count(),
        "printed": done.post_run.count,
        "pages": done.post_run.pages,
        "debtors_without_exactly_one_letter": CaseFile.objects.annotate(n=Count("notices")).exclude(n=1).count(),
    }


def messages(creditor: Organisation, officer) -> dict:
    """A campaign of SMS, not killed: how fast they go out, and whether the last go as fast as the first."""
    people = Debtor.objects.bulk_create([Debtor(name="Д", phone=f"+7900{pk:07}") for pk in range(CaseFile.objects.count())])
    cases = CaseFile.objects.order_by("pk")
    links = [CaseDebtor(case=case, debtor=one, valid_from=DAY) for case, one in zip(cases, people, strict=True)]
    CaseDebtor.objects.bulk_create(links, 1_000)
    contact.strategy(creditor, officer, contact.SMS, on=DAY + dt.timedelta(days=1))
    campaign = contact.started(creditor, officer, on=DAY + dt.timedelta(days=1))
    done, watch = run(campaign, officer)
    each = watch.seconds["SMS"]
    fifth = len(each) // 5
    return {
        "messages": done.contacts.filter(state="sent").count(),
        "messages_seconds": round(sum(each), 1),
        "first_fifth_seconds": round(sum(each[:fifth]), 1),
        "last_fifth_seconds": round(sum(each[-fifth:]), 1),
        "statements_per_message": round(sum(watch.counts["SMS"]) / len(each), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of 10 000 debtors")
    count = max(int(DEBTORS * parser.parse_args().scale), 20)
    settings.SMS_URL = "local:"
    call_command("migrate", verbosity=0)
    creditor = access.creditor("bench")
    officer = access.person(Role.LEGAL_OFFICER, creditor)
    _, laying = timed(lambda: owing(creditor, count))
    figures = {"debtors": count, "ledger_seconds": round(laying, 1)}
    figures |= letters(creditor, officer) | messages(creditor, officer)
    json.dump(figures, sys.stdout, indent=1)
    sys.stdout.write("\n")
    shutil.rmtree(os.environ["MEDIA_ROOT"], ignore_errors=True)


if __name__ == "__main__":
    main()
