"""Rows of the plans that people fill by dated events: each figure is the total of its list."""

import datetime as dt

import pytest
from django.utils import timezone

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.models import Plan
from casedesk.plans.queries.question import Question, Reach, reach_of
from debtors.actions.record_outreach import reverse_outreach
from debtors.models import OutreachEvent
from tests.factories import cases, outreach

pytestmark = pytest.mark.django_db
DAY = outreach.DAY
MARCH = months.of(DAY)
ROWS = [
    ("Z7a", "outreach.placements", "placement", (1, 30)),
    ("P1.2", "outreach.placements", "placement", (1, 30)),
    ("L4", "outreach.placements", "placement", (1, 30)),
    ("Z7b", "outreach.consultations", "consultation", (1, 0)),
    ("Z7c", "outreach.appeals", "appeal", (1, 0)),
    ("P3.2", "outreach.receptions", "reception", (1, 1, 1)),
    ("L7", "outreach.receptions", "reception", (1, 1, 1)),
    ("Z5d", "outreach.resident_meetings", "residents_meeting", (1, 40)),
    ("P1.1", "outreach.joint_meetings", "joint_meeting", (1, 9)),
    ("P1.3", "outreach.letters_employers", "letter_employer", (1,)),
    ("L10", "outreach.letters_institutions", "letter_institution", (1, 0)),
    ("P2.3", "outreach.support_helped", "support_helped", (1, 0)),
    ("Z8", "outreach.support_granted", "support_granted", (1, 0)),
]
NAMELESS = {"placement", "residents_meeting", "joint_meeting", "letter_employer", "letter_institution"}


@pytest.mark.parametrize("row, code, kind, totals", ROWS)
def test_an_event_of_the_month_fills_its_row(osen, officer, row, code, kind, totals):
    """Z5d, Z7a-c, Z8, P1.1-P1.3, P2.3, P3.2, L4, L7, L10: an event with day, author and paper is the figure's only source."""
    outreach.recorded(osen, officer, kind, citizen="" if kind in NAMELESS else "Иванов")
    indicator = catalogue.get(code)
    march, april = Question(MARCH), Question(MARCH + 1)

    assert indicator.totals(march) == totals
    assert catalogue.total_of(indicator.facts(march), len(totals)) == totals
    assert indicator.value(april) == 0
    assert Plan.objects.filter(sections__measures__row=row, sections__measures__uses__indicator=code).exists()


@pytest.mark.parametrize("topics, count", [(["app"], 1), (["support", "saving"], 0), (None, 1)])
def test_rows_on_one_topic_count_that_topic(osen, officer, topics, count):
    """L5, L6: the payment app; subsidies, meters and habits."""
    outreach.recorded(osen, officer, "placement")

    question = Question(MARCH, params={"topics": topics} if topics else {})

    assert catalogue.get("outreach.placements").value(question) == count


def test_a_record_taken_back_leaves_the_figure_but_not_the_past_report(osen, officer):
    made = outreach.recorded(osen, officer, citizen="Иванов")
    before = timezone.now()
    reverse_outreach(event=made, reason="не он", by=officer, on=DAY)
    indicator = catalogue.get("outreach.receptions")

    assert indicator.totals(Question(MARCH)) == (0, 0, 0)
    assert indicator.totals(Question(MARCH, known_at=before)) == (1, 1, 1)
    assert indicator.totals(Question(MARCH, known_at=before - dt.timedelta(days=1))) == (0, 0, 0)


def test_causes_stand_on_the_cases_open_at_the_end_of_the_month(osen, officer):
    """L8: causes of the debt; those that lead to a lawful write-off counted apart; the newest cause counts."""
    owed = [cases.owing(osen, number, on=DAY) for number in ("1", "2", "3")]
    for one in owed:
        cases.case_of(one, DAY)
    outreach.recorded(osen, officer, account=owed[0])
    outreach.recorded(osen, officer, "debt_cause", account=owed[0])
    outreach.recorded(osen, officer, account=owed[1])
    indicator = catalogue.get("outreach.causes")
    march = Question(MARCH)

    assert indicator.totals(march) == (2, 1)
    assert catalogue.total_of(indicator.facts(march), 2) == (2, 1)
    assert indicator.totals(Question(MARCH - 1)) == (0, 0)


def test_a_creditor_counts_its_own_and_a_municipality_its_territory(osen, lada, officer, stranger, supervisor, town_hall):
    for creditor in (osen, lada):
        creditor.territory = town_hall.territory
        creditor.save()
        cases.account(creditor, f"{creditor.pk}")
    outreach.recorded(osen, officer, "placement")
    outreach.recorded(lada, stranger, "placement")
    outreach.recorded(town_hall, supervisor, "placement")
    placements = catalogue.get("outreach.placements")

    asked = [Question(MARCH, reach=reach_of(user, None)) for user in (officer, supervisor)]

    assert placements.value(Question(MARCH, reach=Reach())) == 3
    assert [placements.value(question) for question in asked] == [1, 1]
    assert OutreachEvent.objects.count() == 3


def test_no_name_stands_in_the_list_behind_a_figure(osen, officer):
    outreach.recorded(osen, officer, citizen="Иванов Иван")

    (fact,) = catalogue.get("outreach.receptions").facts(Question(MARCH))

    assert "Иванов" not in fact.label + fact.about
