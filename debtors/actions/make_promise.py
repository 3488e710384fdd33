"""Promises to pay: written down, withdrawn, and held against the ledger every morning."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.refusals import Refusal
from debtors.actions.events import record
from debtors.actions.moves import check_may, lock
from debtors.models import CaseEvent, CaseFile, Contact, Promise
from debtors.queries.agreements import known_through
from debtors.queries.promises import paid_since
from debtors.rules.case_events import EVENTS
from debtors.rules.promise_standing import PromiseState, promise_state

LONGEST = 90
"""Days a promise may reach: beyond them it is an agreement."""


class PromiseRefused(Refusal):
    """The promise cannot be meant so."""

    code = "promise_refused"


@transaction.atomic
def make_promise(
    *, case: CaseFile, amount: int | None, due_on: dt.date | None, by: User | None, on: dt.date, contact: Contact | None = None
) -> Promise:
    """Write a promise down; one that waited gives way to it. Raises PromiseRefused, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    case = lock(case)
    _check(case, amount, due_on, on)
    earlier = case.promises.filter(state=PromiseState.WAITING).first()
    if earlier:
        _withdraw(earlier, "дано новое обещание", on)
    promise = Promise.objects.create(case=case, contact=contact, amount=amount, made_on=on, due_on=due_on, recorded_by=by)
    record("promise_made", case=case, on=on, by=by, subject=promise, term_until=due_on, total_kopecks=amount)
    return promise


def _check(case: CaseFile, amount: int | None, due_on: dt.date | None, on: dt.date) -> None:
    if not case.is_open:
        raise PromiseRefused(f"Дело № {case.number} закрыто: обещать по нему нечего. Новый долг откроет новое дело.")
    if not amount or amount <= 0:
        raise PromiseRefused("Обещал оплатить – сколько? Укажите сумму больше нуля.")
    if due_on is None:
        raise PromiseRefused("Обещал оплатить – до какого дня? Укажите день.")
    if due_on < on:
        raise PromiseRefused(f"День обещания {due_on:%d.%m.%Y} уже прошёл. Укажите будущий день.")
    if (due_on - on).days > LONGEST:
        raise PromiseRefused(
            f"До {due_on:%d.%m.%Y} больше {LONGEST} дней. На такой срок заключают соглашение о рассрочке; обещание – короче."
        )
    if amount > case.debt:
        raise PromiseRefused(f"Обещание {money.spaced(amount)} ₽ больше долга {money.spaced(case.debt)} ₽. Проверьте сумму.")


@transaction.atomic
def withdraw_promise(*, promise: Promise, reason: str, by: User, on: dt.date) -> Promise:
    """Take a promise back that was written down by mistake. Raises PromiseRefused, NotAllowed."""
    check_may(by, Right.WORK_CASES)
    case = lock(promise.case)
    promise = Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    if promise.state != PromiseState.WAITING:
        raise PromiseRefused(
            f"Обещание до {promise.due_on:%d.%m.%Y} уже {promise.get_state_display()}: снимать нечего. "
            "Договорились иначе – запишите новое."
        )
    if not reason.strip():
        raise PromiseRefused("Напишите, почему обещание снимается.")
    _withdraw(promise, reason.strip(), on)
    record("promise_withdrawn", case=case, on=max(on, case.stage_on), by=by, subject=promise, why=reason.strip())
    return promise


def _withdraw(promise: Promise, why: str, on: dt.date) -> None:
    promise.state, promise.why, promise.judged_on = PromiseState.WITHDRAWN, why[:300], on
    promise.save(update_fields=["state", "why", "judged_on"])


@dataclass(frozen=True)
class PromisesChecked:
    """How many promises were looked at, found kept, found broken."""

    seen: int = 0
    kept: int = 0
    broken: int = 0


@transaction.atomic
def check_promises(*, creditor: Organisation, on: dt.date) -> PromisesChecked:
    """Hold the creditor's promises against the payments that are known. Repeating it changes nothing."""
    through = known_through(creditor, on)
    waiting = Promise.objects.select_for_update(of=("self",)).filter(case__creditor=creditor, state=PromiseState.WAITING)
    listed = list(waiting.select_related("case").order_by("pk")) if through else []
    paid = paid_since(listed)
    judged: dict[str, list[Promise]] = defaultdict(list)
    for promise in listed:
        money_in = max(0, paid.get(promise.pk, 0))
        state = promise_state(amount=promise.amount, due_on=promise.due_on, paid=money_in, known_through=through)
        if state != PromiseState.WAITING:
            promise.state, promise.paid, promise.judged_on = state, money_in, on
            judged[state].append(promise)
    for state, promises in judged.items():
        bulk_update_with_history(promises, Promise, ["state", "paid", "judged_on"], batch_size=1_000)
        CaseEvent.objects.bulk_create([_event(promise, state, on) for promise in promises], 1_000)
    return PromisesChecked(len(listed), len(judged[PromiseState.KEPT]), len(judged[PromiseState.BROKEN]))


def _event(promise: Promise, state: str, on: dt.date) -> CaseEvent:
    code = f"promise_{state}"
    data = {"paid_kopecks": promise.paid, "total_kopecks": promise.amount}
    EVENTS[code].check(data)
    about = {"subject_kind": "promise", "subject_id": promise.pk}
    return CaseEvent(case=promise.case, code=code, happened_on=on, data=data, **about)
