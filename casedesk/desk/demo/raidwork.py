"""Raids of the demo's lawyers with the bailiffs: one held last week, with what came of every door, one in the plan."""

import datetime as dt

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from enforcement.actions.plan_raid import Wanted, add_stops, hold_raid, plan_raid
from enforcement.actions.record_visit import Visit, record_visit
from enforcement.models import Raid
from enforcement.rules.raid_words import Outcome

HELD_BEFORE, PLANNED_AFTER = 9, 12
"""Days from the newest day."""
DOORS = 8
MEET = "У входа в отдел приставов, 18:00"
SAID = (
    Visit(Outcome.PROMISED, promised_on=None, promised=500_000, notice_handed=True),
    Visit(Outcome.NOBODY_HOME, note="Соседи говорят: бывает после девяти."),
    Visit(Outcome.PAID, paid=350_000, note="Оплатил по QR при приставе."),
    Visit(Outcome.REFUSED, property_seen="Автомобиль во дворе, Лада Веста", property_kind="vehicle"),
    Visit(Outcome.NOBODY_HOME),
    Visit(Outcome.NOT_LIVING, note="Живёт у дочери, адрес неизвестен."),
)


def hold_and_plan(creditor: Organisation, department: Organisation, officer: User, on: dt.date) -> None:
    """The held raid leaves its last two doors for another time; the planned one waits for its day."""
    held = _raid(creditor, department, officer, on - dt.timedelta(days=HELD_BEFORE), "Вручить требования, описать имущество")
    if held:
        _walk(held, officer)
    _raid(creditor, department, officer, on + dt.timedelta(days=PLANNED_AFTER), "Неплательщики свыше полугода")


def _raid(creditor: Organisation, department: Organisation, officer: User, day: dt.date, purpose: str) -> Raid | None:
    """A raid with its doors; debtors at the bailiffs before others; none where nobody owes."""
    raid = plan_raid(
        creditor=creditor,
        planned_on=day,
        departments=[department],
        team=f"{officer.short_name}, пристав отдела, участковый",
        purpose=purpose,
        meeting_place=MEET,
        by=officer,
    )
    for at_bailiffs in (True, False):  # a small town may have no running proceeding yet
        try:
            add_stops(raid=raid, wanted=Wanted(at_bailiffs=at_bailiffs, most=DOORS))
        except Refusal:
            continue
        return raid
    raid.delete()
    return None


def _walk(raid: Raid, officer: User) -> None:
    stops = raid.stops.select_related("raid", "case_file", "account").order_by("position")
    for stop, said in zip(stops, SAID, strict=False):
        ahead = raid.planned_on + dt.timedelta(days=20) if said.outcome == Outcome.PROMISED else None
        visit = Visit(**vars(said) | {"promised_on": ahead})
        record_visit(stop=stop, visit=visit, by=officer, on=raid.planned_on)
    hold_raid(raid=raid, on=raid.planned_on)
