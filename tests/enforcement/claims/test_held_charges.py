"""A kopeck of a charge is in one live claim at most: by the action, by the database, by two people at once."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casedesk.common.refusals import Refusal
from debtors.models import Charge
from enforcement.actions.prepare_claims import prepare_claim
from enforcement.actions.record_court_event import take_back
from enforcement.models import Claim, ClaimLine
from enforcement.queries.held_charges import HeldByAnother, held
from tests.factories import claims


@pytest.mark.django_db
def test_the_database_refuses_a_second_line_over_the_charge(claim, case, day, officer):
    line = claim.lines.first()
    other = Claim.objects.create(
        creditor=claim.creditor,
        case_file=case,
        number=99,
        kind="order",
        period_from=line.month,
        period_to=line.month,
        prepared_on=day,
        stage_on=day,
    )

    with pytest.raises(IntegrityError, match="two live claims"), transaction.atomic():
        ClaimLine.objects.create(claim=other, account=line.account, service=line.service, month=line.month, amount=1)


@pytest.mark.django_db
def test_the_database_refuses_a_changed_line_and_event(claim, filed):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimLine.objects.filter(claim=claim).update(amount=1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE enforcement_courtevent SET code = 'accepted'")


@pytest.mark.django_db
def test_a_claim_does_not_come_back_to_charges_that_are_taken(filed, case, officer, day):
    claims.happen(filed, "returned", day, officer, why="не тот суд")
    case.refresh_from_db()
    prepare_claim(case=case, asked=claims.asked(day), by=officer)
    returned = filed.events.standing().order_by("pk").last()

    with pytest.raises(HeldByAnother, match="взяты"):
        take_back(claim=filed, event=returned, why="вернули не нам", by=officer, on=day)
    with pytest.raises(IntegrityError, match="two live claims"), transaction.atomic():
        Claim.objects.filter(pk=filed.pk).update(is_live=True, stage="filed")


EVENTS = ("filed", "returned", "return_overturned", "dropped", "order_issued", "order_set_aside", "withdrawn", "take_back")
STEPS = st.lists(
    st.one_of(st.just(("prepare", "")), st.tuples(st.sampled_from(EVENTS), st.sampled_from(("oldest", "newest")))), max_size=12
)
"""An event on the oldest or the newest claim: the first may come back after the second has taken its kopecks."""


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_path_claims_a_kopeck_twice(steps, owed, case, officer, day):
    """Whatever is tried in whatever order, live claims together hold no more of a charge than was charged."""
    with transaction.atomic():
        for step in steps:
            _try(step, case, officer, day)
            charged = {
                (account, service, month): kopecks
                for account, service, month, kopecks in Charge.objects.values_list("account", "service", "month", "charged")
            }
            assert all(amount <= charged[key] for key, (amount, _) in held([owed.pk]).items())
        transaction.set_rollback(True)


def _try(step, case, officer, day):
    case.refresh_from_db()
    name, which = step
    claims_of = Claim.objects.order_by("pk")
    try:
        with transaction.atomic():
            if name == "prepare":
                prepare_claim(case=case, asked=claims.asked(day), by=officer)
            elif claim := claims_of.first() if which == "oldest" else claims_of.last():
                _happen(claim, name, officer, day)
    except Refusal:
        return


def _happen(claim, name, officer, day):
    if name == "take_back":
        if last := claim.events.standing().order_by("happened_on", "pk").last():
            take_back(claim=claim, event=last, why="ошибка", by=officer, on=day)
        return
    data = {
        "filed": {"channel": "post"},
        "order_issued": {"court_case": "1", **claims.granted(claim)},
        "return_overturned": {"act": "апелляция"},
    }
    claims.happen(claim, name, day, officer, **data.get(name, {"why": "так вышло"}))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once(owed, case, officer, day):
    """Both ask for the same kopecks in the same moment: one gets them, the other is told why not."""
    results: list[str] = []
    ready = threading.Barrier(2)

    def ask():
        try:
            ready.wait()
            prepare_claim(case=case, asked=claims.asked(day), by=officer)
            results.append("prepared")
        except Refusal as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(results) == ["claim_refused", "prepared"]
    assert Claim.objects.count() == 1
