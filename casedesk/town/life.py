"""Account holders and their lives: who lives where, what they are billed month after month, when and how they pay."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from casedesk.town import habits
from casedesk.town.bills import bill_month, penalty_bill
from casedesk.town.facts import Money, TownAccount
from casedesk.town.people import full_name
from casedesk.town.places import Place, make_houses
from casedesk.town.plan import CREDITORS, TownCreditor, TownPlan

_CATEGORIES = ("owner", "social_tenant", "legal_entity", "municipal_institution", "managing_company", "supplier")
_CATEGORY_WEIGHTS = (800, 135, 32, 22, 8, 3)
_FIRMS = ("ООО «{}»", "АО «{}»", "ПК «{}»", "ИП {}")
_FIRM_NAMES = (
    "Прибой",
    "Северный ветер",
    "Аврора",
    "Маяк",
    "Хлебный дом",
    "Снежинка",
    "Вектор",
    "Фарватер",
    "Тундра",
    "Аптека № 7",
)
_INSTITUTIONS = (
    "МБДОУ «Детский сад № {} „Сказка“»",
    "МБОУ «Средняя школа № {}»",
    "МБУ «Библиотека № {}»",
    "МБУ «Спортивная школа № {}»",
    "МКУ «Служба городского хозяйства № {}»",
)
_ADMINISTRATION = "Администрация муниципального округа Верхнеозёрск"
_MEANS = {"teplo": ("касса", "банк", "онлайн"), "resurs": ("касса", "банк", "онлайн"), "uyut": ("банк",)}
WITHHELD = "ФССП"
"""How the registers of a desk name money that the bailiffs sent."""


def live(plan: TownPlan) -> Iterator[TownAccount]:
    """All accounts of the town, house by house, each with its whole life. Made one at a time: the town may be large."""
    premises = -(-plan.accounts // len(CREDITORS))
    houses, index = make_houses(premises, plan.seed), 0
    for house in houses:
        for flat in range(1, house.flats + 1):
            if index * len(CREDITORS) >= plan.accounts:
                return
            yield from _household(plan, index, Place(house, flat))
            index += 1


def _household(plan: TownPlan, index: int, place: Place) -> Iterator[TownAccount]:
    """The accounts of one flat with every creditor. The last flat of the town may have fewer."""
    rng = Random(f"{plan.seed}:{index}")
    category = rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0]
    tenure = "private"
    if category == "social_tenant":
        tenure = rng.choices(("social_rent", "vacant"), (88, 12))[0]
    elif category == "municipal_institution":
        tenure = "municipal"
    elif category == "owner" and rng.random() < 0.012:
        tenure = "escheat"
    area = rng.randrange(2850, 9200) if category in ("owner", "social_tenant") else rng.randrange(6000, 60000)
    holder = _holder(rng, category, tenure)
    if tenure == "vacant":
        category = "municipal_institution"
    habit = habits.choose(rng, category, tenure)
    newcomer = index > 3 and (category, tenure) == ("owner", "private") and rng.random() < 0.025
    for turn, creditor in enumerate(CREDITORS):
        if index * len(CREDITORS) + turn >= plan.accounts:
            return
        account = TownAccount(
            creditor=creditor,
            number=_number(creditor, index),
            holder=holder,
            place=place,
            area_x100=area,
            category=category,
            tenure=tenure,
            habit=habit if rng.random() < 0.8 else habits.choose(rng, category, tenure),
            by_bank=habit != "withheld" and rng.random() < 0.6,
            first_month=plan.first + (rng.randrange(2, plan.months) if newcomer else 0),
            in_register=not newcomer,
        )
        _live_months(rng, plan, account)
        yield account


def _number(creditor: TownCreditor, index: int) -> str:
    return f"{creditor.prefix}{index + 1:06d}"


def _holder(rng: Random, category: str, tenure: str) -> str:
    if tenure == "vacant":
        return _ADMINISTRATION
    if category in ("owner", "social_tenant"):
        return full_name(rng)
    if category == "municipal_institution":
        return rng.choice(_INSTITUTIONS).format(rng.randrange(1, 40))
    if category == "managing_company":
        return f"ООО «УК {rng.choice(_FIRM_NAMES)}»"
    if category == "supplier":
        return f"АО «{rng.choice(_FIRM_NAMES)}-Энергосбыт»"
    form = rng.choice(_FIRMS)
    return form.format(full_name(rng) if form.startswith("ИП") else rng.choice(_FIRM_NAMES))


def _live_months(rng: Random, plan: TownPlan, account: TownAccount) -> None:
    """Bill and pay month by month. Money comes during a month, before the month's own bill."""
    if account.in_register:
        account.openings = _openings(rng, account)
    owed = dict(account.openings)
    newest = 0
    for month in range(account.first_month, plan.last + 1):
        if month > account.first_month:
            _pay(rng, plan, account, month, owed, newest)
        bills = bill_month(rng, account, month, plan.first)
        debt = sum(owed.values())
        if account.creditor.code == "teplo" and account.habit == "never" and debt > 10 * newest > 0 and month % 3 == 0:
            bills.append(penalty_bill(rng, month, debt))
        for bill in bills:
            if bill.service != 90:
                owed[bill.service] = owed.get(bill.service, 0) + bill.charged + bill.recalculated
        if account.creditor.code == "uyut" and plan.folds_recalculation(month):
            _fold(bills)
        newest = sum(bill.charged + bill.recalculated for bill in bills if bill.service != 90) or newest
        _lose_rows(rng, plan, account, bills)
        account.bills += bills


def _fold(bills: list) -> None:
    for bill in bills:
        bill.charged, bill.recalculated = bill.charged + bill.recalculated, 0


def _openings(rng: Random, account: TownAccount) -> dict[int, int]:
    """Old debts (a few overpayments for one creditor) that the first register brings as balances."""
    if rng.random() > (0.20 if account.habit in ("punctual", "overpaying") else 0.6):
        return {}
    large = account.habit in ("never", "withheld", "gave_up", "sporadic")
    found = {}
    for service in account.creditor.services:
        found[service.id] = rng.randrange(5000, 2500000 if large else 300000)
    if account.creditor.code == "uyut" and account.habit == "overpaying":
        found = {service: -sum_ // 3 for service, sum_ in found.items()}
    return found


def _pay(rng: Random, plan: TownPlan, account: TownAccount, month: int, owed: dict[int, int], newest: int) -> None:
    balance = sum(owed.values())
    turn = month - plan.first
    sum_ = habits.pays(rng, account.habit, balance=balance, bill=newest, turn=turn, months=plan.months)
    if sum_ <= 0:
        return
    day = dt.date(month // 12, month % 12 + 1, rng.randrange(2, 28))
    late = month >= plan.late_since and account.creditor.code != "uyut" and rng.random() < 0.04
    means = WITHHELD if account.habit == "withheld" else rng.choice(_MEANS[account.creditor.code])
    serial = f"{int(account.number[-6:]):06d}{turn:03d}"
    if account.creditor.code == "resurs" and not account.by_bank:
        for service, part in _by_service(sum_, owed):
            account.payments.append(Money(service, day, part, f"РП-{serial}{service}", means, late))
            owed[service] -= part
        return
    letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(4))
    paid = Money(0, day, sum_, f"{800 + ord(account.creditor.code[0]) % 100}{serial}{letters}", means, late)
    if account.creditor.code == "uyut":
        _settle_turnover(rng, plan, paid, month)
    elif month in plan.broken_months and not account.by_bank and rng.random() < 0.05:
        paid.lost, paid.late = True, False
    account.payments.append(paid)
    owed[0] = owed.get(0, 0) - sum_


def _settle_turnover(rng: Random, plan: TownPlan, paid: Money, month: int) -> None:
    """In its first years the managing company sends turnovers only; some days of payment become known much later."""
    paid.service = 10
    if month < plan.dated_since:
        paid.turnover = True
        paid.late = month == plan.dated_since - 1 and rng.random() < 0.5


def _by_service(sum_: int, owed: dict[int, int]) -> list[tuple[int, int]]:
    """Which service gets how much when the payer fills in every line: in the order of the bill, as far as the sum goes."""
    debts = [(service, debt) for service, debt in sorted(owed.items()) if debt > 0]
    found = []
    for service, debt in debts:
        part = min(debt, sum_)
        if part > 0:
            found.append((service, part))
        sum_ -= part
    if sum_ > 0:
        service, part = found.pop() if found else (min(owed), 0)
        found.append((service, part + sum_))
    return found


def _lose_rows(rng: Random, plan: TownPlan, account: TownAccount, bills: list) -> None:
    """Now and then a row of a register is faulty: its fact is known only when the corrected register comes."""
    if month_is_spared(plan, account, bills):
        return
    for bill in bills:
        bill.lost = rng.random() < 0.006


def month_is_spared(plan: TownPlan, account: TownAccount, bills: list) -> bool:
    """Turnover registers must close, so the managing company's stay whole; new accounts must not begin with a fault."""
    if account.creditor.code == "uyut" or not bills:
        return True
    return bills[0].month not in plan.broken_months or bills[0].month <= account.first_month + 1
