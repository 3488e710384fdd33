"""Values added between releases: typed, proposed by one person, approved by another, laid over the shipped ones."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from casedesk.access.rights import Role
from casedesk.norms.actions import norm_values
from casedesk.norms.calculators.registry import calculate
from casedesk.norms.catalogue import shipped
from casedesk.norms.models import NormValue
from casedesk.norms.overlay import with_value
from casedesk.norms.queries.current import current
from casedesk.norms.typed import BadNormValue, read
from tests.factories import access

AT = dt.datetime(2026, 12, 19, 9, 0, tzinfo=dt.UTC)
KEY_RATE = "key_rate.bank_of_russia"
NEW_RATE = {
    "norm": KEY_RATE,
    "valid_from": dt.date(2026, 12, 21),
    "valid_to": None,
    "value": "13,50",
    "act": "информация Банка России от 18.12.2026",
    "confidence": "V",
    "checked_on": dt.date(2026, 12, 19),
}


@pytest.fixture
def second(osen):
    return access.person(Role.ADMINISTRATOR, osen, username="second")


def proposed(by, **changes) -> NormValue:
    return norm_values.propose(**(NEW_RATE | changes), by=by, at=AT)


def rate_on(day: dt.date) -> Decimal:
    return current().find(KEY_RATE, on=day, asker="тест").value


@pytest.mark.django_db
def test_a_proposal_changes_nothing(administrator):
    proposed(administrator)

    assert current() is shipped()


@pytest.mark.django_db
def test_an_approved_value_counts_from_its_first_day(administrator, second):
    norm_values.approve(proposal=proposed(administrator), by=second, at=AT)

    assert rate_on(dt.date(2026, 12, 20)) == Decimal("14.00")
    assert rate_on(dt.date(2026, 12, 21)) == Decimal("13.50")
    assert current().norm(KEY_RATE).verified_through == dt.date(2026, 12, 19)
    assert shipped().norm(KEY_RATE).verified_through == dt.date(2026, 10, 1)


@pytest.mark.django_db
def test_a_calculation_rests_on_the_added_value_and_says_so(administrator, second):
    norm_values.approve(proposal=proposed(administrator), by=second, at=AT)
    asked = {"principal": "130000", "due_date": "2026-12-20", "through": "2026-12-21", "ladder": "rso_other"}

    answer = calculate("penalty", asked, current())

    assert answer["penalty"] == "135.00"
    assert "2026-12-19" in [source["added_on"] for source in answer["sources"]]


@pytest.mark.django_db
def test_the_cap_is_prolonged_for_those_it_concerned(administrator, second):
    cap = {"norm": "penalty_caps.rate", "valid_from": dt.date(2027, 1, 1), "valid_to": dt.date(2027, 12, 31), "value": "9,5"}
    norm_values.approve(proposal=proposed(administrator, **cap), by=second, at=AT)
    asked = {"principal": "300000", "due_date": "2026-12-01", "through": "2027-01-01", "ladder": "housing_155_14"}

    assert calculate("penalty", asked, current())["penalty"] == "95.00"


@pytest.mark.django_db
def test_nobody_approves_their_own_proposal(administrator):
    proposal = proposed(administrator)

    with pytest.raises(norm_values.SameHand, match="другой человек"):
        norm_values.approve(proposal=proposal, by=administrator, at=AT)


@pytest.mark.django_db
def test_the_database_holds_the_two_signatures_too(administrator):
    proposal = proposed(administrator)

    with pytest.raises(IntegrityError):
        NormValue.objects.filter(pk=proposal.pk).update(state="approved", decided_by=administrator, decided_at=AT)


@pytest.mark.django_db
def test_a_decision_is_taken_once(administrator, second):
    proposal = proposed(administrator)
    norm_values.decline(proposal=proposal, by=second, at=AT)

    with pytest.raises(norm_values.AlreadyDecided):
        norm_values.approve(proposal=proposal, by=second, at=AT)
    assert current() is shipped()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"value": "много"}, "ставка в процентах"),
        ({"value": "0"}, "больше 0"),
        ({"valid_to": dt.date(2026, 12, 20)}, "раньше первого"),
        ({"checked_on": dt.date(2026, 12, 20)}, "ещё не наступил"),
        ({"valid_from": dt.date(2012, 9, 13)}, "14.09.2012"),
        ({"confidence": "U!"}, "напишите"),
        ({"norm": "state_duty.general_claim"}, "в новой версии"),
        ({"norm": "moratoria.penalty"}, "в новой версии"),
        ({"norm": "calendar.transfers", "value": "22.02.2028"}, "с 1 января по 31 декабря"),
    ],
)
def test_a_faulty_proposal_is_refused_in_words(change, word, administrator):
    with pytest.raises(BadNormValue, match=word):
        proposed(administrator, **change)


def test_a_year_of_the_calendar_is_typed_as_days():
    typed = read(shipped().norm("calendar.transfers"), "22.02.2028, 08.05.2028 +19.02.2028")

    assert typed == {"off": [dt.date(2028, 2, 22), dt.date(2028, 5, 8)], "working": [dt.date(2028, 2, 19)]}


@pytest.mark.parametrize("text", ["31.02.2028", "2028-02-22", "+19.02.2028", ""])
def test_a_faulty_year_of_the_calendar_is_refused(text):
    with pytest.raises(BadNormValue):
        read(shipped().norm("calendar.transfers"), text)


def test_a_value_between_two_others_ends_before_the_next():
    norm = shipped().norm(KEY_RATE)
    value = norm.values[-1]
    inserted = type(value)(dt.date(2026, 7, 1), None, Decimal(1), "акт", "V", dt.date(2026, 12, 1))

    mended = with_value(norm, inserted)

    assert mended.at(dt.date(2026, 6, 30)).value == Decimal("14.25")
    assert mended.at(dt.date(2026, 7, 26)).value == Decimal(1)
    assert mended.at(dt.date(2026, 7, 27)).value == Decimal("14.00")


@pytest.mark.django_db
def test_two_administrators_add_a_value_on_the_desk(visit, administrator, second):
    form = NEW_RATE | {"valid_to": "", "note": "", "checked_on": dt.date(2026, 10, 2)}
    added = visit(administrator).post(reverse("desk:norm-add"), form)
    proposal = NormValue.objects.get()

    assert added.status_code == 302
    assert "Ждут второй подписи" in visit(second).get(reverse("desk:norms")).text
    visit(second).post(reverse("desk:norm-approve", args=[proposal.pk]))
    assert "13,50 %" in visit(second).get(reverse("desk:norms") + "?on=2026-12-21").text


@pytest.mark.django_db
def test_a_faulty_value_is_told_on_the_form(visit, administrator):
    page = visit(administrator).post(reverse("desk:norm-add"), NEW_RATE | {"valid_to": "", "value": "много", "note": ""})

    assert "ставка в процентах" in page.text
    assert not NormValue.objects.exists()


@pytest.mark.django_db
def test_an_officer_sees_proposals_but_may_not_decide(visit, officer, administrator):
    proposal = proposed(administrator)
    page = visit(officer).get(reverse("desk:norms"))

    assert "Ждут второй подписи" in page.text
    assert "Утвердить" not in page.text
    assert visit(officer).post(reverse("desk:norm-approve", args=[proposal.pk])).status_code == 403
