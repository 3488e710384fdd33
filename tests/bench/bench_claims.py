"""How long preparing claims takes and how many statements it costs: `python -m tests.bench.bench_claims [--scale 0.1]`.

    DATABASE_URL=postgres://.../scratch python -m tests.bench.bench_claims

Full scale is 1 000 cases of six months and two services each, every address in the court's list. A tenth is prepared first, so
that both counts of statements stand side by side. Works in a migrated scratch database (in memory without one) inside a
transaction that is rolled back. Prints one JSON line.
"""

import argparse
import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from casedesk.access.models import Organisation  # noqa: E402
from debtors.actions.open_cases import open_cases  # noqa: E402
from debtors.models import CaseFile  # noqa: E402
from enforcement.actions.change_coverage import add_coverage  # noqa: E402
from enforcement.actions.make_court_papers import claim_papers  # noqa: E402
from enforcement.actions.prepare_claims import prepare_claims  # noqa: E402
from enforcement.models import Court  # noqa: E402
from enforcement.queries.claim_draft import Asked  # noqa: E402
from enforcement.queries.claim_drafts import drafts  # noqa: E402
from tests.factories import access, cases  # noqa: E402

ON, CASES = dt.date(2024, 3, 21), 1_000


def seed(creditor: Organisation, count: int) -> None:
    """Accounts with a ledger each, a named person, a live case and a court of their street."""
    cases.billed_many(creditor, count, on=ON)
    open_cases(creditor=creditor, on=ON, by=None)
    court = Court.objects.create(kind="magistrate", code="bench", name="Участок № 1")
    add_coverage(authority=court, street="ул. Мира", houses="все", locality="", valid_from=ON, source="", by=None)


def measured(work: Callable[[], object]) -> tuple[object, float, int]:
    """What came of it, seconds, statements."""
    with CaptureQueriesContext(connection) as asked:
        start = time.perf_counter()
        answer = work()
        return answer, round(time.perf_counter() - start, 2), len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of 1 000 cases")
    count = max(int(CASES * parser.parse_args().scale), 20)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        creditor = Organisation.objects.create(kind="creditor", code="bench", name="Bench")
        seed(creditor, count + count // 10)
        asked = Asked(on=ON, penalty_through=ON)
        listed = list(CaseFile.objects.filter(creditor=creditor).select_related("creditor").order_by("number"))
        few, many = listed[: count // 10], listed[count // 10 :]
        _, _, statements_few = measured(lambda: prepare_claims(cases=few, asked=asked, by=None, incomplete=True))
        checked, check_s, check_statements = measured(lambda: drafts(many, asked=asked, by=None))
        done, seconds, statements = measured(lambda: prepare_claims(cases=many, asked=asked, by=None, incomplete=True))
        clerk = access.person("legal_officer", creditor, username="bench")
        papers, papers_s, papers_statements = measured(lambda: claim_papers(claims=done.claims, by=clerk, on=ON))
        figures = {
            "database": connection.vendor,
            "cases": len(many),
            "claims": len(done.claims),
            "named_a_court": sum(bool(claim.court_id) for claim in done.claims),
            "check_seconds": check_s,
            "check_statements": check_statements,
            "prepare_seconds": seconds,
            "prepare_statements": statements,
            f"prepare_statements_for_{len(few)}": statements_few,
            "papers": len(papers),
            "papers_seconds": papers_s,
            "papers_statements": papers_statements,
        }
        transaction.set_rollback(True)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
