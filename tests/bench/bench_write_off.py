"""A write-off from the search to the reversal: `python -m tests.bench.bench_write_off [--accounts 20 200 1000]`.

Every account owes three months lost to limitation and two fresh ones and has its case open. Per size: seconds and SQL
statements of the search, gathering, the booking job and the reversal. Statements of a step must not grow with accounts.
"""

import argparse
import datetime as dt
import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from casedesk.access.models import Organisation  # noqa: E402
from casedesk.access.rights import Role  # noqa: E402
from casedesk.common import months  # noqa: E402
from debtors.actions.book import book_facts  # noqa: E402
from debtors.actions.decide_write_off import add_paper, approve_write_off, ask_write_off  # noqa: E402
from debtors.actions.gather_write_off import find_write_offs, gather_write_off  # noqa: E402
from debtors.actions.open_cases import open_cases  # noqa: E402
from debtors.actions.post_write_off import post_write_off  # noqa: E402
from debtors.actions.restore_written_off import restore_act  # noqa: E402
from debtors.actions.staging import StagedFact  # noqa: E402
from debtors.models import CaseEvent, Payment, UtilityAccount  # noqa: E402
from debtors.queries.write_off_papers import papers_of  # noqa: E402
from tests.factories import access  # noqa: E402

DAY = dt.date(2026, 5, 20)
OLD, FRESH = [months.parse(f"2020-0{month}") for month in (1, 2, 3)], [months.parse("2026-03"), months.parse("2026-04")]


def owing(creditor: Organisation, count: int) -> None:
    made = [
        UtilityAccount(creditor=creditor, number=str(at), holder_name=f"Должник {at}", address_text=f"ул. Мира, д. {at}")
        for at in range(count)
    ]
    accounts = UtilityAccount.objects.bulk_create(made, 1_000)
    lines = [(account.pk, month) for account in accounts for month in (*OLD, *FRESH)]
    facts = [StagedFact(row, pk, 1, month=month, charged=500_000) for row, (pk, month) in enumerate(lines)]
    book_facts(creditor=creditor, facts=facts, about="bench", by=None, learnt_at=_at(1), on=DAY)
    open_cases(creditor=creditor, on=DAY, by=None)


def _at(hour: int) -> dt.datetime:
    return dt.datetime.combine(DAY, dt.time(hour), dt.UTC)


def run(count: int) -> dict:
    """Figures of one size, on a creditor of its own."""
    creditor = access.creditor(f"bench{count}")
    asker, chief = (access.person(Role.LEGAL_OFFICER, creditor, username=f"{name}{count}") for name in ("asker", "chief"))
    owing(creditor, count)
    figures: dict = {"accounts": count}

    def step(name, work):
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            answer = work()
        figures[name] = {"seconds": round(time.perf_counter() - start, 2), "statements": len(captured)}
        return answer

    ids = list(creditor.accounts.values_list("pk", flat=True))
    step("search", lambda: find_write_offs(creditor=creditor, on=DAY))
    act = step("gather", lambda: gather_write_off(creditor=creditor, ground="limitation", account_ids=ids, by=asker, on=DAY))
    for kind in papers_of("limitation", DAY):
        add_paper(act=act, kind=kind, number="1", issued_on=DAY, by=asker, on=DAY)
    step("ask", lambda: ask_write_off(act=act, by=asker, on=DAY))
    approve_write_off(act=act, by=chief, on=DAY)
    step("post", lambda: post_write_off(act=act, by=chief, learnt_at=_at(2), on=DAY))
    back = {"why": "mistake", "note": "bench", "by": chief, "learnt_at": _at(3), "on": DAY}
    figures["lines_booked"] = Payment.objects.filter(account__creditor=creditor, amount__gt=0).count()
    figures["cases_told"] = CaseEvent.objects.filter(case__creditor=creditor, code="debt_written_off").count()
    step("restore", lambda: restore_act(act=act, **back))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, nargs="+", default=[20, 200, 1_000])
    call_command("migrate", verbosity=0)
    json.dump([run(count) for count in parser.parse_args().accounts], sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
