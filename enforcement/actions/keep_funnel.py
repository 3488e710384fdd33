"""Write the kept funnels that a later fact has reached. Safe to repeat; one written twice is the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from casedesk.access.models import Organisation
from casedesk.common import months
from debtors.models import CaseFile
from enforcement.models import FunnelCell
from enforcement.queries.funnel import Path, paths, tally
from enforcement.queries.kept_funnel import known, known_to, packed, still_says


def keep_funnel(*, creditors: Iterable[int], month: int) -> list[FunnelCell]:
    """The funnels of these creditors at a month's end as they are known now, those out of date written anew.

    The cohort is the cases noticed in the twelve months up to it. Five queries when nothing was learnt since.
    """
    wanted, now = set(creditors), known()
    kept = {cell.creditor_id: cell for cell in FunnelCell.objects.filter(creditor__in=wanted, month=month)}
    late = [creditor for creditor in sorted(wanted) if creditor not in kept or known_to(kept[creditor]) != now]
    return [*(kept[one] for one in wanted if one not in late), *(_brought_up(creditor, month) for creditor in late)]


@transaction.atomic
def _brought_up(creditor: int, month: int) -> FunnelCell:
    """One creditor's funnel, looked at again under the lock: somebody else may have written it meanwhile."""
    Organisation.objects.select_for_update().get(pk=creditor)
    now, cell = known(), FunnelCell.objects.filter(creditor=creditor, month=month).first()
    tallies = cell.tallies if cell and still_says(cell) else _tallies(creditor, month)
    given = asdict(now) | {"tallies": tallies}
    return FunnelCell.objects.update_or_create(creditor_id=creditor, month=month, defaults=given)[0]


def _tallies(creditor: int, month: int) -> list:
    cases = CaseFile.objects.filter(creditor=creditor)
    span = (months.first_day(month - 11), months.last_day(month))
    lands = dict(cases.values_list("pk", "account__premises__house__territory"))
    walked: dict[int | None, list[Path]] = defaultdict(list)
    for path in paths(cases, span=span, as_of=span[1]):
        walked[lands.get(path.case)].append(path)
    return [[land, packed(tally(listed))] for land, listed in walked.items()]
