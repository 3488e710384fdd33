"""The boards: every figure is the total of the list it opens, within what its reader may count."""

import datetime as dt

import pytest

from casedesk.common import money, months
from debtors.actions.derive_cells import refresh_cells
from debtors.actions.undo_booking import undo_booking
from debtors.models import AgedCell, CaseEvent, CellStamp, RecoveredCell, UtilityAccount
from debtors.queries.ageing import age
from debtors.rules.recovery import RecoveryChannel
from tests.factories import cases as case_factory
from tests.factories.ledger import Ledger

PERIOD = "period=2024-02"
SPAN = range(months.parse("2023-02"), months.parse("2024-03"))


@pytest.fixture
def town(osen, lada):
    """Two accounts of osen and one of lada, charged for months; money by two ways; a payment learnt late."""
    mine, theirs = Ledger(osen), Ledger(lada)
    flat, firm = mine.account("100", holder="Щеглова Вера"), mine.account("102", holder="ООО «Маяк»")
    other = theirs.account("100", holder="Мохов Пётр")
    for month in ("2022-01", "2023-10", "2023-12", "2024-01", "2024-02"):
        mine.charge(flat, month, 100_000).charge(firm, month, 300_000, service=3)
        theirs.charge(other, month, 50_000)
    mine.post("2024-03-01")
    theirs.post("2024-03-01")
    mine.pay(firm, "2024-01-20", 250_000, service=3).pay(flat, "2024-02-03", 30_000, channel="bailiff").post("2024-03-05")
    return mine, flat, firm


def board(client, query=PERIOD):
    return client.get(f"/boards/?{query}")


def total_behind(client, url: str, column: int = 0) -> int:
    return client.get(url).context["totals"][column][0]


def test_every_sum_of_the_board_is_the_total_of_the_list_it_opens(visit, officer, town):
    client = visit(officer)
    page = board(client)
    cells = [cell for row in page.context["aged_rows"] + page.context["came_rows"] for cell in row["cells"] if cell[0]]
    assert len(cells) > 30
    for value, url in cells:
        assert total_behind(client, url) == value, url


def test_houses_and_tiles_open_what_they_say(visit, officer, town):
    client = visit(officer)
    page = board(client)
    (house,) = page.context["houses"]
    assert total_behind(client, f"/boards/accounts/?{PERIOD}&age=overdue&house={house.key}") == house.figures.overdue
    assert client.get(f"/boards/houses/?{PERIOD}").context["total"] == page.context["newest"].figures.overdue
    assert total_behind(client, page.context["links"]["payments"]) == page.context["came_month"].total == 30_000


def test_the_year_equals_ageing_on_each_last_day(visit, officer, osen, town):
    told = board(visit(officer)).context["aged_rows"]
    for row in told:
        aged = age(UtilityAccount.objects.filter(creditor=osen), as_of=months.last_day(row["month"])).figures
        assert [value for value, _ in row["cells"]] == [aged.not_yet_due, *aged.buckets.values(), aged.overdue, aged.total]


def test_a_creditor_reads_its_own_and_a_municipality_its_territory_without_names(visit, officer, supervisor, stranger, town):
    own = board(visit(officer)).context["newest"].figures.total
    theirs = board(visit(stranger)).context["newest"].figures.total
    page = board(visit(supervisor))
    assert (own, theirs) == (5 * 400_000 - 280_000, 250_000)
    assert page.context["newest"].figures.total == own + theirs
    assert [row.key for row in page.context["creditors"]] == ["osen", "lada"]
    behind = visit(supervisor).get(f"/boards/accounts/?{PERIOD}&age=total")
    assert behind.context["totals"][0][0] == own + theirs
    assert "Щеглова" not in behind.content.decode() and "/accounts/1" not in behind.content.decode()


def test_one_creditor_of_a_municipality_is_a_question_of_its_own(visit, supervisor, officer, town):
    client = visit(supervisor)
    page = board(client, PERIOD + "&creditor=lada")
    assert page.context["newest"].figures.total == 250_000
    for value, url in page.context["aged_rows"][-1]["cells"]:
        assert total_behind(client, url) == value
    assert board(visit(officer), PERIOD + "&creditor=lada").context["newest"].figures.total == 5 * 400_000 - 280_000


def test_a_late_fact_is_taken_up_and_an_undone_one_given_back(visit, officer, town):
    mine, flat, _ = town
    client = visit(officer)
    before = board(client).context["newest"].figures.total
    late = mine.pay(flat, "2024-02-10", 40_000).post("2024-04-15")
    assert board(client).context["newest"].figures.total == before - 40_000
    assert board(client).context["came_month"].total == 70_000
    undo_booking(booking=late, by=officer, reason="ошибка", at=late.learnt_at + dt.timedelta(hours=1), on=dt.date(2024, 4, 16))
    assert board(client).context["newest"].figures.total == before


def test_only_months_that_a_fact_touches_are_written_anew(osen, town):
    mine, flat, _ = town
    assert refresh_cells(creditors=[osen.pk], span=SPAN) == 2 * len(SPAN)
    assert refresh_cells(creditors=[osen.pk], span=SPAN) == 0
    mine.pay(flat, "2024-01-31", 10_000).post("2024-04-15")
    assert refresh_cells(creditors=[osen.pk], span=SPAN) == 4
    assert CellStamp.objects.count() == 2 * len(SPAN)


def test_months_that_nothing_touched_are_not_asked_about_again(osen, town, django_assert_num_queries):
    """After each of five postings one look moves all stamps on; the next takes as few queries as after the first."""
    mine, flat, _ = town
    for day in range(10, 15):
        refresh_cells(creditors=[osen.pk], span=SPAN)
        mine.pay(flat, f"2024-01-{day}", 10_000).post(f"2024-04-{day + 5}")
    refresh_cells(creditors=[osen.pk], span=SPAN)
    with django_assert_num_queries(4):
        assert refresh_cells(creditors=[osen.pk], span=SPAN) == 0
    assert CellStamp.objects.order_by().values("booking", "undone_at", "event").distinct().count() == 1


def test_a_notice_recorded_late_moves_money_to_its_channel(osen, visit, officer, town):
    """Channels follow the events of the case: one recorded after the payment was counted changes the month's cells."""
    mine, flat, _ = town
    case = case_factory.case_of(flat, dt.date(2024, 3, 6))
    mine.pay(flat, "2024-03-10", 20_000).post("2024-04-02")
    refresh_cells(creditors=[osen.pk], span=[months.parse("2024-03")])
    assert dict(RecoveredCell.objects.values_list("channel", "amount")) == {RecoveryChannel.VOLUNTARY: 20_000}
    CaseEvent.objects.create(case=case, code="reminder_sent", happened_on=dt.date(2024, 3, 7))
    refresh_cells(creditors=[osen.pk], span=[months.parse("2024-03")])
    assert dict(RecoveredCell.objects.values_list("channel", "amount")) == {RecoveryChannel.AFTER_NOTICE: 20_000}


def test_an_officer_sees_the_figures_of_their_own_cases(visit, officer, town):
    mine, flat, _ = town
    case = case_factory.case_of(flat, dt.date(2024, 3, 6))
    type(case).objects.filter(pk=case.pk).update(officer=officer)
    client = visit(officer)
    page = board(client, PERIOD + "&whose=mine")
    assert page.context["newest"].figures.total == 500_000 - 30_000
    for row in page.context["aged_rows"][-2:] + page.context["came_rows"][-2:]:
        for value, url in row["cells"]:
            assert total_behind(client, url) == value


@pytest.mark.parametrize("query", ["period=nonsense", "period=2999-01", "creditor=nobody", "whose=theirs"])
def test_a_senseless_question_falls_back(visit, officer, town, query):
    assert board(visit(officer), query).status_code == 200


@pytest.mark.parametrize(
    "path", ["accounts/?age=7", "accounts/?house=x", "accounts/?house=%C2%B2", "payments/?channel=x", "cases/?step=x"]
)
def test_a_list_that_is_not_there_answers_404(visit, officer, town, path):
    assert visit(officer).get(f"/boards/{path}").status_code == 404


def test_an_empty_board_says_what_to_do(visit, officer):
    assert "За эти месяцы данных нет" in board(visit(officer)).content.decode()


def test_the_lights_come_as_a_fragment_and_as_a_page(visit, officer, town):
    client = visit(officer)
    assert "<html" in client.get(f"/boards/lights/?{PERIOD}").content.decode()
    fragment = client.get(f"/boards/lights/?{PERIOD}", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment and "<table" in fragment


def test_programs_read_what_the_page_shows(visit, officer, town):
    client = visit(officer)
    page, told = board(client).context, client.get(f"/api/boards/?{PERIOD}").json()
    assert told["debt"][-1]["total"] == money.text(page["newest"].figures.total)
    assert told["recovered"][-1]["total"] == money.text(page["came_month"].total)
    assert [row["overdue"] for row in told["houses"]] == [money.text(row.figures.overdue) for row in page["houses"]]
    assert [step["cases"] for step in told["steps"]] == [step.cases for step, _ in page["steps"]]
    assert client.get("/api/boards/?period=nonsense").status_code == 400


def test_queries_of_the_board_do_not_grow(visit, officer, town, django_assert_max_num_queries):
    client = visit(officer)
    board(client)
    with django_assert_max_num_queries(26):
        board(client)


def test_cells_add_up(town, osen):
    refresh_cells(creditors=[osen.pk], span=SPAN)
    for cell in AgedCell.objects.all():
        assert cell.total == cell.not_yet_due + sum(getattr(cell, name) for name in AgedCell.BUCKETS)
