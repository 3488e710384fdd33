"""Our side as of the month's end and as known at a moment; their side as they last said it."""

import datetime as dt
from dataclasses import replace

import pytest

from casedesk.common.refusals import NotAllowed
from enforcement.actions.exchange_registers import EmptyReply, OlderReply, WrongReplyDay, confirm_as_ours, send_register
from enforcement.actions.open_reconciliation import (
    AlreadyOpen,
    EarlierThanSigned,
    MonthNotOver,
    NotADepartment,
    open_reconciliation,
    refresh_our_side,
)
from enforcement.models import EnforcementProceeding, Reconciliation, ReconciliationDifference
from enforcement.queries.reconciliation_act import totals_of
from enforcement.queries.reconciliation_ours import our_lines
from tests.factories import access, reconciliation
from tests.factories.reconciliation import AT, MONTH, OPENED

LATER = dt.datetime(2024, 3, 20, 9, tzinfo=dt.UTC)


def test_the_register_as_of_the_months_end(osen, bailiffs, writs):
    reconciliation.pay(writs[0], 20_000, dt.date(2024, 1, 15))
    reconciliation.pay(writs[0], 5_000, dt.date(2024, 2, 29))
    reconciliation.pay(writs[0], 7_000, dt.date(2024, 3, 1))

    one = reconciliation.opened(osen, bailiffs)

    line = one.lines.get(writ=writs[0])
    assert (line.amount, line.received_month, line.received, line.remainder) == (100_000, 5_000, 25_000, 75_000)
    assert totals_of(one)["ours"].remainder == 275_000


def test_what_was_learnt_later_is_not_in_it_until_taken_again(osen, bailiffs, writs):
    one = reconciliation.opened(osen, bailiffs)
    reconciliation.pay(writs[0], 5_000, dt.date(2024, 2, 20), learnt=LATER)

    early = {line.writ_id: line.received for line in our_lines(osen, bailiffs, MONTH, AT)}
    late = {line.writ_id: line.received for line in our_lines(osen, bailiffs, MONTH, LATER)}
    refresh_our_side(reconciliation=one, by=None, on=LATER.date(), at=LATER)

    assert (early[writs[0].pk], late[writs[0].pk]) == (0, 5_000)
    assert one.lines.get(writ=writs[0]).received == 5_000


def test_a_writ_ended_before_the_month_is_not_in_it_but_is_looked_up_for_their_row(osen, bailiffs, writs):
    EnforcementProceeding.objects.filter(writ=writs[0]).update(status="finished", ended_on=dt.date(2023, 12, 1))
    one = reconciliation.sent(osen, bailiffs)
    assert one.lines.count() == 2
    rows = [
        *reconciliation.agreeing(one),
        replace(reconciliation.agreeing(one)[0], writ_number="2-1/2023", debtor="ПЕТРОВА А.С."),
    ]
    rows[-1] = replace(rows[-1], proceeding="1001/23/51034", status="finished")

    reconciliation.answered(one, rows)

    line = one.lines.get(writ=writs[0])
    assert line.is_archived and line.matched_how == "writ"
    assert not one.differences.exists()


def test_another_creditors_writs_are_not_ours(osen, lada, bailiffs, writs):
    reconciliation.with_bailiffs(lada, bailiffs, count=2, first=50)

    assert reconciliation.opened(lada, bailiffs).lines.count() == 2


def test_opening_is_refused(osen, bailiffs, town_hall, writs):
    given = {"creditor": osen, "department": bailiffs, "month": MONTH, "by": None, "on": OPENED, "at": AT}
    with pytest.raises(MonthNotOver):
        open_reconciliation(**given | {"month": MONTH + 1})
    with pytest.raises(NotADepartment):
        open_reconciliation(**given | {"department": town_hall})
    open_reconciliation(**given)
    with pytest.raises(AlreadyOpen):
        open_reconciliation(**given)


def test_a_month_before_a_signed_one_is_refused(osen, bailiffs, sent, officer):
    reconciliation.signed(reconciliation.answered(sent), by=officer)

    with pytest.raises(EarlierThanSigned):
        reconciliation.opened(osen, bailiffs, month=MONTH - 1)


def test_a_reply_before_the_register_was_sent_is_refused(osen, bailiffs, writs):
    one = reconciliation.opened(osen, bailiffs)
    with pytest.raises(NotAllowed):
        reconciliation.answered(one)


def test_an_older_an_empty_or_a_foreign_reply_is_refused(sent):
    reconciliation.answered(sent, on=dt.date(2024, 3, 12))
    with pytest.raises(OlderReply):
        reconciliation.answered(sent, on=dt.date(2024, 3, 11))
    with pytest.raises(EmptyReply):
        reconciliation.answered(sent, [], on=dt.date(2024, 3, 13))
    with pytest.raises(WrongReplyDay):
        reconciliation.answered(sent, on=dt.date(2024, 2, 28))


def test_the_same_reply_again_changes_nothing(sent):
    rows = reconciliation.agreeing(sent)[1:]
    reconciliation.answered(sent, rows)
    before = list(sent.differences.values_list("pk", "key", "due_on", "state"))
    lines = set(sent.lines.values_list("pk", flat=True))

    reconciliation.answered(sent, rows)

    assert list(sent.differences.values_list("pk", "key", "due_on", "state")) == before
    assert set(sent.lines.values_list("pk", flat=True)) == lines


def test_the_department_confirms_on_the_screen(sent, bailiff_liaison):
    groups = list(sent.lines.values_list("group", flat=True))[:1]
    given = {"reconciliation": sent, "by": bailiff_liaison, "on": OPENED, "at": AT}

    assert confirm_as_ours(groups=groups or None, **given) >= 1
    assert confirm_as_ours(groups=None, **given) + sent.lines.filter(side="theirs").count() >= 3
    assert not ReconciliationDifference.objects.filter(state="open").exists()


def test_a_department_sees_it_from_the_day_it_was_sent(osen, bailiffs, writs, bailiff_liaison, officer, stranger):
    one = reconciliation.opened(osen, bailiffs)
    other = access.person("bailiff_liaison", access.department("osp-2"))
    seen = lambda user: Reconciliation.objects.visible_to(user).exists()  # noqa: E731
    assert seen(officer) and not seen(bailiff_liaison)

    send_register(reconciliation=one, by=officer, on=OPENED)

    assert seen(bailiff_liaison) and not seen(stranger) and not seen(other)


def test_queries_do_not_grow_with_writs(osen, bailiffs, writs, django_assert_max_num_queries):
    reconciliation.with_bailiffs(osen, bailiffs, count=40, first=100)
    with django_assert_max_num_queries(22):
        one = reconciliation.opened(osen, bailiffs)
    send_register(reconciliation=one, by=None, on=OPENED)
    rows = [replace(row, received=900) for row in reconciliation.agreeing(one)]
    with django_assert_max_num_queries(32):
        reconciliation.answered(one, rows)
    assert one.differences.count() == 43
