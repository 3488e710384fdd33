"""The regulations as arithmetic (plan row L-App3): quorum, who presides, majorities and ties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casedesk.commission.rules.composition import check_composition
from casedesk.commission.rules.masking import masked_account, masked_address, masked_name
from casedesk.commission.rules.meeting_plan import months_without, planned_days
from casedesk.commission.rules.voting import Here, count, presiding, quorum
from casedesk.commission.rules.words import Choice
from casedesk.common import months
from casedesk.norms.working_days import working_calendar
from tests.factories.commissions import DAY


def here(*presences: str, parts=("chair", "deputy", "secretary", "member", "member")) -> list[Here]:
    return [Here(seat, part, presence) for seat, (part, presence) in enumerate(zip(parts, presences, strict=True), start=1)]


@pytest.mark.parametrize("members, present, met", [(4, 1, False), (4, 2, True), (5, 2, False), (5, 3, True), (1, 1, True)])
def test_half_of_the_members_make_a_quorum(members, present, met):
    rows = [Here(n, "member", "present" if n < present else "absent") for n in range(members)]
    assert quorum(rows, num=1, den=2).is_met is met


def test_an_empty_commission_has_no_quorum():
    assert not quorum([], num=1, den=2).is_met


def test_a_representative_counts_and_a_seat_without_a_vote_does_not():
    rows = [Here(1, "chair", "present"), Here(2, "member", "represented"), Here(3, "secretary", "present", has_vote=False)]
    found = quorum(rows, num=1, den=1)
    assert (found.members, found.present, found.needed) == (2, 2, 2)


@pytest.mark.parametrize(
    "presences, seat",
    [
        (("present", "present", "absent", "absent", "absent"), 1),
        (("absent", "present", "present", "absent", "absent"), 2),
        (("represented", "present", "absent", "absent", "absent"), 2),
        (("represented", "represented", "present", "present", "present"), None),
    ],
)
def test_the_chair_presides_else_the_deputy_and_never_a_representative(presences, seat):
    assert presiding(here(*presences)) == seat


F, A, N = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


@pytest.mark.parametrize(
    "votes, options, outcome, casting",
    [
        ((F, F, A), {}, "adopted", False),
        ((F, A, A), {}, "rejected", False),
        ((F, F, A, A), {}, "adopted", True),
        ((A, A, F, F), {}, "rejected", True),
        ((F, F, A, A), {"casting": False}, "rejected", False),
        ((N, F, A), {}, "rejected", False),
        ((F, N), {}, "adopted", True),
        ((F, N, N), {}, "rejected", False),
        ((F, N, N), {"base": "voting"}, "adopted", False),
        ((N, F, A), {"base": "voting"}, "rejected", False),
        ((N, N), {}, "rejected", False),
    ],
)
def test_a_majority_decides_and_the_presiding_vote_a_tie(votes, options, outcome, casting):
    found = count(dict(enumerate(votes, start=1)), presiding_seat=1, **options)
    assert (found.outcome, found.by_casting) == (outcome, casting)


@given(st.lists(st.sampled_from(list(Choice)), max_size=12), st.booleans(), st.sampled_from(["present", "voting"]))
def test_votes_are_neither_lost_nor_adopted_against_a_majority(votes, casting, base):
    found = count(dict(enumerate(votes)), presiding_seat=0, casting=casting, base=base)
    assert found.for_ + found.against + found.abstained == len(votes)
    assert not (found.outcome == "adopted" and found.against > found.for_)


def test_missing_offices_are_named():
    """Plan row Z3a: prosecutor, bailiffs and social protection sit in the commission."""
    found = check_composition([("chair", "administration"), ("member", "bailiffs")], ["prosecutor", "bailiffs"])
    assert found.missing == ["прокуратура", "заместитель председателя", "секретарь"]
    assert not found.is_complete


@pytest.mark.parametrize(
    "rhythm, numbers", [("monthly", list(range(1, 13))), ("quarterly", [3, 6, 9, 12]), ("milestones", [6, 9, 12])]
)
def test_a_year_is_planned_on_working_days_of_its_own_months(rhythm, numbers):
    """Plan rows P1.1, P3.1 and L1."""
    calendar = working_calendar()
    days = planned_days(2024, rhythm, 31, calendar.on_or_after)
    assert [day.month for day in days] == numbers
    assert all(calendar.is_working(day) for day in days)


def test_months_without_a_meeting_are_those_asked_for_and_over():
    met = {months.parse("2024-01")}
    assert months_without(2024, "monthly", met, upto=DAY) == [months.parse("2024-02")]


@pytest.mark.parametrize(
    "shown, name, address, account",
    [
        ("full", "Иванов Иван Иванович, ООО «Маяк»", "ул. Мира, д. 1, кв. 5", "700000123"),
        ("part", "Иванов И. И., ООО «Маяк»", "ул. Мира, д. 1", "…0123"),
        ("hidden", "скрыто регламентом, ООО «Маяк»", "скрыто регламентом", "скрыто регламентом"),
    ],
)
def test_people_are_shown_as_the_mask_says(shown, name, address, account):
    assert masked_name("Иванов Иван Иванович, ООО «Маяк»", shown) == name
    assert masked_address("ул. Мира, д. 1, кв. 5", shown) == address
    assert masked_account("700000123", shown) == account
