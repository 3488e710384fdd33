"""Keep the next step of restrictions as columns, after anything that it depends on."""

import datetime as dt
from collections.abc import Sequence

from debtors.models import CaseFile, ServiceRestriction
from debtors.queries.restrictions import facts_of
from debtors.rules.restriction import LIVE, RestrictionFacts, next_step

RELATED = ("case__creditor", "account__premises__house", "service", "creditor")
KEPT = ["next_action", "next_from", "next_due_on", "next_reason", "next_norm", "debt"]


def keep_next(restrictions: Sequence[ServiceRestriction], *, on: dt.date) -> dict[int, RestrictionFacts]:
    """Write what is next for each, and what the service owes on the day; return the facts it follows from."""
    facts = facts_of(restrictions, on=on)
    for one in restrictions:
        step = next_step(facts[one.pk])
        one.next_action, one.next_from, one.next_due_on = str(step.action), step.from_on, step.due_on
        one.next_reason, one.next_norm, one.debt = step.why[:400], step.norm[:120], facts[one.pk].debt
    ServiceRestriction.objects.bulk_update(restrictions, KEPT, batch_size=500)
    return facts


def keep_next_of(case: CaseFile, *, on: dt.date) -> None:
    """The same for the live restrictions of a case whose hold or flags have changed."""
    live = ServiceRestriction.objects.select_for_update(of=("self",)).filter(case=case, state__in=LIVE)
    listed = list(live.select_related(*RELATED).order_by("pk"))
    if listed:
        keep_next(listed, on=on)
