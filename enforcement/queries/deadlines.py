"""Last days to present writs: those never presented, and those that came back unexecuted (229-ФЗ ст. 21, 22, 46)."""

import datetime as dt

from debtors.rules.deadlines import Deadline, Kind
from enforcement.models import EnforcementProceeding, Writ
from enforcement.rules.terms import presentation_ends


def presentation_deadlines(cases, *, first: dt.date, last: dt.date) -> list[Deadline]:
    """Writs of these open cases whose presentation term ends between the days. Two queries."""
    writs = Writ.objects.live().filter(case_file__in=cases.live(), issued_on__isnull=False).select_related("case_file")
    writs = list(writs.order_by("pk"))
    newest: dict[int, EnforcementProceeding] = {}
    for proceeding in EnforcementProceeding.objects.live().filter(writ__in=writs).order_by("opened_on", "pk"):
        newest[proceeding.writ_id] = proceeding
    found = []
    for writ in writs:
        day = _last_day(writ, newest.get(writ.pk))
        if day and first <= day <= last:
            case = writ.case_file
            title = f"Последний день предъявить: {writ}"
            norm = "229-ФЗ ст. 21, 22"
            owner = (case.pk, case.number, case.debtor_names, case.officer_id)
            found.append(Deadline(day, Kind.PRESENTATION, title, norm, writ.total, *owner))
    return found


def _last_day(writ: Writ, proceeding: EnforcementProceeding | None) -> dt.date | None:
    """None while the writ is with the bailiffs or executed."""
    if proceeding is None:
        return presentation_ends(writ.issued_on)
    if proceeding.ended_ground.startswith("46."):
        return presentation_ends(proceeding.ended_on)
    return None
