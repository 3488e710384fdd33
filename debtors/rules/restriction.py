"""Limiting and suspending a utility service for debt: the steps, their first lawful days, what forbids them.

Правила 354: п. 117-118 (debt over two monthly payments by the norm of consumption, no agreement kept), п. 119 (warning
that is proven, term to pay, limit, suspension), п. 120 (restored within the term after payment or an agreement), п. 122
(nobody else may suffer, the dwelling must stay fit to live in). Plan row L11.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from casedesk.common import money


class RestrictionState(StrEnum):
    """Where a restriction stands; moved by steps only."""

    PREPARED = "prepared"
    WARNED = "warned"
    LIMITED = "limited"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    CANCELLED = "cancelled"


RESTRICTION_STATES = {
    RestrictionState.PREPARED: "предупреждение подготовлено",
    RestrictionState.WARNED: "должник предупреждён",
    RestrictionState.LIMITED: "услуга ограничена",
    RestrictionState.SUSPENDED: "услуга приостановлена",
    RestrictionState.RESTORED: "услуга возобновлена",
    RestrictionState.CANCELLED: "снято",
}
LIVE = frozenset({RestrictionState.PREPARED, RestrictionState.WARNED, RestrictionState.LIMITED, RestrictionState.SUSPENDED})
CUT = frozenset({RestrictionState.LIMITED, RestrictionState.SUSPENDED})


class RestrictionStep(StrEnum):
    """What may be done next."""

    WARN = "warn"
    LIMIT = "limit"
    SUSPEND = "suspend"
    RESTORE = "restore"


STEP_NAMES = {
    RestrictionStep.WARN: "Вручить предупреждение",
    RestrictionStep.LIMIT: "Ограничить услугу",
    RestrictionStep.SUSPEND: "Приостановить услугу",
    RestrictionStep.RESTORE: "Возобновить услугу",
}

CHANNELS = {
    "hand": "лично под расписку",
    "post": "заказным письмом",
    "bill": "в платёжном документе",
    "phone": "звонком с записью",
    "sms": "сообщением по сети связи",
    "email": "электронной почтой",
    "gis": "в ГИС ЖКХ",
}
"""Ways of warning that prove the day of receipt (п. 119 пп. «а»)."""

BLOCKS = {
    "medical": "жизненно нужное медицинское оборудование",
    "neighbours": "пострадают исправные соседи",
    "common_property": "повредится общее имущество дома",
    "unfit": "жильё станет непригодным",
    "dispute": "проверяются начисления",
    "other": "иное обстоятельство",
}
"""Circumstances that a person found and that stop the steps."""
BLOCK_LAW = {
    "medical": "Правила 354 п. 122 пп. «в»",
    "neighbours": "Правила 354 п. 122 пп. «б»",
    "common_property": "Правила 354 п. 122 пп. «а»",
    "unfit": "Правила 354 п. 122 пп. «в»",
    "dispute": "Правила 354 п. 31",
}

UTILITIES = ("heating", "hot_water", "cold_water", "sewerage", "electricity", "gas")
"""Services that are utilities at all: housing, repair and waste cannot be cut."""
MAY_HEAT = frozenset({"electricity", "gas"})


@dataclass(frozen=True)
class RestrictionTerms:
    """The norms of a day. `season`: first and last (month, day) of the heating season; days are calendar days."""

    debt_months: int
    warning_days: int
    suspension_days: int
    restoration_days: int
    never: frozenset[str]
    season: tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class RestrictionFacts:
    """All that the steps depend on. Kopecks; days are None while a step has not been taken."""

    state: str
    service: str
    service_name: str
    in_block_of_flats: bool
    debt: int
    monthly: int
    terms: RestrictionTerms
    started_on: dt.date | None = None
    warned_on: dt.date | None = None
    limited_on: dt.date | None = None
    suspended_on: dt.date | None = None
    ground_gone_on: dt.date | None = None
    can_be_limited: bool = True
    heats: bool = False
    agreement: str = ""
    block: str = ""
    block_reason: str = ""
    deceased: bool = False
    bankrupt: bool = False
    disputed: bool = False
    disputed_until: dt.date | None = None

    @property
    def threshold(self) -> int:
        return self.terms.debt_months * self.monthly

    @property
    def warning_ends_on(self) -> dt.date | None:
        """The last day to pay after the warning."""
        return self.warned_on + dt.timedelta(days=self.terms.warning_days) if self.warned_on else None

    @property
    def restore_until(self) -> dt.date | None:
        """The last day to restore the service."""
        return self.ground_gone_on + dt.timedelta(days=self.terms.restoration_days) if self.ground_gone_on else None


@dataclass(frozen=True)
class NextRestrictionStep:
    """What is next, from which day, by which day, why, by which norm. An empty `action`: nothing is lawful, `why` says so."""

    action: str
    from_on: dt.date | None
    due_on: dt.date | None
    why: str
    norm: str


def refusal(facts: RestrictionFacts) -> tuple[str, str] | None:
    """(why, norm): what forbids any cut, whatever the day; None when nothing does."""
    checks = (_never_cut, _too_little, _agreed, _blocked, _nobody_to_answer)
    return next((found for check in checks if (found := check(facts))), None)


def _never_cut(facts: RestrictionFacts) -> tuple[str, str] | None:
    if facts.service not in UTILITIES:
        return f"«{facts.service_name}» не коммунальная услуга: её не ограничивают.", "Правила 354 п. 117"
    if facts.service not in facts.terms.never:
        return None
    if facts.service == "cold_water" and not facts.in_block_of_flats:
        return None
    place = " в многоквартирном доме" if facts.service == "cold_water" else ""
    return f"«{facts.service_name}»{place} не ограничивают и не приостанавливают.", "Правила 354 п. 119"


def _too_little(facts: RestrictionFacts) -> tuple[str, str] | None:
    if facts.debt > facts.threshold > 0:
        return None
    if facts.monthly <= 0:
        return "Не известна плата за месяц по нормативу: укажите её.", "Правила 354 п. 118"
    owed, least = money.spaced(facts.debt), money.spaced(facts.threshold)
    return (
        f"Долг за услугу {owed} ₽ не больше {facts.terms.debt_months} месячных плат ({least} ₽).",
        "Правила 354 п. 118",
    )


def _agreed(facts: RestrictionFacts) -> tuple[str, str] | None:
    return (f"Исполняется {facts.agreement}.", "Правила 354 п. 118") if facts.agreement else None


def _blocked(facts: RestrictionFacts) -> tuple[str, str] | None:
    if not facts.block:
        return None
    reason = f": {facts.block_reason}" if facts.block_reason else ""
    return f"Мешает обстоятельство: {BLOCKS[facts.block]}{reason}.", BLOCK_LAW.get(facts.block, "Правила 354 п. 122")


def _nobody_to_answer(facts: RestrictionFacts) -> tuple[str, str] | None:
    if facts.deceased:
        return "Должник умер: сначала установите, кто отвечает за долг и кто живёт в помещении.", "ГК РФ ст. 1175"
    if facts.bankrupt:
        return "Должник банкрот: его прежний долг заявляют в дело о банкротстве.", "127-ФЗ ст. 213.11"
    if facts.disputed and facts.disputed_until is None:
        return "Дело приостановлено из-за спора о начислениях, без срока.", "Правила 354 п. 31"
    return None


def next_step(facts: RestrictionFacts) -> NextRestrictionStep:
    """The next lawful step. It depends on the facts alone; the day only tells whether the step's first day has come."""
    if facts.state in CUT and facts.ground_gone_on:
        why = f"Основание отпало {facts.ground_gone_on:%d.%m.%Y}: долг погашен или заключено соглашение."
        return NextRestrictionStep(
            RestrictionStep.RESTORE, facts.ground_gone_on, facts.restore_until, why, "Правила 354 п. 120"
        )
    if facts.state not in LIVE or facts.state == RestrictionState.SUSPENDED:
        why = "Ждём оплаты или соглашения." if facts.state == RestrictionState.SUSPENDED else ""
        return NextRestrictionStep("", None, None, why, "Правила 354 п. 120" if why else "")
    stopped = refusal(facts)
    if stopped:
        return NextRestrictionStep("", None, None, *stopped)
    action, day, why, norm = _cut_step(facts)
    return NextRestrictionStep(action, _free_of_season(facts, _after_dispute(facts, day)), None, why, norm)


def _cut_step(facts: RestrictionFacts) -> tuple[str, dt.date | None, str, str]:
    if facts.state == RestrictionState.PREPARED:
        return (
            RestrictionStep.WARN,
            facts.started_on,
            "Вручите предупреждение способом, который подтверждает день получения.",
            "Правила 354 п. 119 пп. «а»",
        )
    first = first_day(facts)
    if facts.state == RestrictionState.LIMITED:
        why = f"Ограничена {facts.limited_on:%d.%m.%Y}; прошло {facts.terms.suspension_days} дней, долг не погашен."
        return RestrictionStep.SUSPEND, first, why, "Правила 354 п. 119 пп. «в»"
    why = f"Срок на оплату кончается {facts.warning_ends_on:%d.%m.%Y}."
    if facts.can_be_limited:
        return RestrictionStep.LIMIT, first, why, "Правила 354 п. 119 пп. «б»"
    return RestrictionStep.SUSPEND, first, why + " Ограничить технически нельзя.", "Правила 354 п. 119 пп. «в»"


def first_day(facts: RestrictionFacts) -> dt.date | None:
    """The first day after the running term: of the warning, or of the limit."""
    if facts.limited_on:
        return facts.limited_on + dt.timedelta(days=facts.terms.suspension_days + 1)
    return facts.warning_ends_on + dt.timedelta(days=1) if facts.warned_on else None


def _after_dispute(facts: RestrictionFacts, day: dt.date | None) -> dt.date | None:
    if facts.disputed and facts.disputed_until and day:
        return max(day, facts.disputed_until)
    return day


def _free_of_season(facts: RestrictionFacts, day: dt.date | None) -> dt.date | None:
    """A dwelling heated by the service stays fit to live in: not cut while the heating season runs (п. 122 пп. «в»)."""
    warning = facts.state == RestrictionState.PREPARED
    if day is None or warning or not (facts.heats and facts.service in MAY_HEAT) or not in_season(facts.terms, day):
        return day
    month, last = facts.terms.season[1]
    end = dt.date(day.year, month, last)
    end = end if end >= day else dt.date(day.year + 1, month, last)
    return end + dt.timedelta(days=1)


def in_season(terms: RestrictionTerms, day: dt.date) -> bool:
    """Whether the heating season runs on the day; it goes over the turn of the year."""
    first, last = terms.season
    at = (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last
