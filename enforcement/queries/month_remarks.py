"""What a month lacks as far as bailiffs are concerned: departments that hold our writs and have not reconciled it."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.common.ru import plural
from debtors.rules.closing import Remark
from enforcement.models import EnforcementProceeding, Presentation, Reconciliation


def departments_unreconciled(*, creditor: Organisation, month: int) -> Iterator[Remark]:
    """Departments with writs of the creditor at the month's end whose act for the month is not signed. Four queries."""
    last = months.last_day(month)
    sent = Presentation.objects.filter(writ__creditor=creditor, department__isnull=False, sent_on__lte=last)
    sent = sent.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=last))
    proceedings = EnforcementProceeding.objects.live().filter(
        writ__creditor=creditor, department__isnull=False, opened_on__lte=last
    )
    opened = proceedings.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=last))
    writs: dict[int, set[int]] = {}
    for rows in (sent, opened):
        for department, writ in rows.order_by().values_list("department", "writ"):
            writs.setdefault(department, set()).add(writ)
    states = dict(Reconciliation.objects.filter(creditor=creditor, month=month).values_list("department", "state"))
    names = Organisation.objects.in_bulk(writs)
    for pk, held in sorted(writs.items(), key=lambda one: names[one[0]].name):
        if states.get(pk) != Reconciliation.State.SIGNED:
            why = "сверка не подписана" if pk in states else "сверка не начата"
            count = plural(len(held), "исполнительный документ", "исполнительных документа", "исполнительных документов")
            yield Remark("unreconciled", f"{names[pk].name}: {why}, там {count}", reverse("enforcement:reconciliations"))
