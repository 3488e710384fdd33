"""A case with a real ledger behind it."""

import pytest

from tests.factories import cases


@pytest.fixture
def case(osen, day):
    """A case of osen opened on 1 March 2024 over six charged months, the first of them paid."""
    return cases.case_of(cases.billed(osen, on=day, holder="Иванов И. И."), day)
