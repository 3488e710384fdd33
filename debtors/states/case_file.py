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
from debtors.rules.stages import BEYOND_COURT, COURT, HOLD_NAMES, LIVE_STAGES, STAGE_NAMES, FlagKind, Stage, Turn


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


_STAYS = COURT | BEYOND_COURT
"""Once a claim is prepared or a writ is there, a further reminder leaves the case where it is."""
_AWAY = frozenset({Stage.PRESENTED, Stage.PROCEEDING})
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
            _STAYS,
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
            _STAYS,
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
            _STAYS,
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
            "present_writ",
            BEYOND_COURT,
            Stage.PRESENTED,
            "Учесть предъявление документа",
            Right.WORK_CASES,
            law="229-ФЗ ст. 21, 30",
            turn=Turn.BAILIFF,
            event="writ_presented",
        ),
        Move(
            "open_proceeding",
            BEYOND_COURT,
            Stage.PROCEEDING,
            "Учесть возбуждение производства",
            Right.WORK_CASES,
            law="229-ФЗ ст. 30",
            turn=Turn.BAILIFF,
            event="proceeding_opened",
        ),
        Move(
            "return_writ",
            _AWAY,
            Stage.RETURNED,
            "Учесть возврат документа",
            Right.WORK_CASES,
            law="229-ФЗ ст. 46",
            turn=Turn.CREDITOR,
            event="writ_returned",
        ),
        Move(
            "end_proceeding",
            _AWAY,
            Stage.OPENED,
            "Учесть окончание производства",
            Right.WORK_CASES,
            law="229-ФЗ ст. 43, 47",
            turn=Turn.CREDITOR,
            event="proceeding_ended",
        ),
        Move(
            "resume_proceeding",
            frozenset({Stage.OPENED, Stage.WRIT, Stage.RETURNED}),
            Stage.PROCEEDING,
            "Учесть возобновление производства",
            Right.WORK_CASES,
            law="229-ФЗ ст. 42, 47 ч. 9",
            turn=Turn.BAILIFF,
            event="proceeding_resumed",
        ),
        Move(
            "withdraw_proceeding",
            frozenset({Stage.PROCEEDING, Stage.RETURNED}),
            Stage.WRIT,
            "Снять ошибочное производство",
            Right.WORK_CASES,
            turn=Turn.CREDITOR,
            event="proceeding_withdrawn",
        ),
        Move(
            "take_back_writ",
            _AWAY,
            Stage.WRIT,
            "Учесть отзыв документа или отказ принять его",
            Right.WORK_CASES,
            law="229-ФЗ ст. 22 ч. 3.1, ст. 31",
            turn=Turn.CREDITOR,
            event="writ_taken_back",
        ),
        Move(
            "reopen_proceeding",
            frozenset({Stage.RETURNED}),
            Stage.PROCEEDING,
            "Учесть отмену возврата",
            Right.WORK_CASES,
            law="229-ФЗ ст. 127, ст. 47 ч. 9",
            turn=Turn.BAILIFF,
            event="return_cancelled",
        ),
        Move(
            "replace_writ",
            BEYOND_COURT,
            Stage.WRIT,
            "Учесть дубликат",
            Right.WORK_CASES,
            law="ГПК РФ ст. 430",
            turn=Turn.CREDITOR,
            event="duplicate_issued",
        ),
        Move(
            "recall_writ",
            BEYOND_COURT,
            Stage.OPENED,
            "Учесть отзыв документа судом",
            Right.WORK_CASES,
            law="ГПК РФ ст. 129, 443-445",
            turn=Turn.CREDITOR,
            event="writ_recalled",
        ),
        Move(
            "withdraw_writ",
            BEYOND_COURT,
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
        Move(
            "sign_agreement",
            LIVE_STAGES,
            "",
            "Заключить соглашение о рассрочке",
            Right.WORK_CASES,
            law="ГК РФ ст. 203, 421",
            turn=Turn.DEBTOR,
            needs=(has_overdue_debt, debtor_can_answer),
            event="agreement_signed",
        ),
        Move(
            "notify_breach",
            LIVE_STAGES,
            "",
            "Уведомить о нарушении соглашения",
            Right.WORK_CASES,
            event="agreement_breach_notified",
        ),
        Move("resume_agreement", LIVE_STAGES, "", "Вернуть соглашение в силу", Right.WORK_CASES, event="agreement_resumed"),
        Move(
            "end_agreement",
            frozenset(Stage),
            "",
            "Расторгнуть соглашение",
            Right.WORK_CASES,
            law="ГК РФ ст. 450",
            event="agreement_ended",
        ),
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


def replay(events: Iterable, moves: Iterable[Move] | None = None) -> Standing:
    """Fold events (oldest first; anything with code, happened_on, term_until) into the standing of the case.

    An event that the table does not allow from the stage reached leaves it: what was recorded stays recorded. One that a
    later event corrects (`corrects_id`) is passed over.
    """
    standing = Standing("", None, None)
    table = {(source, move.event): move for move in (CASE.moves if moves is None else moves) for source in move.sources}
    events = list(events)
    corrected = _corrected(events)
    for event in events:
        if getattr(event, "pk", None) in corrected:
            continue
        if event.code == "case_opened":
            standing = Standing(Stage.OPENED, event.happened_on, event.term_until)
            continue
        move = table.get((standing.stage, event.code))
        if move and move.target:
            standing = Standing(move.target, event.happened_on, event.term_until)
    return standing


def _corrected(events: list) -> set[int]:
    """Events that a later one takes back; one that was itself taken back takes nothing back."""
    found: set[int] = set()
    for event in reversed(events):
        if getattr(event, "corrects_id", None) and event.pk not in found:
            found.add(event.corrects_id)
    return found
