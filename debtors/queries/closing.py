"""Months of a creditor as the closing screen shows them: what stands in the way, what is closed, what came late."""

from dataclasses import dataclass

from django.utils.module_loading import import_string

from casedesk.access.models import Organisation
from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from debtors.models import MonthClosing
from debtors.queries.ageing import age
from debtors.rules.closing import GUARDS, REMARKS, Remark


@dataclass(frozen=True)
class Readiness:
    """What closing a month would meet: refusals in words, and remarks that ask for a word why."""

    refusals: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_free(self) -> bool:
        return not self.refusals


@dataclass(frozen=True)
class Late:
    """A figure of a closed month: as it was kept, as it is known now, and what came late. Kopecks."""

    name: str
    kept: int
    now: int

    @property
    def gap(self) -> int:
        return self.now - self.kept


LINES = (("total", "Основной долг"), ("overdue", "из него просрочено"), ("credit", "Переплата"), ("penalty", "Пени"))


def readiness(creditor: Organisation, month: int) -> Readiness:
    """Ask every guard and every question of the month."""
    refusals = []
    for guard in GUARDS:
        try:
            import_string(guard)(creditor=creditor, month=month)
        except Refusal as refusal:
            refusals.append(refusal.message)
    return Readiness(tuple(refusals), remarks_of(creditor, month))


def remarks_of(creditor: Organisation, month: int) -> tuple[Remark, ...]:
    return tuple(remark for name in REMARKS for remark in import_string(name)(creditor=creditor, month=month))


def late_facts(closing: MonthClosing) -> list[Late]:
    """The closing's figures beside the same figures as they are known now."""
    now = age(closing.creditor.accounts.all(), as_of=months.last_day(closing.month)).figures
    kept = {name: money.kopecks(closing.figures[name]) for name in ("total", "credit", "penalty")}
    kept["overdue"] = sum(money.kopecks(amount) for amount in closing.figures["buckets"].values())
    return [Late(title, kept[name], getattr(now, name)) for name, title in LINES]


def closings(creditor: Organisation) -> dict[int, MonthClosing]:
    """The newest closing of each month, standing or reopened."""
    found: dict[int, MonthClosing] = {}
    seen = MonthClosing.objects.filter(creditor=creditor).select_related("closed_by", "reopened_by", "reopening_asked_by")
    for closing in seen.order_by("closed_at", "pk"):
        found[closing.month] = closing
    return found
