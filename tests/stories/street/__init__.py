"""Two streets of casework: what people of two creditors did over a year, through the real actions, and what it comes to.

Each plot schedules its deeds day by day and states beside each, as plain numbers, what it adds to which indicator. What the
bills and payments come to is told by the town's own judge.
"""

import datetime as dt

from casedesk.town import TownPlan
from tests.stories.street import contact, court, money, town
from tests.stories.street.street import KVARTAL, SBYT, Street

PLOTS = (*contact.PLOTS, *money.PLOTS, *court.PLOTS, *town.PLOTS)


def two_streets(plan: TownPlan) -> list[Street]:
    """Both streets, settled, with all their deeds before them. The first founds the town's commission."""
    streets = [Street(plan, SBYT, founds_commission=True), Street(plan, KVARTAL, founds_commission=False)]
    for street in streets:
        street.bill_every_month()
        for plot in PLOTS:
            plot(street)
        street.settle()
    return streets


def live(streets: list[Street], *, through: dt.date | None = None) -> None:
    """Do the deeds of all streets up to the day, in the order of days. Called again, it goes on."""
    while waiting := [one for one in streets if one.next_on and (through is None or one.next_on <= through)]:
        min(waiting, key=lambda one: one.next_on).do_next()
