"""The demo's commission: its composition, one meeting held and signed, one planned with its agenda."""

import datetime as dt
from contextlib import suppress
from itertools import cycle

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.commission.actions.build_agenda import fill_agenda
from casedesk.commission.actions.compose import (
    found_commission,
    record_appointment,
    seat_member,
    set_agenda_rule,
    set_regulations,
)
from casedesk.commission.actions.decide import hear, propose, vote, voters
from casedesk.commission.actions.hold_meeting import Attends, call_meeting, mark_attendance, open_meeting
from casedesk.commission.actions.plan_meetings import plan_meeting
from casedesk.commission.actions.sign_minutes import close_meeting, sign_minutes
from casedesk.commission.actions.summon import prepare_summonses, record_delivery, send_summonses
from casedesk.commission.models import Commission, Meeting, Seat, Summons
from casedesk.commission.queries.candidates import candidates
from casedesk.commission.rules.words import Choice
from casedesk.common.refusals import Refusal
from casedesk.desk.demo.people import SINCE, TOWN_HALL

AGO, AHEAD, HEARD = 12, 9, 8
MEMBERS = (
    ("chair", "administration", "Администрация", "Заместитель главы", "chair"),
    ("deputy", "administration", "Администрация", "Начальник отдела ЖКХ", ""),
    ("secretary", "administration", "Администрация", "Специалист отдела ЖКХ", "secretary"),
    ("member", "prosecutor", "Прокуратура города", "Помощник прокурора", "member"),
    ("member", "bailiffs", "Отдел судебных приставов", "Старший судебный пристав", ""),
    ("member", "public_council", "Общественный совет", "Председатель совета", ""),
)
"""Social protection is left out: the check of the composition has something to name."""
NAMES = ("", "Лаптева Ирина Юрьевна", "", "", "Тарасов Олег Львович", "Юдина Марина Сергеевна")
PLACE = "Администрация, зал заседаний, каб. 12"
DECISIONS = cycle(
    (
        ("agreement", {"text": "рассрочка до 12 месяцев при оплате текущих начислений"}),
        ("claim", {}),
        ("pay_by", {}),
        ("support", {"addressee": "Центр социальной поддержки"}),
        ("supervision", {"addressee": "Государственная жилищная инспекция"}),
    )
)
CAME = cycle(("came", "absent", "represented", "absent"))


def make_commission(today: dt.date) -> None:
    """Found the commission, hold a meeting some days ago, plan the next. A town that has one keeps it."""
    hall, by = Organisation.objects.filter(code=TOWN_HALL).first(), User.objects.filter(username="secretary").first()
    if hall is None or by is None or Commission.objects.exists():
        return
    room = _founded(hall, by)
    # A tiny town may have nobody to hear; the demo goes on with what there is.
    with suppress(Refusal):
        _hold(room, by, today - dt.timedelta(days=AGO))
    with suppress(Refusal):
        ahead = plan_meeting(commission=room, planned_on=today + dt.timedelta(days=AHEAD), place=PLACE, by=by)
        fill_agenda(meeting=ahead, by=by, on=today, only=_first(ahead, today))


def _founded(hall: Organisation, by: User) -> Commission:
    name, act = "Межведомственная комиссия по долгам за жилищно-коммунальные услуги", "Постановление № 27 от 12.01.2023"
    room = found_commission(municipality=hall, name=name, act=act, on=SINCE, by=by)
    users = {user.username: user for user in User.objects.filter(username__in=["chair", "secretary", "member"])}
    for (part, office, organisation, post, login), named in zip(MEMBERS, NAMES, strict=True):
        user = users.get(login)
        name = " ".join((user.last_name, user.first_name, user.patronymic)) if user else named
        who = {
            "part": part,
            "office": office,
            "organisation": organisation,
            "post": post,
            "name": name or "Вакансия",
            "user": user,
        }
        seat_member(commission=room, valid_from=SINCE, act=act, by=by, **who)
    set_regulations(commission=room, valid_from=SINCE, act=act, names_shown="full", by=by)
    set_agenda_rule(commission=room, valid_from=SINCE, months_x100=300, overdue=1_000_000, warned=False, rest_days=90, by=by)
    order = {"organisation": "Администрация", "name": "Лаптева Ирина Юрьевна", "post": "Начальник отдела ЖКХ"}
    record_appointment(commission=room, by=by, order="Распоряжение № 41-р", ordered_on=SINCE, **order)
    return room


def _first(meeting: Meeting, on: dt.date) -> list[int]:
    return [one.case.pk for one in candidates(meeting, on)[:HEARD]]


def _hold(room: Commission, by: User, day: dt.date) -> None:
    before, at = day - dt.timedelta(days=9), timezone.make_aware(dt.datetime.combine(day, dt.time(15)))
    meeting = plan_meeting(commission=room, planned_on=day, place=PLACE, guests="взыскатели, общественный совет", by=by)
    fill_agenda(meeting=meeting, by=by, on=before, only=_first(meeting, before))
    _invite(meeting, by, before)
    call_meeting(meeting=meeting, by=by, on=before)
    mark_attendance(meeting=meeting, attends=[_attends(seat) for seat in room.seats.all()], by=by, on=day)
    meeting = open_meeting(meeting=meeting, by=by, on=day)
    for item, came in zip(meeting.items.select_related("case__creditor", "meeting__commission"), CAME, strict=False):
        hear(item=item, came=came, heard="Сократили на работе, просит рассрочку" if came == "came" else "", by=by, on=day)
        kind, said = next(DECISIONS)
        decision = propose(item=item, kind=kind, by=by, on=day, **said)
        votes = {one.seat_id: Choice.FOR for one in voters(meeting)}
        vote(decision=decision, votes=votes, by=by, on=day)
    minutes = close_meeting(meeting=meeting, by=by, on=day, at=at)
    for login in ("chair", "secretary"):
        signer = User.objects.get(username=login)
        sign_minutes(meeting=meeting, sha256=minutes.sha256, by=signer, on=day, at=at + dt.timedelta(hours=1))


def _attends(seat: Seat) -> Attends:
    if seat.office == "bailiffs":
        return Attends(seat.pk, "represented", "Носов Артём Ильич", "доверенность № 18 от 09.01.2023")
    return Attends(seat.pk, "present")


def _invite(meeting: Meeting, by: User, on: dt.date) -> None:
    prepare_summonses(meeting=meeting, by=by, on=on)
    send_summonses(meeting=meeting, channel="post", sent_on=on, by=by, on=on)
    served = on + dt.timedelta(days=4)
    for number, one in enumerate(Summons.objects.filter(item__meeting=meeting).order_by("pk")):
        result = "returned" if number % 4 == 3 else "served"
        proof = f"РПО 800{on:%d%m}{number:06d}"
        record_delivery(summons=one, result=result, served_on=served, served_to="", proof=proof, by=by, on=served)
