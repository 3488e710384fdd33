"""Rounds read: progress of each, doors by house with their last visit, houses and people worth a visit."""

import datetime as dt
from collections import Counter
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from casedesk.access.models import Organisation
from debtors.models import CaseFile, House, Promise, Round, RoundStop, RoundVisit
from debtors.queries.contact_limits import limits_of
from debtors.queries.contact_plan import kept_out, past_contacts, people_of, person_key
from debtors.queries.residuals import residuals
from debtors.rules.contact_words import ContactChannel, LimitClass
from debtors.rules.promise_standing import PromiseState
from debtors.rules.visit_words import Outcome

LOOKED_AT = 2_000
"""Cases that are weighed for one round, the largest debts first."""


def doors_for(
    cases: QuerySet, *, creditor: Organisation, on: dt.date
) -> tuple[list[tuple[CaseFile, int]], list[tuple[str, int]]]:
    """(case, residual in kopecks) worth a visit on the day; (reason, number) of those left out. A few queries."""
    listed = list(cases[:LOOKED_AT])
    ids = [case.pk for case in listed]
    sums, people = residuals(ids, on), people_of(ids)
    waiting = Promise.objects.filter(case__in=ids, state=PromiseState.WAITING)
    promised = dict(waiting.values_list("case_id", "due_on"))
    keys = {case.pk: person_key(case, next(iter(people.get(case.pk, [])), None)) for case in listed}
    past, limits = past_contacts(creditor, on), limits_of(creditor=creditor, on=on)
    going, why = [], Counter()
    for case in listed:
        amount = sums.get(case.pk, 0)
        days = past.get((keys[case.pk], LimitClass.VISITS), ())
        reason = kept_out(case, amount, promised, on) or limits.reached(ContactChannel.VISIT, days, on)
        if reason:
            why[reason.split(":")[0]] += 1
        else:
            going.append((case, amount))
    return going, why.most_common()


def with_progress(rounds: QuerySet) -> QuerySet:
    """Rounds with the number of doors, of visited ones, of talks and promises, and what was paid at the door."""
    last = Q(stops__visits__is_last=True)
    away = [Outcome.NOBODY_HOME, Outcome.NOT_LIVING]
    return rounds.annotate(
        doors=Count("stops", distinct=True),
        visited=Count("stops", filter=last, distinct=True),
        talked=Count("stops", filter=last & ~Q(stops__visits__outcome__in=away), distinct=True),
        promises=Count("stops", filter=last & Q(stops__visits__outcome=Outcome.PROMISED), distinct=True),
        paid=Sum("stops__visits__paid", filter=last, default=0),
    )


def route(one: Round) -> list[dict]:
    """The doors house by house: `{"house", "stops", "visited"}`; each stop carries `last`, its last visit. Two queries."""
    visits = Prefetch("visits", RoundVisit.objects.filter(is_last=True).select_related("recorded_by"), "last_visits")
    stops = one.stops.select_related("case", "account").prefetch_related(visits).order_by("position", "id")
    found = []
    for house, doors in groupby(stops, key=lambda stop: stop.house):
        listed = list(doors)
        for stop in listed:
            stop.last = stop.last_visits[0] if stop.last_visits else None
        found.append({"house": house, "stops": listed, "visited": sum(stop.last is not None for stop in listed)})
    return found


def next_door(stop: RoundStop) -> RoundStop | None:
    """The next door of the walk that nobody was at yet; from the end it turns to the beginning."""
    waiting = stop.round.stops.exclude(visits__isnull=False).exclude(pk=stop.pk)
    after = waiting.filter(position__gt=stop.position).order_by("position").first()
    return after or waiting.order_by("position").first()


def houses_with_debt(creditor: Organisation, most: int = 500) -> list[tuple[int, str]]:
    """(house, address with the number of open cases), the fullest first: what the form offers."""
    of_creditor = Q(premises__accounts__main_cases__creditor=creditor, premises__accounts__main_cases__is_open=True)
    houses = House.objects.annotate(cases=Count("premises__accounts__main_cases", filter=of_creditor, distinct=True))
    rows = houses.filter(cases__gt=0).order_by("-cases", "address").values_list("pk", "address", "cases")[:most]
    return [(pk, f"{address} – дел: {cases}") for pk, address, cases in rows]
