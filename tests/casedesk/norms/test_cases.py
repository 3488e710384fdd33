"""Worked examples as data: `tests/cases/*.toml`, one table per case, readable without the program.

A case without `calc` belongs to the calculator its file is named after; `answer` lists the keys that must come out;
`warns` is a piece of a warning that must travel with it. "@null" stands for JSON null, which TOML lacks.
"""

import tomllib
from pathlib import Path

import pytest

from casedesk.norms.calculators.registry import calculate

CASES = Path(__file__).parents[2] / "cases"


def cases():
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield pytest.param(case.get("calc", path.stem), case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("calc", "case"), list(cases()))
def test_worked_example(calc, case):
    given = {key: None if value == "@null" else value for key, value in case["input"].items()}

    answer = calculate(calc, given)

    for key, wanted in case["answer"].items():
        if isinstance(wanted, dict):
            assert {name: answer[key].get(name, 0) for name in wanted} == wanted, case["why"]
        else:
            assert answer[key] == (None if wanted == "@null" else wanted), case["why"]
    assert answer["lines"]
    assert case.get("warns", "") in " ".join(answer["warnings"])
    assert answer["sources"], "every answer says what it rests on"
