"""Each type of difference, and what is none."""

import datetime as dt

import pytest

from enforcement.rules.reconciliation_compare import Facts, Kind, Status, compare

WRIT = ("2-1/2023",)


def ours(pk=1, amount=100_00, received=30_00, direct=0, **more) -> Facts:
    parts = {"status": Status.OPEN, "account": 7, "remainder": amount - received - direct, "paid_directly": direct}
    return Facts(pk, WRIT, "иванов и", amount=amount, received=received, **(parts | more))


def theirs(pk=10, amount=100_00, received=30_00, **more) -> Facts:
    parts = {"status": Status.OPEN, "remainder": amount - received, "proceeding": "5/23/51034"}
    return Facts(pk, WRIT, "иванов и", amount=amount, received=received, **(parts | more))


def told(mine, other) -> list[tuple]:
    return [(one.kind, one.amount) for one in compare(mine, other)]


def test_sides_that_agree():
    assert told([ours()], [theirs()]) == []


def test_not_in_their_reply():
    assert told([ours()], []) == [(Kind.NOT_RECEIVED, 70_00)]


def test_they_say_it_never_came():
    silent = {"amount": None, "received": None, "remainder": None, "status": Status.NOT_RECEIVED, "proceeding": ""}
    assert told([ours()], [Facts(10, WRIT, "иванов и", **silent)]) == [(Kind.NOT_RECEIVED, 70_00)]


def test_unknown_to_us():
    assert told([], [theirs()]) == [(Kind.UNKNOWN_TO_US, -70_00)]


def test_they_collected_what_did_not_reach_us():
    found = compare([ours()], [theirs(received=45_00)])
    assert [(one.kind, one.amount) for one in found] == [(Kind.SUM_DIFFERS, -15_00)]
    assert "перечислено" in found[0].about


def test_the_granted_sum_differs():
    assert told([ours()], [theirs(amount=110_00)]) == [(Kind.SUM_DIFFERS, -10_00)]


def test_a_remainder_that_nothing_explains():
    assert told([ours()], [theirs(remainder=65_00)]) == [(Kind.SUM_DIFFERS, 5_00)]


def test_paid_directly_and_they_do_not_know():
    assert told([ours(direct=20_00)], [theirs()]) == [(Kind.PAID_DIRECTLY, -20_00)]


def test_paid_directly_and_they_do_know():
    assert told([ours(direct=20_00)], [theirs(remainder=50_00)]) == []
    assert told([ours(direct=20_00)], [theirs(received=50_00)]) == []


def test_paid_directly_and_a_sum_differs_besides():
    found = told([ours(direct=20_00)], [theirs(received=40_00, remainder=60_00)])
    assert found == [(Kind.PAID_DIRECTLY, -20_00), (Kind.SUM_DIFFERS, -10_00)]


@pytest.mark.parametrize("status", [Status.FINISHED, Status.TERMINATED, Status.REFUSED])
def test_they_ended_it(status):
    found = compare([ours()], [theirs(status=status, ended_on=dt.date(2024, 2, 1), ground="46.1.4")])
    assert [one.kind for one in found] == [Kind.ENDED]
    assert "01.02.2024 по ст. 46 ч. 1 п. 4" in found[0].about


def test_we_think_it_ended_and_they_go_on():
    assert told([ours(status=Status.FINISHED, ended_on=dt.date(2024, 2, 1))], [theirs()]) == [(Kind.ENDED, 70_00)]


def test_ended_on_both_sides_is_no_difference():
    assert told([ours(status=Status.FINISHED)], [theirs(status=Status.FINISHED)]) == []


def test_transferred_by_their_word_or_by_ours():
    assert told([ours()], [theirs(status=Status.TRANSFERRED)]) == [(Kind.TRANSFERRED, 70_00)]
    assert told([ours(elsewhere=True)], [theirs()]) == [(Kind.TRANSFERRED, 70_00)]
    assert told([ours(elsewhere=True)], []) == [(Kind.TRANSFERRED, 70_00)]


def test_a_repeated_row_counts_once():
    assert told([ours()], [theirs(), theirs(11)]) == [(Kind.DUPLICATE, -70_00)]
    assert told([ours(), ours(2)], [theirs()]) == [(Kind.DUPLICATE, 70_00)]
    assert told([], [theirs(), theirs(11)]) == [(Kind.UNKNOWN_TO_US, -70_00), (Kind.DUPLICATE, -70_00)]


def test_two_proceedings_on_one_writ_are_no_repeat():
    first = theirs(
        received=10_00, remainder=90_00, status=Status.FINISHED, opened_on=dt.date(2022, 1, 1), proceeding="1/22/51034"
    )
    second = theirs(11, received=20_00, remainder=70_00, opened_on=dt.date(2023, 6, 1))
    assert told([ours()], [first, second]) == []


def test_one_order_on_two_accounts_is_no_repeat():
    halves = [ours(amount=50_00, received=30_00), ours(2, amount=50_00, received=0, account=8)]
    assert told(halves, [theirs()]) == []


def test_a_writ_that_was_only_looked_up_is_not_missed():
    assert told([ours(archived=True)], []) == []
