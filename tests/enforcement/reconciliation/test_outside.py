"""The API, the deadline register and replies that came through the imports."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from casedesk.desk.deadlines import register
from debtors.models import Booking
from debtors.rules.deadlines import Kind
from enforcement.actions.take_stored_reply import fitting_replies, take_stored_reply
from enforcement.models import BailiffReply, BailiffReplyRow
from tests.factories import reconciliation
from tests.factories.reconciliation import AT, OPENED


def test_the_api_tells_what_the_screens_tell(visit, officer, stranger, bailiff_liaison, sent):
    reconciliation.answered(sent, reconciliation.agreeing(sent)[1:])
    client = visit(officer)
    base = f"/api/reconciliations/{sent.pk}/"
    assert client.get(base).json()["month"] == "2024-02"
    assert client.get(base + "totals/").json()["theirs"]["remainder"] == "2000.00"
    assert len(client.get(base + "lines/").json()["results"]) == 5
    assert client.get(base + "register/").json()["totals"]["rows"] == 3
    assert client.get(base + "act/").json()["signed"] is False
    (one,) = client.get("/api/differences/", {"state": "open"}).json()["results"]
    assert (one["kind"], one["due_on"]) == ("not_received", "2024-03-07")
    assert visit(bailiff_liaison).get(base).status_code == 200
    assert visit(stranger).get(base).status_code == 404


def test_an_open_difference_stands_in_the_deadline_register(visit, officer, stranger, sent):
    reconciliation.answered(sent, reconciliation.agreeing(sent)[1:])
    (line,) = [line for line in register(officer, on=OPENED, days=30).lines if line.kind == Kind.DIFFERENCE]
    assert (line.day, line.kopecks, line.url) == (dt.date(2024, 3, 7), 100_000, sent.differences.get().get_absolute_url())
    assert not [line for line in register(stranger, on=OPENED, days=30).lines if line.kind == Kind.DIFFERENCE]
    page = visit(officer).get(reverse("desk:deadlines"), {"days": "365", "kind": "difference"})
    assert page.status_code == 200


def test_a_reply_that_was_loaded_is_taken(osen, sent):
    booking = Booking.objects.create(creditor=osen, kind="import", about="ответ", learnt_at=timezone.now())
    reply = BailiffReply.objects.create(creditor=osen, as_of=dt.date(2024, 3, 1), booking=booking)
    for number, row in enumerate(reconciliation.agreeing(sent)[1:], start=1):
        BailiffReplyRow.objects.create(
            reply=reply,
            row=number,
            writ_number=row.writ_number,
            debtor_name=row.debtor,
            claimed=row.amount,
            collected=row.received,
            remaining=row.remainder,
            proceeding=row.proceeding,
            status="open",
        )
    early = BailiffReply.objects.create(creditor=osen, as_of=dt.date(2024, 2, 20), booking=booking)

    assert list(fitting_replies(sent)) == [reply] and early.pk
    take_stored_reply(reconciliation=sent, reply=reply, by=None, on=OPENED, at=AT)

    assert [one.kind for one in sent.differences.all()] == ["not_received"]
