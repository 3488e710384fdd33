"""Lines of two registers: one to one, one to many, many to one, and never by a name alone."""

import time

from enforcement.rules.reconciliation_match import By, Keys, match


def line(pk: int, writ: str, debtor: str = "иванов и", proceeding: str = "") -> Keys:
    return Keys(pk, tuple(writ.split(";")) if writ else (), debtor, proceeding)


def shape(groups) -> list[tuple]:
    return [(tuple(group.ours), tuple(group.theirs), group.by) for group in groups]


def test_by_number_and_debtor():
    assert shape(match([line(1, "2-1/2023")], [line(10, "2-1/2023")])) == [((1,), (10,), By.WRIT)]


def test_the_same_number_of_another_debtor_is_another_writ():
    found = match([line(1, "2-1/2023")], [line(10, "2-1/2023", "петров п")])
    assert shape(found) == [((1,), (), By.NOTHING), ((), (10,), By.NOTHING)]


def test_a_name_alone_joins_nothing():
    found = match([line(1, "2-1/2023")], [line(10, "2-9/2023"), line(11, "")])
    assert [group.by for group in found] == [By.NOTHING] * 3


def test_a_misprinted_writ_is_found_by_its_proceeding():
    found = match([line(1, "2-1/2023", proceeding="5/23/51034")], [line(10, "2-7/2023", "иваноф и", "5/23/51034")])
    assert shape(found) == [((1,), (10,), By.PROCEEDING)]


def test_a_proceeding_does_not_pull_apart_what_the_writ_joined():
    ours = [line(1, "2-1/2023", proceeding="5/23/51034"), line(2, "2-2/2023", "петров п")]
    theirs = [line(10, "2-2/2023", "петров п", "5/23/51034"), line(11, "2-1/2023")]
    assert shape(match(ours, theirs)) == [((1,), (11,), By.WRIT), ((2,), (10,), By.WRIT)]


def test_two_proceedings_on_one_writ_and_two_writs_in_one_cell():
    ours = [line(1, "2-1/2023"), line(2, "2-2/2023", "петров п"), line(3, "2-3/2023", "петров п")]
    theirs = [
        line(10, "2-1/2023", proceeding="1"),
        line(11, "2-1/2023", proceeding="2"),
        line(12, "2-2/2023;2-3/2023", "петров п"),
    ]
    assert shape(match(ours, theirs)) == [((1,), (10, 11), By.WRIT), ((2, 3), (12,), By.WRIT)]


def test_what_a_person_joined():
    assert shape(match([line(1, "2-1/2023")], [line(10, "")], [(1, 10)])) == [((1,), (10,), By.HAND)]


def test_time_grows_with_lines_not_with_their_product():
    def took(count: int) -> float:
        ours = [line(pk, f"2-{pk}/2023") for pk in range(count)]
        theirs = [line(count + pk, f"2-{pk}/2023") for pk in range(count)]
        runs = []
        for _ in range(3):
            begun = time.process_time()
            assert len(match(ours, theirs)) == count
            runs.append(time.process_time() - begun)
        return min(runs)

    assert took(20_000) < 40 * max(took(2_000), 0.001)
