"""Many rows by one statement: the same rows as the ORM would write one by one, on both databases."""

import datetime as dt

import pytest
from django.db import DatabaseError

from casedesk.common.bulk import insert_all, insert_with_history, update_all
from debtors.models import CaseEvent, CaseFile, Debtor
from tests.factories import access, cases

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)
TRICKY = ["О'Нил", 'Ёж "кавычки"', "[1, 2]", "null", "\\u0041 \n\t%s $[0]", "", "😀" * 3]


@pytest.fixture
def case(osen):
    return cases.case_of(cases.owing(osen, on=DAY), DAY)


def event(case, number: int, **fields) -> CaseEvent:
    return CaseEvent(case=case, code="note", happened_on=DAY, data={"text": f"№ {number}", "deep": [{"a": None}]}, **fields)


@pytest.mark.parametrize("count", [1, 3, 2_500])
def test_one_statement_however_many_rows(count, django_assert_num_queries):
    people = [Debtor(name=f"Человек {number}") for number in range(count)]

    with django_assert_num_queries(1):
        insert_all(people)

    assert [one.name for one in Debtor.objects.order_by("pk")] == [one.name for one in people]
    assert [one.pk for one in people] == list(Debtor.objects.order_by("pk").values_list("pk", flat=True))


def test_every_kind_of_value_comes_back(case):
    people = insert_all([Debtor(name=text, birth_date=DAY if place % 2 else None) for place, text in enumerate(TRICKY)])
    told = insert_all([event(case, number, subject_kind="claim", subject_id=2**62 + number) for number in range(2)])

    known = Debtor.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
    assert [(one.name, one.birth_date, one.birth_place) for one in known] == [
        (text, DAY if place % 2 else None, "") for place, text in enumerate(TRICKY)
    ]
    back = CaseEvent.objects.filter(pk__in=[one.pk for one in told]).order_by("pk")
    assert [(one.data, one.subject_id) for one in back] == [
        ({"text": f"№ {number}", "deep": [{"a": None}]}, 2**62 + number) for number in range(2)
    ]
    assert all(one.recorded_at for one in back), "the database gives the moment"


def test_history_tells_who(osen, django_assert_num_queries):
    clerk = access.person("clerk", osen)

    with django_assert_num_queries(2):
        people = insert_with_history([Debtor(name="Первый"), Debtor(name="Второй")], by=clerk)

    kept = Debtor.history.filter(id__in=[one.pk for one in people]).order_by("id")
    assert [(one.name, one.history_type, one.history_user) for one in kept] == [
        ("Первый", "+", clerk),
        ("Второй", "+", clerk),
    ]


def test_update_writes_only_what_is_named(osen, django_assert_num_queries):
    listed = [cases.case_of(cases.owing(osen, str(number), on=DAY), DAY) for number in range(100, 103)]
    for place, one in enumerate(listed):
        one.stage_until, one.flag_marks, one.search = (DAY if place else None), f"метка {place}", "чужое"
    last = listed.pop()

    with django_assert_num_queries(1):
        assert update_all(listed, ["stage_until", "flag_marks"]) == 2

    stands = {one.pk: one for one in CaseFile.objects.all()}
    assert [(stands[one.pk].stage_until, stands[one.pk].flag_marks) for one in listed] == [(None, "метка 0"), (DAY, "метка 1")]
    assert stands[last.pk].flag_marks == ""
    assert "чужое" not in {one.search for one in stands.values()}


def test_a_value_too_long_is_refused_and_never_cut(case):
    case.stage = "x" * 200
    try:
        update_all([case], ["stage"])
    except DatabaseError:
        return
    assert CaseFile.objects.get(pk=case.pk).stage == "x" * 200, "SQLite knows no lengths; nothing is cut"


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_all([]) == insert_with_history([], by=None) == []
        assert update_all([], ["name"]) == 0
