"""Bring the kept columns of writs up to what happened to them: state, last day to present, first day to present again."""

from collections.abc import Iterable

from django.db import transaction

from casedesk.norms.queries.current import current
from debtors.actions.moves import hold_cases
from enforcement.models import Writ
from enforcement.queries.papers import paper_facts
from enforcement.rules.standing import stand

COLUMNS = ("state", "state_on", "present_until", "repeat_from")
BATCH = 2_000


@transaction.atomic(savepoint=False)
def refresh_writs(writ_ids: Iterable[int], *, held: bool = False) -> int:
    """Judge the writs anew; write those that changed and return how many. A fixed number of queries per two thousand.

    Their cases, which follow, are held first: the order of everybody (`hold_claim`). `held`: the caller did so.
    """
    ids, norms, changed = sorted(set(writ_ids)), current(), 0
    for start in range(0, len(ids), BATCH):
        some = Writ.objects.filter(pk__in=ids[start : start + BATCH])
        if not held:
            hold_cases(some.filter(case_file__isnull=False).values("case_file"))
        writs = list(some)
        facts = paper_facts(writs)
        different = []
        for writ in writs:
            before = _kept(writ)
            standing = stand(facts[writ.pk], norms)
            writ.state, writ.state_on = str(standing.state), standing.state_on or writ.state_on
            writ.present_until, writ.repeat_from = standing.present_until, standing.repeat_from
            if _kept(writ) != before:
                different.append(writ)
        Writ.objects.bulk_update(different, COLUMNS, BATCH)
        changed += len(different)
    return changed


def _kept(writ: Writ) -> tuple:
    return tuple(getattr(writ, name) for name in COLUMNS)
