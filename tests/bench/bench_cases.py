"""How long the pass over a creditor's accounts takes: 10 000 overdue ones, and again with nothing to do.

    DATABASE_URL=postgres://.../scratch python -m tests.bench.bench_cases

Works in a migrated scratch database inside a transaction that is rolled back. Prints one JSON line.
"""

import datetime as dt
import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from casedesk.access.models import Organisation  # noqa: E402
from debtors.actions.open_cases import open_cases  # noqa: E402
from debtors.queries.dialect import execute  # noqa: E402

ON = dt.date(2024, 3, 1)
ACCOUNTS = 10_000
SERIES = "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {count}) "


def seed(creditor: Organisation, count: int) -> None:
    """Accounts with a person each, all over the default rule, of 36 different ages."""
    series = SERIES.format(count=count)
    execute(
        "INSERT INTO debtors_utilityaccount (creditor_id, number, category, holder_name, address_text, unified_number, gis_id,"
        f" search) {series} SELECT {creditor.pk}, 'b' || (1000000 + n), 'owner', 'Иванов И. И.', 'ул. Мира, д. ' || n,"
        " '', '', 'b' || (1000000 + n) || ' иванов и. и. ул. мира, д. ' || n FROM g"
    )
    execute(
        f"INSERT INTO debtors_debtor (kind, name, birth_place, inn, snils, document, phone, email, search) {series}"
        " SELECT 'citizen', 'Иванов Иван ' || n, '', 'bench', '', '', '', '', 'иванов иван ' || n FROM g"
    )
    execute(
        "INSERT INTO debtors_liability (account_id, debtor_id, kind, ground, share_num, share_den)"
        " SELECT a.id, d.id, 'joint', 'owner', 1, 1 FROM"
        f" (SELECT id, row_number() OVER (ORDER BY id) AS r FROM debtors_utilityaccount WHERE creditor_id = {creditor.pk}) a"
        " JOIN (SELECT id, row_number() OVER (ORDER BY id) AS r FROM debtors_debtor WHERE inn = 'bench') d ON a.r = d.r"
    )
    execute(
        "INSERT INTO debtors_accountstate (account_id, as_of, balance, debt, credit, overdue, penalty, average_charge,"
        " months_x100, oldest_open_month, at_least) SELECT id, CAST('2024-03-01' AS date), 1500000 + id, 1500000 + id, 0,"
        " 1500000 + id, 0, 500000, (1500000 + id) * 100 / 500000, 24288 - 2 - (id %% 36), FALSE FROM debtors_utilityaccount"
        f" WHERE creditor_id = {creditor.pk}"
    )
    if connection.vendor == "postgresql":
        for table in ("utilityaccount", "debtor", "liability", "accountstate"):
            execute(f"ANALYZE debtors_{table}")


def timed(creditor: Organisation, on: dt.date) -> tuple[float, object]:
    started = time.perf_counter()
    passed = open_cases(creditor=creditor, on=on, by=None)
    return round(time.perf_counter() - started, 3), passed


def main() -> None:
    with transaction.atomic():
        creditor = Organisation.objects.create(kind="creditor", code="bench", name="Bench")
        seed(creditor, ACCOUNTS)
        first, passed = timed(creditor, ON)
        if connection.vendor == "postgresql":
            for table in ("casefile", "caseaccount", "casedebtor"):
                execute(f"ANALYZE debtors_{table}")
        again, nothing = timed(creditor, ON)
        sys.stdout.write(
            json.dumps(
                {
                    "database": connection.vendor,
                    "accounts": ACCOUNTS,
                    "opened": passed.opened,
                    "first_pass_s": first,
                    "nothing_to_do_s": again,
                    "changed_again": nothing.refreshed.sums + nothing.refreshed.texts + nothing.refreshed.steps,
                }
            )
            + "\n"
        )
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
