"""The page of norms: values as of a day, history, what changes soon."""

import datetime as dt

import pytest
from django.urls import reverse

from casedesk.desk.views.norms import SUBJECTS, rate_line
from casedesk.norms.catalogue import shipped
from casedesk.norms.outlook import changes
from casedesk.norms.wording import value_text


def test_every_norm_has_a_subject_and_every_value_has_words():
    for norm in shipped():
        assert norm.name.split(".")[0] in SUBJECTS
        for value in norm.values:
            assert value_text(norm, value), norm.name


@pytest.mark.django_db
def test_page_shows_each_norm_as_of_the_day(visit, officer):
    page = visit(officer).get(reverse("desk:norms") + "?on=2019-05-01")

    assert page.status_code == 200
    assert all(f'id="{norm.name}"' in page.text for norm in shipped())
    assert "7,75 %" in page.text


@pytest.mark.django_db
def test_doubtful_only_leaves_out_the_certain(visit, officer):
    page = visit(officer).get(reverse("desk:norms") + "?doubtful=on&on=2026-11-21")

    assert 'id="enforcement.fee"' in page.text
    assert 'id="limitation.years"' not in page.text


@pytest.mark.django_db
def test_search_finds_by_words_of_the_law(visit, officer):
    page = visit(officer).get(reverse("desk:norms") + "?q=229-фз+112")

    assert 'id="enforcement.fee"' in page.text
    assert 'id="limitation.years"' not in page.text


@pytest.mark.django_db
def test_clerk_without_the_right_is_refused(visit, clerk):
    assert visit(clerk).get(reverse("desk:norms")).status_code == 403


def test_what_changes_in_ninety_days_names_the_end_of_the_cap_and_the_unchecked_rate():
    found = {(change.kind, change.norm.name) for change in changes(shipped(), dt.date(2026, 11, 21))}

    assert ("ends", "penalty_caps.rate") in found
    assert ("unchecked", "key_rate.bank_of_russia") in found
    assert ("begins", "calendar.transfers") in found


def test_a_value_that_begins_on_the_day_itself_is_no_news():
    kinds = [change.kind for change in changes([shipped().norm("state_duty.general_claim")], dt.date(2024, 9, 9))]

    assert kinds == []


def test_a_value_that_begins_tomorrow_is():
    found = changes([shipped().norm("state_duty.general_claim")], dt.date(2024, 9, 8))

    assert [(change.kind, change.on) for change in found] == [("begins", dt.date(2024, 9, 9))]


def test_rate_curve_ends_at_the_day_and_lists_every_step():
    line = rate_line(shipped(), dt.date(2022, 3, 1))

    assert line.rows[0] == ("28.02.2022", 2000)
    assert line.path.endswith("H632")
