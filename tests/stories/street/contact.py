"""Talks, messages, rounds, raids, receptions, letters: rows L3-L7, L10, L12, L13, P1.1-P1.3, P2.3, P2.5, P3.2, Z5d, Z7, Z8."""

import datetime as dt

from debtors.actions.plan_round import Doors, add_doors, hold_round, plan_round
from debtors.actions.prepare_reminder import prepare_reminder
from debtors.actions.record_outreach import Entry, record_outreach
from debtors.actions.record_round_visit import DoorTold, record_round_visit
from debtors.actions.send_reminder import send_reminder
from debtors.actions.settle_contacts import record_call
from debtors.actions.take_results import take_results
from enforcement.actions.plan_raid import Wanted, add_stops, hold_raid, plan_raid
from enforcement.actions.record_visit import Visit, record_visit
from tests.factories import contact
from tests.stories.street.street import BILL, LATE, Household, Street

PROMISED, PAID_AT_THE_DOOR = 30_000, 12_000


def owed(street: Street, day: dt.date) -> int:
    """What a household that never paid owes on a day after the bills came: all months before this one."""
    return BILL * (day.year * 12 + day.month - 1 - street.first)


def overdue(street: Street, day: dt.date) -> int:
    """Of it what is past due in the first days of a month: the newest bill is not."""
    return owed(street, day) - BILL


def payer(street: Street) -> None:
    """One household pays its bills: without fresh payments nobody may be reminded of anything."""
    one = street.household("001", house="payer")
    for month in range(street.first, street.plan.last + 1):
        street.pays(one, street.day(month, 27), BILL)


def talk(street: Street) -> None:
    """Every month somebody is called and handed a reminder; one who was reminded before is reminded again half a year later."""
    callees = [street.household(f"1{n:02d}", house="talk") for n in range(len(street.year))]
    for n, month in enumerate(street.year):
        one, day = callees[n], street.day(month, 6)
        promise = {"promised": PROMISED + n, "promised_on": day + dt.timedelta(days=10)} if n % 2 else {}
        late = street.day(street.year[LATE], 16) if n == 5 else None
        street.does(day, lambda one=one, day=day, promise=promise: _call(street, one, day, promise), told_on=late)
        street.counts("contacts.in_person", day, 1, 1, 0, PROMISED + n if promise else 0)
        street.does(day, lambda one=one, day=day: prepare_reminder(case=one.case, by=street.officer, on=day))
        street.does(day, lambda one=one, day=day: _hand(street, one, day), told_on=late)
        street.counts("notices.first", day, 1, overdue(street, day))
        street.counts("contacts.reminders", day, 1, overdue(street, day))


def _call(street: Street, one: Household, day: dt.date, promise: dict) -> None:
    record_call(case=one.case, reached=True, words="узнал о долге", by=street.officer, on=day, **promise)


def _remind(street: Street, one: Household, day: dt.date) -> None:
    prepare_reminder(case=one.case, by=street.officer, on=day)
    _hand(street, one, day)


def _hand(street: Street, one: Household, day: dt.date) -> None:
    send_reminder(notice=one.case.notices.get(), channel="by_hand", by=street.officer, on=day)


def messages(street: Street) -> None:
    """A campaign every month to the one household whose telephone was told; every third message is not delivered."""
    people = [street.household(f"2{n:02d}", house="messages") for n in range(len(street.year))]
    street.does(street.day(street.year[0], 6), lambda: contact.strategy(street.creditor, street.officer, contact.SMS))
    for n, month in enumerate(street.year):
        day = street.day(month, 8)
        street.does(day, lambda n=n, day=day: _campaign(street, people[n], n, day))
        street.counts("contacts.automatic", day, 1, int(n % 3 > 0), int(n % 3 == 0), overdue(street, day))


def _campaign(street: Street, one: Household, n: int, day: dt.date) -> None:
    person = street.person(one, phone=f"+7900{street.of.inn[-3:]}00{n:02d}")
    at = dt.datetime.combine(day, dt.time(9), dt.UTC)
    campaign = contact.run(
        contact.start_campaign(creditor=street.creditor, by=street.officer, on=day, at=at, only=["sms"]), street.officer, at=at
    )
    (item,) = campaign.contacts.filter(channel="sms")
    status = "Доставлено" if n % 3 else "Не доставлено"
    file = f"Ключ;Статус\n{item.key};{status}\n".encode()
    take_results(campaign=campaign, channel="sms", name="sms.csv", content=file, by=street.officer, on=day)
    person.phone = ""
    person.save()


def rounds(street: Street) -> None:
    """A round of two doors every other month: one promises, nobody opens the other."""
    for number in ("301", "302"):
        street.household(number, house="rounds")
    for month in street.year[::2]:
        day = street.day(month, 18)
        late = street.day(street.year[LATE - 1], 17) if month == street.year[6] else None
        street.does(day, lambda day=day: _round(street, day), told_on=late)
        street.counts("contacts.rounds", day, 1, 2, 1, 0)
        street.counts("contacts.in_person", day, 1, 0, 1, PROMISED)


def _round(street: Street, day: dt.date) -> None:
    one = plan_round(creditor=street.creditor, planned_on=day, walkers="Петров", by=street.officer)
    doors = Doors(houses=(street.house("rounds"),))
    add_doors(round_=one, doors=doors, by=street.officer)
    promise = DoorTold("promised", promised_on=day + dt.timedelta(days=5), promised=PROMISED)
    for stop, told in zip(one.stops.order_by("position"), (promise, DoorTold("nobody_home")), strict=True):
        record_round_visit(stop=stop, told=told, by=street.officer, on=day)
    hold_round(round_=one)


def raids(street: Street) -> None:
    """A raid in the last month of each quarter: one door pays at once, the other promises."""
    for number in ("311", "312"):
        street.household(number, house="raids")
    for month in street.year[2::3]:
        day = street.day(month, 20)
        late = street.day(street.year[LATE], 18) if month == street.year[5] else None
        street.does(day, lambda day=day: _raid(street, day), told_on=late)
        street.counts("raids.held", day, 1, 2, 1, PAID_AT_THE_DOOR)


def _raid(street: Street, day: dt.date) -> None:
    one = plan_raid(creditor=street.creditor, planned_on=day, departments=[], by=street.officer)
    add_stops(raid=one, wanted=Wanted(houses=(street.house("raids"),), at_bailiffs=False))
    told = (Visit("paid", paid=PAID_AT_THE_DOOR), Visit("promised", promised_on=day + dt.timedelta(days=9), promised=PROMISED))
    for stop, visit in zip(one.stops.order_by("position"), told, strict=True):
        record_visit(stop=stop, visit=visit, by=street.officer, on=day)
    hold_raid(raid=one, on=day)


PAPER = "исх. № 7"
SAYINGS = (
    ("outreach.placements", "placement", {"place": "board", "topic": "app", "title": "Приложение", "copies": 30}, (1, 30)),
    ("outreach.placements", "placement", {"place": "site", "topic": "saving", "title": "Счётчики"}, (1, 0)),
    ("outreach.placements", "placement", {"place": "receipt", "topic": "single_window", "title": "Окно", "copies": 5}, (1, 5)),
    ("outreach.consultations", "consultation", {"topic": "debt", "way": "phone"}, (1, 0)),
    ("outreach.appeals", "appeal", {"topic": "support", "answer": "разъяснён порядок"}, (1, 0)),
    ("outreach.resident_meetings", "residents_meeting",
     {"place": "школа № 1", "participants": "АО «Сбыт»", "people": 40, "decided": "график"}, (1, 40)),
    ("outreach.joint_meetings", "joint_meeting",
     {"place": "администрация", "participants": "ОСП", "people": 9, "decided": "рейд"}, (1, 9)),
    ("outreach.letters_employers", "letter_employer", {"recipient": "МУП «Порт»"}, (1,)),
    ("outreach.letters_institutions", "letter_institution", {"recipient": "Детский сад № 5"}, (1, 0)),
    ("outreach.support_helped", "support_helped", {}, (1, 0)),
    ("outreach.support_granted", "support_granted", {"measure": "субсидия"}, (1, 0)),
)  # fmt: skip
TOPICS = {"app": ("app",), "saving": ("support", "saving"), "single_window": ("single_window", "forms")}
NAMELESS = ("placement", "residents_meeting", "joint_meeting", "letter_employer", "letter_institution")


def outreach(street: Street) -> None:
    """Of the eleven sayings each is said in a month by its turn; receptions tell causes of debts (L8)."""
    one = street.household("320", house="outreach")
    other = street.household("321", house="outreach")
    for n, month in enumerate(street.year):
        for turn, (name, kind, data, parts) in enumerate(SAYINGS):
            if (n + turn) % 3:
                day = street.day(month, 10 + turn)
                late = street.day(street.year[LATE], 19) if n == 6 else None
                street.does(day, lambda kind=kind, data=data, day=day: _say(street, kind, data, day), told_on=late)
                street.counts(name, day, *parts)
                if topic := data.get("topic") if kind == "placement" else None:
                    street.counts(f"outreach.placements: {', '.join(TOPICS[topic])}", day, *parts)
        day = street.day(month, 24)
        agreed = n % 4 == 0
        data = {"cause": "job_loss", "offer": "instalments" if agreed else "pay_now"}
        data["outcome"] = "agreement" if agreed else "promised"
        street.does(day, lambda data=data, day=day: _say(street, "reception", data, day, account=one))
        street.counts("outreach.receptions", day, 1, int(agreed), int(agreed))
        street.counts("outreach.causes", day, 1, 0)
    died = street.day(street.year[5], 25)
    street.does(died, lambda: _say(street, "debt_cause", {"cause": "death"}, died, account=other))
    for month in street.year[5:]:
        street.counts("outreach.causes", street.day(month, 28), 1, 1)


def _say(street: Street, kind: str, data: dict, day: dt.date, account: Household | None = None) -> None:
    citizen = "" if kind in NAMELESS or account else "Иванов"
    row = account.row if account else None
    entry = Entry(kind, street.creditor, day, data, proof=PAPER, citizen=citizen, account=row)
    record_outreach(entry=entry, by=street.officer, today=day)


PLOTS = (payer, talk, messages, rounds, raids, outreach)
