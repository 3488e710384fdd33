"""The list of accounts and one account's pages: who sees what, filters, sort, export, fixed number of queries."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from debtors.models import AccountState, Booking, Charge, Debtor, Liability, MonthTotal, Payment, Service
from tests.factories import premises as make

LIST = "/accounts/"
MAY = 2024 * 12 + 4


@pytest.fixture
def flat(db):
    return make.flat()


@pytest.fixture
def accounts(osen, lada, flat):
    """Three accounts of osen that owe 100, 300 and 200 roubles, one of another creditor."""
    made = [
        make.account(osen, "4001", premises=flat, holder="Семёнова Ольга"),
        make.account(osen, "4002", holder="Ким Сергей", category="legal_entity"),
        make.account(osen, "4003", holder="Иванов Пётр"),
        make.account(lada, "9001", holder="Чужой"),
    ]
    for account, debt in zip(made, (100_00, 300_00, 200_00, 1), strict=True):
        AccountState.objects.create(
            account=account,
            as_of=dt.date(2024, 3, 1),
            balance=debt,
            debt=debt,
            overdue=debt,
            average_charge=50_00,
            months_x100=debt // 50,
        )
    return made


def numbers(page) -> list[str]:
    return [row.number for row in page.context["listing"].page.rows]


def test_largest_overdue_first_and_only_ones_own(visit, officer, accounts):
    assert numbers(visit(officer).get(LIST)) == ["4002", "4003", "4001"]


def test_a_municipality_sees_only_what_it_answers_for(visit, supervisor, accounts):
    assert visit(supervisor).get(LIST).status_code == 403


@pytest.mark.parametrize(
    "query, found",
    [
        ("q=семенова", ["4001"]),
        ("q=озерная 17", ["4001"]),
        ("q=400", ["4002", "4003", "4001"]),
        ("category=legal_entity", ["4002"]),
        ("overdue_from=150,00", ["4002", "4003"]),
        ("overdue_from=150&overdue_to=250", ["4003"]),
        ("months_from=5", ["4002"]),
        ("sort=number", ["4001", "4002", "4003"]),
        ("sort=-number", ["4003", "4002", "4001"]),
        ("sort=state.debt", ["4001", "4003", "4002"]),
        ("sort=password", ["4002", "4003", "4001"]),
        ("tenure=private", ["4001"]),
        ("q=нет такого", []),
    ],
)
def test_filters_and_sort_stand_in_the_address(visit, officer, accounts, query, found):
    assert numbers(visit(officer).get(f"{LIST}?{query}")) == found


def test_a_sum_that_is_not_one_is_said_beside_the_field(visit, officer, accounts):
    assert "не сумма" in visit(officer).get(f"{LIST}?overdue_from=1,234").content.decode()


def test_htmx_gets_the_rows_alone(visit, officer, accounts):
    page = visit(officer).get(LIST, headers={"hx-request": "true", "hx-target": "listing"}).content.decode()
    assert page.lstrip().startswith("<section")


def test_the_sheet_has_the_rows_of_the_filter(visit, officer, accounts):
    answer = visit(officer).get(f"{LIST}?overdue_from=150&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.values)
    head = next(at for at, row in enumerate(rows) if row[0] == "Лицевой счёт")
    assert [(row[0], row[3]) for row in rows[head + 1 :]] == [("4002", 300), ("4003", 200)]
    assert any("Просрочено от, ₽: 150" in str(row[0]) for row in rows[:head])


@pytest.mark.parametrize("page", ["account", "account-lines", "account-history"])
def test_an_account_opens_for_its_creditor_alone(visit, officer, stranger, accounts, page):
    url = reverse(f"debtors:{page}", args=[accounts[0].pk])
    assert visit(officer).get(url).status_code == 200
    assert visit(stranger).get(url).status_code == 404


def fill(account, months: int) -> None:
    heating, water = Service.objects.filter(is_pool=False, is_penalty=False)[:2]
    booking = Booking.objects.create(creditor=account.creditor, kind="import", about="osv.xlsx", learnt_at=timezone.now())
    for at in range(months):
        for service in (heating, water):
            done = (at + 1) * 10_00
            MonthTotal.objects.create(
                account=account,
                service=service,
                month=MAY + at,
                charged=30_00,
                paid=20_00,
                settled=20_00,
                cum_charged=(at + 1) * 30_00,
                cum_settled=(at + 1) * 30_00 - done,
            )
            Charge.objects.create(
                account=account, service=service, month=MAY + at, charged=30_00, counts_on=dt.date(2024, 5, 31), booking=booking
            )
        Payment.objects.create(account=account, service_id=0, counts_on=dt.date(2024, 5, 20), amount=20_00, booking=booking)
        person = Debtor.objects.create(name=f"Жилец {at}")
        Liability.objects.create(account=account, debtor=person)


def test_months_run_with_their_balance(visit, officer, accounts):
    fill(accounts[0], 2)
    page = visit(officer).get(reverse("debtors:account", args=[accounts[0].pk]))
    assert [(line.month, line.charged, line.paid, line.balance) for line in page.context["months"]] == [
        (MAY + 1, 60_00, 40_00, 40_00),
        (MAY, 60_00, 40_00, 20_00),
    ]


def test_lines_name_where_they_came_from_and_hide_what_was_undone(visit, officer, accounts):
    fill(accounts[0], 1)
    url = reverse("debtors:account-lines", args=[accounts[0].pk])
    assert "osv.xlsx" in visit(officer).get(url).content.decode()
    Booking.objects.update(undone_at=timezone.now())
    assert visit(officer).get(url).context["facts"] == []
    assert len(visit(officer).get(url + "?undone=1").context["facts"]) == 3


def test_history_tells_the_difference(visit, officer, accounts):
    account = accounts[0]
    account.holder_name, account._history_user = "Семёнова Ольга Игоревна", officer
    account.save()
    page = visit(officer).get(reverse("debtors:account-history", args=[account.pk])).content.decode()
    assert "<del>Семёнова Ольга</del>" in page
    assert "<ins>Семёнова Ольга Игоревна</ins>" in page


@pytest.mark.parametrize("page", ["account", "account-lines", "account-history"])
def test_queries_do_not_grow_with_the_account(visit, officer, accounts, page, django_assert_max_num_queries):
    client, url = visit(officer), reverse(f"debtors:{page}", args=[accounts[0].pk])
    fill(accounts[0], 6)
    with django_assert_max_num_queries(14):
        client.get(url)


def test_queries_of_the_list_do_not_grow_with_its_rows(visit, officer, osen, flat, django_assert_max_num_queries):
    for at in range(30):
        make.account(osen, f"7{at:03}", premises=flat)
    client = visit(officer)
    with django_assert_max_num_queries(8):
        client.get(LIST)
