"""Reports frozen by a timer: whose, when they wait, and that repeating changes nothing."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.plans.actions import freeze_due as module
from casedesk.plans.actions.freeze_due import FAILED, FROZEN, KEPT, WAITS, ended, freeze_due
from casedesk.plans.models import CommissionReport, Plan, PlanReport
from debtors.models import MonthClosing
from tests.casedesk.plans.test_reports import freeze, moment
from tests.factories import access, commissions

FEBRUARY = months.parse("2024-02")


@pytest.fixture
def plan(small_town, town_hall) -> Plan:
    """One plan of the town's own; the shipped ones have no territory."""
    Plan.objects.filter(code="L").update(territory=town_hall.territory)
    return Plan.objects.get(code="L")


def run(day: str, **more) -> dict[tuple, str]:
    on = dt.date.fromisoformat(day)
    return {(one.name, one.period.name): one.what for one in freeze_due(on=on, at=moment(day), **more)}


def close(creditor, month: int = FEBRUARY) -> None:
    MonthClosing.objects.create(creditor=creditor, month=month, closed_at=moment("2024-03-06"), figures={})


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2024-03-05", ["февраль 2024"]),
        ("2024-04-01", ["март 2024", "I квартал 2024"]),
        ("2025-01-31", ["декабрь 2024", "IV квартал 2024", "2024 год"]),
    ],
)
def test_a_month_may_end_a_quarter_and_a_year(day, names):
    assert [period.name for period in ended(dt.date.fromisoformat(day))] == names


def test_a_report_waits_for_closed_months_until_the_tenth(plan, osen, lada, town_hall):
    name = (f"План L, {town_hall}", "февраль 2024")
    assert run("2024-03-05") == {name: WAITS}
    assert not PlanReport.objects.exists()
    assert run("2024-03-10") == {name: FROZEN}
    report = PlanReport.objects.get()
    assert (report.organisation, report.frozen_by, len(report.content["open_months"])) == (town_hall, None, 2)


def test_closed_months_are_not_waited_for(plan, osen, lada):
    close(osen)
    close(lada)
    assert set(run("2024-03-05").values()) == {FROZEN}
    assert PlanReport.objects.get().content["open_months"] == []


def test_a_second_run_leaves_what_is_there(plan):
    run("2024-03-10")
    kept = PlanReport.objects.get()
    assert set(run("2024-03-11").values()) == {KEPT}
    assert PlanReport.objects.get() == kept


def test_what_a_person_froze_is_not_made_again(plan, town_hall):
    freeze("2024-03-04", code="L", organisation=town_hall)
    assert set(run("2024-03-10").values()) == {KEPT}


def test_who_has_reported_before_reports_again(small_town):
    """A plan of nobody's territory is reported on by those who did so already: a creditor, the whole installation."""
    assert run("2024-03-10") == {}
    freeze("2024-02-20", month="2024-01", code="B", organisation=small_town.osen)
    freeze("2024-02-20", month="2024-01", code="B")
    made = run("2024-03-10")
    assert made == {
        (f"План B, {small_town.osen}", "февраль 2024"): FROZEN,
        ("План B, все организации", "февраль 2024"): FROZEN,
    }
    assert {one.previous.first_month for one in PlanReport.objects.filter(first_month=FEBRUARY)} == {FEBRUARY - 1}


def test_a_plan_that_is_not_in_force_is_left_out(plan):
    Plan.objects.filter(pk=plan.pk).update(valid_to=dt.date(2024, 2, 1))
    assert run("2024-03-10") == {}


def test_a_commission_waits_for_its_signatures(osen, town_hall):
    room = commissions.commission(town_hall)
    meeting = commissions.closed(room, commissions.case(osen))
    names = [(str(room), "март 2024"), (str(room), "I квартал 2024")]
    assert run("2024-04-05") == dict.fromkeys(names, WAITS)
    from_the_tenth = run("2024-04-10")
    assert from_the_tenth == dict.fromkeys(names, FROZEN)
    assert CommissionReport.objects.count() == 2 and meeting.held_on.month == 3


def test_a_refusal_does_not_stop_the_others(plan, town_hall, monkeypatch, capsys):
    def refuse(**asked):
        raise Refusal("нельзя")

    commissions.commission(town_hall)
    monkeypatch.setattr(module, "freeze_report", refuse)
    assert sorted(run("2024-03-10").values()) == sorted([FAILED, FROZEN])
    with pytest.raises(CommandError, match="Не сделано отчётов: 1"):
        call_command("freeze_reports", on=dt.date(2024, 3, 10))
    assert "не сделан: нельзя" in capsys.readouterr().out


def test_the_command_tells_and_a_dry_run_freezes_nothing(plan, capsys):
    call_command("freeze_reports", on=dt.date(2024, 3, 10), dry_run=True)
    assert not PlanReport.objects.exists()
    call_command("freeze_reports", on=dt.date(2024, 3, 10))
    call_command("freeze_reports", on=dt.date(2024, 3, 10))
    said = capsys.readouterr().out
    assert "февраль 2024: зафиксирован" in said and "февраль 2024: уже есть" in said
    assert PlanReport.objects.count() == 1


def test_another_towns_hall_is_not_reported_for(plan):
    access.municipality("oz-adm", territory=access.territory("oz", "Оз"))
    assert len(run("2024-03-10")) == 1
