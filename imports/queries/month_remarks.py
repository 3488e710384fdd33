"""What a month lacks as far as the files tell: payment registers, statements of own accounts, decisions on disagreements."""

from collections.abc import Iterator

from django.db.models import Max, Q
from django.urls import reverse

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.common.ru import plural
from debtors.models import Payment
from debtors.rules.closing import Remark
from imports.models import BankDocument, Doubt, ImportBatch

BEFORE = 3
"""Months that are looked back at: what came in one of them is expected."""


def payments_missing(*, creditor: Organisation, month: int) -> Iterator[Remark]:
    """Registers of payments came for one of the months before, and none for this one."""
    if _has_payments(creditor, month) or not any(_has_payments(creditor, month - back) for back in range(1, BEFORE + 1)):
        return
    said = f"за {months.named(month)} нет ни одного реестра оплат, а за месяцы до него были: загрузите реестры"
    yield Remark("no_payments", said, reverse("imports:index"))


def statements_missing(*, creditor: Organisation, month: int) -> Iterator[Remark]:
    """A settlement account that had documents in the months before has none in this one."""
    first, last = months.first_day(month), months.last_day(month)
    since = months.first_day(month - BEFORE)
    seen = BankDocument.objects.standing().filter(creditor=creditor, counts_on__range=(since, last))
    newest = seen.order_by().values_list("own_account").annotate(day=Max("counts_on"))
    for account, day in sorted(newest):
        if day < first:
            said = f"по счёту {account} нет выписки за {months.named(month)}: последний документ {day:%d.%m.%Y}"
            yield Remark("no_statement", said, reverse("imports:index"))


def doubts_waiting(*, creditor: Organisation, month: int) -> Iterator[Remark]:
    """Disagreements of files with the ledger about this month that nobody has decided."""
    waiting = Doubt.objects.waiting().filter(batch__creditor=creditor, month=month).count()
    if waiting:
        said = f"ждёт решения {plural(waiting, 'расхождение', 'расхождения', 'расхождений')} этого месяца"
        yield Remark("doubts", said, reverse("imports:doubts"))


def _has_payments(creditor: Organisation, month: int) -> bool:
    batches = ImportBatch.objects.filter(creditor=creditor, kind="payments", status=ImportBatch.Status.APPLIED)
    days = Q(counts_on__range=(months.first_day(month), months.last_day(month)))
    return Payment.objects.filter(days, booking__in=batches.values("booking"), booking__undone_at__isnull=True).exists()
