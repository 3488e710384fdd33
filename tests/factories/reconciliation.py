"""A creditor's writs with a department, and the department's answer in the shape of a reply."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.common import months
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import Booking
from enforcement.actions.exchange_registers import as_reply, send_register, take_reply
from enforcement.actions.open_reconciliation import open_reconciliation
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.actions.sign_act import sign
from enforcement.models import Reconciliation, ReconciliationLine, Writ
from enforcement.rules.reconciliation_reply import ReplyRow
from tests.factories import cases

MONTH = months.make(2024, 2)
OPENED = dt.date(2024, 3, 4)
AT = dt.datetime(2024, 3, 4, 9, tzinfo=dt.UTC)
NAMES = ("Иванов Иван Иванович", "Петрова Анна Сергеевна", "Цой Олег Петрович", "Лапина Мария Олеговна", "Ли Семён Львович")


def with_bailiffs(creditor, department, *, count: int = 3, first: int = 1) -> list[Writ]:
    """Writs of 1 000 ₽ each, of different debtors, with an open proceeding in the department."""
    rows = []
    for at in range(first, first + count):
        name = f"{NAMES[at % len(NAMES)]}"
        owed = cases.account(creditor, f"r{at}", holder=name)
        rows.append(
            WritRow(
                owed.pk,
                "court_order",
                f"2-{at}/2023",
                issued_on=dt.date(2023, 5, 11),
                principal=100_000,
                proceeding=f"{1000 + at}/23/51034-ИП",
                opened_on=dt.date(2023, 9, 13),
                bailiff="Тихомиров Д. А.",
                department_id=department.pk,
            )
        )
    learnt = dt.datetime(2023, 10, 1, tzinfo=dt.UTC)
    booking = Booking.objects.create(creditor=creditor, kind="import", about="ИД", learnt_at=learnt)
    register_writs(booking=booking, rows=rows)
    return list(Writ.objects.filter(creditor=creditor, booking=booking).order_by("pk"))


def pay(writ: Writ, amount: int, day: dt.date, *, learnt: dt.datetime | None = None) -> None:
    """Money of the bailiffs on the writ's account."""
    fact = StagedFact(1, writ.account_id, 1, amount=amount, paid_on=day, document=f"п-{writ.pk}-{day}", channel="bailiff")
    learnt = learnt or dt.datetime.combine(day, dt.time(12), timezone.get_current_timezone())
    book_facts(creditor=writ.creditor, facts=[fact], about="приставы", by=None, learnt_at=learnt, on=learnt.date())


def opened(creditor: Organisation, department: Organisation, *, month: int = MONTH, on: dt.date = OPENED) -> Reconciliation:
    at = dt.datetime.combine(on, dt.time(9), dt.UTC)
    return open_reconciliation(creditor=creditor, department=department, month=month, by=None, on=on, at=at)


def sent(creditor: Organisation, department: Organisation, *, month: int = MONTH, on: dt.date = OPENED) -> Reconciliation:
    return send_register(reconciliation=opened(creditor, department, month=month, on=on), by=None, on=on)


def agreeing(one: Reconciliation) -> list[ReplyRow]:
    """What the department answers when it agrees with everything."""
    return [as_reply(line) for line in one.lines.filter(side=ReconciliationLine.Side.OURS, is_archived=False)]


def answered(one: Reconciliation, rows: list[ReplyRow] | None = None, *, on: dt.date = OPENED) -> Reconciliation:
    at = dt.datetime.combine(on, dt.time(10), dt.UTC)
    rows = agreeing(one) if rows is None else rows
    take_reply(reconciliation=one, rows=rows, reply_on=on, source="ответ.xlsx", by=None, on=on, at=at)
    one.refresh_from_db()
    return one


def signed(one: Reconciliation, *, by, on: dt.date = OPENED) -> Reconciliation:
    """Both sides have signed."""
    at = dt.datetime.combine(on, dt.time(12), dt.UTC)
    given = {"reconciliation": one, "office": "юрист", "signed_on": on, "by": by, "on": on, "at": at}
    sign(side="ours", name="Орлова Т. В.", **given)
    return sign(side="theirs", name="Тихонов Д. Ю.", **given)
