"""The regulations of plan row L-App3 as the secretary and the members meet them: on the screen, and by programs."""

import pytest
from django.urls import reverse

from casedesk.commission.actions.decide import voters
from casedesk.commission.models import Decision, Meeting
from tests.factories import commissions

pytestmark = pytest.mark.django_db
DAY = commissions.DAY


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
    return lambda part: visit(commissions.user(room, part))


def at(name: str, thing) -> str:
    return reverse(f"commission:{name}", args=[thing.pk])


def said(client, name: str, thing, given: dict | None = None) -> str:
    return client.post(at(name, thing), given or {}, follow=True).content.decode()


def attendance(room, **absent) -> dict:
    """The form of attendance: everybody in person but the seats of these parts."""
    return {f"presence-{one.pk}": absent.get(one.part, "present") for one in room.seats.all()}


def votes(meeting: Meeting, against: set[int]) -> dict:
    return {f"vote-{one.seat_id}": "against" if one.seat_id in against else "for" for one in voters(meeting)}


def test_row_l_app3_no_quorum(room, case, signed_in):
    meeting, client = commissions.called(room, case), signed_in("secretary")
    away = dict.fromkeys(("deputy", "secretary", "member"), "absent")
    page = said(client, "meeting-attendance", meeting, attendance(room, **away))
    assert "Кворума нет" in page and "участвуют 1 из 5, нужно 3" in page

    assert "нет кворума: участвуют 1 из 5" in said(client, "meeting-open", meeting)
    assert commissions.fresh(meeting).state == "called"
    page = said(client, "meeting-stop", meeting, {"reason": "нет кворума", "fail": "1"})

    assert "не состоялось" in page.lower()
    assert commissions.fresh(meeting).state == "failed"
    given = {"kind": "claim", "unanimous": "1"}
    assert "нельзя" in said(client, "item-propose", meeting.items.get(), given)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("chair_is_for, outcome", [(True, "adopted"), (False, "rejected")])
def test_row_l_app3_a_tie(room, case, signed_in, chair_is_for, outcome):
    meeting, client = commissions.opened(room, case, away=("deputy",)), signed_in("secretary")
    said(client, "item-propose", meeting.items.get(), {"kind": "claim"})
    chair, second, *rest = [one.seat_id for one in voters(meeting)]

    page = said(client, "decision-vote", Decision.objects.get(), votes(meeting, set(rest) if chair_is_for else {chair, second}))

    decision = Decision.objects.get()
    assert (decision.votes_for, decision.votes_against, decision.outcome) == (2, 2, outcome)
    assert "голос ведущего" in page


def test_row_l_app3_a_vote_that_is_not_marked_is_asked_for(room, case, signed_in):
    meeting, client = commissions.opened(room, case), signed_in("secretary")
    said(client, "item-propose", meeting.items.get(), {"kind": "claim"})
    given = votes(meeting, set())
    given.popitem()

    assert "Не отмечен голос" in said(client, "decision-vote", Decision.objects.get(), given)
    assert Decision.objects.get().outcome == ""


def test_row_l_app3_a_representative(room, case, signed_in):
    meeting, client = commissions.called(room, case), signed_in("secretary")
    member = commissions.seat(room, "member")
    given = attendance(room, deputy="absent", secretary="absent") | {f"presence-{member.pk}": "represented"}
    page = said(client, "meeting-attendance", meeting, given | {f"representative-{member.pk}": "Орлова Т. В."})
    assert "полномочие" in page and "Орлова" in page

    given |= {f"representative-{member.pk}": "Орлова Т. В.", f"authority-{member.pk}": "доверенность № 5"}
    page = said(client, "meeting-attendance", meeting, given)

    assert "Кворум есть" in page and "доверенность № 5" in page
    page = said(client, "meeting-open", meeting, {"kept_by_seat": room.seats.filter(part="member").last().pk})
    assert "Заседание открыто" in page
    assert member.pk in {one.seat_id for one in voters(meeting)}


def test_row_l_app3_the_chair_is_absent(room, case, signed_in):
    meeting, client = commissions.called(room, case), signed_in("secretary")
    said(client, "meeting-attendance", meeting, attendance(room, chair="absent", deputy="absent"))
    assert "вести заседание некому" in said(client, "meeting-open", meeting)

    said(client, "meeting-attendance", meeting, attendance(room, chair="absent"))
    said(client, "meeting-open", meeting)
    said(client, "item-propose", meeting.items.get(), {"kind": "claim", "unanimous": "1"})
    said(client, "meeting-close", meeting)

    meeting = commissions.fresh(meeting)
    assert meeting.presided_by_seat == commissions.seat(room, "deputy")
    sign = {"sha256": meeting.minutes.sha256}
    assert "Подписать за другого нельзя" in said(signed_in("chair"), "meeting-sign", meeting, sign)
    for part in ("deputy", "secretary"):
        said(signed_in(part), "meeting-sign", meeting, sign)
    assert commissions.fresh(meeting).state == "signed"


def test_row_l_app3_minutes_are_not_signed(room, case, signed_in, officer, visit):
    meeting = commissions.closed(room, case)
    decision = Decision.objects.get()
    sign = {"sha256": meeting.minutes.sha256}
    assert "ждём" in said(signed_in("secretary"), "meeting-sign", meeting, sign)
    assert "уже подписали" in said(signed_in("secretary"), "meeting-sign", meeting, sign)

    lawyer = visit(officer)
    assert "Действует со дня, когда протокол подпишут двое" in lawyer.get(decision.get_absolute_url()).content.decode()
    assert "не подписан" in said(lawyer, "decision-done", decision, {"note": "готово"})
    assert lawyer.get("/api/commission-decisions/").json()["results"] == []
    answer = lawyer.post(f"/api/commission-decisions/{decision.pk}/done/", {"note": "готово"}, content_type="application/json")
    assert answer.status_code == 404
    decision.refresh_from_db()
    assert decision.done_on is None


def test_row_l_app3_what_changed_under_the_reader_is_not_signed(room, case, signed_in):
    meeting = commissions.closed(room, case)
    assert "изменился" in said(signed_in("chair"), "meeting-sign", meeting, {"sha256": "0" * 64})
    assert commissions.fresh(meeting).state == "closed"


def test_row_l_app3_programs_neither_vote_nor_sign(room, case, signed_in):
    meeting = commissions.closed(room, case)
    for part in ("chair", "secretary"):
        client = signed_in(part)
        for step in ("sign", "open", "close", "vote"):
            assert client.post(f"/api/commission-meetings/{meeting.pk}/{step}/").status_code == 404
        for change in (client.post, client.put, client.patch, client.delete):
            assert change(f"/api/commission-items/{meeting.items.get().pk}/").status_code == 405
    assert commissions.fresh(meeting).minutes.presided_by is None
