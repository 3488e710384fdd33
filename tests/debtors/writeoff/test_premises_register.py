"""Premises that stand empty, are conserved, repaired, let or escheat, and what the municipality owes itself (Z4, Z5, P1.4)."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.plans.catalogue import get, total_of
from casedesk.plans.queries.question import Question
from debtors.actions.set_condition import ConditionNotPossible, set_condition
from debtors.actions.set_tenure import set_tenure
from debtors.models import Debtor, Liability, UtilityAccount
from debtors.queries.municipal_debt import municipal_debts

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 31)
JANUARY = dt.date(2026, 1, 1)


def held(flat, tenure, since=JANUARY):
    return set_tenure(premises=flat, tenure=tenure, valid_from=since, basis="реестр", by=None, on=DAY)


def stands(flat, kind, since):
    return set_condition(premises=flat, kind=kind, valid_from=since, basis="акт", by=None, on=DAY)


@pytest.fixture
def flats(books):
    """Three flats that owe 100.00 a month from January to April, each account on its own flat."""
    for number in range(3):
        for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
            books.charge(month, 10000, account=number)
    books.post("2026-05-02", on=DAY.isoformat())
    return [account.premises for account in books.accounts]


def measured(code, period="2026-05"):
    """The figure's columns, checked to be the total of the list behind it."""
    question = Question(months.parse(period))
    indicator = get(code)
    totals = indicator.totals(question)
    assert totals == total_of(indicator.facts(question), len(indicator.columns))
    return totals


def owed(books):
    return [
        (debt.account.number, debt.basis, debt.kopecks) for debt in municipal_debts(UtilityAccount.objects.all(), as_of=DAY)
    ]


def test_z4a_vacant_flats_are_counted_with_their_debt(flats):
    """Z4a: vacant by tenure, or standing empty; one let again is not vacant."""
    held(flats[0], "vacant")
    held(flats[1], "municipal")
    stands(flats[1], "empty", dt.date(2026, 2, 1))
    assert measured("premises.vacant") == (2, 80000)
    stands(flats[0], "let", dt.date(2026, 4, 1))
    assert measured("premises.vacant") == (1, 40000)


def test_z4b_and_z4c_conserved_repaired_and_let_follow_each_other(flats):
    """Z4b, Z4c: each condition ends where the next begins; a past month keeps what was then."""
    held(flats[0], "vacant")
    stands(flats[0], "conserved", dt.date(2026, 2, 1))
    stands(flats[0], "repair", dt.date(2026, 3, 10))
    stands(flats[0], "let", dt.date(2026, 5, 10))
    assert measured("premises.conserved", "2026-02")[0] == 1
    assert measured("premises.repair", "2026-03")[0] == 1
    assert [measured(f"premises.{part}")[0] for part in ("conserved", "repair", "let")] == [0, 0, 1]


def test_z4d_escheat_flats(flats):
    """Z4d: escheat by tenure, with the debt."""
    held(flats[2], "escheat")
    assert measured("premises.escheat") == (1, 40000)


def test_z5a_and_z5b_social_rent_with_debt_by_resource(flats):
    """Z5a, Z5b: the number of flats, the tenants' debt, and the part of each resource."""
    held(flats[0], "social_rent")
    flats_, debt, heating, *others = measured("premises.social")
    assert (flats_, debt, heating, sum(others)) == (1, 40000, 40000, 0)


def test_p14_months_of_a_vacant_flat_are_the_municipalitys_until_a_tenant_moves_in(books, flats):
    """P1.4: a month belongs to whoever answered on its first day."""
    held(flats[0], "vacant")
    held(flats[0], "social_rent", dt.date(2026, 3, 1))
    assert owed(books) == [("100", "vacant", 20000)]
    assert measured("premises.municipal_debt") == (20000, 2)


def test_p14_escheat_and_annulled_accounts(books, flats):
    """P1.4: escheat without heirs; a closed account of a tenant who left leaves all of its debt."""
    held(flats[0], "escheat")
    held(flats[1], "social_rent")
    UtilityAccount.objects.filter(pk=books.accounts[1].pk).update(closed_on=dt.date(2026, 4, 20))
    assert sorted(owed(books)) == [("100", "escheat", 40000), ("101", "annulled", 40000)]


def test_p14_an_heir_answers_for_an_escheat_flat_once_found(books, flats):
    held(flats[0], "escheat")
    heir = Debtor.objects.create(name="Наследник")
    Liability.objects.create(account=books.accounts[0], debtor=heir, ground="heir", valid_from=dt.date(2026, 3, 1))
    assert owed(books) == [("100", "escheat", 20000)]


def test_private_flats_are_nobody_elses_debt(books, flats):
    assert owed(books) == []


def test_a_condition_lies_neither_ahead_nor_before_the_last(flats):
    stands(flats[0], "conserved", dt.date(2026, 3, 1))
    with pytest.raises(ConditionNotPossible, match="ещё не наступил"):
        stands(flats[0], "repair", dt.date(2026, 6, 1))
    with pytest.raises(ConditionNotPossible, match="Укажите день позже"):
        stands(flats[0], "repair", dt.date(2026, 3, 1))
    with pytest.raises(ConditionNotPossible, match="уже стоит"):
        stands(flats[0], "conserved", dt.date(2026, 4, 1))


def test_the_report_takes_a_fixed_number_of_queries(books, flats, django_assert_num_queries):
    for flat in flats:
        held(flat, "vacant")
    with django_assert_num_queries(9):
        assert len(owed(books)) == 3
