"""Every court event of the catalogue: allowed, wrong role, stranger, wrong stage, too early, too late, repeated, taken back.

The table says how a claim gets to where the event may happen; the rest is read from the catalogue.
"""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from casedesk.common.refusals import NotAllowed
from debtors.actions.moves import TooEarly
from debtors.models import CaseFile
from debtors.states.case_file import replay as replay_case
from enforcement.actions.record_court_event import NothingToTakeBack, NotYetHappened, record_court_event, standing_of, take_back
from enforcement.actions.set_court import set_court
from enforcement.models import Claim, Court
from enforcement.rules.claim_stages import FREED, LAWSUITS, ClaimKind, ClaimStage
from enforcement.rules.court_data import CourtEventIncomplete
from enforcement.rules.court_event_kind import FieldKind
from enforcement.rules.court_events import BY_CODE, KINDS
from enforcement.states.claim import CLAIM, replay
from tests.factories import access, claims

pytestmark = pytest.mark.django_db

ISSUED = ["filed", "order_issued"]
JUDGED = ["filed", "accepted", "judgment_full"]
BEFORE = {
    "dropped": [],
    "filed": [],
    "accepted": ["filed"],
    "left_without_motion": ["filed"],
    "defects_term_extended": ["filed", "left_without_motion"],
    "defects_cured": ["filed", "left_without_motion"],
    "returned": ["filed"],
    "refused": ["filed"],
    "return_overturned": ["filed", "returned"],
    "transferred": ["filed"],
    "hearing_set": ["filed", "accepted"],
    "order_issued": ["filed"],
    "copy_served": ISSUED,
    "objections": ISSUED,
    "objections_rejected": [*ISSUED, "objections"],
    "order_set_aside": [*ISSUED, "objections"],
    "order_in_force": [*ISSUED, "copy_served"],
    "judgment_full": ["filed", "accepted"],
    "judgment_part": ["filed", "accepted"],
    "limitation_applied": ["filed", "accepted"],
    "judgment_refused": ["filed", "accepted"],
    "settlement_approved": ["filed", "accepted"],
    "default_set_aside": ["filed", "accepted", "judgment_by_default"],
    "appeal_filed": JUDGED,
    "appeal_granted": [*JUDGED, "appeal_filed"],
    "appeal_refused": [*JUDGED, "appeal_filed"],
    "judgment_in_force": JUDGED,
    "refusal_in_force": ["filed", "accepted", "judgment_refused"],
    "writ_issued": [*ISSUED, "order_in_force"],
    "execution_reversed": [*ISSUED, "order_set_aside"],
    "withdrawn": ["filed"],
    "renounced": ["filed", "accepted"],
    "unheard": ["filed", "accepted"],
}
"""What happened before, so that the event may happen now."""
WAITS = {"order_in_force", "judgment_in_force", "refusal_in_force"}
"""A term has to run out first."""
TOO_LATE = {"defects_cured": "срок истёк", "objections": "отметьте", "appeal_filed": "отметьте"}
"""Refused after the term that runs; every other event is the court's own word and counts on whatever day it was given."""
MAY_BE_LATE = {"objections", "appeal_filed"}
"""Taken all the same when said to be late: a court restores such a term."""
LOOPS = {"defects_term_extended", "transferred", "hearing_set", "copy_served", "execution_reversed"}
"""May happen again."""


def data_of(claim: Claim, code: str, on: dt.date) -> dict:
    """The least that the catalogue asks."""
    kind = BY_CODE[code]
    samples = {
        FieldKind.WORDS: "2-101/2024",
        FieldKind.TEXT: "по определению суда",
        FieldKind.DAY: on + dt.timedelta(days=20),
        FieldKind.FLAG: True,
    }
    given = {}
    for field in kind.fields:
        if field.required:
            asked = getattr(claim, field.asked) if field.asked else 100
            choice = field.choices[0][0] if field.choices else ""
            given[field.name] = samples.get(field.kind, asked if field.kind == FieldKind.MONEY else choice)
    return given


def go(claim: Claim, code: str, on: dt.date, by) -> Claim:
    default = code == "judgment_by_default"
    code = "judgment_full" if default else code
    data = data_of(claim, code, on) | ({"is_default": True} if default else {})
    return claims.happen(claim, code, on, by, **data)


def next_day(code: str, day: dt.date) -> dt.date:
    return day + dt.timedelta(days=70 if code in WAITS else 1)


def test_the_table_names_every_event():
    assert set(BEFORE) == set(BY_CODE)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_kind_of_event_is_sound(kind):
    assert kind.law
    assert kind.icon
    for sources, target in kind.paths:
        assert sources <= set(ClaimStage)
        assert target in set(ClaimStage)
    assert CLAIM.moves


@pytest.mark.parametrize("code", BEFORE)
def test_an_event_in_every_way(code, osen, owed, case, officer, day):
    kind = BY_CODE[code]
    way = ClaimKind.LAWSUIT if kind.kinds <= LAWSUITS or "accepted" in BEFORE[code] else ClaimKind.ORDER
    claim = claims.claim_of(owed, officer, day, kind=way)
    if code not in ("filed", "dropped"):
        with pytest.raises(NotAllowed, match="нельзя"):
            go(claim, code, day, officer)
    for step in BEFORE[code]:
        day = next_day(step, day)
        claim = go(claim, step, day, officer)
    before, stood = standing_of(claim), CaseFile.objects.get(pk=case.pk)
    on = next_day(code, day)
    data = data_of(claim, code, on)
    refused(claim, code, on, data, by=access.person("auditor", osen), refusal=NotAllowed)
    not_for_strangers(claim, code, data)
    refused(claim, code, day - dt.timedelta(days=1), data, by=officer, refusal=NotAllowed, today=on)
    refused(claim, code, on, data, by=officer, refusal=NotYetHappened, today=on - dt.timedelta(days=1))
    for name in kind.required:
        less = {key: value for key, value in data.items() if key != name}
        refused(claim, code, on, less, by=officer, refusal=CourtEventIncomplete)

    claim = go(claim, code, on, officer)

    target = next(target for sources, target in kind.paths if before.stage in sources)
    assert claim.stage == target
    assert claim.is_live == (target not in FREED)
    agree(claim)
    if code not in LOOPS:
        with pytest.raises(NotAllowed):
            go(claim, code, next_day(code, on), officer)

    last = claim.events.standing().order_by("happened_on", "pk").last()
    if code == "writ_issued":
        with pytest.raises(NothingToTakeBack, match="Сначала отзовите"):
            take_back(claim=claim, event=last, why="записано не то", by=officer, on=on)
        return
    take_back(claim=claim, event=last, why="записано не то", by=officer, on=on)
    claim.refresh_from_db()
    assert standing_of(claim) == before
    agree(claim)
    now = CaseFile.objects.get(pk=case.pk)
    assert (now.stage, now.stage_until) == (stood.stage, stood.stage_until)


def refused(claim, code, on, data, *, by, refusal, today=None, match=None):
    """The event is refused and leaves nothing behind."""
    events = claim.events.count()
    with pytest.raises(refusal, match=match):
        record_court_event(claim=claim, code=code, happened_on=on, data=data, by=by, on=today or on)
    assert claim.events.count() == events


def not_for_strangers(claim: Claim, code: str, data: dict) -> None:
    """An officer of another creditor finds no such claim, whatever event is tried."""
    other = access.person("legal_officer", access.creditor("lada", inn="7700000002"))
    stranger, events = Client(), claim.events.count()
    stranger.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("enforcement:claim-event", args=[claim.pk, code])
    assert [stranger.get(page).status_code, stranger.post(page, data).status_code] == [404, 404]
    assert claim.events.count() == events


@pytest.mark.parametrize("code", BEFORE)
def test_an_event_after_the_term(code, owed, case, officer, day):
    """Long after any term: own steps are refused in words, what a court did is recorded on the day it did so."""
    kind = BY_CODE[code]
    way = ClaimKind.LAWSUIT if kind.kinds <= LAWSUITS or "accepted" in BEFORE[code] else ClaimKind.ORDER
    claim = claims.claim_of(owed, officer, day, kind=way)
    before = [*BEFORE[code], *(["copy_served"] if code == "objections" else [])]
    for step in before:
        day = next_day(step, day)
        claim = go(claim, step, day, officer)
    late = day + dt.timedelta(days=400)

    if code in TOO_LATE:
        refused(claim, code, late, data_of(claim, code, late), by=officer, refusal=NotAllowed, match=TOO_LATE[code])
    if code in MAY_BE_LATE:
        claim = claims.happen(claim, code, late, officer, **data_of(claim, code, late), late=True)
    elif code not in TOO_LATE:
        claim = go(claim, code, late, officer)
    assert claim.events.filter(code=code, happened_on=late).exists() == (code in MAY_BE_LATE or code not in TOO_LATE)
    agree(claim)


def agree(claim: Claim) -> None:
    """Columns of the claim and of its case are what their events give."""
    standing = replay(claim.prepared_on, claim.events.standing().order_by("happened_on", "pk"))
    claim.refresh_from_db()
    assert {name: getattr(claim, name) for name in standing.columns} == standing.columns
    case = CaseFile.objects.get(pk=claim.case_file_id)
    told = replay_case(case.events.order_by("pk"))
    assert (case.stage, case.stage_on, case.stage_until) == (told.stage, told.stage_on, told.stage_until)


def test_too_late_to_cure_defects(owed, case, officer, day):
    claim = claims.claim_of(owed, officer, day, kind="lawsuit")
    claim = claims.happen(claim, "filed", day, officer, channel="post")
    until = dt.date(2024, 4, 10)
    claim = claims.happen(claim, "left_without_motion", day, officer, why="нет расчёта", until=until)

    with pytest.raises(NotAllowed, match="срок истёк 10.04.2024"):
        claims.happen(claim, "defects_cured", until + dt.timedelta(days=1), officer, what="расчёт")
    assert claims.happen(claim, "defects_cured", until, officer, what="расчёт").stage == ClaimStage.FILED


def test_an_order_is_in_force_the_day_after_the_ten_working_days(filed, officer):
    issued, served = dt.date(2024, 3, 25), dt.date(2024, 4, 1)
    claim = claims.happen(filed, "order_issued", issued, officer, court_case="2-1/2024", **claims.granted(filed))
    claim = claims.happen(claim, "copy_served", served, officer, served="handed")

    with pytest.raises(NotAllowed, match="срок на возражения истекает 15.04.2024"):
        claims.happen(claim, "order_in_force", dt.date(2024, 4, 15), officer)
    assert claims.happen(claim, "order_in_force", dt.date(2024, 4, 16), officer).stage == ClaimStage.IN_FORCE


def test_a_court_grants_no_more_than_was_asked(filed, officer, day):
    with pytest.raises(Exception, match="ГПК РФ ст. 196"):
        claims.happen(
            filed, "order_issued", day, officer, court_case="1", **claims.granted(filed, granted_principal=filed.principal + 1)
        )


def test_filing_asks_for_the_court(owed, case, officer, day):
    claim = claims.claim_of(owed, officer, day, court_name="")

    with pytest.raises(NotAllowed, match="не назван суд"):
        claims.happen(claim, "filed", day, officer, channel="post")


def test_an_earlier_day_is_too_early(filed, officer, day):
    with pytest.raises(TooEarly):
        claims.happen(filed, "returned", day - dt.timedelta(days=1), officer, why="не тот суд")


def test_only_the_last_event_is_taken_back(filed, officer, day):
    first = filed.events.get()
    claim = claims.happen(filed, "returned", day, officer, why="не тот суд")

    with pytest.raises(NotAllowed, match="последнюю"):
        take_back(claim=claim, event=first, why="ошибка", by=officer, on=day)


def test_a_transfer_taken_back_restores_the_earlier_court(filed, officer, day):
    first = Court.objects.create(kind="magistrate", code="77-1", name="Участок № 1")
    Court.objects.create(kind="magistrate", code="77-2", name="Участок № 2")
    Claim.objects.filter(pk=filed.pk).update(court=first, court_name=first.name)
    moved = claims.happen(filed, "transferred", day, officer, court="Участок № 2", why="не та улица")
    again = claims.happen(moved, "transferred", day, officer, court="Участок № 3", why="и не та")
    assert (moved.court.name, moved.court_name, again.court, again.court_name) == (
        "Участок № 2",
        "Участок № 2",
        None,
        "Участок № 3",
    )

    for name, court in (("Участок № 2", moved.court), ("Участок № 1", first)):
        last = filed.events.standing().order_by("happened_on", "pk").last()
        take_back(claim=filed, event=last, why="ошибка", by=officer, on=day)
        now = Claim.objects.get(pk=filed.pk)
        assert (now.court, now.court_name) == (court, name)


def test_a_number_of_the_court_goes_with_the_event_that_brought_it(filed, officer, day):
    given = {"court_case": "2-1/2024", **claims.granted(filed)}
    issued = claims.happen(filed, "order_issued", day, officer, **given)
    take_back(claim=issued, event=issued.events.standing().get(code="order_issued"), why="не тот приказ", by=officer, on=day)
    assert Claim.objects.get(pk=filed.pk).court_case == ""

    issued = claims.happen(filed, "order_issued", day, officer, **given)
    set_court(claim=issued, court_name=issued.court_name, court_case="2-7/2024", by=officer, on=day)
    take_back(claim=issued, event=issued.events.standing().get(code="order_issued"), why="не тот приказ", by=officer, on=day)
    assert Claim.objects.get(pk=filed.pk).court_case == "2-7/2024", "named by a person since"
