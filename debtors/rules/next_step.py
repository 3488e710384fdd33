"""What must be done next on a case file, from which day, by which day, why and by whom.

A pure function of facts: stage, the day that led to it, the term it started, holds, flags, the limitation day. It never
asks what day a job ran. A term that has to run out first (the reminder's waiting term, a hold) moves the *beginning* of
the next step: until then the step waits, from that day on it stands in the queue by itself, with no job in between.
The columns of `CaseFile` keep the answer of this same function; `status` is the only thing that depends on today.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from debtors.rules.stages import HOLD_LAW, HOLD_NAMES, PRE_TRIAL, FlagKind, HoldKind, Stage, Turn


@dataclass(frozen=True)
class Terms:
    """A creditor's own terms, in days: they come from its opening rule, not from the law."""

    reminder_within: int = 10
    hand_over_within: int = 5
    waiting: int = 30
    claim_within: int = 30
    hold_review: int = 30


@dataclass(frozen=True)
class CaseFacts:
    """All that the next step depends on. Days are dates; `stage_until` is the end of the term that the stage started."""

    stage: str
    stage_on: dt.date
    stage_until: dt.date | None = None
    limitation_on: dt.date | None = None
    """Last day to claim the oldest open month in court (ГК РФ ст. 196, 200); None: nothing open."""
    hold_kind: str = ""
    hold_on: dt.date | None = None
    hold_until: dt.date | None = None
    """First day without the hold; None with a kind: the hold has no end."""
    flags: frozenset[str] = frozenset()


class Status(StrEnum):
    """How a step stands on a day."""

    WAITING = "waiting"
    OPEN = "open"
    TODAY = "today"
    LATE = "late"
    UNDATED = "undated"


@dataclass(frozen=True)
class NextStep:
    """The step: what, not before, by when, why, by which norm, whose turn after it, what it waits for until `from_on`."""

    action: str = ""
    from_on: dt.date | None = None
    due_on: dt.date | None = None
    reason: str = ""
    norm: str = ""
    waits_for: str = ""
    """What runs until `from_on`: "" nothing, "debtor" the waiting term, "court", "bailiff", "hold:<kind>" a hold."""

    def status(self, day: dt.date) -> Status:
        return status(self.from_on, self.due_on, day)


ACTION_NAMES = {
    "prepare_reminder": "Подготовить напоминание",
    "send_reminder": "Вручить напоминание",
    "file_claim": "Подать заявление о судебном приказе",
    "file_again": "Исправить и подать снова",
    "cure_defects": "Устранить недостатки заявления",
    "check_court": "Узнать, что решил суд",
    "await_force": "Получить отметку о вступлении в силу",
    "appeal": "Решить, обжаловать ли отказ",
    "file_lawsuit": "Подать иск после отмены приказа",
    "get_writ": "Получить исполнительный документ",
    "present_writ": "Предъявить исполнительный документ",
    "check_opening": "Проверить, возбуждено ли производство",
    "check_proceeding": "Проверить ход производства",
    "present_again": "Решить о повторном предъявлении",
    "find_heirs": "Установить наследников",
    "join_bankruptcy": "Заявить требование в деле о банкротстве",
    "review_hold": "Проверить, держать ли приостановку",
}
CHECK_WITHIN = 14
"""Days for finding out what a court did once its own term is over: the post's way, not the law's."""
PRE_TRIAL_NORM = "ЖК РФ ст. 153, ст. 155 ч. 1"


def status(from_on: dt.date | None, due_on: dt.date | None, day: dt.date) -> Status:
    """How a step with these two days stands on the day."""
    if from_on and from_on > day:
        return Status.WAITING
    if due_on is None:
        return Status.UNDATED
    if due_on < day:
        return Status.LATE
    return Status.TODAY if due_on == day else Status.OPEN


def next_step(facts: CaseFacts, terms: Terms) -> NextStep:
    """The next lawful step of a case with these facts. A closed case has none (an empty step)."""
    if facts.stage == Stage.CLOSED:
        return NextStep()
    if facts.hold_kind and facts.hold_until is None:
        return _review_hold(facts, terms)
    step = _by_flag(facts, terms) or _before_limitation(_BY_STAGE[Stage(facts.stage)](facts, terms), facts)
    return _after_hold(step, facts) if facts.hold_kind else step


def _days(day: dt.date, count: int) -> dt.date:
    return day + dt.timedelta(days=count)


def _review_hold(facts: CaseFacts, terms: Terms) -> NextStep:
    kind = HoldKind(facts.hold_kind)
    return NextStep(
        "review_hold",
        from_on=facts.hold_on,
        due_on=_days(facts.hold_on, terms.hold_review),
        reason=f"Дело приостановлено без срока: {HOLD_NAMES[kind]}. Раз в {terms.hold_review} дн. основание проверяют.",
        norm=HOLD_LAW[kind],
    )


def _after_hold(step: NextStep, facts: CaseFacts) -> NextStep:
    """A hold with an end puts the step off; the days that it was to take are kept."""
    if step.from_on and step.from_on >= facts.hold_until:
        return step
    late_by = facts.hold_until - (step.from_on or facts.stage_on)
    due = step.due_on + late_by if step.due_on else None
    return NextStep(step.action, facts.hold_until, due, step.reason, step.norm, f"hold:{facts.hold_kind}")


def _before_limitation(step: NextStep, facts: CaseFacts) -> NextStep:
    """Before court, no step may wait beyond the day on which the oldest month is lost."""
    last = facts.limitation_on
    if facts.stage not in PRE_TRIAL or last is None or not step.from_on <= last < step.due_on:
        return step
    reason = f"{step.reason} Срок сокращён: исковая давность по старшему месяцу истекает {last:%d.%m.%Y}."
    return replace(step, due_on=last, reason=reason, norm=f"{step.norm}; ГК РФ ст. 196, 200")


def _by_flag(facts: CaseFacts, terms: Terms) -> NextStep | None:
    """Death and bankruptcy change the way: the ordinary demand would go to the wrong person or be left without effect."""
    if FlagKind.BANKRUPT in facts.flags:
        return NextStep(
            "join_bankruptcy",
            facts.stage_on,
            _days(facts.stage_on, terms.claim_within),
            "Должник банкрот: долг до принятия дела взыскивают только через реестр требований.",
            "127-ФЗ ст. 5, 213.8",
        )
    if FlagKind.DECEASED in facts.flags:
        return NextStep(
            "find_heirs",
            facts.stage_on,
            _days(facts.stage_on, terms.claim_within),
            "Должник умер: отвечают наследники в пределах наследства, без них - муниципалитет.",
            "ГК РФ ст. 1151, 1175",
        )
    return None


def _opened(facts: CaseFacts, terms: Terms) -> NextStep:
    return NextStep(
        "prepare_reminder",
        facts.stage_on,
        _days(facts.stage_on, terms.reminder_within),
        f"Дело открыто {facts.stage_on:%d.%m.%Y}; напоминание готовят за {terms.reminder_within} дн.",
        PRE_TRIAL_NORM,
    )


def _reminder_ready(facts: CaseFacts, terms: Terms) -> NextStep:
    return NextStep(
        "send_reminder",
        facts.stage_on,
        _days(facts.stage_on, terms.hand_over_within),
        f"Напоминание подготовлено {facts.stage_on:%d.%m.%Y}; вручают за {terms.hand_over_within} дн., пока сумма свежа.",
        PRE_TRIAL_NORM,
    )


def _reminder_sent(facts: CaseFacts, terms: Terms) -> NextStep:
    over = facts.stage_until or _days(facts.stage_on, terms.waiting)
    due = _days(over, terms.claim_within)
    reason = f"Срок на добровольную оплату до {over - dt.timedelta(days=1):%d.%m.%Y}; затем долг взыскивают через суд."
    return NextStep("file_claim", over, due, reason, "ГПК РФ ст. 122", Turn.DEBTOR)


def _claim_ready(facts: CaseFacts, terms: Terms) -> NextStep:
    reason = f"Требование подготовлено {facts.stage_on:%d.%m.%Y}; подают, пока сумма и пошлина свежи."
    return NextStep(
        "file_claim", facts.stage_on, _days(facts.stage_on, terms.claim_within), reason, "ГПК РФ ст. 122-124, 131-132"
    )


def _in_court(facts: CaseFacts, terms: Terms) -> NextStep:
    until = facts.stage_until or _days(facts.stage_on, terms.hold_review)
    reason = f"Требование в суде; срок суда истекает {_days(until, -1):%d.%m.%Y}. Узнайте исход и запишите его."
    return NextStep("check_court", until, _days(until, CHECK_WITHIN), reason, "ГПК РФ ст. 126, 133, 154", Turn.COURT)


def _defects(facts: CaseFacts, terms: Terms) -> NextStep:
    last = _days(facts.stage_until or _days(facts.stage_on, terms.claim_within), -1)
    reason = f"Заявление оставлено без движения: недостатки устраняют до {last:%d.%m.%Y}, иначе его вернут."
    return NextStep("cure_defects", facts.stage_on, last, reason, "ГПК РФ ст. 136")


def _claim_returned(facts: CaseFacts, terms: Terms) -> NextStep:
    reason = (
        f"Суд вернул заявление {facts.stage_on:%d.%m.%Y}: давность оно не остановило. Исправьте и подайте снова "
        "или обжалуйте определение."
    )
    due = _days(facts.stage_on, terms.claim_within)
    return NextStep("file_again", facts.stage_on, due, reason, "ГПК РФ ст. 125, 135, 332; Пленум ВС № 43 п. 17")


def _awarded(facts: CaseFacts, terms: Terms) -> NextStep:
    until = facts.stage_until or facts.stage_on
    reason = f"Долг присуждён {facts.stage_on:%d.%m.%Y}; срок на возражения и обжалование истекает {_days(until, -1):%d.%m.%Y}."
    norm = "ГПК РФ ст. 128, 130, 209"
    return NextStep("await_force", until, _days(until, CHECK_WITHIN), reason, norm, Turn.DEBTOR)


def _claim_lost(facts: CaseFacts, terms: Terms) -> NextStep:
    last = _days(facts.stage_until or _days(facts.stage_on, terms.claim_within), -1)
    reason = f"Суд отказал {facts.stage_on:%d.%m.%Y}; жалобу подают до {last:%d.%m.%Y}."
    return NextStep("appeal", facts.stage_on, last, reason, "ГПК РФ ст. 320, 321, 332")


def _order_set_aside(facts: CaseFacts, terms: Terms) -> NextStep:
    due = _days(facts.stage_on, terms.claim_within)
    if facts.limitation_on and facts.stage_on <= facts.limitation_on < due:
        due = facts.limitation_on
    reason = (
        f"Приказ отменён {facts.stage_on:%d.%m.%Y}; то же требование подают иском. Давность снова течёт, "
        "остаток не меньше шести месяцев; пошлина за приказ засчитывается."
    )
    return NextStep("file_lawsuit", facts.stage_on, due, reason, "ГПК РФ ст. 129; ГК РФ ст. 204 п. 3; НК РФ ст. 333.20")


def _in_force(facts: CaseFacts, terms: Terms) -> NextStep:
    reason = f"Судебный акт в силе с {facts.stage_on:%d.%m.%Y}: получите второй экземпляр приказа или исполнительный лист."
    return NextStep("get_writ", facts.stage_on, _days(facts.stage_on, terms.hold_review), reason, "ГПК РФ ст. 130, 428")


def _writ(facts: CaseFacts, terms: Terms) -> NextStep:
    reason = "Исполнительный документ на руках и не предъявлен."
    if facts.stage_until:
        reason += f" Срок предъявления - до {facts.stage_until:%d.%m.%Y}."
    return NextStep("present_writ", facts.stage_on, facts.stage_until, reason, "229-ФЗ ст. 21")


def _presented(facts: CaseFacts, terms: Terms) -> NextStep:
    until = facts.stage_until or facts.stage_on
    return NextStep(
        "check_opening",
        until,
        _days(max(until, facts.stage_on), terms.hold_review),
        f"Документ предъявлен {facts.stage_on:%d.%m.%Y}; возбудить производство должны до {until:%d.%m.%Y}.",
        "229-ФЗ ст. 30 ч. 8",
        Turn.BAILIFF,
    )


def _proceeding(facts: CaseFacts, terms: Terms) -> NextStep:
    until = facts.stage_until or facts.stage_on
    return NextStep(
        "check_proceeding",
        until,
        _days(max(until, facts.stage_on), terms.hold_review),
        f"Документ у приставов; на исполнительные действия закон даёт два месяца, они истекают {until:%d.%m.%Y}.",
        "229-ФЗ ст. 36 ч. 1",
        Turn.BAILIFF,
    )


def _returned(facts: CaseFacts, terms: Terms) -> NextStep:
    earliest = facts.stage_until or facts.stage_on
    return NextStep(
        "present_again",
        earliest,
        _days(max(earliest, facts.stage_on), terms.claim_within),
        f"Приставы вернули документ; повторно его предъявляют с {earliest:%d.%m.%Y} "
        "или раньше, если стало известно об имуществе должника.",
        "229-ФЗ ст. 46 ч. 4, 5",
        Turn.BAILIFF,
    )


_BY_STAGE: dict[Stage, Callable[[CaseFacts, Terms], NextStep]] = {
    Stage.OPENED: _opened,
    Stage.REMINDER_READY: _reminder_ready,
    Stage.REMINDER_SENT: _reminder_sent,
    Stage.CLAIM_READY: _claim_ready,
    Stage.IN_COURT: _in_court,
    Stage.DEFECTS: _defects,
    Stage.CLAIM_RETURNED: _claim_returned,
    Stage.AWARDED: _awarded,
    Stage.CLAIM_LOST: _claim_lost,
    Stage.ORDER_SET_ASIDE: _order_set_aside,
    Stage.IN_FORCE: _in_force,
    Stage.WRIT: _writ,
    Stage.PRESENTED: _presented,
    Stage.PROCEEDING: _proceeding,
    Stage.RETURNED: _returned,
}
