"""Raids with doors to knock at."""

import datetime as dt

from enforcement.actions.plan_raid import Wanted, add_stops, plan_raid
from enforcement.models import Raid
from tests.factories import cases

DAY = dt.date(2024, 3, 21)


def raid(creditor, *, on: dt.date = DAY, doors: int = 1, departments=()) -> Raid:
    """A planned raid to the flats of as many debtors of the creditor."""
    for number in range(doors):
        place = f"ул. Мира, д. {1 + number % 2}, кв. {number + 1}"
        owed = cases.owing(creditor, f"77{number}", on=on, holder=f"Должник {number}", address_text=place)
        cases.case_of(owed, on)
    made = plan_raid(creditor=creditor, planned_on=on, departments=list(departments), by=None)
    add_stops(raid=made, wanted=Wanted(at_bailiffs=False))
    return made
