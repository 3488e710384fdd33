"""What printed words tell of holders, premises and payments."""

import pytest

from imports.rules.people import channel_of, tenure_of


@pytest.mark.parametrize(
    ("printed", "category", "tenure"),
    [
        ("Частная собственность", "owner", "private"),
        ("Социальный наём", "social_tenant", "social_rent"),
        ("Муниципальная собственность", "legal_entity", "municipal"),
        ("Пустующее", "municipal_institution", "vacant"),
        ("Выморочное", "owner", "escheat"),
        ("", "social_tenant", "social_rent"),
        ("", "municipal_institution", "municipal"),
        ("", "owner", "private"),
    ],
)
def test_tenure_is_what_the_register_prints_else_by_group(printed, category, tenure):
    assert tenure_of(printed, category) == tenure


@pytest.mark.parametrize(
    ("printed", "channel"),
    [
        ("ФССП", "bailiff"),
        ("Приставы", "bailiff"),
        ("касса 3", "desk"),
        ("Удержание из з/п", "employer"),
        ("СБОЛ", "bank"),
        ("", "bank"),
    ],
)
def test_channel_is_read_from_the_means_of_payment(printed, channel):
    assert channel_of(printed) == channel
