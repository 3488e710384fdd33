"""`manage.py import_register`: JSON on stdout and nothing else, exit codes 0, 1 and 2."""

import json

import pytest
from django.core.management import CommandError, call_command

from casedesk.access.models import Organisation
from debtors.models import CaseFile, UtilityAccount

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(tmp_path, february, creditor):
    path = tmp_path / "osv.csv"
    path.write_text("\n".join(february), encoding="cp1251")
    return path


def run(capsys, *args) -> dict | list:
    call_command("import_register", *map(str, args))
    return json.loads(capsys.readouterr().out)


def test_the_answer_has_the_agreed_frame(capsys, register):
    answer = run(capsys, register)

    assert list(answer) == [
        "file",
        "sha256",
        "format",
        "encoding",
        "kind",
        "profile",
        "confidence",
        "status",
        "rows",
        "skipped_why",
        "totals",
        "control_totals",
        "accounts",
        "batch",
        "problems",
    ]
    assert (answer["file"], answer["encoding"], answer["status"]) == ("osv.csv", "cp1251", "applied")


def test_several_files_give_a_list(capsys, register):
    first, second = run(capsys, register, register)

    assert (first["status"], second["status"]) == ("applied", "nothing_new")


def test_debts_over_the_rule_get_cases(capsys, register):
    run(capsys, register)

    assert CaseFile.objects.count() == UtilityAccount.objects.count()


def test_a_refused_file_is_exit_code_one(capsys, tmp_path, creditor):
    path = tmp_path / "notes.txt"
    path.write_text("просто текст", encoding="utf-8")

    with pytest.raises(SystemExit) as left:
        call_command("import_register", str(path))

    answer = json.loads(capsys.readouterr().out)
    assert (left.value.code, answer["status"], len(answer["problems"])) == (1, "refused", 1)


@pytest.mark.parametrize(
    "args, said",
    [
        (["none.csv"], "none.csv"),
        (["REGISTER", "--creditor", "nobody"], "osen"),
        (["REGISTER", "--period", "2024-13"], "2024-13"),
    ],
)
def test_wrong_use_is_exit_code_two_and_names_the_value(register, args, said):
    args = [str(register) if arg == "REGISTER" else arg for arg in args]

    with pytest.raises(CommandError, match=said) as wrong:
        call_command("import_register", *args)

    assert wrong.value.returncode == 2


def test_two_creditors_must_be_told_apart(register):
    Organisation.objects.create(kind="creditor", code="lada", name="Лада")

    with pytest.raises(CommandError, match="lada"):
        call_command("import_register", str(register))


def test_the_number_of_statements_does_not_depend_on_the_rows(load, february, django_assert_max_num_queries):
    def register(number: int) -> list[str]:
        line = "00520{:04};Петров;ул. Мира, д. {}, кв. {};Отопление;100,00;30,00;0,00;50,00;80,00"
        return [*february[:2], *(line.format(n, n % 7 + 1, n) for n in range(1, number))]

    counts = []
    for number in (20, 400):
        with django_assert_max_num_queries(300) as asked:
            load([line.replace("00520", f"00{number}") for line in register(number)], dry_run=False)
        counts.append(len(asked))

    assert counts[1] <= counts[0] + 2
