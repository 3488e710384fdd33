"""Bulk penalty against the single calculator in a loop: `python -m tests.bench.bench_penalty [--scale 0.01]`.

Full scale is 200 000 accounts of 36 months with about one payment a month. The loop is timed on a part of the accounts and
compared by charge-months a second; both must give the same kopecks on that part.
"""

import argparse
import datetime as dt
import json
import os
import random
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")

from casedesk.common import months
from casedesk.norms.catalogue import shipped
from casedesk.norms.due_dates import due_on
from casedesk.norms.penalty import moratoria
from casedesk.norms.penalty.bulk import BulkPenalty
from casedesk.norms.penalty.debt import Debt, Movement
from casedesk.norms.penalty.engine import compute
from casedesk.norms.penalty.rates import Rates
from casedesk.norms.reading import Reading

ACCOUNTS, MONTHS, LOOP_ACCOUNTS = 200_000, 36, 100
FIRST, THROUGH, LADDER = months.make(2023, 1), dt.date(2026, 9, 30), "housing_155_14"


def account(rng: random.Random):
    """36 charges, and payments in four months of five, some late, some partial."""
    charges = [(FIRST + number, rng.randrange(150_000, 900_000)) for number in range(MONTHS)]
    payments = [
        (months.last_day(month).toordinal() + rng.randrange(1, 120), amount * rng.choice((50, 80, 100, 100)) // 100)
        for month, amount in charges
        if rng.random() < 0.8
    ]
    return charges, sorted(payments)


def rates() -> Rates:
    return Rates(mode="payment_day", ladder=LADDER, reading=Reading(shipped(), "пени"), cap="norms")


def loop(accounts):
    """The single calculator, month by month, payments matched oldest first."""
    answers = []
    for charges, payments in accounts:
        waiting = [[dt.date.fromordinal(day), amount] for day, amount in payments]
        answer = []
        for month, principal in charges:
            left, paid = principal, []
            for row in waiting:
                taken = min(left, row[1])
                left, row[1] = left - taken, row[1] - taken
                if taken:
                    paid.append(Movement(row[0], taken))
            debt, used = Debt(principal, due_on(month), THROUGH, tuple(paid)), rates()
            windows = moratoria.from_norms(ladder=LADDER, due=debt.due, through=THROUGH, reading=used.reading)
            answer.append((month, compute(debt, ladder=LADDER, rates=used, windows=windows, reading=used.reading).total))
        answers.append(answer)
    return answers


def timed(work):
    start = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of 200 000 accounts")
    count = max(int(ACCOUNTS * parser.parse_args().scale), LOOP_ACCOUNTS)
    rng = random.Random(1)
    sample = [account(rng) for _ in range(LOOP_ACCOUNTS)]
    single, loop_seconds = timed(lambda: loop(sample))
    bulk = BulkPenalty(ladder=LADDER, rates=rates(), through=THROUGH)
    same = [bulk.of_account(*one) for one in sample] == single
    spent, done, total = 0.0, 0, 0
    while done < count:
        chunk = [account(rng) for _ in range(min(5_000, count - done))]
        answers, seconds = timed(lambda chunk=chunk: [bulk.of_account(*one) for one in chunk])
        spent, done = spent + seconds, done + len(chunk)
        total += sum(amount for answer in answers for _, amount in answer)
    loop_speed, bulk_speed = LOOP_ACCOUNTS * MONTHS / loop_seconds, done * MONTHS / spent
    figures = {
        "accounts": done,
        "months": MONTHS,
        "bulk_seconds": round(spent, 2),
        "bulk_charge_months_a_second": round(bulk_speed),
        "loop_charge_months_a_second": round(loop_speed),
        "ratio": round(bulk_speed / loop_speed, 1),
        "same_kopecks": same,
        "penalty_kopecks": total,
    }
    json.dump(figures, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
