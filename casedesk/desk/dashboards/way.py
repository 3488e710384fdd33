"""The way from notice to money on a board, and the cases behind each of its steps."""

from casedesk.common import charts, months
from casedesk.desk.dashboards.sight import Sight
from casedesk.plans.catalogue import Fact
from debtors.models import CaseFile
from enforcement.queries.funnel import STEPS, Path, Step, funnel, paths

CHUNK = 500


def walked(sight: Sight) -> list[Path]:
    """The cases noticed in the last twelve months, as they stand on the month's last day."""
    year = (months.first_day(sight.year[0]), months.last_day(sight.month))
    return paths(sight.cases, span=year, as_of=year[1])


def steps(sight: Sight) -> list[tuple[Step, charts.Part]]:
    """Each step with its bar."""
    found = funnel(walked(sight))
    return list(zip(found, charts.bars([(step.name, step.cases, "") for step in found]), strict=True))


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
