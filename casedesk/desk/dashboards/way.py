"""The way from notice to money on a board, and the cases behind each of its steps."""

from collections.abc import Iterator

from casedesk.common import charts, months
from casedesk.desk.dashboards.sight import Sight
from casedesk.plans.catalogue import Fact
from debtors.models import CaseFile
from enforcement.actions.keep_funnel import keep_funnel
from enforcement.queries.funnel import STEPS, Path, Step, funnel, paths, steps_of
from enforcement.queries.kept_funnel import added

CHUNK = 500


def walked(sight: Sight) -> list[Path]:
    """The cases noticed in the last twelve months, as they stand on the month's last day."""
    year = (months.first_day(sight.year[0]), months.last_day(sight.month))
    return paths(sight.cases, span=year, as_of=year[1])


def steps(sight: Sight) -> list[tuple[Step, charts.Part]]:
    """Each step with its bar."""
    found = funnel(walked(sight)) if sight.mine else steps_of(added(_kept(sight)))
    return list(zip(found, charts.bars([(step.name, step.cases, "") for step in found]), strict=True))


def _kept(sight: Sight) -> Iterator[list]:
    """The kept steps of every creditor and territory within the reach, brought up to what is known."""
    wanted = [sight.creditor] if sight.creditor else sight.creditors
    reach = sight.reach
    everywhere = reach.everything or (reach.creditors is None and reach.territories is None)
    for cell in keep_funnel(creditors=[one.pk for one in wanted], month=sight.month):
        whole = everywhere or cell.creditor_id in (reach.creditors or ())
        yield from (steps for land, steps in cell.tallies if whole or land in (reach.territories or ()))


def cases_behind(sight: Sight, code: str) -> list[Fact]:
    """The cases that reached a step: (one case, kopecks that came after the writ)."""
    place = [name for name, _ in STEPS].index(code)
    reached = {path.case: path for path in walked(sight) if path.reached(place)}
    keys, facts = list(reached), []
    for start in range(0, len(keys), CHUNK):
        for case in CaseFile.objects.filter(pk__in=keys[start : start + CHUNK]):
            path = reached[case.pk]
            days = ", ".join(f"{name.lower()} {day:%d.%m.%Y}" for (_, name), day in zip(STEPS, path.days, strict=False))
            facts.append(
                Fact(
                    (1, path.kopecks),
                    account=case.account_id,
                    about=f"Дело № {case.number}: {days}",
                    url=case.get_absolute_url(),
                )
            )
    return facts
