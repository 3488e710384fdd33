"""Figures of the commission's plan rows, each the total of its list, and the effect of decisions."""

import datetime as dt

import pytest

from casedesk.access.rights import Role
from casedesk.commission.actions.build_agenda import fill_agenda
from casedesk.commission.actions.carry_out import carry_out
from casedesk.commission.actions.compose import record_appointment, set_agenda_rule
from casedesk.commission.actions.hold_meeting import fail_meeting
from casedesk.commission.models import AgendaItem, Decision, ReadRecord
from casedesk.commission.queries.effect import effect_of, paid_since, quarter_of
from casedesk.commission.queries.tasks import tasks
from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question, Reach, reach_of
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from tests.factories import access, cases, commissions

pytestmark = pytest.mark.django_db
DAY = commissions.DAY
OURS = ["meetings", "group_meetings", "composition", "specialists", "invited", "in_time", "paid"]


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


def ask(code: str, month: str = "2024-03", **options) -> tuple:
    """Figure and totals; the totals are those of the list."""
    indicator, question = catalogue.get(f"commission.{code}"), Question(months.parse(month), **options)
    totals = indicator.totals(question)
    assert catalogue.total_of(indicator.facts(question), len(indicator.columns)) == totals
    return indicator.value(question), totals


def pay(account, amount: int, day: dt.date, *, learnt_on: dt.date | None = None) -> None:
    fact = StagedFact(1, account.pk, 1, amount=amount, paid_on=day, document=f"п-{day}")
    learnt = dt.datetime.combine(learnt_on or day, dt.time(12), dt.UTC)
    book_facts(creditor=account.creditor, facts=[fact], about="оплата", by=None, learnt_at=learnt, on=day)


def test_l1_p1_1_a_held_meeting_counts_in_its_month(room, osen):
    """Plan rows L1, P1.1, P3.1 and L-App3: a meeting with minutes; one that failed does not count."""
    commissions.signed(room, commissions.case(osen))
    failed = commissions.attended(commissions.called(room, commissions.case(osen, "8002")), away=("member", "deputy"))
    fail_meeting(meeting=failed, why="", by=commissions.user(room, "secretary"), on=DAY)

    assert ask("meetings") == (1, (1, 1, 0, 1))
    assert ask("meetings", "2024-04")[0] == 0


def test_a_meeting_counts_for_those_whose_cases_it_heard(room, osen, lada, officer, stranger, supervisor):
    lada.territory = room.municipality.territory
    lada.save()
    commissions.signed(room, commissions.case(osen))
    land = room.municipality.territory

    assert ask("meetings", reach=reach_of(officer, None))[0] == 1
    assert ask("meetings", reach=reach_of(stranger, None))[0] == 0
    assert ask("meetings", reach=reach_of(supervisor, land))[0] == 1
    assert ask("meetings", reach=Reach(territories=frozenset({0})))[0] == 0


def test_z3a_the_share_of_offices_that_the_plan_asks_for(room):
    """Plan row Z3a: the plan's own list of offices, as a parameter."""
    three = {"offices": ["prosecutor", "bailiffs", "social_protection"]}
    assert ask("composition", params=three) == (6667, (3, 2))
    assert ask("composition")[1] == (6, 5)


def test_z3b_an_order_counts_from_its_day(room):
    """Plan row Z3b."""
    order = {"organisation": "Город", "name": "Ли А.", "post": "юрист", "order": "№ 5", "ordered_on": dt.date(2024, 3, 5)}
    record_appointment(commission=room, by=commissions.user(room, "secretary"), **order)
    assert (ask("specialists", "2024-02")[0], ask("specialists")[0]) == (0, 1)


def test_l_app3_tasks_in_time_are_told_by_reports_and_facts(room, osen, officer):
    commissions.signed(room, commissions.case(osen), commissions.case(osen, "8002"))
    first, _ = Decision.objects.order_by("pk")
    carry_out(decision=first, note="соглашение", by=officer, on=DAY)

    assert ask("in_time", "2024-04") == (5000, (2, 1))


def test_full_payment_carries_out_a_promise_to_pay(room, osen):
    case = commissions.case(osen)
    commissions.signed(room, case, kind="pay_by")
    assert tasks(Decision.objects.all()).get().ended_on is None
    type(case).objects.filter(pk=case.pk).update(overdue=0)

    assert tasks(Decision.objects.all()).get().ended_on == DAY


def test_the_effect_is_measured_by_the_end_of_the_next_quarter(room, osen):
    account = cases.billed(osen, "8101", on=DAY, holder="Щеглова Вера Ивановна")
    osen.territory = room.municipality.territory
    osen.save()
    case = cases.case_of(account, DAY)
    meeting = commissions.signed(room, case)
    pay(account, 70_000, DAY)
    pay(account, 150_000, dt.date(2024, 4, 10))
    pay(account, 50_000, dt.date(2024, 7, 10))
    first, last = quarter_of(meeting.held_on)

    found = effect_of(AgendaItem.objects.all(), first=first, last=last, today=dt.date(2024, 9, 1))

    (line,) = found.lines
    assert (found.until, line.paid) == (dt.date(2024, 6, 30), 150_000)
    assert line.decided - line.now == 70_000 + 150_000
    assert ask("paid", "2024-04")[0] == 150_000
    assert ask("paid", "2024-07")[0] == 0


def test_money_paid_after_is_counted_as_it_was_known(room, osen):
    """A report of the past repeats itself: money that was learnt later, or undone later, does not move it."""
    account = cases.billed(osen, "8101", on=DAY, holder="Щеглова Вера Ивановна")
    osen.territory = room.municipality.territory
    osen.save()
    meeting = commissions.signed(room, cases.case_of(account, DAY))
    paid_on, learnt_on = dt.date(2024, 4, 10), dt.date(2024, 4, 20)
    pay(account, 150_000, paid_on, learnt_on=learnt_on)
    items, until = list(meeting.items.all()), dt.date(2024, 6, 30)

    known = {day: paid_since(items, until, known_at=commissions.noon(day)) for day in (paid_on, learnt_on + dt.timedelta(1))}

    assert [sum(one.values()) for one in known.values()] == [0, 150_000]
    before, after = (commissions.noon(dt.date(2024, 4, day)) for day in (19, 21))
    assert [ask("paid", "2024-04", known_at=at)[0] for at in (before, after)] == [0, 150_000]


def test_the_effect_takes_a_fixed_number_of_queries(room, osen, django_assert_max_num_queries):
    files = [commissions.case(osen, f"83{number:02d}") for number in range(8)]
    meeting = commissions.signed(room, *files)
    first, last = quarter_of(meeting.held_on)
    with django_assert_max_num_queries(12):
        assert len(effect_of(AgendaItem.objects.all(), first=first, last=last, today=DAY).lines) == 8


def test_an_agenda_is_filled_by_the_rule_with_a_reason_for_each(room, osen, lada):
    """Plan row P3.1: malicious defaulters by the commission's own rule."""
    set_agenda_rule(commission=room, valid_from=dt.date(2024, 1, 1), warned=False, overdue=3_000_000, by=None)
    much, little = commissions.case(osen), commissions.case(osen, "8002", overdue=1_100_000)
    elsewhere = cases.case_of(cases.owing(lada, "9001", overdue=9_000_000, age=8, on=DAY), DAY)
    meeting = commissions.planned(room)

    made = fill_agenda(meeting=meeting, by=commissions.user(room, "secretary"), on=DAY)

    assert [one.case for one in made] == [much]
    assert not {little.pk, elsewhere.pk} & set(meeting.items.values_list("case", flat=True))
    assert made[0].reason.startswith("просрочено 40\u202f000,00 ₽ при пороге 30\u202f000,00 ₽; 8 мес.")


def test_who_is_to_be_heard_again_stands_on_the_next_agenda(room, osen):
    case = commissions.case(osen)
    later = commissions.planned(room, on=DAY + dt.timedelta(days=30))
    commissions.signed(room, case, kind="hear_again")

    assert (later.items.get().case, later.items.get().source) == (case, "again")


def test_cases_of_a_failed_meeting_come_first_in_the_next_filling(room, osen):
    case = commissions.case(osen)
    failed = commissions.attended(commissions.called(room, case), away=("chair", "deputy"))
    fail_meeting(meeting=failed, why="", by=commissions.user(room, "secretary"), on=DAY)
    later = commissions.planned(room, on=DAY + dt.timedelta(days=7))

    made = fill_agenda(meeting=later, by=commissions.user(room, "secretary"), on=DAY)

    assert "не состоялось" in made[0].reason


def test_a_malicious_debtor_is_marked_on_the_case(room, osen):
    case = commissions.case(osen)
    commissions.signed(room, case, kind="malicious")
    case.refresh_from_db()
    assert "malicious" in case.flags


def test_programs_read_and_report_but_neither_vote_nor_sign(room, osen, officer, visit):
    meeting = commissions.signed(room, commissions.case(osen))
    decision, item, client = Decision.objects.get(), meeting.items.get(), visit(officer)

    shown = client.get(f"/api/commission-meetings/{meeting.pk}/").json()
    assert shown["sha256"] == meeting.minutes.sha256 and len(shown["attendance"]) == 5
    assert client.get(f"/api/commission-items/{item.pk}/").json()["name"] == "Щеглова Вера Ивановна"
    assert ReadRecord.objects.get().what == "api"
    done = client.post(f"/api/commission-decisions/{decision.pk}/done/", {"note": "готово"}, content_type="application/json")
    assert done.status_code == 200 and done.json()["done_note"] == "готово"
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/api/commission-meetings/{meeting.pk}/", {}, content_type="application/json").status_code == 405


def test_programs_of_members_read_names_behind_the_mask(room, osen, visit):
    item = commissions.called(room, commissions.case(osen)).items.get()
    client = visit(commissions.user(room, "member"))
    assert client.get("/api/commission-items/").json()["results"][0]["name"] == "Щеглова В. И."
    assert client.get(f"/api/commission-items/{item.pk}/").json()["address"] == "ул. Мира, д. 1"
    supervisor = access.person(Role.PLAN_SUPERVISOR, room.municipality)
    assert visit(supervisor).get("/api/commission-items/").json()["results"] == []
