"""Restructured debt apart in the ageing: a part of the same sums, back among the rest after a breach, on any past day."""

import datetime as dt
import io
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from debtors.actions.check_agreements import check_agreements
from debtors.actions.follow_agreement import end_agreement
from debtors.models import UtilityAccount
from debtors.queries.ageing import age
from debtors.queries.agreement_money import money_on_schedule
from debtors.queries.agreements import standings
from debtors.queries.restructured import restructured
from tests.debtors.agreements.test_agreements import DAY, OPEN, case, pay, signed  # noqa: F401  fixtures
from tests.factories import cases

pytestmark = pytest.mark.django_db
LATER = dt.date(2024, 4, 10)


def test_kept_agreements_stand_apart_and_the_sums_add_up(case, signed, osen):  # noqa: F811
    """P2.4: the covered months are a part of the ageing, bucket by bucket; the rest is what is left."""
    cases.billed(osen, "200", on=DAY)
    whole, part = age(None, as_of=DAY).figures, restructured(as_of=DAY).figures

    assert part.total == OPEN == part.not_yet_due + sum(part.buckets.values())
    assert whole.total == 2 * OPEN
    assert all(part.buckets[name] <= whole.buckets[name] for name in whole.buckets)
    assert part.not_yet_due <= whole.not_yet_due


def test_before_signing_and_after_a_breach_nothing_is_apart(case, signed, osen):  # noqa: F811
    pay(case, 100_000, dt.date(2024, 4, 15))
    check_agreements(creditor=osen, on=dt.date(2024, 4, 16))

    assert restructured(as_of=DAY - dt.timedelta(days=1)).total == 0
    assert restructured(as_of=dt.date(2024, 4, 16)).total == 0
    assert restructured(as_of=dt.date(2024, 4, 15)).total == OPEN - 100_000


def test_a_past_day_stays_as_it_was(case, signed, officer):  # noqa: F811
    before = timezone.now()
    end_agreement(agreement=signed, reason="по заявлению", by=officer, on=LATER)

    assert restructured(as_of=LATER).total == 0
    assert restructured(as_of=LATER, known_on=before).total == OPEN


def test_it_is_asked_of_some_accounts_only(case, signed, osen):  # noqa: F811
    other = cases.billed(osen, "200", on=DAY)

    assert restructured(UtilityAccount.objects.filter(pk=other.pk), as_of=DAY).total == 0
    assert restructured(UtilityAccount.objects.filter(pk=case.account_id), as_of=DAY).total == OPEN


def test_the_command_prints_it_beside_the_sums(case, signed):  # noqa: F811
    out = io.StringIO()
    call_command("age", as_of=DAY.isoformat(), stdout=out)
    told = json.loads(out.getvalue())

    assert told["restructured"]["agreements"] == 1
    assert told["restructured"]["total"] == told["total"] == "27500.00"
    assert told["restructured"]["overdue_outside"] == "0.00"


def test_it_takes_a_fixed_number_of_queries(osen, officer, case, signed, django_assert_max_num_queries):  # noqa: F811
    with django_assert_max_num_queries(12):
        restructured(as_of=DAY)


def test_the_indicator_is_the_total_of_its_list(case, signed):  # noqa: F811
    kept = catalogue.get("agreements.kept")
    march = Question(months.of(DAY))

    assert kept.totals(march) == catalogue.total_of(kept.facts(march), 2) == (1, OPEN)
    assert kept.totals(Question(months.of(DAY) - 1)) == (0, 0)


def test_a_kept_agreement_needs_no_claim(case, signed, officer):  # noqa: F811
    """Z6b: accounts whose agreement is kept are not counted among those due for a claim; after its end they are."""
    covered = catalogue.get("claims.covered")
    kept = covered.totals(Question(months.of(DAY)))
    end_agreement(agreement=signed, reason="по заявлению", by=officer, on=DAY)

    assert kept == (0, 0)
    assert covered.totals(Question(months.of(DAY)))[0] > 0


def test_money_is_told_instalment_by_instalment(case, signed, osen):  # noqa: F811
    pay(case, OPEN // 2 + 300_000, dt.date(2024, 4, 12))
    paid = standings([signed], on=dt.date(2024, 4, 12))[signed.pk].paid

    laid = money_on_schedule(signed, paid=paid, as_of=dt.date(2024, 4, 12))

    assert paid == sum(row.kopecks for row in laid) == OPEN // 2 + 300_000
    assert [(row.part.number, row.kopecks) for row in laid] == [(1, OPEN // 2), (2, 300_000)]
    assert not any(row.is_late for row in laid)
