"""Row P2.2: writs over the threshold that reach the bailiffs, with and without a petition to keep the debtor in the country."""

import datetime as dt

import pytest
from django.utils import timezone

from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question, reach_of
from debtors.models import Debtor
from enforcement.actions.prepare_packages import prepare_package
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.rules.package import Paper
from tests.factories import access, cases, writs

APRIL = 2024 * 12 + 3
THRESHOLD = 3_000_000


def told(month: int = APRIL, **more) -> tuple[int, ...]:
    question, indicator = Question(month, **more), catalogue.get("writs.ban_petitions")
    assert catalogue.total_of(indicator.facts(question), 2) == indicator.totals(question)
    return indicator.totals(question)


def at_bailiffs(osen, kopecks: int = THRESHOLD, account: str = "100", **who):
    writ = writs.presented(osen, f"2-{account}/2024", account=account, principal=kopecks, penalty=0, duty=0)
    Debtor.objects.filter(pk=cases.debtor(writ.account).pk).update(name="Иванов Иван", **who)
    return writ


def ask(writ, officer, on: dt.date = writs.SENT) -> None:
    prepare_package(writ=writ, department=access.department(), by=officer, on=on, papers=[Paper.TRAVEL_BAN])


def test_row_p2_2_counts_writs_over_the_threshold(osen, officer):
    asked = at_bailiffs(osen)
    at_bailiffs(osen, account="101")
    at_bailiffs(osen, THRESHOLD - 1, account="102")
    assert told() == (0, 2)
    ask(asked, officer)
    assert told() == (1, 2)
    assert catalogue.get("writs.ban_petitions").value(Question(APRIL)) == 50_00


def test_the_petition_needs_no_requisites(osen, officer):
    ask(at_bailiffs(osen), officer)
    assert told() == (1, 1)


def test_an_organisation_may_leave(osen):
    at_bailiffs(osen, kind=Debtor.Kind.ORGANISATION)
    assert told() == (0, 0)


def test_each_presentation_needs_a_petition_of_its_own(osen, officer):
    back = writs.returned(osen, "2-200/2024", principal=THRESHOLD, penalty=0, duty=0)
    cases.debtor(back.account)
    ask(back, officer, on=dt.date(2024, 4, 20))
    again = dt.date(2025, 3, 20)
    present_writ(writ=back, to=Addressed(department=access.department()), by=officer, on=again)
    month = 2025 * 12 + 2
    assert (told(), told(month)) == ((1, 1), (0, 1))
    ask(back, officer, on=again)
    assert told(month) == (1, 1)


def test_what_was_not_known_then_does_not_count(osen, officer):
    writ = at_bailiffs(osen)
    before = timezone.now()
    ask(writ, officer)
    assert (told(known_at=before), told(known_at=timezone.now())) == ((0, 1), (1, 1))


@pytest.mark.parametrize("reader", ["officer", "stranger"])
def test_others_see_nothing_of_it(osen, reader, request):
    at_bailiffs(osen)
    person = request.getfixturevalue(reader)
    assert told(reach=reach_of(person, None)) == ((0, 1) if reader == "officer" else (0, 0))
