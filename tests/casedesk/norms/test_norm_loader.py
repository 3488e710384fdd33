"""Norm files that break the rules do not start the program, and the message says where."""

import pytest

from casedesk.norms.catalogue import Catalogue, shipped
from casedesk.norms.loader import load
from casedesk.norms.refusals import BadNormData, NormNotKnown, NoSuchNorm

HEAD = '[day]\nabout = "Число месяца"\nlaw = "ЖК РФ ст. 155"\nunit = "day"\n'
TAIL = 'act = "1-ФЗ", confidence = "V", checked_on = 2026-10-01'


def faults_of(tmp_path, text: str) -> str:
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadNormData) as refused:
        load(tmp_path)
    return str(refused.value)


def test_every_shipped_value_names_law_act_and_day_of_check():
    for norm in shipped():
        assert norm.law and norm.about
        for value in norm.values:
            assert value.act, norm.name
            assert value.confidence != "U!" or value.note or norm.note, f"{norm.name}: a doubtful value must say what to check"


def test_gap_between_values_is_refused(tmp_path):
    values = f"{{from = 2020-01-01, to = 2020-12-31, value = 1, {TAIL}}}, {{from = 2021-01-02, value = 2, {TAIL}}}"
    assert "some.day: разрыв между 2020-12-31 и 2021-01-02" in faults_of(tmp_path, f"{HEAD}values = [{values}]")


def test_overlap_is_refused(tmp_path):
    values = f"{{from = 2020-01-01, to = 2020-12-31, value = 1, {TAIL}}}, {{from = 2020-12-31, value = 2, {TAIL}}}"
    assert "пересекаются" in faults_of(tmp_path, f"{HEAD}values = [{values}]")


def test_unknown_key_is_refused_by_name(tmp_path):
    text = f"{HEAD}values = [{{from = 2020-01-01, valeu = 1, value = 1, {TAIL}}}]"
    assert "неизвестный ключ «valeu»" in faults_of(tmp_path, text)


def test_missing_source_is_refused(tmp_path):
    text = f'{HEAD}values = [{{from = 2020-01-01, value = 1, confidence = "V", checked_on = 2026-10-01}}]'
    assert "нет ключа «act»" in faults_of(tmp_path, text)


def test_empty_source_is_refused(tmp_path):
    text = HEAD.replace("ЖК РФ ст. 155", "") + f"values = [{{from = 2020-01-01, value = 1, {TAIL}}}]"
    assert "«law» пусто" in faults_of(tmp_path, text)


def test_unknown_confidence_is_refused(tmp_path):
    text = f"{HEAD}values = [{{from = 2020-01-01, value = 1, {TAIL.replace('V', 'A')}}}]"
    assert "confidence" in faults_of(tmp_path, text)


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    (tmp_path / "broken.toml").write_text("[", encoding="utf-8")
    text = faults_of(tmp_path, f"{HEAD}values = []")
    assert "broken.toml" in text
    assert "some.day: нет ни одного значения" in text


def test_day_outside_the_known_values_names_norm_day_and_asker(tmp_path):
    text = f"{HEAD}values = [{{from = 2020-01-01, to = 2020-12-31, value = 1, {TAIL}}}]"
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    norms = Catalogue(load(tmp_path))
    first = norms.norm("some.day").values[0]

    assert norms.find("some.day", on=first.valid_from, asker="пени").value == 1
    assert norms.find("some.day", on=first.valid_to, asker="пени").value == 1
    with pytest.raises(NormNotKnown, match=r"Число месяца.*31\.12\.2019.*с 01\.01\.2020.*пени"):
        norms.find("some.day", on=first.valid_from.replace(year=2019, month=12, day=31), asker="пени")
    with pytest.raises(NormNotKnown, match=r"01\.01\.2021.*по 31\.12\.2020"):
        norms.find("some.day", on=first.valid_from.replace(year=2021), asker="пени")


def test_a_name_that_is_not_there_is_told():
    with pytest.raises(NoSuchNorm, match="housing_dya"):
        shipped().norm("payment_terms.housing_dya")
