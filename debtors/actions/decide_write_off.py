"""An act of write-off on its way: papers, asking, approving or refusing by another person. The database holds the same rule."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import check_may
from debtors.models import WriteOffAct, WriteOffItem, WriteOffPaper
from debtors.queries.write_off_papers import papers_missing
from debtors.rules.write_off import PAPER_NAMES

State = WriteOffAct.State


class PapersMissing(Refusal):
    """Some accounts of the act lack papers that the ground asks for."""

    code = "papers_missing"


@transaction.atomic
def add_paper(
    *,
    act: WriteOffAct,
    kind: str,
    number: str,
    issued_on: dt.date,
    by: User,
    on: dt.date,
    item: WriteOffItem | None = None,
    issued_by_whom: str = "",
) -> WriteOffPaper:
    """Name a paper of the act, or of one account of it. Raises NotAllowed (also after asking, or dated ahead)."""
    check_may(by, Right.WORK_CASES)
    act = _lock(act, State.DRAFT, "Документы")
    if issued_on > on:
        raise NotAllowed(f"Документ от {issued_on:%d.%m.%Y} ещё не мог быть выдан. Укажите день не позже {on:%d.%m.%Y}.")
    return WriteOffPaper.objects.create(
        act=act,
        item=item,
        kind=kind,
        number=number[:60],
        issued_on=issued_on,
        issued_by_whom=issued_by_whom[:200],
        recorded_by=by,
    )


@transaction.atomic
def ask_write_off(*, act: WriteOffAct, by: User, on: dt.date) -> WriteOffAct:
    """Put the act before another person. Raises NotAllowed, PapersMissing (names the first accounts and papers)."""
    check_may(by, Right.WORK_CASES)
    act = _lock(act, State.DRAFT, "Отправить на утверждение")
    lacking = papers_missing(act)
    if lacking:
        item, codes = next(iter(lacking.items()))
        names = ", ".join(f"«{PAPER_NAMES[code]}»" for code in codes)
        more = f" и ещё по {len(lacking) - 1} счетам" if len(lacking) > 1 else ""
        raise PapersMissing(
            f"Не хватает документов: {item.account} — {names}{more}. Добавьте их или соберите акт без этих счетов.",
            accounts=len(lacking),
        )
    act.state, act.asked_by, act.asked_on = State.ASKED, by, on
    act.save(update_fields=["state", "asked_by", "asked_on"])
    return act


@transaction.atomic
def approve_write_off(*, act: WriteOffAct, by: User, on: dt.date) -> WriteOffAct:
    """Approve; `post_write_off` books it. Raises NotAllowed, also for whoever gathered the act or asked."""
    act = _decided(act, by)
    act.state, act.decided_by, act.decided_on = State.APPROVED, by, on
    act.save(update_fields=["state", "decided_by", "decided_on"])
    return act


@transaction.atomic
def refuse_write_off(*, act: WriteOffAct, why: str, by: User, on: dt.date) -> WriteOffAct:
    """Refuse with a reason; nothing is booked, the debts may be gathered again. Raises NotAllowed."""
    if not why.strip():
        raise NotAllowed("Напишите, почему акт отклонён: это увидит тот, кто его готовил.")
    act = _decided(act, by)
    act.state, act.decided_by, act.decided_on, act.refusal = State.REFUSED, by, on, why.strip()[:300]
    act.save(update_fields=["state", "decided_by", "decided_on", "refusal"])
    return act


@transaction.atomic
def withdraw_write_off(*, act: WriteOffAct, by: User) -> WriteOffAct:
    """Take the act back before it is decided. Raises NotAllowed."""
    check_may(by, Right.WORK_CASES)
    act = WriteOffAct.objects.select_for_update().get(pk=act.pk)
    if act.state not in (State.DRAFT, State.ASKED):
        raise NotAllowed(f"Акт № {act.number} уже решён ({act.get_state_display()}): отозвать нельзя.")
    act.state = State.WITHDRAWN
    act.save(update_fields=["state"])
    return act


def _decided(act: WriteOffAct, by: User) -> WriteOffAct:
    check_may(by, Right.APPROVE_WRITE_OFFS)
    act = _lock(act, State.ASKED, "Решить")
    if by.pk in (act.made_by_id, act.asked_by_id):
        raise NotAllowed(f"Акт № {act.number} готовили вы: решает другой сотрудник (правило двух лиц). Попросите коллегу.")
    return act


def _lock(act: WriteOffAct, state: str, what: str) -> WriteOffAct:
    act = WriteOffAct.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=act.pk)
    if act.state != state:
        raise NotAllowed(f"{what}: акт № {act.number} сейчас «{act.get_state_display()}», а нужно «{State(state).label}».")
    return act
