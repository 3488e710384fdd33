"""Claims filed and granted in the month, and how far claims cover the debts that call for them: rows B1, Z6b, Z6c, L9, L12b."""

from collections.abc import Iterable

from django.db.models import QuerySet

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.queries.averages import owing_over
from casedesk.plans.queries.question import Question
from enforcement.models import CourtEvent
from enforcement.queries.claims_held import held_in_court
from enforcement.rules.claim_stages import KIND_SHORT, ClaimKind
from enforcement.rules.court_data import GRANTED_NAMES

GRANTING = ("order_issued", "judgment_full", "judgment_part", "limitation_applied", "settlement_approved", "appeal_granted")
DUE_X100 = 300


def _events(question: Question, codes: tuple[str, ...]) -> QuerySet:
    """Court events of the month that stand, as known at the moment asked."""
    first, last = months.first_day(question.period), months.last_day(question.period)
    found = CourtEvent.objects.filter(code__in=codes, happened_on__range=(first, last)).select_related("claim__case_file")
    if not question.reach.everything:
        found = found.filter(claim__case_file__account__in=question.reach.accounts())
    if question.known_at is None:
        return found.filter(reversed_by__isnull=True)
    return found.filter(recorded_at__lte=question.known_at).exclude(reversed_by__recorded_at__lte=question.known_at)


def _filed(question: Question) -> list[Fact]:
    """Claims filed in the month: (asked without the duty, one claim)."""
    return question.answers.once("filed", _read_filed)


def _read_filed(question: Question) -> list[Fact]:
    return [_fact(event, event.claim.price) for event in _events(question, ("filed",)).order_by("happened_on", "pk")]


def _granted(question: Question) -> list[Fact]:
    """Acts of the month that granted money: (granted with the duty, one act)."""
    return question.answers.once("granted", _read_granted)


def _read_granted(question: Question) -> list[Fact]:
    found = _events(question, GRANTING).order_by("happened_on", "pk")
    return [_fact(event, sum(event.data.get(name, 0) for name in GRANTED_NAMES)) for event in found]


def _fact(event: CourtEvent, kopecks: int) -> Fact:
    claim = event.claim
    return Fact(
        (kopecks, 1),
        account=claim.case_file.account_id,
        about=f"Требование № {claim.number}, {KIND_SHORT[claim.kind]}",
        url=claim.get_absolute_url(),
        on=event.happened_on,
    )


def _turned(facts: Iterable[Fact]) -> list[Fact]:
    """The same list with the count first."""
    return [Fact(fact.amounts[::-1], fact.account, fact.label, fact.about, fact.url, fact.on) for fact in facts]


def _evictions(question: Question) -> list[Fact]:
    found = _events(question, ("filed",)).filter(claim__kind=ClaimKind.EVICTION).order_by("happened_on", "pk")
    return _turned(_fact(event, event.claim.price) for event in found)


def _covered(question: Question) -> list[Fact]:
    """Accounts due for a claim: (overdue, how much of it live claims hold)."""
    return question.answers.once("covered", _read_covered, question.params.get("threshold_x100", DUE_X100))


def _read_covered(question: Question, threshold_x100: int) -> list[Fact]:
    kept = question.answers.restructured().accounts
    due = {account: sum_ for account, sum_ in owing_over(question, threshold_x100).items() if account not in kept}
    accounts = None if question.reach.everything else question.reach.accounts()
    held = held_in_court(accounts, as_of=question.as_of, known_at=question.known_at)
    return [Fact((overdue, min(held.get(account, 0), overdue)), account=account) for account, overdue in due.items()]


def _share(totals: Totals) -> int | None:
    return share_x100(totals[1], totals[0])


_SUM, _COUNT = Column("asked", "Заявлено, ₽"), Column("claims", "Требований", "number")
_WORDS = "Требования, поданные в суд в этом месяце: основной долг и пени, без пошлины. Снятые записи о подаче не в счёт."

register(
    Indicator(
        "claims.filed_amount",
        "Подано в суд на сумму",
        _WORDS,
        Unit.RUB,
        "B1",
        (_SUM, _COUNT),
        lambda question: total_of(_filed(question), 2),
        _filed,
        dated="за месяц",
    ),
    Indicator(
        "claims.filed",
        "Подано требований в суд",
        _WORDS,
        Unit.COUNT,
        "L9",
        (_COUNT, _SUM),
        lambda question: total_of(_turned(_filed(question)), 2),
        lambda question: _turned(_filed(question)),
        dated="за месяц",
    ),
    Indicator(
        "claims.covered",
        "Доля долга, по которому подано в суд",
        "Счета с просрочкой не меньше порога плана (трёх средних месячных начислений, если план не назначил другого), по "
        "которым не исполняется соглашение о рассрочке, и сколько из неё взяли живые требования, поданные к этому дню.",
        Unit.PERCENT,
        "Z6b",
        (Column("overdue", "Просрочено, ₽"), Column("claimed", "В суде, ₽")),
        lambda question: total_of(_covered(question), 2),
        _covered,
        figure=_share,
    ),
    Indicator(
        "claims.granted_amount",
        "Присуждено судом",
        "Приказы, решения и мировые соглашения этого месяца: сколько взыскано с пенями и пошлиной.",
        Unit.RUB,
        "Z6c",
        (Column("granted", "Присуждено, ₽"), Column("acts", "Актов", "number")),
        lambda question: total_of(_granted(question), 2),
        _granted,
        dated="за месяц",
    ),
    Indicator(
        "claims.evictions",
        "Иски о выселении",
        "Иски о выселении нанимателей по социальному найму, поданные в этом месяце.",
        Unit.COUNT,
        "L12b",
        (_COUNT, _SUM),
        lambda question: total_of(_evictions(question), 2),
        _evictions,
        dated="за месяц",
    ),
)
