"""Premises: who sees them, what they owe, recording tenure."""

import pytest
from django.urls import reverse

from debtors.models import AccountState, Tenure
from tests.factories import premises as make

LIST = "/premises/"


@pytest.fixture
def flats(osen, lada, day):
    """A private flat, one let by the municipality and a vacant one; the let one has accounts of two creditors."""
    private, let, vacant = make.flat("2"), make.flat("10", tenure=Tenure.SOCIAL_RENT), make.flat("9", tenure=Tenure.VACANT)
    for creditor, number, flat, debt in ((osen, "1", private, 5_00), (osen, "2", let, 7_00), (lada, "3", let, 11_00)):
        account = make.account(creditor, number, premises=flat)
        AccountState.objects.create(account=account, as_of=day, balance=debt, debt=debt, overdue=debt)
    return private, let, vacant


def shown(page):
    return [(row.number, row.debt) for row in page.context["listing"].page.rows]


def test_a_creditor_sees_flats_it_bills_and_its_own_debt_alone(visit, officer, flats):
    assert shown(visit(officer).get(LIST)) == [("2", 5_00), ("10", 7_00)]


def test_a_municipality_sees_its_own_flats_with_all_their_debt(visit, supervisor, flats):
    assert shown(visit(supervisor).get(LIST)) == [("9", None), ("10", 18_00)]


@pytest.mark.parametrize("query, found", [("q=озерная 10", ["10"]), ("tenure=private", ["2"]), ("q=озёрная", ["2", "10"])])
def test_filters(visit, officer, flats, query, found):
    assert [number for number, _ in shown(visit(officer).get(f"{LIST}?{query}"))] == found


def test_a_flat_opens_for_those_who_see_it(visit, officer, supervisor, flats):
    private, let, _ = flats
    assert visit(officer).get(reverse("debtors:premises", args=[let.pk])).status_code == 200
    assert visit(supervisor).get(reverse("debtors:premises", args=[private.pk])).status_code == 404


def test_a_clerk_records_tenure_and_a_lawyer_may_not(visit, officer, clerk, flats):
    let = flats[1]
    url = reverse("debtors:premises-tenure", args=[let.pk])
    said = {"tenure": "vacant", "valid_from": "2024-02-01", "basis": "акт № 7"}
    assert visit(officer).post(url, said).status_code == 403
    assert visit(clerk).post(url, said).status_code == 302
    let.refresh_from_db()
    assert (let.tenure, let.tenures.get().recorded_by) == (Tenure.VACANT, clerk)


def test_a_refusal_is_shown_on_the_form(visit, clerk, flats):
    url = reverse("debtors:premises-tenure", args=[flats[1].pk])
    said = {"tenure": "vacant", "valid_from": "2999-01-01", "basis": "акт"}
    assert "ещё не наступил" in visit(clerk).post(url, said).content.decode()


def test_queries_of_the_list_do_not_grow_with_its_rows(visit, officer, osen, django_assert_max_num_queries):
    for at in range(20):
        make.account(osen, f"7{at:03}", premises=make.flat(str(at)))
    client = visit(officer)
    with django_assert_max_num_queries(8):
        client.get(LIST)
