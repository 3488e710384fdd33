"""The month's fees go where they bring most, compared exactly."""

from enforcement.rules.expected_return import cut_to_budget, said_of_place


def test_the_best_return_per_rouble_of_fee_goes_first():
    costs = [("poor", 100, 150), ("rich", 100, 900), ("free", 0, 1)]

    assert cut_to_budget(costs, 100) == (["free", "rich"], ["poor"])


def test_returns_that_a_float_cannot_tell_apart():
    large = 10**17
    costs = [("less", large, large + 1), ("more", large, large + 2)]

    assert cut_to_budget(costs, large) == (["more"], ["less"])


def test_a_cheap_one_fits_where_a_dear_one_does_not():
    costs = [("first", 60, 600), ("dear", 60, 500), ("cheap", 40, 300)]

    assert cut_to_budget(costs, 100) == (["first", "cheap"], ["dear"])


def test_the_place_in_words():
    assert said_of_place(2, 300, 1_000) == "2-е место: рубль пошлины возвращает 3,3 ₽"
    assert said_of_place(1, 0, 1_000) == "1-е место: пошлины нет"
