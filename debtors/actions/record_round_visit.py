"""Record what came of a door: on the round, among the contacts, on the case. A promise is kept as one, a reminder as handed."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.make_promise import make_promise
from debtors.actions.moves import check_may
from debtors.actions.plan_round import lock_round
from debtors.actions.send_reminder import send_reminder
from debtors.actions.settle_contacts import log_contact
from debtors.models import PreTrialNotice, RoundStop, RoundVisit
from debtors.rules.contact_words import ContactChannel
from debtors.rules.visit_words import Outcome, worded

NOT_REACHED = (Outcome.NOBODY_HOME, Outcome.NOT_LIVING)


class VisitUnclear(Refusal):
    """The outcome needs more to be said, or says too much."""

    code = "visit_unclear"


@dataclass(frozen=True)
class DoorTold:
    """What is told at the door. Sums in kopecks."""

    outcome: str
    promised_on: dt.date | None = None
    promised: int | None = None
    paid: int | None = None
    notice_handed: bool = False
    note: str = ""


@transaction.atomic
def record_round_visit(*, stop: RoundStop, told: DoorTold, by: User, on: dt.date) -> RoundVisit:
    """Write the visit down; an earlier one of the same door stays, but counts no more.

    Raises RoundClosed, VisitUnclear, PromiseRefused, ContactTooOften, NotAllowed before the round's day.
    """
    check_may(by, Right.WORK_CASES)
    one = lock_round(stop.round)
    if on < one.planned_on:
        raise NotAllowed(f"{one} ещё не начался: результат записывают с {one.planned_on:%d.%m.%Y}. Перенесите день.")
    _check(told)
    earlier = stop.visits.filter(is_last=True).first()
    made = RoundVisit(
        stop=stop,
        outcome=told.outcome,
        visited_on=on,
        promised_on=told.promised_on if told.outcome == Outcome.PROMISED else None,
        promised=told.promised if told.outcome == Outcome.PROMISED else None,
        paid=told.paid if told.outcome == Outcome.PAID else None,
        notice_handed=told.notice_handed,
        note=told.note[:500],
        recorded_by=by,
    )
    if earlier is None or earlier.visited_on != on:  # the same evening told anew is no further contact
        reached = told.outcome not in NOT_REACHED
        proof = f"{one}, {by.short_name}"
        made.contact = log_contact(
            case=stop.case, channel=ContactChannel.VISIT, reached=reached, words=made.words, by=by, on=on, proof=proof
        )
    stop.visits.filter(is_last=True).update(is_last=False)
    made.save()
    if told.outcome == Outcome.PROMISED:
        amount = told.promised or stop.case.overdue
        make_promise(case=stop.case, amount=amount, due_on=told.promised_on, by=by, on=on, contact=made.contact)
    if told.notice_handed:
        _hand_notice(stop, by, on)
    return made


def _check(told: DoorTold) -> None:
    if told.outcome == Outcome.PROMISED and told.promised_on is None:
        raise VisitUnclear("Обещал оплатить – до какого дня? Укажите день, его проверят по оплатам.")
    if told.outcome == Outcome.PAID and not told.paid:
        raise VisitUnclear("Оплатил на месте – сколько? Укажите сумму по чеку.")
    if min(told.paid or 1, told.promised or 1) <= 0:
        raise VisitUnclear("Сумма должна быть больше нуля. Исправьте её или оставьте поле пустым.")
    if told.notice_handed and told.outcome in NOT_REACHED:
        raise VisitUnclear(f"«{worded(told.outcome)}», а напоминание вручено. Уберите одно из двух.")


def _hand_notice(stop: RoundStop, by: User, on: dt.date) -> None:
    notice = stop.case.notices.filter(state=PreTrialNotice.State.PREPARED).first()
    if notice is None:
        raise VisitUnclear(
            f"По делу № {stop.case.number} нет подготовленного напоминания. Подготовьте его или снимите отметку о вручении."
        )
    send_reminder(notice=notice, channel=PreTrialNotice.Channel.BY_HAND, by=by, on=on)
