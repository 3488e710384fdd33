"""The strategy of contact: a ladder of steps, as data, and which of them is whose on a day.

A step says by which channel, with what text, how many days after the step before it, and for whom: sum, age of the debt,
consumer group, risk, before court only or always. A debtor climbs the ladder one step at a time. A step that does not fit a
debtor, has no address of theirs or no working channel is passed over; the wait counts from the last step really taken.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from string import Formatter
from typing import Any

from casedesk.common import money
from casedesk.common.refusals import Refusal
from debtors.rules.contact_words import CHANNEL_NAMES, LADDER_CHANNELS, PAPER, ContactChannel

MOST_STEPS = 12
LONGEST_TEXT = 700
ANY, HIGH, ORDINARY = "any", "high", "ordinary"
RISK_NAMES = {ANY: "любой", HIGH: "высокий", ORDINARY: "обычный"}
TEXT_FIELDS = {
    "сумма": "просроченный долг на минуту отправки",
    "счёт": "лицевые счета",
    "взыскатель": "кто пишет",
    "телефон": "телефон взыскателя",
    "дело": "номер дела",
    "срок": "день, до которого просят заплатить",
}
"""What a text may name in braces."""


class StrategyRefused(Refusal):
    """The ladder makes no sense: which step, what in it, and what to do."""

    code = "strategy_refused"


@dataclass(frozen=True)
class LadderStep:
    """One step. Sums in kopecks; `age_from` counts overdue months of the oldest open one; empty `categories`: all groups."""

    code: str
    name: str
    channel: str
    wait: int
    text: str = ""
    overdue_from: int = 0
    overdue_to: int | None = None
    age_from: int = 0
    categories: tuple[str, ...] = ()
    risk: str = ANY
    before_court: bool = True

    def as_data(self) -> dict[str, Any]:
        return asdict(self) | {"categories": list(self.categories)}

    @property
    def channel_name(self) -> str:
        return CHANNEL_NAMES[ContactChannel(self.channel)]

    @property
    def whom(self) -> str:
        """For whom the step is, in words."""
        said = [f"долг от {money.spaced(self.overdue_from, kopecks_shown=False)} ₽"] if self.overdue_from else []
        said += [f"до {money.spaced(self.overdue_to, kopecks_shown=False)} ₽"] if self.overdue_to is not None else []
        said += [f"старше {self.age_from - 1} мес."] if self.age_from > 1 else []
        said += [f"риск {RISK_NAMES[self.risk]}"] if self.risk != ANY else []
        said += ["только до суда"] if self.before_court else []
        return ", ".join(said) or "всем"


def steps_of(data: Iterable[Mapping[str, Any]]) -> tuple[LadderStep, ...]:
    """Kept data as steps."""
    return tuple(LadderStep(**{**one, "categories": tuple(one.get("categories", ()))}) for one in data)


def check_ladder(steps: Sequence[LadderStep]) -> None:
    """Raise StrategyRefused for what cannot be meant."""
    if not 0 < len(steps) <= MOST_STEPS:
        raise StrategyRefused(f"В стратегии {len(steps)} ступеней. Нужно от 1 до {MOST_STEPS}.")
    codes = [step.code for step in steps]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise StrategyRefused(f"Две ступени с кодом «{twice}»: у каждой должен быть свой.")
    for number, step in enumerate(steps, 1):
        _check_step(f"Ступень {number} «{step.name}»", step)


def _check_step(where: str, step: LadderStep) -> None:
    if step.channel not in LADDER_CHANNELS:
        raise StrategyRefused(f"{where}: канала «{step.channel}» нет. Выберите из списка.")
    if not 0 <= step.wait <= 365:
        raise StrategyRefused(f"{where}: ожидание {step.wait} дн. Укажите от 0 до 365.")
    if step.overdue_to is not None and step.overdue_to <= step.overdue_from:
        raise StrategyRefused(f"{where}: верхняя сумма не больше нижней, под неё никто не подойдёт. Исправьте суммы.")
    if step.channel not in PAPER:
        _check_text(where, step)


def _check_text(where: str, step: LadderStep) -> None:
    if not step.text.strip():
        raise StrategyRefused(f"{where}: нет текста. Напишите, что получит должник.")
    if len(step.text) > LONGEST_TEXT:
        raise StrategyRefused(f"{where}: текст длиннее {LONGEST_TEXT} знаков ({len(step.text)}). Сократите его.")
    for name in _named(where, step.text):
        if name not in TEXT_FIELDS:
            raise StrategyRefused(f"{where}: поля {{{name}}} нет. Есть: {', '.join(f'{{{one}}}' for one in TEXT_FIELDS)}.")


def _named(where: str, text: str) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        raise StrategyRefused(f"{where}: в тексте непарная фигурная скобка. Поля пишут так: {{сумма}}.") from None


def worded(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in."""
    return text.format(**{name: values.get(name, "") for name in TEXT_FIELDS})


@dataclass(frozen=True)
class DebtorFacts:
    """All that the choice of a step depends on. `last_step` with its day: the last taken.

    `reach`: channels with an address of this debtor; `silent`: channels that nobody can use here -> why.
    """

    since: dt.date
    """The day the case was opened: the first step waits from it."""
    overdue: int
    age: int
    category: str
    high_risk: bool
    before_court: bool
    reach: frozenset[str]
    silent: Mapping[str, str] = field(default_factory=dict)
    last_step: str = ""
    last_on: dt.date | None = None


@dataclass(frozen=True)
class Chosen:
    """The step that is due, or the one that is waited for with its day, or why there is none."""

    step: LadderStep | None = None
    from_on: dt.date | None = None
    why: str = ""

    def is_due(self, on: dt.date) -> bool:
        return self.step is not None and self.from_on <= on


def choose_step(steps: Sequence[LadderStep], facts: DebtorFacts) -> Chosen:
    """The next step of the ladder for these facts."""
    ahead = _ahead(steps, facts.last_step)
    if not ahead:
        return Chosen(why="все ступени пройдены")
    start = facts.last_on or facts.since
    unreachable = ""
    for step in ahead:
        if not fits(step, facts):
            continue
        if step.channel in facts.silent or step.channel not in facts.reach:
            unreachable = unreachable or facts.silent.get(step.channel) or f"нет адреса или номера: {step.channel_name}"
            continue
        return Chosen(step, start + dt.timedelta(days=step.wait))
    return Chosen(why=unreachable or "не подходит ни под одну ступень")


def _ahead(steps: Sequence[LadderStep], last: str) -> Sequence[LadderStep]:
    """Steps after the last one taken. A step that a newer version dropped leaves the whole ladder open but for its memory."""
    codes = [step.code for step in steps]
    return steps[codes.index(last) + 1 :] if last in codes else steps


def fits(step: LadderStep, facts: DebtorFacts) -> bool:
    """Whether the step is meant for such a debtor."""
    return (
        facts.overdue >= max(1, step.overdue_from)
        and (step.overdue_to is None or facts.overdue < step.overdue_to)
        and facts.age >= step.age_from
        and (not step.categories or facts.category in step.categories)
        and (step.risk == ANY or (step.risk == HIGH) == facts.high_risk)
        and (facts.before_court or not step.before_court)
    )


DEFAULT_LADDER = (
    LadderStep(
        "sms",
        "Напомнить сообщением",
        ContactChannel.SMS,
        0,
        "{взыскатель}: по л/с {счёт} просрочено {сумма} руб. Оплатите до {срок}. Если оплатили, не отвечайте. {телефон}",
        overdue_from=50_000,
    ),
    LadderStep(
        "email",
        "Написать на почту",
        ContactChannel.EMAIL,
        3,
        "Здравствуйте! По лицевому счёту {счёт} просрочена оплата услуг: {сумма} руб. Просим оплатить до {срок}. "
        "Если оплатить сразу трудно, позвоните нам: возможна рассрочка. {взыскатель}, {телефон}",
        overdue_from=50_000,
    ),
    LadderStep(
        "call",
        "Позвонить роботом",
        ContactChannel.AUTODIAL,
        4,
        "{взыскатель} сообщает: по лицевому счёту {счёт} просрочено {сумма} рублей. Просим оплатить до {срок}.",
        overdue_from=100_000,
        age_from=2,
    ),
    LadderStep("letter", "Вручить напоминание заказным письмом", ContactChannel.POST, 5, overdue_from=200_000, age_from=2),
    LadderStep(
        "last",
        "Предупредить о суде",
        ContactChannel.SMS,
        20,
        "{взыскатель}: долг {сумма} руб. по л/с {счёт} не оплачен. После {срок} обратимся в суд, к долгу добавится пошлина.",
        overdue_from=200_000,
        age_from=3,
    ),
)
"""The strategy that comes with the program, until a creditor sets its own."""
