"""Writs and proceedings for programs."""

import pytest
from django.urls import reverse

from tests.factories import writs as made


def ask(client, user, name: str, *args, **params):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"api:{name}", args=args), params)


def test_the_list_says_where_a_writ_stands(client, osen, officer):
    made.returned(osen)
    (row,) = ask(client, officer, "writ-list", state="returned").json()["results"]
    assert (row["number"], row["total"], row["state"]) == ("2-100/2024", "10700.00", "returned")
    assert (row["present_until"], row["repeat_from"]) == ("2027-09-20", "2025-03-16")


def test_presentations_and_money_of_one(client, osen, officer):
    writ = made.presented(osen)
    (stay,) = ask(client, officer, "writ-presentations", writ.pk).json()
    assert (stay["sent_on"], stay["total"], stay["ended_on"]) == ("2024-04-01", "10700.00", None)
    money = ask(client, officer, "writ-money", writ.pk).json()
    assert money["remaining"]["duty"] == "200.00" and money["collected"]["total"] == "0.00"


def test_proceedings(client, osen, officer, stranger):
    made.executing(osen)
    (row,) = ask(client, officer, "proceeding-list").json()["results"]
    assert (row["number"], row["status"], row["measures"]) == (made.NUMBER, "open", [])
    assert ask(client, stranger, "proceeding-list").json()["results"] == []


@pytest.mark.parametrize("count", [2, 8])
def test_the_list_takes_a_fixed_number_of_queries(client, osen, officer, django_assert_max_num_queries, count):
    for number in range(count):
        made.executing(osen, f"2-{number}/2024", account=f"10{number}", proceeding=f"{number + 1}/24/51034-ИП")
    ask(client, officer, "writ-list")
    with django_assert_max_num_queries(14):
        ask(client, officer, "writ-list")
    with django_assert_max_num_queries(14):
        ask(client, officer, "proceeding-list")
