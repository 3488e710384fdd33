"""Where every rouble of a payment went and why: the account's money told payment by payment.

What was decided about is read from the allocation rows; the rest is free money of a service, told by laying it on what is left
of the charges, oldest first, in the order in which it came. The parts of a payment add up to what its reversals left of it.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.db.models import Sum

from casedesk.common import months
from debtors.models import COURT_COSTS, UNSPLIT, Allocation, Charge, Payment, Service, UtilityAccount

OLDEST = Allocation.Why.OLDEST
ARTICLES = {
    Allocation.Why.OLDEST: "ГК РФ ст. 319.1 п. 3",
    Allocation.Why.DESIGNATED: "Пленум ВС от 27.06.2017 № 22 п. 32",
    Allocation.Why.WRIT: "ГК РФ ст. 319",
    Allocation.Why.WITHIN_LIMITATION: "ГК РФ ст. 319.1 п. 3; Пленум ВС от 27.06.2017 № 22 п. 32",
    Allocation.Why.BARRED: "ГК РФ ст. 206",
}
AHEAD, WAITS, HELD = "ahead", "waits", "held"
LEFT_OVER = {
    AHEAD: ("переплата: зачтётся в следующие начисления", "ГК РФ ст. 319.1"),
    WAITS: ("назван месяц, который ещё не начислен: деньги ждут его", ARTICLES[Allocation.Why.DESIGNATED]),
    HELD: ("получено сверх присуждённого: нужно решение о возврате или зачёте", "ГК РФ ст. 1102"),
}


@dataclass(frozen=True)
class Part:
    """A part of a payment. `kind`: month, duty, penalty; ahead, waits or held when it has paid nothing yet. Kopecks."""

    kind: str
    service: str
    month: int | None
    kopecks: int
    why: str
    article: str


@dataclass
class Told:
    """One payment and its parts. `left` is what reversals left of it; `parts` add up to it."""

    payment: Payment
    left: int
    parts: list[Part] = field(default_factory=list)


def stories(account: UtilityAccount, as_of: dt.date) -> list[Told]:
    """Every payment of the account that stands on the day, newest first, with its parts. Five queries."""
    return _Teller(account, as_of).tell()


class _Teller:
    """Tells one account. Free money is gathered by service and payment, then laid on the charges."""

    def __init__(self, account: UtilityAccount, as_of: dt.date):
        self.account, self.as_of = account, as_of
        self.services = Service.objects.in_bulk()
        self.told: dict[int, Told] = {}
        self.left_in: dict[int, int] = {}
        self.free: dict[int, dict[tuple[dt.date, int], int]] = defaultdict(lambda: defaultdict(int))
        self.laid: dict[tuple[int, int], int] = defaultdict(int)

    def tell(self) -> list[Told]:
        self._take_payments()
        self._take_rows()
        self._take_rest()
        self._lay_free()
        for story in self.told.values():
            story.parts = _merged(story.parts)
        return sorted(self.told.values(), key=lambda story: (story.payment.counts_on, story.payment.pk), reverse=True)

    def _facts(self, model):
        return model.objects.filter(account=self.account, counts_on__lte=self.as_of, booking__undone_at__isnull=True)

    def _take_payments(self) -> None:
        payments = list(self._facts(Payment).select_related("award", "booking", "service").order_by("counts_on", "pk"))
        self.told = {payment.pk: Told(payment, payment.amount) for payment in payments if payment.reverses_id is None}
        for payment in payments:
            if payment.reverses_id in self.told:
                self.told[payment.reverses_id].left += payment.amount
        self.left_in = {pk: story.left for pk, story in self.told.items()}

    def _take_rows(self) -> None:
        """What was decided about. `left_in` is what of a payment has no row yet."""
        rows = Allocation.objects.filter(account=self.account, counts_on__lte=self.as_of, withdrawn_at__isnull=True)
        for row in rows.order_by("counts_on", "pk"):
            if row.earmarked:
                self.laid[row.service_id, row.month] += row.amount
            if row.payment_id not in self.told or row.why == Allocation.Why.WAITING:
                continue
            self.left_in[row.payment_id] -= row.amount
            if row.earmarked or self.services[row.service_id].is_penalty:
                self._add(row.payment_id, row.service_id, row.month, row.amount, row.why)
            else:
                self.free[row.service_id][self.told[row.payment_id].payment.counts_on, row.payment_id] += row.amount

    def _take_rest(self) -> None:
        """What has no row: money of a service is free, money of the pool waits there."""
        for pk, amount in self.left_in.items():
            payment = self.told[pk].payment
            waits = payment.award_id is None and (payment.designated_month or 0) > months.fully_counted(self.as_of)
            if amount > 0 and (payment.service_id == UNSPLIT or waits):
                self._leave(pk, amount, HELD if payment.award_id else WAITS if waits else AHEAD)
            elif payment.service_id != UNSPLIT:
                self.free[payment.service_id][payment.counts_on, pk] += amount
        credits = self._facts(Charge).filter(credited__gt=0).values_list("service_id", "counts_on")
        for service, day, credited in credits.annotate(Sum("credited")).order_by():
            self.free[service][day, 0] += credited

    def _lay_free(self) -> None:
        charged: dict[int, list[tuple[int, int]]] = defaultdict(list)
        by_month = self._facts(Charge).filter(charged__gt=0).values_list("service_id", "month")
        for service, month, amount in by_month.annotate(Sum("charged")).order_by("month"):
            charged[service].append((month, amount - self.laid[service, month]))
        for service, money in self.free.items():
            queue = [[month, amount] for month, amount in charged[service] if amount > 0]
            for (_, pk), amount in sorted(money.items()):
                left = self._cover(service, pk, queue, amount)
                if left > 0 and pk:
                    self._leave(pk, left, AHEAD, service)

    def _cover(self, service: int, payment: int, queue: list[list[int]], amount: int) -> int:
        while amount > 0 and queue:
            paid = min(amount, queue[0][1])
            amount -= paid
            queue[0][1] -= paid
            if payment:
                self._add(payment, service, queue[0][0], paid, OLDEST)
            if not queue[0][1]:
                queue.pop(0)
        return amount

    def _add(self, payment: int, service: int, month: int, amount: int, why: int) -> None:
        kind = "duty" if service == COURT_COSTS else "penalty" if self.services[service].is_penalty else "month"
        said = Allocation.Why(why)
        part = Part(kind, self.services[service].name, month, amount, said.label, ARTICLES.get(said, ""))
        self.told[payment].parts.append(part)

    def _leave(self, payment: int, amount: int, kind: str, service: int = UNSPLIT) -> None:
        why, article = LEFT_OVER[kind]
        name = self.services[service].name if service != UNSPLIT else ""
        self.told[payment].parts.append(Part(kind, name, None, amount, why, article))


def _merged(parts: list[Part]) -> list[Part]:
    """Parts of one month and service together, as the rule that put them there says; what was taken back is gone."""
    sums: dict[tuple, Part] = {}
    for part in parts:
        key = (part.kind, part.service, part.month)
        known = sums.get(key)
        sums[key] = replace(known, kopecks=known.kopecks + part.kopecks) if known else part
    return [part for part in sums.values() if part.kopecks]
