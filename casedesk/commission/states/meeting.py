"""The moves of a meeting: planned, called, opened with a quorum, closed, signed."""

import datetime as dt

from casedesk.access.rights import Right
from casedesk.commission.models import Meeting, Minutes
from casedesk.commission.queries.quorum import presiding_of, quorum_of
from casedesk.commission.rules.words import MEETING_NAMES, MeetingState
from casedesk.common.ru import plural
from casedesk.common.states import Machine, Move

LAW = "регламент комиссии, план L-App3"


def _has_something_to_hear(meeting: Meeting, on: dt.date) -> str | None:
    if meeting.topic or meeting.items.exists():
        return None
    return "повестка пуста. Наполните её по правилу, добавьте дела или напишите тему заседания."


def _day_has_come(meeting: Meeting, on: dt.date) -> str | None:
    if on >= meeting.planned_on:
        return None
    return f"заседание назначено на {meeting.planned_on:%d.%m.%Y}. Откройте его в этот день или перенесите."


def _has_quorum(meeting: Meeting, on: dt.date) -> str | None:
    found = quorum_of(meeting)
    if found.is_met:
        return None
    members = plural(found.needed, "член комиссии", "члена комиссии", "членов комиссии")
    return (
        f"нет кворума: участвуют {found.present} из {found.members}, нужно {members}. "
        "Отметьте представителей или запишите, что заседание не состоялось."
    )


def _has_no_quorum(meeting: Meeting, on: dt.date) -> str | None:
    if not quorum_of(meeting).is_met or presiding_of(meeting) is None:
        return None
    return "кворум есть и вести заседание есть кому. Откройте его или отмените до начала."


def _somebody_presides(meeting: Meeting, on: dt.date) -> str | None:
    if presiding_of(meeting) is not None:
        return None
    return "нет ни председателя, ни его заместителя лично: вести заседание некому. Представитель вести не может."


def _nobody_signed(meeting: Meeting, on: dt.date) -> str | None:
    signed = Minutes.objects.filter(meeting=meeting).exclude(presided_at=None, kept_at=None).exists()
    return "под протоколом уже есть подпись. Пусть тот, кто подписал, отзовёт подпись; тогда исправляйте." if signed else None


S = MeetingState
AHEAD = frozenset({S.PLANNED, S.CALLED})
MEETING = Machine(
    "state",
    (
        Move("edit", frozenset({S.PLANNED}), "", "Изменить повестку", Right.RUN_COMMISSION),
        Move(
            "call", frozenset({S.PLANNED}), S.CALLED, "Созвать заседание", Right.RUN_COMMISSION, needs=(_has_something_to_hear,)
        ),
        Move("uncall", frozenset({S.CALLED}), S.PLANNED, "Вернуть к подготовке", Right.RUN_COMMISSION),
        Move("summon", AHEAD, "", "Пригласить должников", Right.RUN_COMMISSION),
        Move("attend", frozenset({S.CALLED}), "", "Отметить явку членов комиссии", Right.RUN_COMMISSION),
        Move(
            "open",
            frozenset({S.CALLED}),
            S.OPENED,
            "Открыть заседание",
            Right.RUN_COMMISSION,
            law=LAW,
            needs=(_day_has_come, _has_quorum, _somebody_presides),
        ),
        Move(
            "fail",
            frozenset({S.CALLED}),
            S.FAILED,
            "Заседание не состоялось",
            Right.RUN_COMMISSION,
            needs=(_day_has_come, _has_no_quorum),
        ),
        Move("decide", frozenset({S.OPENED}), "", "Записать решение", Right.RUN_COMMISSION),
        Move("close", frozenset({S.OPENED}), S.CLOSED, "Закрыть заседание", Right.RUN_COMMISSION),
        Move("reopen", frozenset({S.CLOSED}), S.OPENED, "Вернуться к решениям", Right.RUN_COMMISSION, needs=(_nobody_signed,)),
        Move("sign", frozenset({S.CLOSED}), "", "Подписать протокол", Right.SEE_COMMISSION, law=LAW),
        Move("cancel", AHEAD, S.CANCELLED, "Отменить заседание", Right.RUN_COMMISSION),
    ),
    MEETING_NAMES,
)
