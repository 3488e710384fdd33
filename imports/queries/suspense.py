"""Money in suspense by age, as bars and sums."""

import datetime as dt

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, Value, When

AGES = ((3, "до 3 дней"), (10, "4–10 дней"), (30, "11–30 дней"), (90, "31–90 дней"), (None, "старше 90 дней"))


def by_age(documents: QuerySet, *, on: dt.date) -> list[tuple[str, int, int, dt.date | None, dt.date | None]]:
    """(name, documents, kopecks, first day, last day) for every age, counted from the day the money came. One query."""
    edges = [None if most is None else on - dt.timedelta(days=most) for most, _ in AGES]
    cases = [When(counts_on__gte=edge, then=Value(place)) for place, edge in enumerate(edges) if edge]
    aged = documents.order_by().annotate(age=Case(*cases, default=Value(len(AGES) - 1), output_field=IntegerField()))
    found = {
        age: (number, whole) for age, number, whole in aged.values_list("age").annotate(n=Count("pk"), whole=Sum("amount"))
    }
    lines = []
    for place, (_, name) in enumerate(AGES):
        last = None if place == 0 else edges[place - 1] - dt.timedelta(days=1)
        number, whole = found.get(place, (0, 0))
        lines.append((name, number, whole, edges[place], last))
    return lines
