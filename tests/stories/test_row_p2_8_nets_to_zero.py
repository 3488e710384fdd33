"""Row P2.8: a write-off and its reversal net to zero in every figure that anybody reads, of this month and of months before."""

import datetime as dt
from collections.abc import Callable
from dataclasses import astuple

import pytest

from casedesk.access.models import User
from casedesk.access.rights import Role
from casedesk.common import months
from casedesk.desk.dashboards import debt, recovery, way
from casedesk.desk.dashboards.sight import Sight
from casedesk.desk.debt_board import board
from casedesk.plans.catalogue import all_indicators, get, total_of
from casedesk.plans.queries import ageing_table
from casedesk.plans.queries.collection_form import collection_form
from casedesk.plans.queries.debt_change import Between, End, debt_change
from casedesk.plans.queries.question import Question, Reach, reach_of
from debtors.actions.open_cases import open_cases
from debtors.actions.restore_written_off import restore_act
from debtors.models import CaseFile, UtilityAccount
from debtors.queries.ledger_faults import faults
from debtors.queries.limitation import expiring
from debtors.queries.municipal_debt import municipal_debts
from debtors.queries.penalties import penalties
from tests.debtors.ledger.conftest import books, noon  # noqa: F401  a fixture
from tests.debtors.writeoff.conftest import OLD, TODAY, posted
from tests.factories import access

pytestmark = pytest.mark.django_db
MONTH = months.of(TODAY)
ASKED = (MONTH - 2, MONTH - 1, MONTH)
TELL_OF_WRITE_OFFS = {"write_offs.posted", "write_offs.restored", "write_offs.candidates"}
"""Figures that are about the acts themselves: what was written off stays told, and so does what came back."""
CASE = ("debt", "overdue", "penalty", "months_x100", "oldest_open_month", "stage", "next_action", "next_due_on", "hold_kind")


@pytest.fixture
def town(books):  # noqa: F811
    """Three accounts with old and fresh debt of two services, penalties, money by two ways, and their cases."""
    for number in range(3):
        books.charge(OLD, 50000, account=number).charge("2025-11", 40000, account=number)
        books.charge("2026-03", 30000, account=number).charge("2026-04", 30000, account=number)
        books.charge("2026-03", 1500, account=number, service=90)
    books.charge(OLD, 7000, service=3)
    books.post("2026-05-02", on=TODAY.isoformat())
    books.pay("2026-04-20", 12000, account=1).add(2, 1, amount=9000, paid_on=dt.date(2026, 5, 4), channel="bailiff")
    books.post("2026-05-05", on=TODAY.isoformat())
    open_cases(creditor=books.creditor, on=TODAY, by=None)
    return books


@pytest.fixture
def people(town):
    return [access.person(Role.LEGAL_OFFICER, town.creditor, username=name) for name in ("asker", "chief")]


def indicators(reach: Reach) -> dict:
    told = {}
    for period in ASKED:
        question = Question(period, reach=reach)
        for one in all_indicators():
            if one.code not in TELL_OF_WRITE_OFFS:
                totals = one.totals(question)
                assert totals == total_of(one.facts(question), len(one.columns)), one.code
                told[one.code, period] = (totals, one.value(question))
    return told


def forms(reach: Reach) -> dict:
    """L-App4, the ageing tables, and why the debt of April's end became today's."""
    told: dict = {}
    for period in (*ASKED, MONTH + 1):
        question = Question(period, reach=reach)
        told["L-App4", period] = [astuple(row) for row in collection_form(question)]
        for split in ageing_table.SPLITS:
            told[split, period] = [(row.label, ageing_table.sums(row.figures)) for row in ageing_table.table(question, split)]
    ends = End(months.last_day(MONTH - 1), noon(TODAY)), End(TODAY, noon(TODAY))
    told["change"] = debt_change(Between(*ends, reach))
    return told


def boards(user: User) -> dict:
    sight = Sight(user, MONTH)
    debt.freshen(sight)
    return {
        "debt": repr(board(sight.reach, as_of=TODAY)),
        "history": [(one.month, one.cells) for one in debt.history(sight)],
        "houses": [(row.label, row.figures) for row in debt.houses(sight)],
        "creditors": [(row.label, row.figures) for row in debt.creditors(sight)],
        "recovered": [repr(one) for one in recovery.history(sight)],
        "way": repr(way.steps(sight)),
    }


def queues() -> dict:
    """What cases, the radar of limitation, the penalties and the municipality's debt say."""
    accounts = UtilityAccount.objects.order_by("pk")
    return {
        "cases": list(CaseFile.objects.order_by("pk").values_list(*CASE)),
        "radar": sorted(repr(one) for one in expiring(list(accounts.values_list("pk", flat=True)), newest=MONTH)),
        "penalties": repr(penalties(accounts, through=TODAY)),
        "municipal": [repr(one) for one in municipal_debts(accounts, as_of=TODAY)],
    }


REPORTS: dict[str, Callable] = {
    "indicators": lambda user: indicators(reach_of(user, None)),
    "indicators of all": lambda user: indicators(Reach()),
    "forms": lambda user: forms(reach_of(user, None)),
    "boards": boards,
    "queues": lambda user: queues(),
}


def read(user: User) -> dict:
    return {name: report(user) for name, report in REPORTS.items()}


def test_row_p2_8_a_write_off_and_its_reversal_leave_every_report_as_it_was(town, people):
    asker, chief = people
    before = read(asker)
    act = posted(town, asker, chief)
    gone = read(asker)
    assert all(gone[name] != before[name] for name in REPORTS), "a report that does not see the write-off proves nothing"

    restore_act(act=act, why="mistake", note="ошибка", by=chief, learnt_at=noon(TODAY), on=TODAY)

    after = read(asker)
    for name, told in before.items():
        differs = {key: (told[key], after[name][key]) for key in told if told[key] != after[name][key]}
        assert not differs, name
    question = Question(MONTH)
    assert get("write_offs.posted").totals(question) == get("write_offs.restored").totals(question) == (act.total, 3)
    assert not any(faults(TODAY).values())


def test_row_p2_8_what_was_reported_before_the_act_is_reported_again(town, people):
    """As it was known on the eve, nothing moves: neither by the act nor by its reversal."""
    asker, chief = people
    eve = noon(TODAY) - dt.timedelta(hours=1)

    def as_known() -> list:
        question = Question(MONTH - 1, known_at=eve)
        told = [(one.code, one.totals(question)) for one in all_indicators() if one.code not in TELL_OF_WRITE_OFFS]
        return [*told, [astuple(row) for row in collection_form(question)]]

    before = as_known()
    act = posted(town, asker, chief)
    assert as_known() == before
    restore_act(act=act, why="collectable", note="имущество", by=chief, learnt_at=noon(TODAY), on=TODAY)
    assert as_known() == before
