"""Screens of cases: what they show, what they do, whom they refuse, how many queries they take."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debtors.actions.prepare_reminder import prepare_reminder
from debtors.models import CaseFile, Hold, Note, OpeningRule, PreTrialNotice
from debtors.rules.stages import Stage
from tests.factories import cases

DAY = dt.date(2024, 3, 1)
pytestmark = pytest.mark.usefixtures("first_of_march")


@pytest.fixture
def first_of_march():
    with time_machine.travel(dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def three(osen):
    for number in ("1", "2", "3"):
        cases.case_of(cases.billed(osen, number, on=DAY, holder=f"Должник {number}", count=5 + int(number)), DAY)
    return list(CaseFile.objects.order_by("number"))


def page(visit, person, name, *args, **query) -> str:
    answer = visit(person).get(reverse(f"debtors:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_the_dearest_first_and_finds_by_name_and_number(visit, officer, three):
    shown = page(visit, officer, "cases")
    assert shown.index("Должник 3") < shown.index("Должник 2") < shown.index("Должник 1")

    assert "Должник 2" in page(visit, officer, "cases", q="должник 2")
    assert "Должник 3" not in page(visit, officer, "cases", q="должник 2")
    assert "Должник 1" in page(visit, officer, "cases", q=str(three[0].number))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "opened"}, 3),
        ({"stage": "reminder_sent"}, 0),
        ({"officer": "nobody"}, 3),
        ({"officer": "me"}, 0),
        ({"state": "closed"}, 0),
        ({"hold": "any"}, 0),
        ({"age": "1-3"}, 0),
        ({"age": "3-12"}, 3),
        ({"months_from": "1000"}, 0),
        ({"overdue_from": "1,00"}, 3),
    ],
)
def test_filters(visit, officer, three, query, found):
    answer = visit(officer).get(reverse("debtors:cases"), query)

    assert answer.context["listing"].page.count == found


def test_the_list_takes_a_fixed_number_of_queries(visit, officer, three, django_assert_max_num_queries):
    client = visit(officer)
    client.get(reverse("debtors:cases"))
    with django_assert_max_num_queries(14):
        client.get(reverse("debtors:cases"))


def test_the_list_goes_out_as_a_workbook(visit, officer, three):
    answer = visit(officer).get(reverse("debtors:cases"), {"export": "xlsx"})

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_stranger_sees_nothing(visit, stranger, three):
    assert "Должник" not in page(visit, stranger, "cases")
    assert visit(stranger).get(three[0].get_absolute_url()).status_code == 404


def test_the_page_of_a_case_says_who_owes_why_and_what_is_next(visit, officer, case):
    client = visit(officer)
    client.get(case.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(case.get_absolute_url()).content.decode()
    reads = [query for query in asked.captured_queries if query["sql"].lstrip().startswith(("SELECT", "WITH"))]
    assert len(reads) <= 30, "statements that set up a transaction are not counted: the databases differ in them"

    for text in ("Иванов И. И.", "Подготовить напоминание", "до 11.03.2024", "Дело открыто", "Отопление", "январь 2024"):
        assert text in shown
    assert "22\u202f000,00" in shown, "four overdue months"


def test_a_reader_gets_no_buttons(visit, auditor, case):
    shown = page(visit, auditor, "case", case.pk)

    assert reverse("debtors:case-hold", args=[case.pk]) not in shown


def test_a_note_a_flag_and_a_hold_by_form(visit, officer, case):
    client = visit(officer)

    client.post(reverse("debtors:case-note", args=[case.pk]), {"text": "звонил"})
    client.post(reverse("debtors:case-flag", args=[case.pk]), {"kind": "hardship", "reason": "болезнь", "on": "2024-03-01"})
    client.post(
        reverse("debtors:case-hold", args=[case.pk]),
        {"kind": "subsidy", "reason": "заявление", "on": "2024-03-01", "until": "2024-04-01"},
    )

    case.refresh_from_db()
    assert (Note.objects.get().text, case.flag_names, case.hold_until) == ("звонил", ["трудное положение"], dt.date(2024, 4, 1))
    client.post(reverse("debtors:hold-lift", args=[Hold.objects.get().pk]), {"reason": "отказ", "on": "2024-03-01"})
    client.post(reverse("debtors:flag-remove", args=[case.case_flags.get().pk]), {"reason": "ошибка", "on": "2024-03-01"})
    case.refresh_from_db()
    assert (case.hold_kind, case.flag_marks) == ("", "")


def test_a_refusal_stands_over_the_form_in_words(visit, officer, case):
    answer = visit(officer).post(
        reverse("debtors:case-hold", args=[case.pk]),
        {"kind": "subsidy", "reason": "заявление", "on": "2024-03-01", "until": "2024-03-01"},
    )

    assert "не может кончиться 01.03.2024" in answer.content.decode()
    assert not Hold.objects.exists()


def test_history_shows_differences(visit, officer, case):
    client = visit(officer)
    client.post(reverse("debtors:case-assign", args=[case.pk]), {"to": officer.pk})

    assert "Ответственный" in page(visit, officer, "case-history", case.pk)


def test_bulk_assignment_asks_first(visit, officer, three):
    client, chosen = visit(officer), {"ids": [case.pk for case in three[:2]], "query": ""}

    preview = client.post(reverse("debtors:cases-assign"), chosen).content.decode()
    assert "2 дела" in preview.replace("\u00a0", " ") and not CaseFile.objects.filter(officer=officer).exists()
    client.post(reverse("debtors:cases-assign"), {**chosen, "confirm": "1", "to": officer.pk})

    assert CaseFile.objects.filter(officer=officer).count() == 2


def test_bulk_on_everything_takes_what_the_filters_find(visit, officer, three):
    chosen = {"everything": "1", "query": "q=должник+2"}

    visit(officer).post(reverse("debtors:cases-assign"), {**chosen, "confirm": "1", "to": officer.pk})

    assert list(CaseFile.objects.filter(officer=officer)) == [three[1]]


def test_everything_stays_everything_through_the_preview(visit, officer, three):
    """A list of ten thousand ids would not come back through a form."""
    preview = visit(officer).post(reverse("debtors:cases-assign"), {"everything": "1", "query": "q=должник"})

    shown = preview.content.decode()
    assert 'name="everything"' in shown and 'name="ids"' not in shown


def test_a_strangers_bulk_reaches_nobody_elses_cases(visit, stranger, three):
    chosen = {"ids": [case.pk for case in three], "query": "", "confirm": "1"}

    visit(stranger).post(reverse("debtors:cases-assign"), {**chosen, "to": stranger.pk})
    visit(stranger).post(reverse("debtors:cases-remind"), chosen)

    assert not CaseFile.objects.exclude(officer=None).exists() and not PreTrialNotice.objects.exists()


def test_reminders_in_bulk_from_preview_to_delivery(visit, officer, three):
    client = visit(officer)
    chosen = {"ids": [case.pk for case in three], "query": ""}

    preview = client.post(reverse("debtors:cases-remind"), chosen).content.decode()
    assert "Подготовить 3" in preview and not PreTrialNotice.objects.exists()
    client.post(reverse("debtors:cases-remind"), {**chosen, "confirm": "1"})
    notices = list(PreTrialNotice.objects.order_by("number"))
    printed = client.post(reverse("debtors:notices-print"), {"ids": [n.pk for n in notices], "query": ""}).content.decode()
    assert printed.count("Напоминание о задолженности") == 3
    sent = {"ids": [n.pk for n in notices], "query": "", "confirm": "1", "channel": "post", "on": "2024-03-01"}
    client.post(reverse("debtors:notices-send"), sent)

    assert set(CaseFile.objects.values_list("stage", flat=True)) == {Stage.REMINDER_SENT}


def test_one_reminder_from_the_case_page(visit, officer, case):
    client = visit(officer)
    url = reverse("debtors:case-remind", args=[case.pk])

    assert "22\u202f000,00" in client.get(url).content.decode()
    client.post(url)
    notice = PreTrialNotice.objects.get()
    letter = client.get(notice.get_absolute_url()).content.decode()
    assert "22\u202f000,00" in letter and "в течение 30" in letter
    client.post(reverse("debtors:notice-send", args=[notice.pk]), {"channel": "by_hand", "on": "2024-03-01"})

    notice.refresh_from_db()
    assert (notice.state, notice.waiting_until) == ("sent", dt.date(2024, 4, 1))


def test_a_reminder_is_cancelled_with_a_reason(visit, officer, case):
    notice = prepare_reminder(case=case, by=officer, on=DAY)

    visit(officer).post(reverse("debtors:notice-cancel", args=[notice.pk]), {"reason": "ошибка", "on": "2024-03-01"})

    notice.refresh_from_db()
    assert notice.state == "cancelled"


RULE = {
    "threshold": "3",
    "min_overdue_months": "2",
    "reminder_within": "10",
    "hand_over_within": "5",
    "waiting": "30",
    "claim_within": "30",
    "hold_review": "30",
    "payments_fresh": "35",
    "breach_notice": "3",
    "valid_from": "2024-03-01",
}


def test_a_rule_is_tried_before_it_is_set(visit, officer, osen, three):
    url = reverse("debtors:rule", args=[osen.pk])
    client = visit(officer)

    tried = client.post(url, {**RULE, "threshold": "6", "try": "1"}).content.decode()
    assert "Не подходят новому правилу" in tried and not OpeningRule.objects.exists()
    client.post(url, {**RULE, "threshold": "6", "close_uncovered": "on", "save": "1"})

    assert OpeningRule.objects.get().threshold_x100 == 600
    assert CaseFile.objects.live().count() == 1


def test_a_closed_case_shows_why(visit, officer, case):
    visit(officer).post(reverse("debtors:case-close", args=[case.pk]), {"reason": "передано", "on": "2024-03-01"})

    shown = page(visit, officer, "case", case.pk)
    assert "Закрыто 01.03.2024" in shown and "передано" in shown
