"""Every indicator of the four plans, for each of twelve months, is what the plain story of a small town says.

The town's registers come through the import and are judged by the generator; two streets of casework are lived day by day
through the real actions, and each deed states what it adds. The same year serves what must hold of every indicator of the
catalogue: the list behind the figure, reports that repeat themselves, rights, the number of statements. All is asked once, and
the tests compare answers.
"""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question, Reach, end_of
from casedesk.plans.rules.lights import written
from casedesk.plans.rules.plan_file import UseData, read_plan
from casedesk.town import TownPlan, build_town
from casedesk.town.indicators import added, figure
from debtors.models import UtilityAccount
from tests.factories.town import found_town, load_files
from tests.stories.street import live, two_streets
from tests.stories.street.street import Street

pytestmark = pytest.mark.django_db
PLAN = TownPlan(accounts=12, months=13, seed=3, last=months.make(2024, 12))
YEAR = list(PLAN.span)[-12:]
BASE = months.last_day(PLAN.last - 12)
FILES = sorted((Path(__file__).resolve().parents[2] / "casedesk" / "plans" / "data").glob("*.toml"))
HALFWAY = months.last_day(YEAR[6])
"""A report is made here; half a year of facts follows."""
Totals = tuple[int, ...]


def uses() -> dict[str, UseData]:
    """Every use of an indicator by the four shipped plans, and every other indicator of the catalogue, by its name."""
    plans = [read_plan(path.read_text(encoding="utf-8")) for path in FILES]
    used = [use for plan in plans for part in plan.sections for row in part.measures for use in row.indicators]
    spare = [UseData(one.code) for one in catalogue.all_indicators()]
    return {name_of(use): use for use in (*spare, *used)}


def name_of(use: UseData) -> str:
    """The use as the truth names it: with the parameters that tell it from another use of the same indicator."""
    told = [*use.params.get("topics", ()), *use.params.get("offices", ())]
    return f"{use.code}: {', '.join(told)}" if told else use.code


USES = uses()
UNUSED = {name for name in USES if name.startswith("debt.overdue_")} - {
    name_of(use)
    for path in FILES
    for part in read_plan(path.read_text(encoding="utf-8")).sections
    for row in part.measures
    for use in row.indicators
}
"""Services that no shipped plan asks of."""
OF_THE_TOWN = {
    "commission.composition",
    "commission.composition: prosecutor, bailiffs, social_protection",
    "commission.specialists",
}
"""Facts of the municipality itself, which every creditor of its territory reads."""
OF_THE_HALL = {"commission.group_meetings"}
"""Facts of the municipality that hear no case, so that no creditor counts them."""


@dataclass
class Year:
    """What was asked of the lived year, and what it must come to."""

    truth: dict[int, dict[str, Totals]]
    of_street: dict[str, dict[int, dict[str, Totals]]]
    told: dict[int, dict[str, Totals]] = field(default_factory=dict)
    listed: dict[int, dict[str, Totals]] = field(default_factory=dict)
    strangers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    own: dict[str, dict[int, dict[str, Totals]]] = field(default_factory=dict)
    halfway: dict[int, dict[str, Totals]] = field(default_factory=dict)
    repeated: dict[int, dict[str, Totals]] = field(default_factory=dict)
    statements: dict[str, dict[str, int]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker, tmp_path_factory):
    """The year, lived and asked once; nothing of it stays in the database."""
    kept = override_settings(SMS_URL="local:", MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with kept, django_db_blocker.unblock(), transaction.atomic():
        root = tmp_path_factory.mktemp("town")
        town = load_town(root)
        streets = two_streets(PLAN)
        live(streets, through=HALFWAY)
        halfway = {month: ask(question(month, known_at=end_of(HALFWAY))) for month in YEAR[:7]}
        live(streets)
        of_street = {street.of.code: street.truth() for street in streets}
        truth = {month: added(town[month], *(one[month] for one in of_street.values())) for month in YEAR}
        found = Year(truth, of_street, halfway=halfway)
        look_round(found, streets)
        transaction.set_rollback(True)
    return found


def load_town(root: Path) -> dict[int, dict[str, Totals]]:
    """The town's registers, through the import; what the generator says of them."""
    build_town(PLAN, root)
    manifest = found_town(root)
    load_files(root, [*manifest["files"], *manifest["late_files"]])
    told = json.loads((root / "truth.json").read_text(encoding="utf-8"))["indicators"]["all"]
    return {months.parse(month): {name: tuple(one["parts"]) for name, one in names.items()} for month, names in told.items()}


def look_round(found: Year, streets: list[Street]) -> None:
    """Ask everything that the tests compare."""
    found.told = {month: ask(question(month)) for month in YEAR}
    found.listed = {month: ask(question(month), by_list=True) for month in YEAR}
    found.repeated = {month: ask(question(month, known_at=end_of(HALFWAY))) for month in found.halfway}
    reaches = {street.of.code: reach(street.creditor) for street in streets}
    found.own = {code: {month: ask(question(month, own)) for month in YEAR} for code, own in reaches.items()}
    for code, own in reaches.items():
        accounts = set(UtilityAccount.objects.filter(creditor__code=code).values_list("pk", flat=True))
        for month in YEAR:
            for name, use in USES.items():
                asked = question(month, own).with_params(use.params)
                if {fact.account for fact in catalogue.get(use.code).facts(asked) if fact.account} - accounts:
                    found.strangers[code].add(name)
    both = reach(*(street.creditor for street in streets))
    for label, of in (("one", reach(streets[0].creditor)), ("both", both)):
        found.statements[label] = {name: statements(use, of) for name, use in USES.items()}


def question(month: int, of: Reach | None = None, known_at: dt.datetime | None = None) -> Question:
    return Question(month, of or Reach(), known_at=known_at, base_on=BASE)


def reach(*creditors: Organisation) -> Reach:
    return Reach(frozenset(one.pk for one in creditors), None, frozenset())


def ask(asked: Question, *, by_list: bool = False) -> dict[str, Totals]:
    """Name -> totals, or the totals of the list that it opens."""
    told = {}
    for name, use in USES.items():
        indicator, mine = catalogue.get(use.code), asked.with_params(use.params)
        width = len(indicator.columns)
        told[name] = catalogue.total_of(indicator.facts(mine), width) if by_list else tuple(indicator.totals(mine))
    return told


def statements(use: UseData, of: Reach) -> int:
    """How many statements a figure takes when nothing of it was asked before."""
    with CaptureQueriesContext(connection) as context:
        catalogue.get(use.code).totals(question(YEAR[6], of).with_params(use.params))
    return len(context)


def differing(expected: dict[int, dict[str, Totals]], told: dict[int, dict[str, Totals]], name: str) -> list[tuple]:
    """Months in which one says otherwise than the other: (month, said, expected)."""
    return [(months.iso(m), told[m][name], expected[m].get(name)) for m in expected if told[m][name] != expected[m].get(name)]


@pytest.mark.parametrize("name", sorted(USES.keys() - UNUSED))
def test_every_indicator_of_every_plan_is_what_the_story_says(year, name):
    """Twelve months of one indicator: the sums of its list's columns, and the figure made of them. A new one has none."""
    assert differing(year.truth, year.told, name) == []
    indicator = catalogue.get(USES[name].code)
    figures = {month: written(indicator.figure(year.told[month][name]), indicator.unit) for month in YEAR}
    assert figures == {month: figure(name, year.truth[month][name]) for month in YEAR}


@pytest.mark.parametrize("name", sorted(USES.keys() - UNUSED))
def test_the_story_feeds_every_indicator(year, name):
    """No truth is twelve zeros, and none stands still unless it is a state that nobody changed."""
    assert any(any(year.truth[month][name]) for month in YEAR)


@pytest.mark.parametrize("name", sorted(USES))
def test_a_figure_is_the_total_of_its_list(year, name):
    assert differing(year.told, year.listed, name) == []


@pytest.mark.parametrize("name", sorted(USES))
def test_a_report_repeats_itself_after_half_a_year_of_facts(year, name):
    """As known at the end of a month, later facts change nothing."""
    assert differing(year.halfway, year.repeated, name) == []


@pytest.mark.parametrize("name", sorted(USES))
def test_no_list_of_a_creditor_holds_anothers_account(year, name):
    assert [code for code, names in year.strangers.items() if name in names] == []


@pytest.mark.parametrize("code", ["sbyt", "kvartal"])
@pytest.mark.parametrize("name", sorted(USES.keys() - UNUSED - OF_THE_TOWN - OF_THE_HALL))
def test_a_creditors_figure_is_of_its_own_street(year, name, code):
    """Two creditors with a year of work each: what one reads is its own story to the kopeck."""
    assert differing(year.of_street[code], year.own[code], name) == []


@pytest.mark.parametrize("name", sorted(USES))
def test_twice_the_facts_take_the_same_statements(year, name):
    assert year.statements["one"][name] == year.statements["both"][name] <= 20
