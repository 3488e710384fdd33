"""The steps of a restriction: warned, limited, suspended, restored; stopped for a circumstance, taken off."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.documents.actions.make import make
from debtors.actions.events import record
from debtors.actions.keep_restriction import RELATED, keep_next
from debtors.actions.moves import TooEarly, check_may, lock
from debtors.documents.compose_restriction import act_data
from debtors.models import ServiceRestriction
from debtors.queries.restrictions import facts_of
from debtors.rules.restriction import CHANNELS, RestrictionFacts, RestrictionState, RestrictionStep
from debtors.states.restriction import RESTRICTION

ACT = "restriction_act"


class WarningWithoutProof(Refusal):
    """A warning counts only when its receipt can be proven."""

    code = "warning_without_proof"


class NoSuchDay(Refusal):
    """The day of the step lies in the future."""

    code = "no_such_day"


@dataclass
class Warned:
    """What came of marking many: how many were marked, and who was not and why."""

    done: list[ServiceRestriction] = field(default_factory=list)
    refused: list[tuple[ServiceRestriction, str]] = field(default_factory=list)


@transaction.atomic
def warn(
    *, restriction: ServiceRestriction, channel: str, proof: str, by: User, on: dt.date, today: dt.date
) -> ServiceRestriction:
    """The warning was received on the day, and here is the proof. Starts the term to pay (п. 119).

    Raises WarningWithoutProof, NotAllowed, TooEarly, NoSuchDay.
    """
    if channel not in CHANNELS or not proof.strip():
        raise WarningWithoutProof(
            f"«{restriction}»: вручение без доказательства срок не начинает (Правила 354 п. 119). "
            "Укажите способ и номер отправления, расписки или записи звонка."
        )
    one, facts = _held(restriction, RestrictionStep.WARN, by, on, today, since=restriction.started_on)
    until = on + dt.timedelta(days=facts.terms.warning_days + 1)
    proof = proof.strip()[:300]
    one.warned_on, one.channel, one.proof = on, channel, proof
    data = {"service": one.service.name, "channel": CHANNELS[channel], "proof": proof}
    return _moved(one, RestrictionState.WARNED, "restriction_warned", by, on, today, until, **data)


def warn_many(
    *, restrictions: Iterable[ServiceRestriction], channel: str, proof: str, by: User, on: dt.date, today: dt.date
) -> Warned:
    """Mark many warnings received the same way on one day; each that may not be marked says why."""
    told = Warned()
    for one in restrictions:
        try:
            told.done.append(warn(restriction=one, channel=channel, proof=proof, by=by, on=on, today=today))
        except Refusal as refusal:
            told.refused.append((one, refusal.message))
    return told


@transaction.atomic
def limit(*, restriction: ServiceRestriction, present: str, by: User, on: dt.date, today: dt.date) -> ServiceRestriction:
    """The service was limited on the day; the act is made. Raises NotAllowed naming the guard and the norm."""
    one, facts = _held(restriction, RestrictionStep.LIMIT, by, on, today, since=restriction.warned_on)
    one.limited_on = on
    until = on + dt.timedelta(days=facts.terms.suspension_days + 1)
    data = {"service": one.service.name, "debt_kopecks": facts.debt, "first": True}
    one = _moved(one, RestrictionState.LIMITED, "service_limited", by, on, today, until, **data)
    _act(one, "ограничено", present, facts.debt, by, on)
    return one


@transaction.atomic
def suspend(*, restriction: ServiceRestriction, present: str, by: User, on: dt.date, today: dt.date) -> ServiceRestriction:
    """The service was suspended on the day; the act is made. Raises NotAllowed naming the guard and the norm."""
    since = restriction.limited_on or restriction.warned_on
    one, facts = _held(restriction, RestrictionStep.SUSPEND, by, on, today, since=since)
    one.suspended_on = on
    data = {"service": one.service.name, "debt_kopecks": facts.debt, "first": one.limited_on is None}
    one = _moved(one, RestrictionState.SUSPENDED, "service_suspended", by, on, today, None, **data)
    _act(one, "приостановлено", present, facts.debt, by, on)
    return one


@transaction.atomic
def restore(*, restriction: ServiceRestriction, present: str, by: User, on: dt.date, today: dt.date) -> ServiceRestriction:
    """The service runs again from the day; the act is made and the restriction is over."""
    since = restriction.suspended_on or restriction.limited_on
    one, facts = _held(restriction, RestrictionStep.RESTORE, by, on, today, since=since)
    one.restored_on, one.ended_on, one.end_reason = on, on, "услуга возобновлена"
    one = _moved(one, RestrictionState.RESTORED, "service_restored", by, on, today, None, service=one.service.name)
    _act(one, "возобновлено", present, facts.debt, by, on)
    return one


@transaction.atomic
def cancel(*, restriction: ServiceRestriction, reason: str, by: User | None, on: dt.date, today: dt.date) -> ServiceRestriction:
    """Take the restriction off before the service was cut."""
    one, _ = _held(restriction, "cancel", by, on, today, since=restriction.started_on)
    one.ended_on, one.end_reason = on, reason[:300]
    data = {"service": one.service.name, "why": reason[:300]}
    return _moved(one, RestrictionState.CANCELLED, "restriction_cancelled", by, on, today, None, **data)


@transaction.atomic
def block(*, restriction: ServiceRestriction, kind: str, reason: str, by: User, on: dt.date) -> ServiceRestriction:
    """Stop the steps because of a circumstance that a person found (п. 122)."""
    one, _ = _held(restriction, "block", by, on, on, since=restriction.started_on)
    one.block, one.block_reason = kind, reason[:300]
    said = f"{one.get_block_display()}: {one.block_reason}"
    return _moved(one, one.state, "restriction_blocked", by, on, on, None, service=one.service.name, why=said)


@transaction.atomic
def unblock(*, restriction: ServiceRestriction, reason: str, by: User, on: dt.date) -> ServiceRestriction:
    """The circumstance is gone; the steps go on."""
    one, _ = _held(restriction, "unblock", by, on, on, since=restriction.started_on)
    if not one.block:
        raise NotAllowed(f"«{one}» не остановлено: снимать нечего. Обновите страницу.")
    one.block, one.block_reason = "", ""
    data = {"service": one.service.name, "why": reason[:300]}
    return _moved(one, one.state, "restriction_unblocked", by, on, on, None, **data)


@transaction.atomic
def set_terms(
    *, restriction: ServiceRestriction, monthly: int, can_be_limited: bool, heats: bool, by: User, on: dt.date
) -> ServiceRestriction:
    """Correct the payment by the norm, whether the service can be limited, whether it heats the dwelling."""
    one, _ = _held(restriction, "set_terms", by, on, on, since=restriction.started_on)
    if monthly <= 0:
        raise NotAllowed("Плата за месяц по нормативу должна быть больше нуля: от неё считают порог. Укажите её.")
    one.monthly, one.can_be_limited, one.heats = monthly, can_be_limited, heats
    one.save()
    keep_next([one], on=on)
    return one


def _held(
    restriction: ServiceRestriction, action: str, by: User | None, on: dt.date, today: dt.date, *, since: dt.date | None
) -> tuple[ServiceRestriction, RestrictionFacts]:
    """The restriction and its case as they stand now, locked, with the step checked by the table."""
    if on > today:
        raise NoSuchDay(f"День {on:%d.%m.%Y} ещё не наступил. Укажите день не позже {today:%d.%m.%Y}.")
    lock(restriction.case)
    found = ServiceRestriction.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=restriction.pk)
    facts = facts_of([found], on=on)[found.pk]
    move = RESTRICTION.check(facts, action, on)
    check_may(by, move.right)
    if since and on < since:
        raise TooEarly(f"«{move.label}» {on:%d.%m.%Y} нельзя: предыдущий шаг был {since:%d.%m.%Y}. Укажите день не раньше.")
    return found, facts


def _moved(
    one: ServiceRestriction,
    state: str,
    code: str,
    by: User | None,
    on: dt.date,
    today: dt.date,
    until: dt.date | None,
    **data: object,
) -> ServiceRestriction:
    one.state = str(state)
    one.save()
    record(code, case=one.case, on=on, by=by, subject=one, term_until=until, **data)
    keep_next([one], on=today)
    return one


def _act(one: ServiceRestriction, what: str, present: str, debt: int, by: User, on: dt.date) -> None:
    folder = ("debtors.CaseFile", one.case_id)
    data = act_data(one, what, present.strip() or "не присутствовали", debt, on)
    make(ACT, creditor=one.creditor, data=data, subject=("debtors.ServiceRestriction", one.pk), folder=folder, by=by, on=on)
