"""Calculations over the API: the same answers and the same words of refusal as the command."""

import pytest

from casedesk.norms.calculators.registry import CALCULATORS, calculate

pytestmark = pytest.mark.django_db

DUTY = {"amount": "154200", "court": "general", "kind": "claim", "filed": "2026-01-15"}


def ask(client, name: str, body):
    return client.post(f"/api/calc/{name}/", body, content_type="application/json")


def test_the_answer_is_that_of_the_command(visit, officer):
    answer = ask(visit(officer), "state_duty", DUTY)

    assert answer.status_code == 200
    assert answer.json() == calculate("state_duty", DUTY)


def test_a_number_in_json_is_taken_exactly(visit, officer):
    answer = ask(
        visit(officer),
        "state_duty",
        '{"amount": 53000.53, "court": "general", "kind": "claim", "filed": "2024-03-01", "round": false}',
    )

    assert answer.json()["fee"] == "1790.02"


def test_wrong_input_is_400_at_its_field(visit, officer):
    answer = ask(visit(officer), "state_duty", DUTY | {"amount": "-1"})

    assert answer.status_code == 400
    assert answer.json()["fields"] == {"amount": ["сумма не может быть отрицательной"]}


def test_a_day_that_no_norm_covers_is_409_in_words(visit, officer):
    answer = ask(visit(officer), "state_duty", DUTY | {"filed": "2009-01-15"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "norm_not_known"
    assert "29.01.2010" in answer.json()["message"]


def test_what_is_not_json_is_400(visit, officer):
    assert ask(visit(officer), "state_duty", "{").status_code == 400


@pytest.mark.parametrize("name", CALCULATORS)
def test_every_calculator_has_an_address(name, visit, officer):
    assert ask(visit(officer), name, {"no_such_key": 1}).status_code == 400


def test_a_clerk_has_no_right_to_calculations(visit, clerk):
    assert ask(visit(clerk), "state_duty", DUTY).status_code == 403


def test_nobody_is_asked_for_a_key(client):
    assert ask(client, "state_duty", DUTY).status_code == 401
