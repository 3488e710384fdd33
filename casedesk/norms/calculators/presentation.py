"""Until when a writ may be presented, and when again (229-ФЗ ст. 21, 22, 46).

Presentation interrupts the term. After a return under ст. 46 it starts anew; after the creditor's withdrawal or obstruction
the time at the bailiffs is deducted, so that the last day is the first presentation plus three years. A part paid by the
debtor interrupts too (ст. 22 ч. 1, 2): the term starts anew from that day. A refusal to open proceedings (ст. 31) is counted
on the safe side, as if the writ had not been presented.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from casedesk.norms.inputs import Inputs, parse_day
from casedesk.norms.reading import Reading
from casedesk.norms.terms import add_months, add_years, said

ALLOWED = ("kind", "term_starts", "presentations", "part_paid")
PRESENTATION = ("presented", "ended", "ground", "resolution_sent")
KINDS = ("court_order", "execution_writ", "notary_inscription")
UNEXECUTED = "unexecuted"
REFUSED = "refused"
RETURNED = ("46.1.1", "46.1.2", "46.1.3", "46.1.4", "46.1.5", UNEXECUTED)
BARRED = ("46.1.2", "46.1.3", "46.1.4")
CREDITORS_DOING = ("withdrawn", "46.1.6")
FINAL = ("executed",)
PART_PAID = "part_paid"
GROUNDS = (*RETURNED, *CREDITORS_DOING, REFUSED, *FINAL)


@dataclass(frozen=True)
class Presented:
    """One stay of the writ with the bailiffs; `ended` None while it is there."""

    presented: dt.date
    ended: dt.date | None
    ground: str | None
    resolution_sent: dt.date | None
    inputs: Inputs


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `presentation`. `last_day` is null while the writ is with the bailiffs or executed."""
    inputs = Inputs(data, ALLOWED)
    inputs.choice("kind", KINDS)
    starts = inputs.day("term_starts")
    stays = _stays(inputs, starts)
    parts = _parts(inputs, starts, stays)
    years = reading.value("enforcement.presentation_years", starts)
    end: dt.date | None = add_years(starts, years)
    lines = [{"on": starts, "text": f"Срок предъявления {years} года с {said(starts)}.", "last_day": end}]
    first, repeat = None, None
    for stay in sorted([*stays, *parts], key=lambda happened: happened.presented):
        if stay.ground == PART_PAID:
            first, end = None, add_years(stay.presented, reading.value("enforcement.presentation_years", stay.presented))
            text = f"Часть уплачена {said(stay.presented)}: срок прерван и идёт заново, до {said(end)} (ст. 22 ч. 1, 2)."
            lines.append({"on": stay.presented, "text": text, "last_day": end})
            continue
        if end and stay.presented > reading.on_or_after(end):
            reading.warn(f"Предъявление {said(stay.presented)} после истечения срока {said(end)}: нужно восстановление в суде.")
        if stay.ground != REFUSED:
            first = first or stay.presented
            end, repeat = _after(stay, first, reading)
        lines.append({"on": stay.ended or stay.presented, "text": _text(stay, end, repeat), "last_day": end})
        if stay.ground in RETURNED:
            first = None
    last_day = reading.on_or_after(end) if end else None
    return {"last_day": last_day, "last_day_nominal": end, "earliest_repeat": repeat, "lines": lines}


def _after(stay: Presented, first: dt.date, reading: Reading) -> tuple[dt.date | None, dt.date | None]:
    """The last day of the term after the stay, and the first day for presenting again where there is a bar."""
    if stay.ended is None or stay.ground in FINAL:
        return None, None
    years = reading.value("enforcement.presentation_years", stay.ended)
    if stay.ground in CREDITORS_DOING:
        deducts = reading.find("enforcement.withdrawal_is_deducted", stay.ended)
        if deducts.note:
            reading.warn(deducts.note)
        return add_years(first if deducts.value else stay.ended, years), None
    anew = add_years(_new_start(stay, reading), years)
    if stay.ground not in BARRED:
        return anew, None
    wait = reading.value("enforcement.repeat_months", stay.ended)["court_document"]
    return anew, add_months(stay.ended, wait)


def _new_start(stay: Presented, reading: Reading) -> dt.date:
    """The day from which the new term is counted: the resolution's dispatch when it is known, else the end."""
    reading.find("enforcement.term_after_return", stay.ended)
    if stay.resolution_sent is None:
        reading.warn(f"День отправки постановления взыскателю не указан: срок посчитан с дня окончания {said(stay.ended)}.")
    return stay.resolution_sent or stay.ended


def _text(stay: Presented, end: dt.date | None, repeat: dt.date | None) -> str:
    if stay.ended is None:
        return f"Предъявлен {said(stay.presented)}: срок прерван, документ у приставов (ст. 22 ч. 1)."
    if stay.ground == REFUSED:
        return f"В возбуждении отказано {said(stay.ended)} (ст. 31): предъявление не засчитано, срок до {said(end)}."
    if stay.ground in FINAL:
        return "Исполнен: предъявлять больше нечего (ст. 47 ч. 1 п. 1)."
    if stay.ground in CREDITORS_DOING:
        return (
            f"Отозван взыскателем или возвращён по его вине: срок до {said(end)} (ст. 22 ч. 3.1). Ждать для повтора не нужно."
        )
    if stay.ground == UNEXECUTED:
        return f"Возвращён без полного исполнения: срок заново, до {said(end)} (ст. 22 ч. 3)."
    text = f"Возвращён по ст. {stay.ground.replace('46.1.', '46 ч. 1 п. ')}: срок заново, до {said(end)} (ст. 22 ч. 3)."
    if repeat:
        text += f" Повторно не раньше {said(repeat)}, раньше — если имущество должника изменилось (ст. 46 ч. 5)."
    return text


def _parts(inputs: Inputs, starts: dt.date, stays: list[Presented]) -> list[Presented]:
    """Part payments that interrupt: those made while the writ was not at the bailiffs, where the term stood still anyhow."""
    days = [parse_day(f"part_paid[{place}]", day) for place, day in enumerate(inputs.raw("part_paid", None) or [])]
    away = [(stay.presented, stay.ended or dt.date.max) for stay in stays if stay.ground != REFUSED]
    free = [day for day in days if day >= starts and not any(begun <= day <= over for begun, over in away)]
    return [Presented(day, day, PART_PAID, None, inputs) for day in free]


def _stays(inputs: Inputs, starts: dt.date) -> list[Presented]:
    stays: list[Presented] = []
    earliest = starts
    for row in inputs.items("presentations", PRESENTATION):
        if stays and stays[-1].ended is None:
            raise stays[-1].inputs.bad("ended", "не указан день окончания, а дальше есть новое предъявление")
        stay = _stay(row)
        if stay.presented < earliest:
            raise row.bad("presented", f"раньше {said(earliest)}: предъявления идут по порядку, после начала срока")
        earliest = stay.ended or stay.presented
        stays.append(stay)
    return stays


def _stay(row: Inputs) -> Presented:
    presented, ended = row.day("presented"), row.day("ended", None)
    sent = row.day("resolution_sent", None)
    ground = row.choice("ground", GROUNDS) if ended or row.has("ground") else None
    if ground and not ended:
        raise row.bad("ended", "указано основание, но нет дня окончания")
    if ended and ended < presented:
        raise row.bad("ended", f"раньше предъявления {said(presented)}")
    if sent and (not ended or sent < ended):
        raise row.bad("resolution_sent", "отправка раньше окончания производства")
    return Presented(presented, ended, ground, sent, row)
