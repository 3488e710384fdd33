"""A commission of the town with five members who sign in, and meetings in each state."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Role
from casedesk.commission.actions.build_agenda import add_case
from casedesk.commission.actions.compose import found_commission, seat_member
from casedesk.commission.actions.decide import propose, vote, voters
from casedesk.commission.actions.hold_meeting import Attends, call_meeting, mark_attendance, open_meeting
from casedesk.commission.actions.plan_meetings import plan_meeting
from casedesk.commission.actions.sign_minutes import close_meeting, sign_minutes
from casedesk.commission.models import AgendaItem, Commission, Meeting, Seat
from casedesk.commission.rules.words import Choice
from debtors.models import CaseFile
from tests.factories import access, cases

DAY = dt.date(2024, 3, 21)
SINCE = dt.date(2023, 1, 10)
MEMBERS = (
    ("chair", "administration", "Заместитель главы", "Белов Игорь Петрович"),
    ("deputy", "administration", "Начальник отдела", "Ким Анна Олеговна"),
    ("secretary", "administration", "Специалист", "Маркова Нина Олеговна"),
    ("member", "prosecutor", "Помощник прокурора", "Власов Илья Сергеевич"),
    ("member", "bailiffs", "Старший пристав", "Тихонов Денис Юрьевич"),
)


def noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def commission(hall: Organisation | None = None, *, members=MEMBERS) -> Commission:
    """A commission of the town hall; each of its members signs in, named `m0`, `m1` and so on."""
    hall = hall or access.municipality()
    made = found_commission(
        municipality=hall, name="Комиссия по долгам", act="Постановление № 15 от 10.01.2023", on=SINCE, by=None
    )
    for number, (part, office, post, name) in enumerate(members):
        role = Role.COMMISSION_SECRETARY if part == "secretary" else Role.COMMISSION_MEMBER
        user = access.person(role, hall, username=f"m{number}-{made.pk}")
        who = {"part": part, "office": office, "post": post, "name": name, "organisation": "Город", "user": user}
        seat_member(commission=made, valid_from=SINCE, by=None, **who)
    return made


def seat(of: Commission, part: str) -> Seat:
    return of.seats.filter(part=part).order_by("pk").first()


def user(of: Commission, part: str) -> User:
    """The sign-in of a part: chair, deputy, secretary, member. Fresh, so that nothing is cached on it."""
    return User.objects.get(pk=seat(of, part).user_id)


def case(creditor: Organisation, number: str = "8001", *, on: dt.date = DAY, **fields) -> CaseFile:
    """An open case of a creditor of the town."""
    if creditor.territory is None:
        creditor.territory = access.territory()
        creditor.save()
    fields.setdefault("holder", "Щеглова Вера Ивановна")
    owed = cases.owing(creditor, number, on=on, overdue=fields.pop("overdue", 4_000_000), age=fields.pop("age", 8), **fields)
    return cases.case_of(owed, on)


def planned(of: Commission, *, on: dt.date = DAY) -> Meeting:
    return plan_meeting(commission=of, planned_on=on, place="ул. Ленина, д. 1", by=None)


def listed(of: Commission, *files: CaseFile, on: dt.date = DAY) -> Meeting:
    """A planned meeting that would hear these cases."""
    made = planned(of, on=on)
    for one in files:
        add_case(meeting=made, case=one, reason="злостный неплательщик", by=user(of, "secretary"), on=one.opened_on)
    return made


def called(of: Commission, *files: CaseFile, on: dt.date = DAY) -> Meeting:
    return call_meeting(meeting=listed(of, *files, on=on), by=user(of, "secretary"), on=on)


def attended(meeting: Meeting, *, away: tuple[str, ...] = (), on: dt.date | None = None) -> Meeting:
    """Everybody in person but the seats of these parts."""
    of = meeting.commission
    rows = [Attends(one.pk, "absent" if one.part in away else "present") for one in of.seats.all()]
    return mark_attendance(meeting=meeting, attends=rows, by=user(of, "secretary"), on=on or meeting.planned_on)


def opened(of: Commission, *files: CaseFile, on: dt.date = DAY, away: tuple[str, ...] = ()) -> Meeting:
    meeting = attended(called(of, *files, on=on), away=away)
    return open_meeting(meeting=meeting, by=user(of, "secretary"), on=on)


def decided(item: AgendaItem, kind: str, *, against: tuple[int, ...] = (), **said):
    """A decision voted for by all here but these seats."""
    by = user(item.meeting.commission, "secretary")
    made = propose(item=item, kind=kind, by=by, on=item.meeting.planned_on, **said)
    votes = {one.seat_id: Choice.AGAINST if one.seat_id in against else Choice.FOR for one in voters(item.meeting)}
    return vote(decision=made, votes=votes, by=by, on=item.meeting.planned_on)


def closed(of: Commission, *files: CaseFile, on: dt.date = DAY, kind: str = "agreement", **said) -> Meeting:
    meeting = opened(of, *files, on=on)
    for item in meeting.items.all():
        decided(item, kind, **said)
    close_meeting(meeting=meeting, by=user(of, "secretary"), on=on, at=noon(on))
    return fresh(meeting)


def signed(of: Commission, *files: CaseFile, on: dt.date = DAY, kind: str = "agreement", **said) -> Meeting:
    meeting = closed(of, *files, on=on, kind=kind, **said)
    for part in ("chair", "secretary"):
        sign_minutes(meeting=meeting, sha256=meeting.minutes.sha256, by=user(of, part), on=on, at=noon(on))
    return fresh(meeting)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)
