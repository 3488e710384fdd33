"""Differences have a clock, decisions and an end; what is open when the act is signed comes back next month."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from casedesk.common.refusals import NotAllowed
from enforcement.actions import settle_differences as settling
from enforcement.actions.open_reconciliation import refresh_our_side
from enforcement.actions.sign_act import AlreadySigned, SignatureIncomplete, WrongSigningDay, sign, withdraw_signature
from enforcement.models import DifferenceDecision, ReconciliationLine
from enforcement.queries.reconciliation_act import is_intact, progress_of
from tests.factories import reconciliation
from tests.factories.reconciliation import AT, MONTH, OPENED


@pytest.fixture
def missing(sent):
    """The department answered without our first writ."""
    reconciliation.answered(sent, reconciliation.agreeing(sent)[1:])
    return sent.differences.get()


@pytest.fixture
def hand(officer):
    return {"by": officer, "on": OPENED, "at": AT}


def test_three_working_days(missing):
    assert (missing.kind, missing.found_on, missing.due_on) == ("not_received", OPENED, dt.date(2024, 3, 7))
    assert not missing.is_late(dt.date(2024, 3, 7)) and missing.is_late(dt.date(2024, 3, 8))


def test_assign_settle_take_back(missing, officer, stranger, hand):
    assert settling.assign(differences=[missing], to=officer, **hand) == 1
    with pytest.raises(settling.NotAnAssignee):
        settling.assign(differences=[missing], to=stranger, **hand)
    with pytest.raises(settling.NotFitting):
        settling.settle(difference=missing, resolution="repeat_dropped", reason="", **hand)
    with pytest.raises(settling.ReasonMissing):
        settling.settle(difference=missing, resolution="other", reason=" ", **hand)

    settled = settling.settle(difference=missing, resolution="presented_again", reason="исх. 12", **hand)
    assert (settled.state, settled.settled_on) == ("settled", OPENED)
    with pytest.raises(settling.AlreadySettled):
        settling.settle(difference=missing, resolution="presented_again", reason="", **hand)

    settling.take_back(difference=missing, **hand)
    missing.refresh_from_db()
    assert missing.is_open and missing.assignee == officer
    with pytest.raises(settling.NothingToTakeBack):
        settling.take_back(difference=missing, **hand)
    acts = list(DifferenceDecision.objects.order_by("pk").values_list("act", "taken_back_at"))
    assert [act for act, _ in acts] == ["assign", "settle"] and acts[1][1] is not None


def test_a_difference_that_is_gone_is_settled_by_the_data_and_opens_again(missing):
    one = missing.reconciliation
    rows = reconciliation.agreeing(one)
    reconciliation.answered(one, rows)
    missing.refresh_from_db()
    assert (missing.state, missing.resolution) == ("settled", "gone")

    reconciliation.answered(one, rows[1:])
    missing.refresh_from_db()
    assert missing.is_open and missing.settled_on is None


def test_comparing_again_keeps_decisions(missing, hand):
    settling.settle(difference=missing, resolution="presented_again", reason="", **hand)
    refresh_our_side(reconciliation=missing.reconciliation, by=None, on=OPENED, at=AT)
    missing.refresh_from_db()
    assert missing.resolution == "presented_again"


def test_lines_joined_by_hand_and_parted(sent, hand):
    first, *others = reconciliation.agreeing(sent)
    reconciliation.answered(sent, [replace(first, writ_number="2-999/2023", proceeding=""), *others])
    assert {one.kind for one in sent.differences.all()} == {"not_received", "unknown_to_us"}
    ours = sent.lines.get(side="ours", writ_number=first.writ_number)
    theirs = sent.lines.get(side="theirs", writ_number="2-999/2023")
    with pytest.raises(settling.NotAPair):
        settling.join_lines(ours=theirs, theirs=ours, reason="описка", **hand)
    with pytest.raises(settling.ReasonMissing):
        settling.join_lines(ours=ours, theirs=theirs, reason="", **hand)

    join = settling.join_lines(ours=ours, theirs=theirs, reason="описка отдела", **hand)

    assert {one.resolution for one in sent.differences.all()} == {"gone"}
    assert ReconciliationLine.objects.get(pk=ours.pk).matched_how == "hand"
    settling.part_lines(join=join, **hand)
    assert sent.differences.filter(state="open").count() == 2


def test_both_sides_sign_and_it_is_frozen(missing, officer, hand):
    one = missing.reconciliation
    given = {"reconciliation": one, "name": "Орлова Т. В.", "office": "юрист", "signed_on": OPENED, **hand}
    with pytest.raises(SignatureIncomplete):
        sign(**given | {"side": "ours", "office": ""})
    with pytest.raises(WrongSigningDay):
        sign(**given | {"side": "ours", "signed_on": dt.date(2024, 2, 29)})
    sign(side="ours", **given)
    with pytest.raises(AlreadySigned):
        sign(side="ours", **given)
    with pytest.raises(NotAllowed, match="подписан одной стороной"):
        settling.settle(difference=missing, resolution="presented_again", reason="", **hand)
    withdraw_signature(reconciliation=one, side="ours", by=officer, on=OPENED)
    sign(side="ours", **given)

    one = sign(side="theirs", **given | {"name": "Тихонов Д. Ю.", "office": "старший пристав"})

    assert one.is_signed and is_intact(one) and len(one.sha256) == 64
    assert one.act["totals"]["ours"]["remainder"] == 300_000
    assert len(one.act["lines"]) == 5 and one.act["differences"][0]["state"] == "open"
    with pytest.raises(NotAllowed):
        refresh_our_side(reconciliation=one, by=None, on=OPENED, at=AT)
    with pytest.raises(NotAllowed):
        settling.settle(difference=missing, resolution="presented_again", reason="", **hand)


def test_later_money_does_not_move_a_signed_act(missing, officer, writs):
    one = reconciliation.signed(missing.reconciliation, by=officer)
    reconciliation.pay(writs[0], 5_000, dt.date(2024, 2, 20), learnt=dt.datetime(2024, 3, 20, tzinfo=dt.UTC))

    assert one.lines.get(writ=writs[0]).received == 0 and is_intact(one)


@pytest.mark.parametrize("part", ["self", "lines", "differences"])
def test_the_database_itself_refuses(missing, officer, part):
    one = reconciliation.signed(missing.reconciliation, by=officer)
    rows = type(one).objects.filter(pk=one.pk) if part == "self" else getattr(one, part).all()
    change = {"self": {"sha256": "0"}, "lines": {"received": 1}, "differences": {"amount": 1}}[part]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(**change)


def test_the_next_month_opens_with_what_was_left(osen, bailiffs, missing, officer, hand):
    settling.assign(differences=[missing], to=officer, **hand)
    reconciliation.signed(missing.reconciliation, by=officer)
    april = dt.date(2024, 4, 2)

    march = reconciliation.sent(osen, bailiffs, month=MONTH + 1, on=april)
    carried = march.differences.get()
    assert (carried.carried_from, carried.root, carried.found_on, carried.assignee) == (missing, missing, OPENED, officer)

    reconciliation.answered(march, reconciliation.agreeing(march)[1:], on=april)
    assert march.differences.get().pk == carried.pk
    reconciliation.answered(march, on=april)
    carried.refresh_from_db()
    assert carried.resolution == "gone" and progress_of(march, april).open == 0


def test_signing_late_carries_into_the_month_that_is_open(osen, bailiffs, missing, officer):
    april = dt.date(2024, 4, 2)
    march = reconciliation.sent(osen, bailiffs, month=MONTH + 1, on=april)
    reconciliation.answered(march, reconciliation.agreeing(march)[1:], on=april)
    with pytest.raises(NotAllowed, match="раньше"):
        reconciliation.signed(march, by=officer, on=april)

    reconciliation.signed(missing.reconciliation, by=officer)

    assert march.differences.get().root == missing and march.differences.get().due_on == missing.due_on
