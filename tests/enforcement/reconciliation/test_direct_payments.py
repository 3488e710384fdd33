"""A difference «paid directly» and the notices to the bailiff behind it."""

import datetime as dt
from dataclasses import replace

import pytest

from debtors.actions.book import book_facts
from debtors.actions.grant_award import Grant, GrantedMonth, grant_award
from debtors.actions.staging import StagedFact
from debtors.rules.components import Components
from enforcement.actions.find_direct_payments import find_direct_payments
from enforcement.actions.settle_differences import take_back
from enforcement.actions.tell_bailiffs import confirm_told, tell_bailiffs
from enforcement.models import DirectPayment, ReconciliationDifference
from tests.factories import reconciliation

ON = reconciliation.OPENED


@pytest.fixture
def difference(osen, bailiffs, officer):
    """20 ₽ paid to the cash desk on the first writ's award; the department has not lowered its remainder."""
    writ = reconciliation.with_bailiffs(osen, bailiffs)[0]
    lines = (GrantedMonth(writ.account_id, 1, 2023 * 12 + 2, 100_000),)
    asked = Grant(writ.account_id, Components(100_000, 0, 0), dt.date(2023, 5, 11), "приказ", lines)
    at = dt.datetime(2023, 10, 2, 9, tzinfo=dt.UTC)
    writ.award = grant_award(creditor=osen, grant=asked, by=None, learnt_at=at, on=dt.date(2023, 10, 2))
    writ.save(update_fields=["award"])
    for number in (1, 2):
        fact = StagedFact(1, writ.account_id, 0, amount=1000, paid_on=dt.date(2024, 2, 5), document=f"К{number}")
        fact = fact._replace(channel="desk", award_id=writ.award_id)
        at = dt.datetime(2024, 2, 6, 9, number, tzinfo=dt.UTC)
        book_facts(creditor=osen, facts=[fact], about="касса", by=None, learnt_at=at, on=dt.date(2024, 2, 6))
    find_direct_payments(creditor=osen, on=dt.date(2024, 2, 6))
    one = reconciliation.sent(osen, bailiffs)
    reconciliation.answered(one, [_not_told(row) for row in reconciliation.agreeing(one)])
    return ReconciliationDifference.objects.get(kind="paid_directly")


def _not_told(row):
    """The department's line as if nobody had told it of direct payments."""
    return replace(row, remainder=row.amount - (row.received or 0))


def test_it_links_to_the_notices_and_settles_when_all_are_confirmed(difference, officer, visit):
    assert (difference.amount, difference.is_open) == (-2000, True)
    told = DirectPayment.objects.order_by("pk")
    page = visit(officer).get(difference.get_absolute_url()).content.decode()
    assert "Прямые оплаты по документу" in page and page.count("сообщить приставу") == 2

    tell_bailiffs(chosen=told, by=officer, on=ON)
    confirm_told(chosen=told.filter(pk=told[0].pk), by=officer, on=ON, answer="исх. 17")
    difference.refresh_from_db()
    assert difference.is_open, "half of the money is not confirmed"
    confirm_told(chosen=told, by=officer, on=ON, answer="исх. 18")

    difference.refresh_from_db()
    assert (difference.state, difference.resolution, difference.settled_on) == ("settled", "notified", ON)
    assert "пристав учёл прямые оплаты на 20,00" in difference.reason
    take_back(difference=difference, by=officer, on=ON, at=dt.datetime(2024, 3, 5, 9, tzinfo=dt.UTC))


def test_confirming_changes_no_signed_month(difference, officer):
    one = difference.reconciliation
    reconciliation.signed(one, by=officer)
    told = DirectPayment.objects.all()
    tell_bailiffs(chosen=told, by=officer, on=ON)
    confirm_told(chosen=told, by=officer, on=ON)
    difference.refresh_from_db()
    assert difference.is_open
