"""Last days to present writs, never presented or returned (229-ФЗ ст. 21, 22, 46), and to tell bailiffs of direct payments."""

import datetime as dt

from debtors.rules.deadlines import Deadline, Kind
from enforcement.models import DirectPayment, Writ


def presentation_deadlines(cases, *, first: dt.date, last: dt.date) -> list[Deadline]:
    """Writs of these open cases whose presentation term ends between the days. One query."""
    writs = Writ.objects.live().working().filter(case_file__in=cases.live(), present_until__range=(first, last))
    found = []
    for writ in writs.select_related("case_file").order_by("pk"):
        case = writ.case_file
        owner = (case.pk, case.number, case.debtor_names, case.officer_id)
        title = f"Последний день предъявить: {writ}"
        found.append(Deadline(writ.present_until, Kind.PRESENTATION, title, "229-ФЗ ст. 21, 22", writ.total, *owner))
    return found


def direct_payment_deadlines(cases, *, first: dt.date, last: dt.date) -> list[Deadline]:
    """Direct payments of these open cases that the bailiff is to be told of between the days. One query."""
    rows = DirectPayment.objects.waiting().filter(proceeding__writ__case_file__in=cases.live(), due_on__range=(first, last))
    found = []
    for row in rows.select_related("proceeding__writ__case_file").order_by("pk"):
        case = row.proceeding.writ.case_file
        owner = (case.pk, case.number, case.debtor_names, case.officer_id)
        title = f"Сообщить приставу об оплате {row.paid_on:%d.%m.%Y}: {row.proceeding}"
        found.append(Deadline(row.due_on, Kind.DIRECT_PAYMENT, title, "план Z6d, 3 рабочих дня", row.amount, *owner))
    return found
