"""The way from a notice to money (воронка взыскания): how many cases get from step to step, and in how many days.

The cohort is the cases whose notice was handed over in a span of days. A step counts only after all before it, on the same
day or later, so every step is a part of the one before: money that came without a writ, or a writ without a claim known here,
is not in it.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Min, Q, QuerySet, Sum

from debtors.models import CaseAccount, CaseEvent, CaseFile, Payment
from enforcement.models import Claim, CourtEvent

STEPS = (
    ("notice", "Вручено напоминание"),
    ("claim", "Подано в суд"),
    ("order", "Присуждено"),
    ("writ", "Получен исполнительный документ"),
    ("money", "Пришли деньги"),
)
STEP_NAMES = dict(STEPS)
GRANTING = ("order_issued", "judgment_full", "judgment_part", "limitation_applied", "settlement_approved", "appeal_granted")
FORCED = Q(channel__in=(Payment.Channel.BAILIFF, Payment.Channel.EMPLOYER)) | Q(award__isnull=False)


@dataclass(frozen=True)
class Path:
    """How far one case has got: the days of the steps it reached, in order; kopecks that came after the writ."""

    case: int
    days: tuple[dt.date, ...]
    kopecks: int = 0

    def reached(self, place: int) -> bool:
        return len(self.days) > place


@dataclass(frozen=True)
class Step:
    """One step of the funnel. `days` is the median between it and the one before (the lower of two middle ones)."""

    code: str
    name: str
    cases: int
    before: int
    first: int
    days: int | None
    kopecks: int | None = None


def paths(cases: QuerySet[CaseFile], *, span: tuple[dt.date, dt.date], as_of: dt.date) -> list[Path]:
    """The paths of the cases noticed in the span of days, as they stand on a day. Six queries."""
    notices = _events(cases, "reminder_sent").filter(happened_on__range=span)
    begun = dict(notices.values_list("case").annotate(Min("happened_on")).order_by())
    cohort = notices.values("case")
    claims = Claim.objects.filter(case_file__in=cohort, filed_on__lte=as_of).values_list("case_file", "filed_on")
    granted = CourtEvent.objects.standing().filter(claim__case_file__in=cohort, code__in=GRANTING, happened_on__lte=as_of)
    writs = _events(cases, "writ_registered").filter(case__in=cohort, happened_on__lte=as_of)
    steps = [
        _days(claims.order_by()),
        _days(granted.values_list("claim__case_file", "happened_on").order_by()),
        _days(writs.values_list("case", "happened_on").order_by()),
    ]
    walked = {case: _walk(day, [days.get(case, ()) for days in steps]) for case, day in begun.items()}
    money = _money([case for case, days in walked.items() if len(days) == len(STEPS) - 1], as_of)
    return [_with_money(case, days, money.get(case, ())) for case, days in walked.items()]


def _events(cases: QuerySet[CaseFile], code: str) -> QuerySet[CaseEvent]:
    found = CaseEvent.objects.filter(code=code, corrected_by__isnull=True)
    return found.filter(case__in=cases.order_by().values("pk")) if cases.query.where else found


def _days(rows: Iterable[tuple[int, dt.date]]) -> dict[int, list[dt.date]]:
    found: dict[int, list[dt.date]] = defaultdict(list)
    for case, day in rows:
        found[case].append(day)
    return found


def _walk(begun: dt.date, steps: list[Iterable[dt.date]]) -> tuple[dt.date, ...]:
    """The days of the steps from the notice on, up to the first that has not come."""
    days = [begun]
    for came in steps:
        after = [day for day in came if day >= days[-1]]
        if not after:
            break
        days.append(min(after))
    return tuple(days)


def _money(cases: list[int], as_of: dt.date) -> dict[int, list[tuple[dt.date, int]]]:
    """Case -> (day, kopecks) of what came by force on its accounts. Two queries for any number of cases."""
    links = CaseAccount.objects.filter(case__in=cases).order_by("valid_from", "pk")
    of_account: dict[int, list[tuple[int, dt.date, dt.date]]] = defaultdict(list)
    for account, case, since, until in links.values_list("account_id", "case_id", "valid_from", "valid_to"):
        of_account[account].append((case, since, until or as_of))
    standing = Payment.objects.filter(FORCED, booking__undone_at__isnull=True, counts_on__lte=as_of)
    came = standing.exclude(channel=Payment.Channel.OFFSET).filter(account__in=links.order_by().values("account"))
    found: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    for account, day, kopecks in came.values_list("account_id", "counts_on").annotate(Sum("amount")).order_by():
        case = next((case for case, since, until in of_account[account] if since <= day <= until), None)
        if case is not None:
            found[case].append((day, kopecks))
    return found


def _with_money(case: int, days: tuple[dt.date, ...], came: Iterable[tuple[dt.date, int]]) -> Path:
    if len(days) < len(STEPS) - 1:
        return Path(case, days)
    after = [(day, kopecks) for day, kopecks in came if day >= days[-1]]
    total = sum(kopecks for _, kopecks in after)
    return Path(case, (*days, min(day for day, _ in after)), total) if total > 0 else Path(case, days)


@dataclass(frozen=True)
class Tally:
    """Cases that reached a step, how many of them so many days after the step before, kopecks that came."""

    cases: int = 0
    gaps: Counter[int] = field(default_factory=Counter)
    kopecks: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.cases + other.cases, self.gaps + other.gaps, self.kopecks + other.kopecks)

    @property
    def days(self) -> int | None:
        """The lower of two middle numbers of days."""
        before, middle = 0, (self.gaps.total() + 1) // 2
        for days, cases in sorted(self.gaps.items()):
            before += cases
            if before >= middle:
                return days
        return None


def tally(walked: Iterable[Path]) -> list[Tally]:
    """The steps of these paths, in their order; tallies of other paths may be added to them."""
    listed, found = list(walked), []
    for place in range(len(STEPS)):
        here = [path for path in listed if path.reached(place)]
        gaps = Counter((path.days[place] - path.days[place - 1]).days for path in here) if place else Counter()
        found.append(Tally(len(here), gaps, sum(path.kopecks for path in here)))
    return found


def steps_of(tallies: Sequence[Tally]) -> list[Step]:
    """The steps with their counts; each is the number of paths that reached it."""
    before = [0, *(one.cases for one in tallies)]
    return [
        Step(code, name, one.cases, before[place], tallies[0].cases, one.days, one.kopecks if code == "money" else None)
        for place, ((code, name), one) in enumerate(zip(STEPS, tallies, strict=True))
    ]


def funnel(walked: Iterable[Path]) -> list[Step]:
    """The steps of these paths."""
    return steps_of(tally(walked))
