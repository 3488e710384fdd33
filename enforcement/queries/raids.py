"""Raids read: progress of each, doors by house with their last visit, houses worth a visit."""

from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum

from casedesk.access.models import Organisation
from debtors.models import House
from enforcement.models import EnforcementProceeding, Raid, RaidStop, RaidVisit
from enforcement.rules.raid_words import Outcome


def with_progress(raids):
    """Raids with the number of doors, of visited ones, of promises, and what was paid at the door."""
    last = Q(stops__visits__is_last=True)
    return raids.annotate(
        doors=Count("stops", distinct=True),
        visited=Count("stops", filter=last, distinct=True),
        promises=Count("stops", filter=last & Q(stops__visits__outcome=Outcome.PROMISED), distinct=True),
        talked=Count("stops", filter=last & ~Q(stops__visits__outcome=Outcome.NOBODY_HOME), distinct=True),
        paid=Sum("stops__visits__paid", filter=last, default=0),
    )


def route(raid: Raid) -> list[dict]:
    """The doors house by house: `{"house", "stops", "visited"}`; each stop carries `last`, its last visit. Two queries."""
    visits = Prefetch("visits", RaidVisit.objects.filter(is_last=True).select_related("recorded_by"), "last_visits")
    live = EnforcementProceeding.objects.live().filter(writ__case_file=OuterRef("case_file"), status="open")
    stops = raid.stops.select_related("case_file", "account").prefetch_related(visits).annotate(is_at_bailiffs=Exists(live))
    found = []
    for house, doors in groupby(stops.order_by("position", "id"), key=lambda stop: stop.house):
        listed = list(doors)
        for stop in listed:
            stop.last = stop.last_visits[0] if stop.last_visits else None
        found.append({"house": house, "stops": listed, "visited": sum(stop.last is not None for stop in listed)})
    return found


def next_stop(stop: RaidStop) -> RaidStop | None:
    """The next door of the walk that nobody was at yet; from the end it turns to the beginning."""
    waiting = stop.raid.stops.exclude(visits__isnull=False).exclude(pk=stop.pk)
    after = waiting.filter(position__gt=stop.position).order_by("position").first()
    return after or waiting.order_by("position").first()


def houses_to_visit(creditor: Organisation, most: int = 500) -> list[tuple[int, str]]:
    """(house, address with the number of open cases), the fullest first: what the form offers."""
    of_creditor = Q(premises__accounts__main_cases__creditor=creditor, premises__accounts__main_cases__is_open=True)
    houses = House.objects.annotate(cases=Count("premises__accounts__main_cases", filter=of_creditor, distinct=True))
    rows = houses.filter(cases__gt=0).order_by("-cases", "address").values_list("pk", "address", "cases")[:most]
    return [(pk, f"{address} — дел: {cases}") for pk, address, cases in rows]
