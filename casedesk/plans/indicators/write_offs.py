"""Write-offs and penalty campaigns: rows P2.7, P2.8 and L8."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Unit, register, total_of
from casedesk.plans.queries.question import Question
from debtors.models import Payment, WriteOffAct, WriteOffCandidate, WriteOffReversal
from debtors.rules.write_off import GROUND_NAMES


def _booked(question: Question, **kind: object) -> QuerySet:
    """Facts of write-offs dated in the month, as known at the asked moment."""
    days = (months.first_day(question.period), months.last_day(question.period))
    facts = Payment.objects.filter(channel=Payment.Channel.WRITE_OFF, counts_on__range=days, **kind)
    if question.known_at is None:
        facts = facts.filter(booking__undone_at__isnull=True)
    else:
        standing = Q(booking__undone_at__isnull=True) | Q(booking__undone_at__gt=question.known_at)
        facts = facts.filter(standing, booking__learnt_at__lte=question.known_at)
    return facts if question.reach.everything else facts.filter(account__in=question.reach.accounts())


def _written_off(question: Question) -> Iterable[Fact]:
    facts = _booked(question, booking__write_off__isnull=False)
    rows = facts.values_list("account_id", "booking__write_off", "booking__write_off__number", "booking__write_off__ground")
    urls: dict[int, str] = {}
    for account, act, number, ground, amount in rows.annotate(Sum("amount")).order_by("booking__write_off", "account_id"):
        url = urls.setdefault(act, WriteOffAct(pk=act).get_absolute_url())
        yield Fact((amount, 1), account=account, about=f"акт № {number}: {GROUND_NAMES[ground]}", url=url)


def _restored(question: Question) -> Iterable[Fact]:
    facts = _booked(question, booking__write_off_reversal__isnull=False)
    rows = facts.values_list("account_id", "booking__write_off_reversal__why").annotate(Sum("amount"))
    for account, why, amount in rows.order_by("account_id"):
        yield Fact((-amount, 1), account=account, about=WriteOffReversal.Why(why).label)


def _waived(question: Question) -> Iterable[Fact]:
    facts = _booked(question, booking__penalty_waivers__isnull=False).distinct()
    sums: dict[int, int] = {}
    for _, account, amount in facts.values_list("pk", "account_id", "amount"):
        sums[account] = sums.get(account, 0) + amount
    return [Fact((amount, 1), account=account, about="пени за полную оплату") for account, amount in sorted(sums.items())]


def _candidates(question: Question) -> Iterable[Fact]:
    """The last search's rows; a search made after the asked day says nothing of it."""
    rows = WriteOffCandidate.objects.filter(found_on__lte=question.as_of)
    if question.known_at is not None:
        rows = rows.filter(found_on__lte=timezone.localdate(question.known_at))
    if not question.reach.everything:
        rows = rows.filter(account__in=question.reach.accounts())
    for row in rows.order_by("ground", "-total", "pk"):
        yield Fact((row.total, 1), account=row.account_id, about=f"{row.get_ground_display()}: {row.why}", on=row.found_on)


def _indicator(code: str, name: str, definition: str, source: str, facts, sum_name: str, dated: str) -> Indicator:
    columns = (Column("amount", sum_name), Column("accounts", "Счетов", "number"))
    return Indicator(
        code, name, definition, Unit.RUB, source, columns, lambda asked: total_of(facts(asked), 2), facts, dated=dated
    )


register(
    _indicator(
        "write_offs.posted",
        "Списано безнадёжного долга",
        "Суммы, списанные в этом месяце по утверждённым актам; восстановленное потом считается отдельно.",
        "P2.8",
        _written_off,
        "Списано, ₽",
        "за месяц",
    ),
    _indicator(
        "write_offs.restored",
        "Восстановлено списанного долга",
        "Суммы, которые в этом месяце вернулись в долг: пришли деньги, появилось имущество или списание было ошибкой.",
        "P2.8",
        _restored,
        "Восстановлено, ₽",
        "за месяц",
    ),
    _indicator(
        "write_offs.candidates",
        "Долг, который можно законно списать",
        "Найденное последним поиском: давность, акт о невозможности взыскания, смерть, банкротство, ликвидация.",
        "L8, P2.8",
        _candidates,
        "Сумма, ₽",
        "по последнему поиску",
    ),
    _indicator(
        "campaigns.waived",
        "Пени, списанные по акциям",
        "Пени, списанные в этом месяце тем, кто за время акции полностью оплатил долг.",
        "P2.7",
        _waived,
        "Списано пеней, ₽",
        "за месяц",
    ),
)
