"""One month with everything that can happen to a debt: the next report explains it to the kopeck, line by line."""

import datetime as dt
import io

import pytest
from docx import Document
from openpyxl import load_workbook

from casedesk.common import months
from casedesk.plans.models import PlanReport
from casedesk.plans.queries.debt_change import Between, End, accounts_behind
from casedesk.plans.queries.question import reach_of_organisation
from debtors.actions.sign_agreement import sign_agreement
from debtors.models import Payment
from tests.casedesk.plans.test_reports import freeze
from tests.debtors.ledger.conftest import books  # noqa: F401  a fixture
from tests.debtors.writeoff.conftest import TODAY, chief, officer, old_debt, posted  # noqa: F401  fixtures
from tests.factories import cases

MAY = "2026-05"
PAID = {"desk": 1_101, "bank": 2_202, "bailiff": 3_303, "employer": 4_404, "offset": 5_505}
CHARGED, RECALCULATED, OPENING, TURNOVER, WRITTEN_OFF = 90_000, 7_007, 12_000, 6_606, 50_000
LATE = 8_808
LATER = "2099-06-05"
"""After the moment at which the tests record the agreement."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(old_debt, officer, chief) -> tuple[PlanReport, PlanReport]:  # noqa: F811
    """April's report, then a month of everything, then May's."""
    debtor = cases.billed(old_debt.creditor, "9003", on=dt.date(2026, 4, 3))
    april = freeze("2026-05-04", month="2026-04", code="Z")
    posted(old_debt, officer, chief, accounts=[old_debt.accounts[1].pk])
    old_debt.charge(MAY, CHARGED).charge(MAY, 0, account=1, credited=RECALCULATED)
    for channel, amount in PAID.items():
        day = dt.date(2026, 5, 12)
        old_debt.add(0, 1, amount=amount, paid_on=day, channel=channel, document=channel)
    old_debt.add(1, 1, month=months.parse(MAY), turnover=TURNOVER)
    old_debt.add(2, 1, opening=OPENING, opening_month=months.parse(MAY))
    old_debt.add(0, 1, amount=LATE, paid_on=dt.date(2026, 4, 20), document="поздняя")
    old_debt.post("2026-06-01", on="2026-06-01")
    agree(debtor, officer)
    return april, freeze(LATER, month=MAY, code="Z")


def agree(account, by):
    """The account's debt is put into instalments on 29 May."""
    day = dt.date(2026, 5, 29)
    case = cases.case_of(account, day)
    sign_agreement(case=case, covered_through=months.parse("2026-03"), parts=3, pay_day=15, by=by, on=day)


def test_every_channel_is_a_line_and_the_lines_add_up(told):
    april, may = told
    change = may.content["change"]
    lines = {line["key"]: line["amount"] for line in change["lines"]}
    assert lines == {
        "charged": CHARGED,
        "recalculated": -RECALCULATED,
        "opening": OPENING,
        **{f"paid_{channel}": -amount for channel, amount in PAID.items()},
        "paid_turnover": -TURNOVER,
        "paid_write_off": -WRITTEN_OFF,
        "late_paid_bank": -LATE,
    }
    assert change["opening"] == april.content["change"]["closing"]
    assert change["opening"] + sum(lines.values()) == change["closing"]


def test_every_channel_there_is_was_in_the_month():
    """A channel that is added later must join this story."""
    assert set(Payment.Channel.values) == {*PAID, "turnover", "write_off"}


def test_what_was_restructured_is_told_beside_and_in_the_ageing(told):
    _, may = told
    memo = {one["key"]: one["amount"] for one in may.content["change"]["memo"]}
    part = may.content["restructured"]
    assert memo["restructured"] > 0 and memo["granted"] == 0
    assert part["agreements"] == 1
    assert 0 < part["total"] <= may.content["change"]["closing"]


def test_the_ageing_tables_end_in_the_closing_debt(told):
    _, may = told
    closing = may.content["change"]["closing"]
    assert may.content["ageing"][-1]["total"] == may.content["ageing_by_resource"][-1]["total"] == closing
    assert sum(row["total"] for row in may.content["ageing"] if not row["nested"]) == 2 * closing


def test_every_line_opens_its_accounts(told):
    _, may = told
    change = may.content["change"]
    ends = [
        End(dt.date.fromisoformat(change[f"{end}_on"]), dt.datetime.fromisoformat(change[f"{end}_known_at"]))
        for end in ("from", "to")
    ]
    between = Between(*ends, reach_of_organisation(None, None))
    for line in change["lines"]:
        assert sum(fact.amounts[0] for fact in accounts_behind(between, line["key"])) == line["amount"], line["key"]


def test_the_files_hold_all_of_it(told):
    """Both ageing tables with the restructured part, the form on collection, the explanation; in roubles to the kopeck."""
    _, may = told
    book = load_workbook(io.BytesIO(bytes(may.files.get(form="xlsx").content)))
    rows = dict(row for row in book["Изменение долга"].iter_rows(min_row=7, max_col=2, values_only=True) if row[0])
    assert rows["Списано"] == -WRITTEN_OFF / 100 and rows["Получено от приставов"] == -PAID["bailiff"] / 100
    for name in ("Возраст по группам", "Возраст по ресурсам"):
        last = [row[0] for row in book[name].iter_rows(min_row=7, values_only=True)][-1]
        assert last.strip() == "из них рассрочено по соглашениям"
    paper = Document(io.BytesIO(bytes(may.files.get(form="docx").content)))
    said = [line.text for line in paper.paragraphs]
    for heading in ("Возраст долга по группам потребителей, тыс. руб.", "Возраст долга по ресурсам, тыс. руб."):
        assert heading in said


def test_the_page_shows_both_tables(told, administrator, visit):
    _, may = told
    page = visit(administrator).get(may.get_absolute_url()).content.decode()
    assert "Возраст долга по группам" in page and "Возраст долга по ресурсам" in page
    assert "из них рассрочено" in page and "Списано" in page and "Справочно" in page
