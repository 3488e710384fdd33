"""Targets that are missed or at risk become tasks with a three-day clock; people get one letter a day."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.norms.act_within import act_by
from casedesk.plans.actions.check_targets import NothingSaid, TaskIsDone, check_targets, finish_task, set_keeper
from casedesk.plans.actions.load_plan import load_plan
from casedesk.plans.actions.remind import remind
from casedesk.plans.models import Plan, PlanTask
from casedesk.plans.rules.plan_file import read_plan
from debtors.channels.configured import NO_MAIL

FRIDAY = dt.date(2024, 3, 15)
TEXT = """
code = "T"
name = "Проверка"
[[sections]]
title = "Деньги"
[[sections.measures]]
row = "1"
title = "Собрать"
indicators = [{ code = "collection.paid", target = "TARGET" }, { code = "collection.charged", target = "1.00" }]
"""


@pytest.fixture
def plan(small_town) -> Plan:
    """February came to 13 800,00 paid of 20 000,00 wanted; in March nothing was paid yet."""
    return load_plan(data=read_plan(TEXT.replace("TARGET", "20000.00")))


def test_a_missed_target_is_a_task_for_the_keeper_of_its_row(plan, officer):
    set_keeper(plan=plan, row="1", person=officer)
    assert check_targets(plan=plan, on=FRIDAY).found == 3
    task = PlanTask.objects.get(month=2024 * 12 + 1)
    assert (task.indicator, task.light, task.value, task.target) == ("collection.paid", "missed", 1_380_000, 2_000_000)
    assert (task.person, task.found_on, task.due_on) == (officer, FRIDAY, dt.date(2024, 3, 20))
    assert set(PlanTask.objects.exclude(pk=task.pk).values_list("light", flat=True)) == {"at_risk"}


def test_a_second_look_finds_nothing_new(plan):
    check_targets(plan=plan, on=FRIDAY)
    again = check_targets(plan=plan, on=FRIDAY + dt.timedelta(days=1))
    assert (again.found, again.settled) == (0, 0)
    assert set(PlanTask.objects.values_list("found_on", flat=True)) == {FRIDAY}


def test_a_target_that_is_reached_settles_its_task(plan):
    check_targets(plan=plan, on=FRIDAY)
    load_plan(data=read_plan(TEXT.replace("TARGET", "10000.00")))
    assert check_targets(plan=plan, on=FRIDAY).settled == 1
    assert PlanTask.objects.get(month=2024 * 12 + 1).note == "цель достигнута"


def test_a_task_is_closed_once_with_words(plan, officer):
    check_targets(plan=plan, on=FRIDAY)
    task = PlanTask.objects.first()
    with pytest.raises(NothingSaid):
        finish_task(task=task, note="  ", by=officer, on=FRIDAY)
    finish_task(task=task, note="позвонили", by=officer, on=FRIDAY)
    with pytest.raises(TaskIsDone):
        finish_task(task=task, note="ещё раз", by=officer, on=FRIDAY)


@pytest.mark.parametrize(
    ("found", "due"), [((2024, 3, 15), (2024, 3, 20)), ((2024, 3, 18), (2024, 3, 21)), ((2024, 3, 20), (2024, 3, 25))]
)
def test_the_clock_counts_working_days(found, due):
    assert act_by(dt.date(*found)) == dt.date(*due)


def test_one_letter_a_day_to_a_person(plan, officer, stranger, mailoutbox):
    officer.email = "officer@example.org"
    officer.save()
    set_keeper(plan=plan, row="1", person=officer)
    check_targets(plan=plan, on=FRIDAY)
    assert (remind(on=FRIDAY), remind(on=FRIDAY)) == (1, 0)
    letter = mailoutbox[0]
    assert (letter.to, letter.subject) == (["officer@example.org"], "План: 3\u00a0задачи")
    assert "Оплачено за месяц за февраль 2024: не выполнено" in letter.body
    assert "13\u202f800,00" in letter.body and "сделать до 20.03.2024" in letter.body
    assert remind(on=FRIDAY + dt.timedelta(days=7)) == 1
    assert "просрочено 3" in mailoutbox[1].subject


def test_nobody_without_an_address_is_written_to(plan, officer, mailoutbox):
    set_keeper(plan=plan, row="1", person=officer)
    check_targets(plan=plan, on=FRIDAY)
    assert remind(on=FRIDAY) == 0 and mailoutbox == []


def test_nobody_is_taken_for_reminded_where_no_mail_leaves(plan, officer, settings):
    officer.email = "officer@example.ru"
    officer.save()
    set_keeper(plan=plan, row="1", person=officer)
    check_targets(plan=plan, on=FRIDAY)
    settings.EMAIL_BACKEND = NO_MAIL
    assert remind(on=FRIDAY) == 0
    assert not PlanTask.objects.filter(reminded_on__isnull=False).exists()


def test_the_command_does_both(plan, capsys):
    call_command("check_plans", on=FRIDAY)
    said = capsys.readouterr().out
    assert "План T: новых задач 3, закрыто 0" in said and "Писем: 0" in said


def test_the_page_shows_ones_own_tasks_and_closes_them(plan, officer, stranger, visit):
    set_keeper(plan=plan, row="1", person=officer)
    check_targets(plan=plan, on=FRIDAY)
    task = PlanTask.objects.first()
    assert "срок прошёл" in visit(officer).get("/plans/T/tasks/").content.decode()
    assert "За вами открытых задач нет" in visit(stranger).get("/plans/T/tasks/").content.decode()
    assert visit(stranger).post(f"/plan-tasks/{task.pk}/done/", {"note": "я"}).status_code == 404
    visit(officer).post(f"/plan-tasks/{task.pk}/done/", {"note": "разослали уведомления"})
    task.refresh_from_db()
    assert (task.done_by, task.note) == (officer, "разослали уведомления")


SHARES = TEXT.replace('"collection.charged", target = "1.00"', '"bills.on_time", target = "100.00"')


def test_a_creditor_with_a_keeper_of_its_own_is_asked_about_its_shares(small_town, officer, stranger, administrator):
    """Osen's bills of March came in time, Lada's on the eighth: 50 % for the plan, 0 % for Lada; no sum is asked of one."""
    plan = load_plan(data=read_plan(SHARES.replace("TARGET", "20000.00")))
    set_keeper(plan=plan, row="1", person=administrator)
    set_keeper(plan=plan, row="1", person=officer, organisation=small_town.osen)
    set_keeper(plan=plan, row="1", person=stranger, organisation=small_town.lada)
    check_targets(plan=plan, on=FRIDAY)
    late = PlanTask.objects.filter(indicator="bills.on_time", month=2024 * 12 + 1)
    assert {(task.organisation, task.person, task.value) for task in late} == {
        (None, administrator, 5000),
        (small_town.lada, stranger, 0),
    }
    assert set(PlanTask.objects.filter(indicator="collection.paid").values_list("organisation", "person")) == {
        (None, administrator.pk)
    }
    assert check_targets(plan=plan, on=FRIDAY + dt.timedelta(days=1)).found == 0
    assert late.get(organisation=small_town.lada) in PlanTask.objects.visible_to(stranger)
    assert not PlanTask.objects.visible_to(officer).filter(organisation=small_town.lada).exists()


def test_the_number_of_statements_does_not_grow_with_the_tasks(small_town):
    """Two targets missed or sixteen: the same statements set, bring up and settle them."""

    def statements(code: str, rows: int) -> list[int]:
        text = TEXT.replace('code = "T"', f'code = "{code}"').replace("TARGET", "20000.00")
        head, measure = text.split("[[sections.measures]]")
        several = [measure.replace('row = "1"', f'row = "{number}"') for number in range(rows)]
        plan = load_plan(data=read_plan("[[sections.measures]]".join([head, *several])))
        found = []
        for day in (FRIDAY, FRIDAY + dt.timedelta(days=1)):
            with CaptureQueriesContext(connection) as context:
                check_targets(plan=plan, on=day)
            found.append(sum("plantask" in one["sql"] for one in context.captured_queries))
        assert PlanTask.objects.filter(plan=plan).count() == 3 * rows
        return found

    assert statements("T1", 1) == statements("T8", 8)


def test_a_creditors_keepers_are_named_on_the_screen(small_town, administrator, stranger, visit):
    plan = load_plan(data=read_plan(SHARES.replace("TARGET", "20000.00")))
    row = plan.sections.get().measures.get()
    address = f"/plans/T/keepers/?creditor={small_town.lada.pk}"
    page = visit(administrator).get(address).content.decode()
    assert "С одного взыскателя спрашивают доли" in page and small_town.lada.name in page
    visit(administrator).post(address, {f"row-{row.pk}": stranger.pk})
    kept = plan.keepers.get()
    assert (kept.organisation, kept.person) == (small_town.lada, stranger)
    check_targets(plan=plan, on=FRIDAY)
    assert small_town.lada.name in visit(stranger).get("/plans/T/tasks/").content.decode()


def test_only_a_creditors_own_people_answer_for_it(small_town, administrator, officer, visit):
    plan = load_plan(data=read_plan(SHARES.replace("TARGET", "20000.00")))
    row = plan.sections.get().measures.get()
    visit(administrator).post(f"/plans/T/keepers/?creditor={small_town.lada.pk}", {f"row-{row.pk}": officer.pk})
    assert not plan.keepers.exists()


def test_keepers_are_named_on_the_screen(plan, administrator, supervisor, officer, visit):
    check_targets(plan=plan, on=FRIDAY)
    row = plan.sections.get().measures.get()
    assert visit(supervisor).post("/plans/T/keepers/", {f"row-{row.pk}": officer.pk}).status_code == 302
    assert not plan.keepers.exists()
    visit(administrator).post("/plans/T/keepers/", {f"row-{row.pk}": officer.pk})
    assert plan.keepers.get().person == officer
    assert set(plan.tasks.values_list("person", flat=True)) == {officer.pk}


def test_a_month_that_is_over_has_no_forecast(plan, administrator, visit):
    page = visit(administrator).get("/plans/T/?period=2024-02").content.decode()
    assert "не выполнено" in page and "прогноз" not in page
