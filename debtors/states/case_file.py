"""The moves of a case file: from, action, to, who may, what is checked, on what law it rests.

The same rows decide (`debtors.actions.moves`), draw docs/case-stages.md, choose the buttons of the case page and are
walked by the tests. `replay` folds the events of a case into its stage: the stage column is that, kept.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.access.rights import Right
from casedesk.common.states import Machine, Move
from debtors.models import CaseFile
from debtors.rules.next_step import PRE_TRIAL_NORM
from debtors.rules.stages import HOLD_NAMES, LIVE_STAGES, STAGE_NAMES, FlagKind, Stage, Turn


def not_on_hold(case: CaseFile, on: dt.date) -> str | None:
    """Work is not stopped by a hold on the day."""
    if not case.held_on(on):
        return None
    until = f"до {case.hold_until:%d.%m.%Y}" if case.hold_until else "без срока"
    why = HOLD_NAMES[case.hold_kind]
    return f"дело № {case.number} приостановлено {until} ({why}). Снимите приостановку или дождитесь её конца."


def has_overdue_debt(case: CaseFile, on: dt.date) -> str | None:
    """There is something to ask for."""
    if case.overdue > 0:
        return None
    return f"по делу № {case.number} нет просроченного долга. Закройте дело."


def debtor_can_answer(case: CaseFile, on: dt.date) -> str | None:
    """A demand is not addressed to the dead or to a bankrupt."""
    if FlagKind.DECEASED in case.flags:
        return f"по делу № {case.number} должник умер. Установите наследников и обращайтесь к ним (ГК РФ ст. 1175)."
    if FlagKind.BANKRUPT in case.flags:
        return f"по делу № {case.number} должник банкрот. Требование заявляют в дело о банкротстве (127-ФЗ ст. 213.8)."
    return None


_BEYOND_PRE_TRIAL = frozenset({Stage.WRIT, Stage.PROCEEDING, Stage.RETURNED})
_REMINDER_CHECKS = (not_on_hold, has_overdue_debt, debtor_can_answer)

CASE = Machine(
    "stage",
    moves=(
        Move(
            "prepare_reminder",
            frozenset({Stage.OPENED, Stage.REMINDER_SENT}),
            Stage.REMINDER_READY,
            "Подготовить напоминание",
            Right.WORK_CASES,
            law=PRE_TRIAL_NORM,
            turn=Turn.CREDITOR,
            needs=_REMINDER_CHECKS,
            event="reminder_prepared",
        ),
        Move(
            "prepare_reminder",
            _BEYOND_PRE_TRIAL,
            "",
            "Подготовить напоминание",
            Right.WORK_CASES,
            law=PRE_TRIAL_NORM,
            turn=Turn.CREDITOR,
            needs=_REMINDER_CHECKS,
            event="reminder_prepared",
        ),
        Move(
            "send_reminder",
            frozenset({Stage.REMINDER_READY}),
            Stage.REMINDER_SENT,
            "Отметить вручение",
            Right.WORK_CASES,
            law=PRE_TRIAL_NORM,
            turn=Turn.DEBTOR,
            needs=(not_on_hold,),
            event="reminder_sent",
        ),
        Move(
            "send_reminder",
            _BEYOND_PRE_TRIAL,
            "",
            "Отметить вручение",
            Right.WORK_CASES,
            law=PRE_TRIAL_NORM,
            turn=Turn.DEBTOR,
            needs=(not_on_hold,),
            event="reminder_sent",
        ),
        Move(
            "cancel_reminder",
            frozenset({Stage.REMINDER_READY}),
            Stage.OPENED,
            "Отменить напоминание",
            Right.WORK_CASES,
            turn=Turn.CREDITOR,
            event="reminder_cancelled",
        ),
        Move(
            "cancel_reminder",
            _BEYOND_PRE_TRIAL,
            "",
            "Отменить напоминание",
            Right.WORK_CASES,
            event="reminder_cancelled",
        ),
        Move(
            "register_writ",
            LIVE_STAGES,
            Stage.WRIT,
            "Учесть исполнительный документ",
            Right.WORK_CASES,
            law="229-ФЗ ст. 12, 21",
            turn=Turn.CREDITOR,
            event="writ_registered",
        ),
        Move(
            "open_proceeding",
            _BEYOND_PRE_TRIAL,
            Stage.PROCEEDING,
            "Учесть возбуждение производства",
            Right.WORK_CASES,
            law="229-ФЗ ст. 30",
            turn=Turn.BAILIFF,
            event="proceeding_opened",
        ),
        Move(
            "return_writ",
            frozenset({Stage.PROCEEDING}),
            Stage.RETURNED,
            "Учесть возврат документа",
            Right.WORK_CASES,
            law="229-ФЗ ст. 46",
            turn=Turn.CREDITOR,
            event="writ_returned",
        ),
        Move(
            "end_proceeding",
            frozenset({Stage.PROCEEDING}),
            Stage.OPENED,
            "Учесть окончание производства",
            Right.WORK_CASES,
            law="229-ФЗ ст. 43, 47",
            turn=Turn.CREDITOR,
            event="proceeding_ended",
        ),
        Move(
            "withdraw_writ",
            _BEYOND_PRE_TRIAL,
            Stage.OPENED,
            "Снять ошибочный документ",
            Right.WORK_CASES,
            turn=Turn.CREDITOR,
            event="writ_withdrawn",
        ),
        Move("place_hold", LIVE_STAGES, "", "Приостановить", Right.WORK_CASES, event="hold_placed"),
        Move("lift_hold", LIVE_STAGES, "", "Снять приостановку", Right.WORK_CASES, event="hold_lifted"),
        Move("set_flag", LIVE_STAGES, "", "Поставить отметку", Right.WORK_CASES, event="flag_set"),
        Move("remove_flag", LIVE_STAGES, "", "Снять отметку", Right.WORK_CASES, event="flag_removed"),
        Move("note", frozenset(Stage), "", "Записать заметку", Right.WORK_CASES, event="noted"),
        Move("assign", LIVE_STAGES, "", "Назначить ответственного", Right.ASSIGN_CASES, event="assigned"),
        Move("close", LIVE_STAGES, Stage.CLOSED, "Закрыть дело", Right.WORK_CASES, event="case_closed"),
    ),
    names=dict(STAGE_NAMES),
)


@dataclass(frozen=True)
class Standing:
    """Where the events leave a case: stage, the day that led to it, the end of the term it started."""

    stage: str
    stage_on: dt.date | None
    stage_until: dt.date | None


def replay(events: Iterable, moves: Iterable[Move] = CASE.moves) -> Standing:
    """Fold events (oldest first; anything with code, happened_on, term_until) into the standing of the case.

    An event that the table does not allow from the stage reached leaves it: what was recorded stays recorded.
    """
    standing = Standing("", None, None)
    table = {(source, move.event): move for move in moves for source in move.sources}
    for event in events:
        if event.code == "case_opened":
            standing = Standing(Stage.OPENED, event.happened_on, event.term_until)
            continue
        move = table.get((standing.stage, event.code))
        if move and move.target:
            standing = Standing(move.target, event.happened_on, event.term_until)
    return standing
