"""Writs in each state, on cases of a creditor. Days are real; sums kopecks."""

import datetime as dt

from enforcement.actions.end_proceeding import Returned, record_return
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.record_proceeding import Opened, record_proceeding
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.actions.replace_writ import recall_writ
from enforcement.models import Writ
from tests.factories import access, cases

ISSUED, SENT, OPENED, RETURNED = (
    dt.date(2024, 3, 11),
    dt.date(2024, 4, 1),
    dt.date(2024, 4, 8),
    dt.date(2024, 9, 16),
)
NUMBER = "45978/24/51034-ИП"


def writ(creditor, number: str = "2-100/2024", *, account: str = "100", tied: bool = True, **fields) -> Writ:
    """A court order in hand on a case opened ten days before it."""
    owed = cases.owing(creditor, account, on=ISSUED)
    case = cases.case_of(owed, ISSUED - dt.timedelta(days=10)) if tied else None
    parts = {"kind": "court_order", "issued_on": ISSUED, "principal": 1_000_000, "penalty": 50_000, "duty": 20_000}
    made = Writ.objects.create(creditor=creditor, account=owed, case_file=case, number=number, **(parts | fields))
    refresh_writs([made.pk])
    made.refresh_from_db()
    return made


def presented(
    creditor, number: str = "2-100/2024", *, by=None, on: dt.date = SENT, to: Addressed | None = None, **fields
) -> Writ:
    made = writ(creditor, number, **fields)
    present_writ(writ=made, to=to or Addressed(department=access.department()), by=by, on=on)
    return fresh(made)


def executing(creditor, number: str = "2-100/2024", *, by=None, on: dt.date = OPENED, proceeding=NUMBER, **fields) -> Writ:
    made = presented(creditor, number, by=by, **fields)
    record_proceeding(writ=made, opened=Opened(proceeding, bailiff="Тихомиров Д. А."), by=by, on=on)
    return fresh(made)


def returned(creditor, number: str = "2-100/2024", *, by=None, on: dt.date = RETURNED, ground="46.1.4", **fields) -> Writ:
    made = executing(creditor, number, by=by, **fields)
    record_return(writ=made, paper=Returned(ground, sent_on=on + dt.timedelta(days=2)), by=by, on=on)
    return fresh(made)


def recalled(creditor, number: str = "2-100/2024", *, on: dt.date = SENT, **fields) -> Writ:
    made = writ(creditor, number, **fields)
    recall_writ(writ=made, note="приказ отменён", by=None, on=on)
    return fresh(made)


def fresh(made: Writ) -> Writ:
    return Writ.objects.get(pk=made.pk)
