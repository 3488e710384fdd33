"""`manage.py add_creditor`: registers once, repeats harmlessly, refuses by name."""

import json

import pytest
from django.core.management import call_command

from casedesk.access.models import Organisation, SettlementAccount

ACCOUNTS = ["40702810400000000101", "40702810800000000303"]


def run(capsys, *args) -> dict:
    call_command("add_creditor", *args)
    return json.loads(capsys.readouterr().out)


def refused(capsys, *args) -> dict:
    with pytest.raises(SystemExit) as left:
        call_command("add_creditor", *args)
    assert left.value.code == 1
    return json.loads(capsys.readouterr().out)


def arguments(code="osen", inn="5199000017", accounts=ACCOUNTS):
    return [code, "--name", "МУП «Осень»", "--inn", inn, *(part for a in accounts for part in ("--own-account", a))]


@pytest.mark.django_db
def test_registers_a_creditor_with_its_accounts(capsys):
    answer = run(capsys, *arguments(), "--territory", "verhneozersk")

    assert answer["status"] == "created"
    assert answer["own_accounts"] == ACCOUNTS
    assert Organisation.objects.get(code="osen").territory.code == "verhneozersk"


@pytest.mark.django_db
def test_repeating_changes_nothing(capsys):
    run(capsys, *arguments())

    answer = run(capsys, *arguments())

    assert answer["status"] == "known"
    assert (Organisation.objects.count(), SettlementAccount.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_an_account_of_somebody_else_is_refused_and_nothing_stays(capsys):
    run(capsys, *arguments())

    answer = refused(capsys, *arguments(code="other", inn="5199000024"))

    assert ACCOUNTS[0] in answer["error"]
    assert not Organisation.objects.filter(code="other").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("inn", ["519900001", "51990000171", "abc"])
def test_a_wrong_inn_is_named(capsys, inn):
    assert "ИНН" in refused(capsys, *arguments(inn=inn))["error"]
