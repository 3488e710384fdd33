"""Days of service restrictions for the deadline register: when a step opens, and by when a service must run again."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse

from debtors.models import ServiceRestriction
from debtors.rules.deadlines import Deadline, Kind
from debtors.rules.restriction import STEP_NAMES, RestrictionStep

COLUMNS = ("pk", "number", "service__name", "next_action", "next_from", "next_due_on", "next_norm", "debt")
OF_CASE = ("case_id", "case__number", "case__debtor_names", "case__officer_id")


def restriction_deadlines(cases, *, first: dt.date, last: dt.date) -> list[Deadline]:
    """The next steps of live restrictions of these cases whose day lies between the days. One query."""
    window = (first, last)
    live = ServiceRestriction.objects.live().filter(case__in=cases.order_by()).exclude(next_action="")
    restore = Q(next_action=RestrictionStep.RESTORE, next_due_on__range=window)
    opens = ~Q(next_action=RestrictionStep.RESTORE) & Q(next_from__range=window)
    found = []
    for row in live.filter(restore | opens).order_by("pk").values_list(*COLUMNS, *OF_CASE):
        pk, number, service, action, opens_on, due_on, norm, debt, *case = row
        case_id, case_number, names, officer = case
        title = f"{STEP_NAMES[RestrictionStep(action)]}: {service.lower()}, ограничение № {number}"
        url = reverse("debtors:restriction", args=[pk])
        found.append(
            Deadline(due_on or opens_on, Kind.RESTRICTION, title, norm, debt, case_id, case_number, names, officer, url)
        )
    return found
