"""The commission on the screen: a meeting from its plan to its tasks, who sees what of whom, and the log of looks."""

import datetime as dt

import pytest
from django.urls import reverse

from casedesk.access.rights import Role
from casedesk.commission.actions.compose import form_group, set_agenda_rule, set_regulations
from casedesk.commission.actions.hold_meeting import call_meeting
from casedesk.commission.actions.summon import prepare_summonses
from casedesk.commission.models import AgendaItem, Decision, Meeting, ReadRecord, Seat
from tests.factories import access, commissions

pytestmark = pytest.mark.django_db
DAY = commissions.DAY
NAME, INITIALS = "Щеглова Вера Ивановна", "Щеглова В. И."


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: DAY)


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


@pytest.fixture
def case(osen):
    return commissions.case(osen)


@pytest.fixture
def signed_in(visit, room):
    """`signed_in("chair")` -> a client of that part of the commission."""
    return lambda part: visit(commissions.user(room, part))


def text(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def at(name: str, thing=None) -> str:
    return reverse(f"commission:{name}", args=[thing.pk] if thing else [])


def test_a_meeting_from_the_plan_to_a_task(room, case, signed_in, officer, visit):
    """Story of plan rows P3.1 and L-App3: called by the rule, heard with a quorum, minutes signed, a task carried out."""
    set_agenda_rule(commission=room, valid_from=DAY - dt.timedelta(days=30), warned=False, population=False, by=None)
    client = signed_in("secretary")
    client.post(at("meeting-new", room), {"planned_on": DAY.isoformat(), "time": "10:00", "place": "Зал", "topic": ""})
    meeting = Meeting.objects.get()
    assert "просрочено" in text(client, at("meeting-fill", meeting))
    client.post(at("meeting-fill", meeting), {"cases": [case.pk]})
    client.post(at("meeting-summonses", meeting))
    client.post(at("meeting-send", meeting), {"channel": "post", "sent_on": DAY.isoformat()})
    item = AgendaItem.objects.get()
    given = {"result": "served", "served_on": DAY.isoformat(), "served_to": "лично", "proof": "РПО 80081234567890"}
    client.post(at("summons", item.summons), given)
    client.post(at("meeting-call", meeting))
    client.post(at("meeting-attendance", meeting), {f"presence-{one.pk}": "present" for one in room.seats.all()})
    client.post(at("meeting-open", meeting), {})
    client.post(at("item-hear", item), {"came": "came", "heard": "Потерял работу"})
    client.post(at("item-propose", item), {"kind": "agreement", "unanimous": "1"})
    client.post(at("meeting-close", meeting))
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    for part in ("secretary", "chair"):
        client = signed_in(part)
        assert "Подписать протокол" in text(client, meeting.get_absolute_url())
        client.post(at("meeting-sign", meeting), {"sha256": meeting.minutes.sha256})
    meeting.refresh_from_db()
    assert meeting.state == "signed"

    decision, lawyer = Decision.objects.get(), visit(officer)
    assert "ещё 14 дн." in text(lawyer, at("decisions"))
    assert "Составить соглашение" in text(lawyer, decision.get_absolute_url())
    lawyer.post(at("decision-done", decision), {"note": "соглашение № 1"})
    decision.refresh_from_db()
    assert decision.done_note == "соглашение № 1"
    page = text(lawyer, case.get_absolute_url())
    for said in ("Вынесено на комиссию", "РПО 80081234567890", "Решение комиссии", "Решение комиссии исполнено"):
        assert said in page


def test_members_see_only_their_agenda_once_it_is_out(room, case, osen, signed_in, town_hall, visit):
    meeting = commissions.listed(room, case)
    item = meeting.items.get()
    assert signed_in("member").get(item.get_absolute_url()).status_code == 404
    call_meeting(meeting=meeting, by=commissions.user(room, "secretary"), on=DAY)

    assert signed_in("member").get(item.get_absolute_url()).status_code == 200
    other = commissions.commission(town_hall)
    assert visit(commissions.user(other, "member")).get(item.get_absolute_url()).status_code == 404
    assert signed_in("member").get(reverse("debtors:case", args=[case.pk])).status_code == 403


def test_a_member_who_left_before_the_meeting_sees_nothing(room, case, visit):
    meeting = commissions.called(room, case)
    member = commissions.user(room, "member")
    Seat.objects.filter(user=member).update(valid_to=DAY - dt.timedelta(days=1))

    assert not AgendaItem.objects.visible_to(member).exists()
    assert visit(member).get(meeting.items.get().get_absolute_url()).status_code == 404


def test_a_working_group_shows_its_cases_to_its_members_alone(room, case):
    lead, inside, outside = commissions.seat(room, "deputy"), *room.seats.filter(part="member")
    group = form_group(commission=room, name="Группа", purpose="Дома", lead=lead, members=[inside], on=DAY, by=None)
    meeting = commissions.listed(room, case)
    Meeting.objects.filter(pk=meeting.pk).update(group=group)
    call_meeting(meeting=meeting, by=commissions.user(room, "secretary"), on=DAY)

    assert meeting.attendance.count() == 2
    assert AgendaItem.objects.visible_to(inside.user).exists() and AgendaItem.objects.visible_to(lead.user).exists()
    assert not AgendaItem.objects.visible_to(outside.user).exists()


@pytest.mark.parametrize(
    "shown, there, hidden", [("full", NAME, "—"), ("part", INITIALS, NAME), ("hidden", "скрыто", "Щеглова")]
)
def test_names_are_masked_as_the_regulations_say(room, case, signed_in, shown, there, hidden):
    set_regulations(commission=room, valid_from=DAY, names_shown=shown, by=None)
    item = commissions.called(room, case).items.get()

    page = text(signed_in("member"), item.get_absolute_url())

    assert there in page
    assert hidden == "—" or hidden not in page
    assert NAME in text(signed_in("secretary"), item.get_absolute_url())


def test_a_list_names_people_by_initials_to_members(room, case, signed_in):
    meeting = commissions.called(room, case)
    page = text(signed_in("member"), meeting.get_absolute_url())
    assert INITIALS in page and NAME not in page


def test_every_look_is_written_down(room, case, signed_in, officer, visit, town_hall, auditor):
    item = commissions.called(room, case).items.get()
    text(signed_in("member"), item.get_absolute_url())
    text(visit(officer), item.get_absolute_url())

    looks = ReadRecord.objects.order_by("pk")
    assert [(one.read_by.username, one.masked) for one in looks] == [
        (commissions.user(room, "member").username, True),
        ("officer", False),
    ]
    page = text(visit(access.person(Role.AUDITOR, town_hall)), at("reads"))
    assert "дело в повестке" in page and "officer" in page
    assert "officer" in text(visit(auditor), at("reads"))
    assert signed_in("member").get(at("reads")).status_code == 403


def test_a_stranger_auditor_reads_no_looks_of_others(room, case, lada, signed_in, visit):
    text(signed_in("member"), commissions.called(room, case).items.get().get_absolute_url())
    assert "Просмотров нет" in text(visit(access.person(Role.AUDITOR, lada)), at("reads"))


def test_the_paper_of_minutes_is_for_those_who_may_read_whole_names(room, case, signed_in, officer, visit):
    meeting = commissions.closed(room, case)
    url = at("meeting-minutes", meeting)
    assert signed_in("secretary").get(url)["Content-Type"] == "application/pdf"
    assert signed_in("chair").get(url).status_code == 200
    assert signed_in("member").get(url).status_code == 404
    assert ReadRecord.objects.filter(what="minutes").count() == 2


def test_a_creditor_sees_its_own_questions_alone(room, case, lada, officer, visit):
    meeting = commissions.called(room, case, commissions.case(lada, "9001", holder="Мохов Пётр Львович"))
    page = text(visit(officer), meeting.get_absolute_url())
    assert NAME.split()[0] in page and "Мохов" not in page


def test_a_creditor_asks_to_hear_its_case(room, case, officer, visit):
    meeting = commissions.planned(room, on=DAY + dt.timedelta(days=7))
    client = visit(officer)
    assert "Вынести на комиссию" in text(client, case.get_absolute_url())

    client.post(at("case-propose", case), {"commission": room.pk, "reason": "не отвечает"})

    assert (meeting.items.get().source, meeting.items.get().reason) == ("creditor", "не отвечает")
    again = client.post(at("case-propose", case), {"commission": room.pk, "reason": "ещё раз"}).content.decode()
    assert "уже в повестке" in again


def test_refusals_are_said_on_the_page(room, case, signed_in):
    meeting = commissions.attended(commissions.called(room, case), away=("chair", "deputy"))
    client = signed_in("secretary")
    assert "вести заседание некому" in client.post(at("meeting-open", meeting), {}, follow=True).content.decode()
    assert "не найд" not in client.post(at("meeting-stop", meeting), {}, follow=True).content.decode()
    client.post(at("meeting-stop", meeting), {"reason": "нет председателя", "fail": "1"})
    assert commissions.fresh(meeting).state == "failed"


def test_the_commission_page_names_what_is_missing(room, signed_in):
    page = text(signed_in("secretary"), room.get_absolute_url())
    assert "социальная защита" in page and "состав неполный" in page


def test_invitations_take_a_fixed_number_of_queries(room, osen, django_assert_max_num_queries):
    files = [commissions.case(osen, f"81{number:02d}") for number in range(12)]
    meeting = commissions.listed(room, *files)
    with django_assert_max_num_queries(30):
        made = prepare_summonses(meeting=meeting, by=commissions.user(room, "secretary"), on=DAY)
    assert len(made) == 12


def test_a_meeting_page_takes_a_fixed_number_of_queries(room, osen, signed_in, django_assert_max_num_queries):
    files = [commissions.case(osen, f"82{number:02d}") for number in range(10)]
    meeting, client = commissions.called(room, *files), signed_in("secretary")
    with django_assert_max_num_queries(40):
        text(client, meeting.get_absolute_url())


@pytest.mark.parametrize(
    "name",
    ["new", "seat-add", "regulations", "agenda-rule", "meeting-new", "group-new", "appointment-new", "effect", "commission"],
)
def test_pages_of_a_commission_open(room, signed_in, name):
    text(signed_in("secretary"), at(name) if name == "new" else at(name, room))


def test_forms_of_a_commission_work(room, signed_in):
    client, day = signed_in("secretary"), DAY.isoformat()
    seats = list(room.seats.values_list("pk", flat=True))
    client.post(
        at("group-new", room), {"name": "Дома", "purpose": "Обходы", "lead": seats[1], "members": seats[2:4], "on": day}
    )
    client.post(
        at("appointment-new", room),
        {"organisation": "Город", "name": "Ли А.", "post": "юрист", "order": "№ 5", "ordered_on": day},
    )
    rule = {"valid_from": day, "months_x100": "3.5", "overdue": "10 000", "rest_days": "30", "warned": "on"}
    client.post(at("agenda-rule", room), rule)
    client.post(at("year-plan", room), {"year": "2024"})
    client.post(at("seat-end", commissions.seat(room, "deputy")), {"on": day})

    assert room.groups.get().members.count() == 3
    assert room.appointments.get().recorded_by == commissions.user(room, "secretary")
    made = room.agenda_rules.get()
    assert (made.months_x100, made.overdue, made.warned, made.population) == (350, 1_000_000, True, False)
    assert room.meetings.count() == 9
    assert commissions.seat(room, "deputy").valid_to == DAY


def test_regulations_with_an_impossible_quorum_are_refused(room, signed_in):
    given = {"valid_from": DAY.isoformat(), "rhythm": "monthly", "meeting_day": 20, "quorum_num": 3, "quorum_den": 2}
    given |= {"majority_of": "present", "summons_days": 7, "signing_days": 5}
    given |= dict.fromkeys(["names_shown", "addresses_shown", "accounts_shown"], "full")
    page = signed_in("secretary").post(at("regulations", room), given).content.decode()
    assert "не может быть больше" in page
    signed_in("secretary").post(at("regulations", room), given | {"quorum_num": 2, "quorum_den": 3})
    assert room.regulations.get().quorum_den == 3


def test_a_creditor_from_elsewhere_reads_the_meeting_that_heard_its_case(osen, officer, stranger, visit):
    assert osen.territory is None
    meeting = commissions.signed(commissions.commission(), commissions.case(osen))
    assert visit(officer).get(meeting.get_absolute_url()).status_code == 200
    assert visit(stranger).get(meeting.get_absolute_url()).status_code == 404


def test_the_plan_of_the_year_links_only_meetings_that_the_reader_may_open(lada, room, town_hall, visit):
    lada.territory = town_hall.territory
    lada.save()
    neighbour = access.person(Role.LEGAL_OFFICER, lada)
    meeting = commissions.signed(room, commissions.case(access.creditor("osen")))
    shown = visit(neighbour).get(room.get_absolute_url()).content.decode()
    assert meeting.get_absolute_url() not in shown
    assert meeting.get_absolute_url() in visit(commissions.user(room, "chair")).get(room.get_absolute_url()).content.decode()
