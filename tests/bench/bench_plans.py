"""The four plans at 100 000 accounts: all indicators of a plan for one month, for all and for one creditor.

    python -m tests.bench.bench_plans [--scale 0.1] [--repeats 3] [--slowest 5] [--here]

The ledger and the cases of bench_boards, with a year of notices, contacts, writs, returns, agreements, money on awards and
municipal flats. `--here` works in the database of DATABASE_URL itself: fills it when it is empty and leaves it, so that a
second run only asks. One JSON line per plan and reader, beside a plain sum over the same month totals (the floor); nothing
is asserted.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from casedesk.access.models import Organisation, User  # noqa: E402
from casedesk.common import months  # noqa: E402
from casedesk.plans import catalogue  # noqa: E402
from casedesk.plans.models import IndicatorUse, Plan  # noqa: E402
from casedesk.plans.queries.question import Question, Reach  # noqa: E402
from casedesk.plans.queries.report import figures, report  # noqa: E402
from debtors.models import (  # noqa: E402
    Award,
    Booking,
    CaseAccount,
    CaseEvent,
    CaseFile,
    Contact,
    OutreachEvent,
    PreTrialNotice,
    RepaymentAgreement,
)
from debtors.queries.dialect import execute, on_postgres, rows  # noqa: E402
from enforcement.models import ImpossibilityAct, Presentation, Writ  # noqa: E402
from tests.bench.bench_ageing import ACCOUNTS, LAST, LEARNT, fill  # noqa: E402
from tests.bench.bench_boards import BATCH, people, settle, walk  # noqa: E402

AIM_S = 5
BASE = months.last_day(LAST - 12)
CHANNELS = ("sms", "call", "visit", "autodial")


def day_of(number: int) -> dt.date:
    """A day of the last year, the same for the same number."""
    return months.first_day(LAST - number % 12) + dt.timedelta(days=number % 25)


def work(creditor: Organisation, officer: User) -> dict[str, int]:
    """What a year of work leaves behind, spread over the months."""
    cases = list(CaseFile.objects.order_by("pk").values_list("pk", "account_id"))
    CaseFile.objects.update(opened_on=BASE)
    CaseAccount.objects.update(valid_from=BASE)
    _contact(creditor, officer, [pk for pk, _ in cases])
    writs = _writs(creditor, cases[::8])
    _agreements(creditor, officer, [pk for pk, _ in cases[5::50]])
    _money_on_awards(creditor, cases[::8])
    for tenure, share in (("social_rent", 20), ("vacant", 90), ("escheat", 400)):
        execute(f"UPDATE debtors_premises SET tenure = '{tenure}' WHERE id %% {share} = 3", [])
    said = {"organisation": creditor, "proof": "№ 1", "recorded_by": officer, "recorded_at": LEARNT}
    kinds = ("placement", "consultation", "appeal", "reception")
    OutreachEvent.objects.bulk_create(
        (
            OutreachEvent(kind=kinds[n % 4], happened_on=day_of(n), data={"topic": "debt"}, **said)
            for n in range(len(cases) // 8)
        ),
        BATCH,
    )
    if on_postgres():
        execute("ANALYZE")
    return {"cases": len(cases), "writs": writs}


def _contact(creditor: Organisation, officer: User, cases: list[int]) -> None:
    told = {"creditor": creditor, "kind": "reminder", "state": "sent", "total": 900_000, "prepared_by": officer}
    PreTrialNotice.objects.bulk_create(
        (
            PreTrialNotice(
                case_id=pk, number=n, prepared_on=day_of(n), sent_on=day_of(n), sent_by=officer, channel="post",
                waiting_until=day_of(n) + dt.timedelta(days=30), addressee="-", **told,
            )
            for n, pk in enumerate(cases)
        ),
        BATCH,
    )  # fmt: skip
    Contact.objects.bulk_create(
        (
            Contact(
                creditor=creditor, case_id=pk, person_key=f"c{pk}", channel=CHANNELS[(n + turn) % 4], state="delivered",
                amount=900_000, key=f"k{n}-{turn}", sent_on=day_of(n + turn * 5), delivered_on=day_of(n + turn * 5),
            )
            for n, pk in enumerate(cases)
            for turn in range(3)
        ),
        BATCH,
    )  # fmt: skip


def _writs(creditor: Organisation, cases: list[tuple[int, int]]) -> int:
    department, _ = Organisation.objects.get_or_create(code="osp-b", defaults={"kind": "bailiff_department", "name": "ОСП"})
    made = Writ.objects.bulk_create(
        (
            Writ(creditor=creditor, account_id=account, case_file_id=pk, kind="court_order", number=f"2-{pk}/2024",
                 issued_on=day_of(n + 1), principal=900_000)
            for n, (pk, account) in enumerate(cases)
        ),
        BATCH,
    )  # fmt: skip
    at = timezone.now()
    Presentation.objects.bulk_create(
        (Presentation(writ=one, department=department, sent_on=one.issued_on + dt.timedelta(days=14 + one.pk % 30),
                      principal=900_000, recorded_at=at) for one in made),
        BATCH,
    )  # fmt: skip
    ImpossibilityAct.objects.bulk_create(
        (ImpossibilityAct(writ=one, ground="46.1.4", dated_on=one.issued_on, recorded_at=at) for one in made[::2]), BATCH
    )
    return len(made)


def _agreements(creditor: Organisation, officer: User, cases: list[int]) -> None:
    made = RepaymentAgreement.objects.bulk_create(
        (
            RepaymentAgreement(creditor=creditor, case_id=pk, number=n, signed_on=day_of(n), total=900_000,
                               covered_through=LAST - 3, signed_by=officer)
            for n, pk in enumerate(cases)
        ),
        BATCH,
    )  # fmt: skip
    CaseEvent.objects.bulk_create(
        (
            CaseEvent(
                case_id=one.case_id,
                code="agreement_signed",
                happened_on=one.signed_on,
                subject_kind="agreement",
                subject_id=one.pk,
            )
            for one in made
        ),
        BATCH,
    )


def _money_on_awards(creditor: Organisation, cases: list[tuple[int, int]]) -> None:
    booking = Booking.objects.first()
    Award.objects.bulk_create(
        (Award(creditor=creditor, account_id=account, label=f"2-{pk}", granted_on=BASE, principal=900_000, booking=booking)
         for pk, account in cases),
        BATCH,
    )  # fmt: skip
    execute(
        """UPDATE debtors_payment
           SET award_id = (SELECT w.id FROM debtors_award w WHERE w.account_id = debtors_payment.account_id)
           WHERE account_id IN (SELECT account_id FROM debtors_award)"""
    )


def bench_plans(reach: Reach, reader: str, repeats: int, slowest: int) -> None:
    for plan in Plan.objects.order_by("code"):
        seconds, floors = [], []
        for _ in range(repeats):
            begun = time.perf_counter()
            rows("SELECT SUM(charged) FROM debtors_monthtotal")
            floors.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            shown = figures(report(plan, Question(LAST, reach, base_on=BASE)))
            seconds.append(time.perf_counter() - begun)
        middle, floor = statistics.median(seconds), statistics.median(floors)
        say(plan=plan.code, reader=reader, figures=len(shown), seconds=round(middle, 2), aim_s=AIM_S, met=middle <= AIM_S,
            floor_s=round(floor, 2), times_the_sum=round(middle / floor, 1),
            slowest=slow_ones(plan, reach)[:slowest], load=round(os.getloadavg()[0], 1))  # fmt: skip


def slow_ones(plan: Plan, reach: Reach) -> list[tuple[str, float]]:
    """What each figure adds to the page, the slowest first: answers that an earlier figure asked cost nothing."""
    question, spent = Question(LAST, reach, base_on=BASE), []
    for use in IndicatorUse.objects.filter(measure__section__plan=plan).order_by("measure__section", "measure", "position"):
        begun = time.perf_counter()
        catalogue.get(use.indicator).value(question.with_params(use.params))
        spent.append((use.indicator, round(time.perf_counter() - begun, 2)))
    return sorted(spent, key=lambda one: -one[1])


def bench_page(user: User, code: str, repeats: int) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        answer = client.get(f"/plans/{code}/?period={months.iso(LAST)}")
        if answer.status_code != 200:
            raise SystemExit(f"plan {code}: {answer.status_code}")
        times.append(time.perf_counter() - begun)
    say(page=f"plan {code}", seconds=round(statistics.median(times), 2))


def say(**told: object) -> None:
    sys.stdout.write(json.dumps({"database": connection.vendor, **told}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def run(accounts: int, repeats: int, slowest: int) -> None:
    creditor = Organisation.objects.filter(code="bench").first()
    if creditor is None:
        begun = time.perf_counter()
        creditor = fill(accounts)
        town_hall = settle(creditor, accounts)
        story = walk(creditor)
        story |= work(creditor, people(creditor, town_hall)["officer"])
        say(bench="fill", accounts=accounts, seconds=round(time.perf_counter() - begun), **story)
    bench_plans(Reach(), "the whole installation", repeats, slowest)
    bench_plans(Reach(frozenset({creditor.pk}), None, frozenset()), "a creditor", repeats, slowest)
    bench_page(User.objects.get(username="creditor"), "L", repeats)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=float(os.environ.get("BENCH_SCALE", "1")))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--slowest", type=int, default=5)
    parser.add_argument("--here", action="store_true")
    asked = parser.parse_args()
    if asked.here:
        return run(int(ACCOUNTS * asked.scale), asked.repeats, asked.slowest)
    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            "bench_plans" if on_postgres() else os.path.join(folder, "bench_plans.sqlite3")
        )
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            run(int(ACCOUNTS * asked.scale), asked.repeats, asked.slowest)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    main()
