"""The columns of the queue are the pure function's answer, for any facts."""

import datetime as dt
import random

from debtors.actions.refresh_cases import STEP_COLUMNS, facts_of, refresh_steps
from debtors.models import CaseFile, OpeningRule
from debtors.rules.next_step import next_step
from debtors.rules.stages import LIVE_STAGES, FlagKind, HoldKind
from tests.factories import cases

DAY = dt.date(2024, 3, 1)
FACTS = ["stage", "stage_on", "stage_until", "oldest_open_month", "hold_kind", "hold_on", "hold_until", "flag_marks"]


def some_day(dice: random.Random) -> dt.date:
    return DAY + dt.timedelta(days=dice.randint(-1200, 60))


def shuffle(case: CaseFile, dice: random.Random) -> None:
    """Give the case any facts that the database allows."""
    case.stage = dice.choice(sorted(LIVE_STAGES))
    case.stage_on = some_day(dice)
    case.stage_until = dice.choice([None, case.stage_on + dt.timedelta(days=dice.randint(0, 200))])
    case.oldest_open_month = dice.choice([None, 24288 - dice.randint(0, 60)])
    case.hold_kind = dice.choice(["", "", *sorted(HoldKind)])
    case.hold_on = some_day(dice) if case.hold_kind else None
    case.hold_until = dice.choice([None, some_day(dice)]) if case.hold_kind else None
    case.flag_marks = ",".join(sorted(dice.sample(sorted(FlagKind), dice.randint(0, 2))))


def test_columns_equal_the_function_on_random_facts(osen, officer):
    OpeningRule.objects.create(creditor=osen, valid_from=DAY, waiting=14, claim_within=20, set_by=officer)
    for number in range(200):
        cases.owing(osen, str(number), on=DAY)
    cases.case_of(cases.owing(osen, "last", on=DAY), DAY)
    dice = random.Random(2024)
    listed = list(CaseFile.objects.all())
    for case in listed:
        shuffle(case, dice)
    CaseFile.objects.bulk_update(listed, FACTS, batch_size=50)

    refresh_steps(creditor=osen, on=DAY)

    terms = OpeningRule.objects.get().terms
    for case in CaseFile.objects.all():
        step = next_step(facts_of(case), terms)
        kept = tuple(getattr(case, name) for name in STEP_COLUMNS)
        assert kept == (step.action, step.from_on, step.due_on, step.reason, step.norm, step.waits_for), facts_of(case)
    assert refresh_steps(creditor=osen, on=DAY) == 0, "a second pass writes nothing"
