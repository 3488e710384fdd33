"""Adding a value to a norm: one person proposes, another one approves."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.norms.catalogue import shipped
from casedesk.norms.models import NormValue
from casedesk.norms.norm import Norm
from casedesk.norms.typed import BadNormValue, is_typed, read


class AlreadyDecided(Refusal):
    """The proposal was approved or declined before."""

    code = "already_decided"


class SameHand(NotAllowed):
    """Whoever proposed a value may not approve it."""

    code = "same_hand"


def propose(
    *,
    norm: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    value: str,
    act: str,
    confidence: str,
    checked_on: dt.date,
    note: str = "",
    by: User,
    at: dt.datetime,
) -> NormValue:
    """Propose a value; it changes nothing until it is approved. Raises BadNormValue."""
    found = shipped().norm(norm)
    if not is_typed(found):
        raise BadNormValue(f"Норму «{found.about}» меняют только в новой версии программы.")
    read(found, value)
    _check_days(found, valid_from, valid_to, checked_on, at.date())
    if confidence == "U!" and not note:
        raise BadNormValue("Для спорного значения напишите, что в нём нужно проверить: это прочтут рядом с расчётом.")
    return NormValue.objects.create(
        norm=norm,
        valid_from=valid_from,
        valid_to=valid_to,
        value=value.strip(),
        act=act,
        confidence=confidence,
        checked_on=checked_on,
        note=note,
        proposed_by=by,
        proposed_at=at,
    )


def _check_days(norm: Norm, valid_from: dt.date, valid_to: dt.date | None, checked_on: dt.date, today: dt.date) -> None:
    if valid_to and valid_to < valid_from:
        raise BadNormValue(f"Последний день {valid_to:%d.%m.%Y} раньше первого {valid_from:%d.%m.%Y}.")
    if checked_on > today:
        raise BadNormValue(f"День проверки {checked_on:%d.%m.%Y} ещё не наступил.")
    if valid_from < norm.first_day:
        raise BadNormValue(f"Первое значение нормы действует с {norm.first_day:%d.%m.%Y}: более раннее добавляют с программой.")
    if norm.unit == "calendar_year":
        year = (dt.date(valid_from.year, 1, 1), dt.date(valid_from.year, 12, 31))
        if (valid_from, valid_to) != year:
            raise BadNormValue("Календарь вносят на целый год: с 1 января по 31 декабря.")


@transaction.atomic
def approve(*, proposal: NormValue, by: User, at: dt.datetime) -> NormValue:
    """Put the value in force. Raises SameHand when the approver proposed it, AlreadyDecided."""
    proposal = _waiting(proposal)
    if proposal.proposed_by_id == by.pk:
        raise SameHand("Значение нормы утверждает другой человек, не тот, кто его внёс. Попросите второго администратора.")
    return _decide(proposal, NormValue.State.APPROVED, by, at)


@transaction.atomic
def decline(*, proposal: NormValue, by: User, at: dt.datetime) -> NormValue:
    """Turn the value down, or take one's own proposal back. Raises AlreadyDecided."""
    return _decide(_waiting(proposal), NormValue.State.DECLINED, by, at)


def _waiting(proposal: NormValue) -> NormValue:
    proposal = NormValue.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != NormValue.State.PROPOSED:
        raise AlreadyDecided(f"Решение уже принято: {proposal.get_state_display()}. Внесите новое значение, если нужно.")
    return proposal


def _decide(proposal: NormValue, state: str, by: User, at: dt.datetime) -> NormValue:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, at
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    return proposal
