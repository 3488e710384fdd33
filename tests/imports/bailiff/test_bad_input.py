"""What a bailiffs' file may get wrong: it is refused whole, or the row is, with the reason and the place."""

import pytest

from imports.bailiff.recognise import recognise
from imports.readers import Refused

ORDER = "http://www.fssprus.ru/namespace/order/2017/2"
BODY = (
    "<x:Id>1</x:Id><x:DocType>O_IP_ACT_END_END</x:DocType><x:DocDate>2024-03-05</x:DocDate><x:IpNo>97345/20/51034-ИП</x:IpNo>"
    "<x:IdDocNo>2-807/2020-7</x:IdDocNo><x:DbtrName>ЛАПИНА МАРИЯ ПЕТРОВНА</x:DbtrName>"
)


def xml(tmp_path, body=BODY, *, space=ORDER, root="OIp", before=""):
    path = tmp_path / "ruling.xml"
    text = f'<?xml version="1.0" encoding="UTF-8"?>{before}<x:{root} xmlns:x="{space}">{body}</x:{root}>'
    path.write_text(text, encoding="utf-8")
    return path


def refused(path, **options) -> str:
    with pytest.raises(Refused) as refusal:
        recognise(path, **options)
    assert len(refusal.value.problem.message) > 30
    return refusal.value.problem.code


def test_broken_xml(tmp_path):
    path = xml(tmp_path)
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert refused(path) == "damaged_xml"


def test_another_namespace(tmp_path):
    assert refused(xml(tmp_path, space="http://example.org/order")) == "wrong_namespace"


def test_the_right_prefix_does_not_save_a_wrong_namespace(tmp_path):
    path = tmp_path / "ruling.xml"
    path.write_text(
        f'<?xml version="1.0"?><fssp:OIp xmlns:fssp="urn:x"><fssp:Id>{ORDER}</fssp:Id></fssp:OIp>', encoding="utf-8"
    )
    assert refused(path) == "wrong_namespace"


def test_any_prefix_will_do(tmp_path):
    path = tmp_path / "ruling.xml"
    text = f'<OIp xmlns="{ORDER}">{BODY.replace("x:", "")}</OIp>'
    path.write_text(text, encoding="utf-8")
    assert recognise(path).accepted[0].proceeding == "97345/20/51034-ИП"


def test_doctype_is_refused(tmp_path):
    before = '<!DOCTYPE x [<!ENTITY a "b">]>'
    assert refused(xml(tmp_path, before=before)) == "doctype"


def test_another_root(tmp_path):
    assert refused(xml(tmp_path, root="IRequest")) == "not_a_ruling"


def test_a_bomb_of_elements(tmp_path):
    assert refused(xml(tmp_path, body="<x:A>" * 30 + "</x:A>" * 30)) == "too_deep"


def test_an_unknown_type_is_kept_as_another_document(tmp_path):
    facts = recognise(xml(tmp_path, BODY.replace("END_END", "GACCOUNT_MONEY"))).accepted[0]

    assert (facts.kind, facts.doc_type, facts.data["IdDocNo"]) == ("other", "O_IP_ACT_GACCOUNT_MONEY", "2-807/2020-7")


def test_a_ruling_without_a_day_is_rejected_by_name(tmp_path):
    file = recognise(xml(tmp_path, BODY.replace("<x:DocDate>2024-03-05</x:DocDate>", "")))

    assert file.accepted == [] and "DocDate" in file.all_problems[0].message


def test_a_bad_sum_costs_the_sum_only(tmp_path):
    file = recognise(xml(tmp_path, BODY + "<x:IpRestDebtsum>1e309</x:IpRestDebtsum>"))

    assert file.accepted[0].remaining is None and file.all_problems[0].code == "bad_money"


HEAD = "№;Должник;№ ИД;Дата ИД;№ ИП;Дата возбуждения;Взыскано;Остаток;Статус;Дата окончания;Основание окончания"
GOOD = "1;Лапина Мария Петровна;2-807/2020-7;06.07.2020;97345/20/51034-ИП;03.12.2020;100,00;200,00;на исполнении;;"


def reply(tmp_path, *rows, head=HEAD, titles=("ОСП Озёрного района", "Сведения на 01.03.2024")):
    path = tmp_path / "reply.csv"
    path.write_text("\n".join([*titles, head, *rows]) + "\n", encoding="cp1251")
    return recognise(path)


def codes(file) -> list[str]:
    return [problem.code for problem in file.all_problems]


def test_a_good_row(tmp_path):
    file = reply(tmp_path, GOOD)

    assert codes(file) == [] and file.accepted[0].collected == 10_000


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("97345/20/51034-ИП", "97345/20/51О34", "bad_proceeding"),
        ("97345/20/51034-ИП", "708283995/9219", "bad_proceeding"),
        ("100,00", "12,345.67", "bad_money"),
        ("100,00", "NaN", "bad_money"),
        ("06.07.2020", "31.02.2020", "bad_date"),
        ("2-807/2020-7;06.07.2020;97345/20/51034-ИП", ";06.07.2020;", "no_writ"),
        ("на исполнении;;", "окончено;01.01.2020;ст. 46 ч. 1 п. 4", "ends_before_opens"),
    ],
)
def test_a_row_with_a_bad_cell_is_rejected(tmp_path, old, new, code):
    file = reply(tmp_path, GOOD.replace(old, new))

    assert codes(file) == [code] and file.accepted == []
    assert file.all_problems[0].row == 4


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("на исполнении", "в пути", "unknown_status"),
        ("на исполнении;;", "на исполнении;01.01.2024;", "open_with_an_end"),
        ("на исполнении;;", "окончено;01.01.2024;по заявлению 17", "unknown_ground"),
        ("2-807/2020-7", '"2-807/2020-7; 2-808/2020-7"', "several_writs"),
    ],
)
def test_a_row_with_a_doubt_is_taken_with_a_warning(tmp_path, old, new, code):
    file = reply(tmp_path, GOOD.replace(old, new))

    assert codes(file) == [code] and len(file.accepted) == 1


def test_the_same_row_twice_counts_once(tmp_path):
    file = reply(tmp_path, GOOD, GOOD)

    assert codes(file) == ["duplicate_row"] and len(file.accepted) == 1


def test_a_proceeding_of_another_department_is_told(tmp_path):
    other = GOOD.replace("2-807", "2-900").replace("97345/20/51034", "97346/20/51047")
    file = reply(tmp_path, GOOD, GOOD.replace("2-807", "2-808").replace("97345", "97344"), other)

    assert codes(file) == ["other_department"] and len(file.accepted) == 3


def test_life_is_messier(tmp_path):
    head = (
        "№ п/п;Должник, дата рождения, адрес;Вид, № и дата ИД;O_IP.IPNO;Дата возбуждения;СПИ;Взыскано;IP_REST_DEBTSUM;"
        "Состояние;Дата окончания;ст.;ч.;п."
    )
    row = (
        "1;Лапина Мария Петровна, 26.09.1963 г.р., ул. Ленина, д. 12, кв. 5;Судебный приказ № 2-807/2020-7 от 06.07.2020;"
        '"97345/20/51034\n74734/21/51034-СД";03.12.2020;Ухтомская А.П.;1 000,00;-;окончено;05.03.2024;46;1;4'
    )
    file = reply(tmp_path, "1;2;3;4;5;6;7;8;9;10;11;12;13", row, "Итого;;;;;;1 000,00;0,00", head=head)

    line = file.accepted[0]
    assert (line.debtor_name, f"{line.birth_date}", line.address) == (
        "Лапина Мария Петровна",
        "1963-09-26",
        "ул. Ленина, д. 12, кв. 5",
    )
    assert (line.writ_number, f"{line.writ_issued_on}") == ("2-807/2020-7", "2020-07-06")
    assert (line.proceeding, line.consolidated) == ("97345/20/51034-ИП", "74734/21/51034-СД")
    assert (line.remaining, line.status, line.ended_ground) == (0, "finished", "46.1.4")
    assert codes(file) == [] and all(total.agrees for total in file.control_totals)


def test_asked_for_a_reply_and_given_something_else(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("ЛС;ФИО;Начислено\n1;Иванов;10,00\n", encoding="utf-8")

    assert recognise(path) is None
    assert refused(path, kind="bailiff_register") == "not_a_bailiff_register"
    assert refused(path, kind="writs") == "not_a_writ_register"


def test_a_writ_register_whose_parts_do_not_sum(tmp_path):
    path = tmp_path / "w.csv"
    head = "№;Должник;Адрес;Вид ИД;Номер ИД;Дата ИД;Основной долг;Пени;Госпошлина;Всего"
    row = "1;Лапина Мария;ул. Ленина, д. 12, кв. 5;Судебный приказ;2-1/2022;14.09.2022;100,00;1,00;2,00;104,00"
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")

    file = recognise(path)

    assert (file.kind, codes(file), file.accepted) == ("writs", ["sum_differs"], [])
