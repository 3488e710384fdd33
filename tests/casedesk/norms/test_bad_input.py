"""Wrong input: the refusal names the field and says what to write instead; the command exits with 2."""

import json

import pytest
from django.core.management import call_command

from casedesk.common.refusals import Refusal
from casedesk.norms.calculators.registry import calculate

PENALTY = {"principal": "1000.00", "due_date": "2024-01-10", "through": "2024-06-01", "ladder": "housing_155_14"}
DUTY = {"amount": "1000", "court": "general", "kind": "claim", "filed": "2024-01-10"}
QR = [["Name", "А"], ["PersonalAcc", "4" * 20], ["BankName", "Б"], ["BIC", "0" * 9], ["CorrespAcc", "3" * 20]]
RETURN = {"presented": "2021-04-01", "ended": "2022-02-08", "ground": "46.1.4"}
WRIT = {"kind": "court_order", "term_starts": "2021-03-15"}

BAD = [
    ("due_date", {"billing_month": "2026-13"}, "billing_month", "ГГГГ-ММ"),
    ("due_date", {}, "billing_month", "обязательно"),
    ("due_date", {"billing_month": "2026-02", "contract_day": 20}, "День оплаты по договору 20", "Уберите"),
    ("due_date", {"billing_month": "2020-02", "contract_day": 32}, "contract_day", "от 1 до 31"),
    ("due_date", {"billing_mnth": "2026-01"}, "billing_mnth", "известны: billing_month"),
    ("working_days", {"from": "2024-02-31", "add": 1}, "from", "такого дня нет"),
    ("working_days", {"from": "31.12.2024", "add": 1}, "from", "ГГГГ-ММ-ДД"),
    ("working_days", {"from": "2024-01-31", "add": -1}, "add", "от 0"),
    ("working_days", {"from": "2024-01-31", "add": True}, "add", "целое"),
    ("penalty", PENALTY | {"ladder": "housing"}, "ladder", "housing_155_14"),
    ("penalty", PENALTY | {"principal": "-5"}, "principal", "отрицательной"),
    ("penalty", PENALTY | {"principal": "10.005"}, "principal", "двух знаков"),
    ("penalty", PENALTY | {"principal": 10.5}, "principal", "нужна сумма"),
    ("penalty", PENALTY | {"principal": "NaN"}, "principal", "нужна сумма"),
    ("penalty", PENALTY | {"principal": "сто"}, "principal", "нужна сумма"),
    ("penalty", PENALTY | {"payments": [{"date": "2023-11-30", "amount": "5"}]}, "payments[0].date", "раньше начисления"),
    ("penalty", PENALTY | {"payments": [{"date": "2024-02-30", "amount": "5"}]}, "payments[0].date", "такого дня нет"),
    ("penalty", PENALTY | {"payments": [{"date": "2024-02-20", "amount": "-5"}]}, "payments[0].amount", "отрицательной"),
    ("penalty", PENALTY | {"payments": [{"date": "2024-02-20", "sum": "5"}]}, "payments[0].sum", "неизвестный ключ"),
    ("penalty", PENALTY | {"payments": {"date": "2024-02-20"}}, "payments", "список"),
    ("penalty", PENALTY | {"rate": "9"}, "rate", "fixed"),
    ("penalty", PENALTY | {"rate_mode": "fixed"}, "rate", "обязательно"),
    ("penalty", PENALTY | {"rate_mode": "daily"}, "rate_mode", "payment_day"),
    ("penalty", PENALTY | {"billing_month": "2024-01"}, "due_date и billing_month", "нужно одно"),
    ("penalty", PENALTY | {"moratoria": [["2024-02-01"]]}, "moratoria[0]", "двух или трёх дат"),
    ("penalty", PENALTY | {"moratoria": [["2024-02-02", "2024-02-01"]]}, "moratoria[0][1]", "раньше начала"),
    ("penalty", PENALTY | {"rate_cap": {"value": "9", "from": "2024-01-01"}}, "rate_cap.to", "обязательно"),
    ("penalty", PENALTY | {"corrections": [{"date": "2024-02-01", "amount": "-2000"}]}, "corrections", "долга нет"),
    ("penalty", PENALTY | {"ladder": "rso_uo", "due_date": "2015-01-10"}, "Пени управляющих", "05.12.2015"),
    ("penalty", PENALTY | {"ladder": "gk395", "due_date": None, "from": "2016-07-31"}, "Проценты", "01.08.2016"),
    (
        "penalty",
        PENALTY | {"due_date": "2012-01-10", "through": "2012-05-01", "rate_mode": "per_day"},
        "Ключевая ставка",
        "14.09.2012",
    ),
    ("state_duty", DUTY | {"court": "world"}, "court", "general, arbitrazh"),
    ("state_duty", DUTY | {"amount": "0"}, "amount", "больше нуля"),
    ("state_duty", DUTY | {"filed": "2009-01-01"}, "Госпошлина", "29.01.2010"),
    ("state_duty", DUTY | {"kind": "order", "order_fee_paid": "5"}, "order_fee_paid", "для иска"),
    ("enforcement_fee", {"amount": "5", "debtor": "person", "on": "2024-01-01"}, "debtor", "citizen"),
    ("limitation", {"billing_month": "2022-01", "due_date": "2022-02-10"}, "billing_month, due_date", "одно из двух"),
    ("limitation", {"due_date": "2022-02-10", "events": [{"kind": "paid", "on": "2023-01-01"}]}, "events[0].kind", "можно"),
    (
        "limitation",
        {"due_date": "2022-02-10", "events": [{"kind": "order_cancelled", "on": "2023-01-01"}]},
        "events[0].kind",
        "order_filed",
    ),
    (
        "limitation",
        {"due_date": "2022-02-10", "events": [{"kind": "order_filed", "on": "2022-02-10"}]},
        "events[0].on",
        "не позже срока",
    ),
    (
        "limitation",
        {"due_date": "2020-02-10", "events": [{"kind": "order_cancelled", "on": "2024-01-01"}]},
        "events[0].kind",
        "order_filed",
    ),
    ("penalty", PENALTY | {"due_date": None, "from": "2024-01-10"}, "from", "due_date или billing_month"),
    ("presentation", WRIT | {"kind": "notary"}, "kind", "court_order"),
    ("presentation", WRIT | {"presentations": [{"presented": "2021-01-01"}]}, "presentations[0].presented", "раньше"),
    ("presentation", WRIT | {"presentations": [RETURN | {"ground": "46.1.9"}]}, "presentations[0].ground", "46.1.3"),
    ("presentation", WRIT | {"presentations": [RETURN | {"ended": "2021-03-31"}]}, "presentations[0].ended", "раньше"),
    ("presentation", WRIT | {"presentations": [RETURN | {"ended": None}]}, "presentations[0].ended", "нет дня окончания"),
    (
        "presentation",
        WRIT | {"presentations": [{"presented": "2021-04-01"}, RETURN]},
        "presentations[0].ended",
        "новое предъявление",
    ),
    ("payment_qr", {"encoding": "utf8", "fields": QR[:4]}, "fields", "CorrespAcc"),
    ("payment_qr", {"encoding": "utf16", "fields": QR}, "encoding", "win1251"),
    ("payment_qr", {"encoding": "utf8", "fields": [*QR, ["Sum", "10.50"]]}, "fields[5] Sum", "копеек"),
    ("payment_qr", {"encoding": "utf8", "fields": [*QR, ["Name", "Б"]]}, "fields[5]", "повторяется"),
    ("payment_qr", {"encoding": "utf8", "fields": [*QR, ["Summ", "1"]]}, "fields[5]", "такого поля нет"),
    ("payment_qr", {"encoding": "win1251", "fields": [["Name", "€₽"], *QR[1:]]}, "fields[0] Name", "₽"),
    ("payment_qr", {"encoding": "utf8", "fields": [["Name", "А" * 161], *QR[1:]]}, "fields[0] Name", "160"),
    ("payment_qr", {"encoding": "utf8", "fields": [["Name", "А" * 160], *QR[1:]]}, "fields", "300 байт"),
    ("payment_qr", {"encoding": "utf8", "fields": QR, "separator": "А"}, "separator", "один знак"),
    ("alimony", {}, "NAME", "penalty"),
]


@pytest.mark.parametrize(("calc", "data", "field", "remedy"), BAD, ids=[f"{row[0]} {row[2]}: {row[3]}" for row in BAD])
def test_wrong_input_is_refused_with_field_and_remedy(calc, data, field, remedy):
    with pytest.raises(Refusal) as refused:
        calculate(calc, data)

    assert field in refused.value.message
    assert remedy in refused.value.message


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{", "не JSON"),
        ("[]", "объект"),
        ('{"billing_month": "2024-01", "billing_month": "2024-02"}', "повторяется"),
        ('{"billing_month": NaN}', "NaN"),
    ],
)
def test_command_prints_the_refusal_as_json_and_exits_with_2(text, word, tmp_path, capsys):
    file = tmp_path / "input.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(SystemExit) as ended:
        call_command("calc", "due_date", str(file))

    assert ended.value.code == 2
    assert word in json.loads(capsys.readouterr().out)["error"]


@pytest.mark.django_db
def test_command_answers_json_with_lines_sources_and_warnings(tmp_path, capsys):
    file = tmp_path / "input.json"
    file.write_text('{"amount": 154200.00, "court": "general", "kind": "claim", "filed": "2026-01-15"}', encoding="utf-8")

    call_command("calc", "state_duty", str(file))

    answer = json.loads(capsys.readouterr().out)
    assert answer["fee"] == "5626.00"
    assert answer.keys() >= {"lines", "sources", "warnings"}


@pytest.mark.django_db
def test_a_missing_file_is_named(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("calc", "due_date", "no-such-file.json")

    assert ended.value.code == 2
    assert "no-such-file.json" in capsys.readouterr().out
