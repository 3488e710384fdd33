"""The moves of a writ: from, action, to, who may, what is checked, on what law it rests.

The state is never set by hand: after an action it is judged anew from the facts (`enforcement.rules.standing`), and a test
holds the table and that function to each other.
"""

import datetime as dt

from casedesk.access.rights import Right
from casedesk.common.states import Machine, Move
from debtors.rules.stages import FLAG_NAMES, FlagKind, HoldKind, Turn
from enforcement.models import Presentation
from enforcement.queries.writ_now import WritNow
from enforcement.rules.words import STATE_NAMES, WORKING, WritState


def term_not_over(now: WritNow, on: dt.date) -> str | None:
    """The presentation term runs."""
    last = now.writ.present_until
    if last is None:
        return f"у документа {now.writ.number} не указан день выдачи, срок предъявления не определить. Укажите день выдачи."
    if on <= last:
        return None
    return (
        f"срок предъявления {now.writ.number} истёк {last:%d.%m.%Y}. Просите суд восстановить срок (229-ФЗ ст. 23) "
        "или запишите перерыв, если должник платил."
    )


def something_remains(now: WritNow, on: dt.date) -> str | None:
    """There is something left to collect on it."""
    if now.remaining > 0:
        return None
    return f"по документу {now.writ.number} взыскивать нечего: остаток 0 ₽. Проверьте оплаты."


def act_in_force(now: WritNow, on: dt.date) -> str | None:
    """The paper is not presented before it exists."""
    issued = now.writ.issued_on
    if issued is None or on >= issued:
        return None
    return f"документ {now.writ.number} выдан {issued:%d.%m.%Y}, раньше его предъявить нельзя. Укажите день не раньше."


def not_bankrupt(now: WritNow, on: dt.date) -> str | None:
    """A bankrupt's debts are collected through the register of claims only."""
    case = now.writ.case_file
    if case is None:
        return None
    held = case.held_on(on) and case.hold_kind in (HoldKind.BANKRUPTCY, HoldKind.MORATORIUM)
    if FlagKind.BANKRUPT in case.flags or held:
        why = FLAG_NAMES[FlagKind.BANKRUPT] if FlagKind.BANKRUPT in case.flags else "мораторий или банкротство"
        return f"по делу № {case.number}: {why}. Заявите требование в деле о банкротстве (127-ФЗ ст. 69.1, 213.11)."
    return None


def may_repeat(now: WritNow, on: dt.date) -> str | None:
    """The six months are over, or there is news of property."""
    earliest = now.writ.repeat_from
    if earliest is None or on >= earliest or any(fact.known_on <= on for fact in now.news):
        return None
    return (
        f"повторно предъявить {now.writ.number} можно с {earliest:%d.%m.%Y}, раньше только при новых сведениях об имуществе "
        "должника. Запишите такие сведения или дождитесь дня."
    )


def with_bailiffs(now: WritNow, on: dt.date) -> str | None:
    """Only bailiffs open proceedings."""
    if now.running is None or now.running.kind == Presentation.Kind.BAILIFFS:
        return None
    return f"документ предъявлен не приставам, а сюда: {now.running.to}. Отзовите его и предъявите приставам."


AWAY = frozenset({WritState.PRESENTED, WritState.EXECUTING})
_PRESENT = (term_not_over, something_remains, act_in_force, not_bankrupt)


def _move(action: str, sources, target: str, label: str, right: str, event: str, **more) -> Move:
    return Move(action, frozenset(sources), target, label, right, event=event, **more)


WRIT = Machine(
    "state",
    moves=(
        _move(
            "present",
            {WritState.IN_HAND},
            WritState.PRESENTED,
            "Предъявить",
            Right.WORK_WRITS,
            "writ_presented",
            law="229-ФЗ ст. 21, 30",
            turn=Turn.BAILIFF,
            needs=_PRESENT,
        ),
        _move(
            "present",
            {WritState.RETURNED},
            WritState.PRESENTED,
            "Предъявить снова",
            Right.WORK_WRITS,
            "writ_presented",
            law="229-ФЗ ст. 46 ч. 4, 5",
            turn=Turn.BAILIFF,
            needs=(*_PRESENT, may_repeat),
        ),
        _move(
            "receive",
            {WritState.PRESENTED},
            "",
            "Учесть получение",
            Right.RECORD_ENFORCEMENT,
            "writ_received",
            law="229-ФЗ ст. 30 ч. 7",
            turn=Turn.BAILIFF,
        ),
        _move(
            "open_proceeding",
            AWAY,
            WritState.EXECUTING,
            "Учесть возбуждение",
            Right.RECORD_ENFORCEMENT,
            "proceeding_opened",
            law="229-ФЗ ст. 30",
            turn=Turn.BAILIFF,
            needs=(with_bailiffs,),
        ),
        _move(
            "refuse_opening",
            {WritState.PRESENTED},
            WritState.IN_HAND,
            "Учесть отказ в возбуждении",
            Right.RECORD_ENFORCEMENT,
            "writ_taken_back",
            law="229-ФЗ ст. 31",
            turn=Turn.CREDITOR,
        ),
        _move(
            "impose_measure",
            {WritState.EXECUTING},
            "",
            "Учесть меру",
            Right.RECORD_ENFORCEMENT,
            "measure_imposed",
            law="229-ФЗ ст. 64, 68",
        ),
        _move("lift_measure", AWAY | {WritState.RETURNED}, "", "Снять меру", Right.RECORD_ENFORCEMENT, "measure_lifted"),
        _move(
            "finish",
            AWAY,
            WritState.EXECUTED,
            "Учесть исполнение",
            Right.RECORD_ENFORCEMENT,
            "proceeding_ended",
            law="229-ФЗ ст. 47 ч. 1 п. 1, 2",
        ),
        _move(
            "end",
            AWAY,
            WritState.ENDED,
            "Учесть окончание",
            Right.RECORD_ENFORCEMENT,
            "proceeding_ended",
            law="229-ФЗ ст. 43, 47",
            turn=Turn.CREDITOR,
        ),
        _move(
            "end_by_court",
            AWAY,
            WritState.RECALLED,
            "Учесть возврат по требованию суда",
            Right.RECORD_ENFORCEMENT,
            "writ_recalled",
            law="229-ФЗ ст. 47 ч. 1 п. 4",
            turn=Turn.CREDITOR,
        ),
        _move(
            "return",
            AWAY,
            WritState.RETURNED,
            "Учесть возврат",
            Right.RECORD_ENFORCEMENT,
            "writ_returned",
            law="229-ФЗ ст. 46",
            turn=Turn.CREDITOR,
        ),
        _move(
            "come_back",
            {WritState.PRESENTED},
            WritState.IN_HAND,
            "Учесть возврат банком или работодателем",
            Right.RECORD_ENFORCEMENT,
            "writ_taken_back",
            law="229-ФЗ ст. 8, 98",
            turn=Turn.CREDITOR,
        ),
        _move(
            "withdraw",
            AWAY,
            WritState.IN_HAND,
            "Отозвать",
            Right.WORK_WRITS,
            "writ_taken_back",
            law="229-ФЗ ст. 22 ч. 3.1",
            turn=Turn.CREDITOR,
        ),
        _move(
            "record_act",
            {WritState.RETURNED},
            "",
            "Учесть акт или извещение",
            Right.RECORD_ENFORCEMENT,
            "act_received",
            law="229-ФЗ ст. 46 ч. 2, 3",
        ),
        _move("agree", {WritState.RETURNED}, "", "Согласиться с возвратом", Right.WORK_WRITS, "return_agreed"),
        _move(
            "contest",
            {WritState.RETURNED},
            "",
            "Обжаловать возврат",
            Right.WORK_WRITS,
            "return_contested",
            law="229-ФЗ ст. 121-123",
            turn=Turn.BAILIFF,
        ),
        _move(
            "contest_granted",
            {WritState.RETURNED},
            WritState.EXECUTING,
            "Учесть отмену возврата",
            Right.WORK_WRITS,
            "return_cancelled",
            law="229-ФЗ ст. 127",
            turn=Turn.BAILIFF,
        ),
        _move("contest_dismissed", {WritState.RETURNED}, "", "Учесть отказ в жалобе", Right.WORK_WRITS, "contest_dismissed"),
        _move("choose", {WritState.RETURNED}, "", "Решить после возврата", Right.WORK_WRITS, "return_choice"),
        _move(
            "property",
            WORKING,
            "",
            "Записать об имуществе",
            Right.RECORD_ENFORCEMENT,
            "property_found",
            law="229-ФЗ ст. 46 ч. 5",
        ),
        _move(
            "lose",
            {WritState.IN_HAND, WritState.PRESENTED, WritState.RETURNED},
            WritState.LOST,
            "Учесть утрату",
            Right.WORK_WRITS,
            "writ_lost",
            law="ГПК РФ ст. 430",
            turn=Turn.CREDITOR,
        ),
        _move("find", {WritState.LOST}, "", "Учесть, что нашёлся", Right.WORK_WRITS, "writ_found"),
        _move(
            "replace",
            {WritState.LOST},
            WritState.REPLACED,
            "Учесть дубликат",
            Right.WORK_WRITS,
            "duplicate_issued",
            law="ГПК РФ ст. 430",
            turn=Turn.CREDITOR,
        ),
        _move(
            "recall",
            WORKING,
            WritState.RECALLED,
            "Учесть отзыв судом",
            Right.WORK_WRITS,
            "writ_recalled",
            law="ГПК РФ ст. 129, 443-445",
            turn=Turn.CREDITOR,
        ),
        _move(
            "part_paid",
            WORKING,
            "",
            "Учесть частичную оплату",
            Right.WORK_WRITS,
            "writ_part_paid",
            law="229-ФЗ ст. 22 ч. 1",
        ),
        _move(
            "complain",
            AWAY | {WritState.RETURNED},
            "",
            "Пожаловаться на бездействие",
            Right.WORK_WRITS,
            "complaint_filed",
            law="229-ФЗ ст. 121-123",
            turn=Turn.BAILIFF,
        ),
    ),
    names=dict(STATE_NAMES),
)
