"""Plan rows of the commission, from the secretary's screen to the figure: Z3a, Z3b, Z9b, L1, L-App1, L-App3, P1.1, P3.1."""

import datetime as dt

import pytest
from django.urls import reverse

from casedesk.commission.models import Decision, Meeting
from casedesk.commission.queries.composition import calendar
from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from debtors.models import CaseEvent
from tests.casedesk.commission.test_indicators import pay
from tests.factories import cases, commissions, outreach

pytestmark = pytest.mark.django_db
DAY = commissions.DAY


@pytest.fixture
def now(monkeypatch):
    """`now(day)`: from here on it is that day."""
    days = [DAY]
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: days[-1])
    return days.append


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


@pytest.fixture
def secretary(visit, room, now):
    return visit(commissions.user(room, "secretary"))


def at(name: str, thing) -> str:
    return reverse(f"commission:{name}", args=[thing.pk])


def page(client, url: str) -> str:
    return client.get(url).content.decode()


def figure(code: str, month: str = "2024-03", **params) -> tuple:
    """The totals, checked to be those of the list behind them."""
    one, question = catalogue.get(code), Question(months.parse(month), params=params)
    totals = one.totals(question)
    assert catalogue.total_of(one.facts(question), len(one.columns)) == totals
    return totals


def test_row_z3a_the_commission_has_the_offices_that_the_plan_asks_for(room, secretary):
    offices = ["prosecutor", "bailiffs", "social_protection"]
    assert "не хватает: <strong>социальная защита" in page(secretary, room.get_absolute_url())
    assert figure("commission.composition", offices=offices) == (3, 2)

    who = {"part": "member", "office": "social_protection", "organisation": "Центр", "post": "Директор", "name": "Ли А. А."}
    secretary.post(at("seat-add", room), who | {"has_vote": "on", "valid_from": DAY.isoformat()})

    assert "состав полный" in page(secretary, room.get_absolute_url())
    assert figure("commission.composition", offices=offices) == (3, 3)
    assert figure("commission.composition", "2024-02", offices=offices) == (3, 2)


def test_row_l_app1_the_composition_by_office_is_shown_and_checked(room, secretary):
    shown = page(secretary, room.get_absolute_url())
    for part, office, post, name in commissions.MEMBERS:
        assert name in shown and post in shown, (part, office)
    assert figure("commission.composition") == (6, 5)

    secretary.post(at("seat-end", commissions.seat(room, "deputy")), {"on": DAY.isoformat()})

    assert "заместитель председателя" in page(secretary, room.get_absolute_url())
    assert figure("commission.composition") == (6, 4)


def test_row_z3b_specialists_are_appointed_by_order(room, secretary):
    order = {"organisation": "Город", "name": "Ли А. А.", "post": "юрист", "order": "Распоряжение № 5"}
    secretary.post(at("appointment-new", room), order | {"ordered_on": "2024-03-05"})

    assert "Распоряжение № 5" in page(secretary, room.get_absolute_url())
    assert (figure("commission.specialists", "2024-02"), figure("commission.specialists")) == ((0,), (1,))


@pytest.mark.parametrize(
    "row, rhythm, asked",
    [("l1", "milestones", [6, 9, 12]), ("p31", "quarterly", [3, 6, 9, 12]), ("l_app3", "monthly", [*range(3, 13)])],
)
def test_row_l1_p3_1_l_app3_a_year_of_meetings_is_planned_by_its_rhythm(room, secretary, row, rhythm, asked):
    rules = {"valid_from": "2024-01-01", "rhythm": rhythm, "meeting_day": 25, "quorum_num": 1, "quorum_den": 2}
    rules |= {"majority_of": "present", "summons_days": 7, "signing_days": 5, "casting_vote": "on", "representatives": "on"}
    secretary.post(at("regulations", room), rules | dict.fromkeys(["names_shown", "addresses_shown", "accounts_shown"], "full"))

    secretary.post(at("year-plan", room), {"year": "2024", "place": "Зал"})

    planned = Meeting.objects.order_by("planned_on")
    assert [one.planned_on.month for one in planned] == asked
    shown = page(secretary, room.get_absolute_url())
    assert all(at("meeting", one) in shown for one in planned)
    assert "уже запланированы" in secretary.post(at("year-plan", room), {"year": "2024"}, follow=True).content.decode()


def test_row_l1_a_meeting_at_six_months_counts_and_a_missed_one_is_named(room, secretary, osen, now):
    rules = {"rhythm": "milestones", "valid_from": dt.date(2024, 1, 1)}
    room.regulations.create(**rules)
    day = dt.date(2024, 6, 20)
    now(day)
    commissions.signed(room, commissions.case(osen, on=day), on=day)

    assert figure("commission.meetings", "2024-06") == (1, 1, 0, 1)
    assert figure("commission.meetings", "2024-05") == (0, 0, 0, 0)
    told = {one.month % 12 + 1: one.missed for one in calendar(room, 2024, "milestones", dt.date(2024, 10, 5))}
    assert [number for number, missed in told.items() if missed] == [9]
    now(dt.date(2024, 10, 5))
    assert page(secretary, room.get_absolute_url()).count("не проведено") == 1


def test_row_p1_1_joint_meetings_count_with_those_who_took_part(room, secretary, osen, officer):
    """A meeting of the commission with its guests, and a joint meeting that a company holds itself."""
    made = {"planned_on": DAY.isoformat(), "time": "11:00", "place": "Зал", "topic": "долги за зиму"}
    secretary.post(at("meeting-new", room), made | {"guests": "ОСП, АО «Тепло», общественный совет"})
    meeting = Meeting.objects.get()
    secretary.post(at("meeting-call", meeting))
    secretary.post(at("meeting-attendance", meeting), {f"presence-{one.pk}": "present" for one in room.seats.all()})
    secretary.post(at("meeting-open", meeting))
    secretary.post(at("meeting-close", meeting))
    outreach.recorded(osen, officer, "joint_meeting", on=DAY)

    assert "общественный совет" in page(secretary, meeting.get_absolute_url())
    assert commissions.fresh(meeting).minutes.content["guests"] == "ОСП, АО «Тепло», общественный совет"
    assert len(commissions.fresh(meeting).minutes.content["attendance"]) == 5
    assert figure("commission.meetings")[0] == 1
    assert figure("outreach.joint_meetings")[0] == 1


def test_row_p3_1_malicious_defaulters_are_invited_and_heard(room, secretary, osen, now):
    """The rule names them, each with the reason; the invitation has its proof; who came is in the figure."""
    case = commissions.case(osen)
    rule = {"valid_from": "2024-01-01", "months_x100": "3", "overdue": "10 000", "rest_days": "90"}
    secretary.post(at("agenda-rule", room), rule)
    secretary.post(at("meeting-new", room), {"planned_on": DAY.isoformat(), "time": "10:00"})
    meeting = Meeting.objects.get()
    secretary.post(at("meeting-fill", meeting), {"cases": [case.pk]})
    item = meeting.items.get()
    assert item.reason.startswith("просрочено 40\u202f000,00 ₽")
    secretary.post(at("meeting-summonses", meeting))
    secretary.post(at("meeting-send", meeting), {"channel": "post", "sent_on": DAY.isoformat()})
    served = {"result": "served", "served_on": DAY.isoformat(), "served_to": "лично", "proof": "РПО 80081234567890"}
    secretary.post(at("summons", item.summons), served)
    secretary.post(at("meeting-call", meeting))
    secretary.post(at("meeting-attendance", meeting), {f"presence-{one.pk}": "present" for one in room.seats.all()})
    secretary.post(at("meeting-open", meeting))
    secretary.post(at("item-hear", item), {"came": "came", "heard": "Просит рассрочку"})
    secretary.post(at("item-propose", item), {"kind": "malicious", "unanimous": "1"})
    secretary.post(at("meeting-close", meeting))

    assert figure("commission.invited") == (1, 1, 1)
    assert figure("commission.meetings") == (1, 1, 1, 1)
    assert CaseEvent.objects.get(case=case, code="commission_summoned").data["proof"].endswith("РПО 80081234567890")


def test_row_z9b_a_working_group_meets_on_its_own(room, secretary, osen):
    seats = list(room.seats.values_list("pk", flat=True))
    group = {"name": "Дома-должники", "purpose": "Обходы", "lead": seats[1], "members": seats[2:4], "on": DAY.isoformat()}
    secretary.post(at("group-new", room), group)
    made = room.groups.get()
    secretary.post(at("meeting-new", room), {"planned_on": DAY.isoformat(), "group": made.pk, "topic": "обходы апреля"})
    meeting = Meeting.objects.get()
    secretary.post(at("meeting-call", meeting))
    secretary.post(at("meeting-attendance", meeting), {f"presence-{seat}": "present" for seat in seats[1:4]})
    secretary.post(at("meeting-open", meeting))
    secretary.post(at("meeting-close", meeting))

    meeting = commissions.fresh(meeting)
    assert (meeting.members, meeting.presided_by_seat_id) == (3, seats[1])
    assert meeting.minutes.content["presided"]["part"] == "руководитель рабочей группы"
    assert figure("commission.group_meetings")[0] == 1
    assert figure("commission.meetings")[0] == 0


def test_row_z9b_what_a_decision_brought_is_measured_in_the_next_quarter(room, secretary, osen, now):
    """Decided in the first quarter; the money of April to June is its effect, money of July is not."""
    account = cases.billed(osen, "8101", on=DAY, holder="Щеглова Вера Ивановна")
    osen.territory = room.municipality.territory
    osen.save()
    commissions.signed(room, cases.case_of(account, DAY))
    for day, amount in ((dt.date(2024, 4, 10), 150_000), (dt.date(2024, 7, 10), 50_000)):
        pay(account, amount, day)
    now(dt.date(2024, 9, 1))

    shown = page(secretary, at("effect", room) + "?quarter=2024-01-01")

    assert "долг и оплаты на 30.06.2024" in shown
    assert "1\u202f500,00" in shown and "2\u202f000,00" not in shown
    assert [figure("commission.paid", month)[0] for month in ("2024-04", "2024-06", "2024-07")] == [150_000, 0, 0]


def test_row_l_app3_data_on_a_debtor_go_to_a_supervising_body(room, secretary, osen, officer, visit):
    """A decision of its own kind: the body is named, a day is set, the creditor reports it done, the case tells of it."""
    meeting = commissions.opened(room, commissions.case(osen))
    item = meeting.items.get()
    told = secretary.post(at("item-propose", item), {"kind": "supervision", "unanimous": "1"}, follow=True).content.decode()
    assert "назовите, куда передать" in told
    given = {"kind": "supervision", "addressee": "Государственная жилищная инспекция", "unanimous": "1"}
    secretary.post(at("item-propose", item), given)
    secretary.post(at("meeting-close", meeting))
    for part in ("chair", "secretary"):
        client = visit(commissions.user(room, part))
        client.post(at("meeting-sign", meeting), {"sha256": commissions.fresh(meeting).minutes.sha256})

    decision, lawyer = Decision.objects.get(), visit(officer)
    assert decision.due_on == DAY + dt.timedelta(days=10)
    assert "Государственная жилищная инспекция" in page(lawyer, reverse("commission:decisions"))
    lawyer.post(at("decision-done", decision), {"note": "письмо № 81"})
    assert CaseEvent.objects.get(code="commission_carried_out").data["note"] == "письмо № 81"
    assert figure("commission.in_time", "2024-03") == (1, 1)
