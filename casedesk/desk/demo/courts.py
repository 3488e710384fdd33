"""The demo's courts and bailiff department with their streets: three magistrates share the town, one department has it all."""

import datetime as dt

from casedesk.town.places import CITY, STREETS
from casedesk.town.writs import COURT, DEPARTMENT, DEPARTMENT_CODE
from enforcement.actions.load_coverage import ListedAddress, Loaded, load_coverage
from enforcement.models import Court

SINCE = dt.date(2020, 1, 1)
SECTIONS = 3
SOURCE = "Закон Мурманской области о судебных участках"


def make_courts() -> Loaded:
    """Load the list of the town's courts and its department; repeating it changes nothing."""
    loaded = load_coverage(rows=_rows(), valid_from=SINCE, source=SOURCE, by=None)
    Court.objects.get_or_create(
        code="51RS0001", defaults={"kind": Court.Kind.DISTRICT, "name": f"Озёрный районный суд г. {CITY}"}
    )
    return loaded


def _rows() -> list[ListedAddress]:
    """Streets by turns; the longest one is split by the sides of its houses."""
    rows = []
    for place, (kind, street) in enumerate(STREETS):
        printed = f"{kind}{'' if '-' in kind else '.'} {street}"
        sides = (("нечётные", place), ("чётные", place + 1)) if place == 0 else (("все", place),)
        rows += [_section(len(rows) + 1, side, printed, houses) for houses, side in sides]
        rows.append(ListedAddress(len(rows) + 1, DEPARTMENT_CODE, DEPARTMENT, "отдел приставов", printed, "все"))
    return rows


def _section(row: int, turn: int, street: str, houses: str) -> ListedAddress:
    number = 1 + turn % SECTIONS
    return ListedAddress(row, f"51MS000{number}", COURT.format(number), "мировой судья", street, houses)
