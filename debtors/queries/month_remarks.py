"""What a month lacks before it is closed, as far as the ledger alone can tell."""

from collections.abc import Iterator

from django.db.models import Sum

from casedesk.access.models import Organisation
from casedesk.common import months
from debtors.models import MonthCube
from debtors.rules.closing import Remark


def bills_missing(*, creditor: Organisation, month: int) -> Iterator[Remark]:
    """Nothing is charged for the month, or for services that the month before has."""
    charged = MonthCube.objects.filter(creditor=creditor, month__in=(month - 1, month), service__is_penalty=False)
    sums = charged.order_by().values_list("service__name", "month").annotate(whole=Sum("charged"))
    billed: dict[int, set[str]] = {month - 1: set(), month: set()}
    for service, of_month, whole in sums:
        if whole > 0:
            billed[of_month].add(service)
    missing = sorted(billed[month - 1] - billed[month])
    if not billed[month]:
        yield Remark("no_bills", f"за {months.named(month)} нет ни одного начисления: загрузите ведомость")
    elif missing:
        names = ", ".join(f"«{name}»" for name in missing)
        yield Remark("bills_missing", f"в прошлом месяце начисляли и {names}, в этом начислений нет: загрузите ведомость")
