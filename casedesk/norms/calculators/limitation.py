"""Limitation of one monthly payment: start, events, last day (ГК РФ ст. 191-206; Пленум ВС № 43, № 22).

The term does not run from the filing of an order until its cancellation; the rest then runs on, and a rest shorter than six
months is extended to six. A claim that was filed stops it for good. Acknowledgement starts a new term; after the term is out
only a written one does.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from casedesk.norms.due_dates import due_on
from casedesk.norms.inputs import BadInput, Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.terms import add_months, add_years, said

ALLOWED = ("billing_month", "due_date", "events", "as_of")
KINDS = ("order_filed", "order_cancelled", "claim_filed", "acknowledged")
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """What happened to the claim; `written` matters for an acknowledgement after the term is out."""

    kind: str
    on: dt.date
    written: bool = False
    field: str = "events"


@dataclass
class Term:
    """The running state of a limitation term. `end` is None while the term does not run."""

    due: dt.date
    end: dt.date | None
    reading: Reading
    stopped_on: dt.date | None = None
    left: dt.timedelta = dt.timedelta(0)
    extended: bool = False
    filed_late: bool = False
    lines: list[dict[str, Any]] = field(default_factory=list)

    def say(self, on: dt.date, text: str) -> None:
        self.lines.append({"on": on, "text": text, "last_day": self.end})

    def is_out(self, day: dt.date) -> bool:
        return self.end is not None and self.reading.on_or_after(self.end) < day


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `limitation`. `last_day` is null while an order or a claim keeps the term from running."""
    inputs = Inputs(data, ALLOWED)
    due = _due(inputs, reading)
    as_of = inputs.day("as_of", None)
    events = _events(inputs, due)
    term = follow(due, events, reading)
    last_day = reading.on_or_after(term.end) if term.end else None
    if last_day and last_day != term.end:
        term.say(term.end, f"{said(term.end)} — нерабочий день, последний день {said(last_day)} (ГК РФ ст. 193).")
    return {
        "due_date": due,
        "starts": due + ONE_DAY,
        "last_day_nominal": add_years(due, reading.value("limitation.years", due)),
        "last_day": last_day,
        "extended_to_6_months": term.extended,
        "expired": None if as_of is None else bool(last_day and as_of > last_day),
        "state": None if as_of is None else state(last_day, as_of),
        "days_left": None if as_of is None or last_day is None else (last_day - as_of).days,
        "lines": term.lines,
    }


def follow(due: dt.date, events: list[Event], reading: Reading) -> Term:
    """The term after all events, oldest first. Raises BadInput on a cancellation without an order."""
    term = Term(due, add_years(due, reading.value("limitation.years", due)), reading)
    reading.find("limitation.longest_years", due)
    term.say(due + ONE_DAY, f"Срок начинает течь на следующий день после срока оплаты {said(due)}.")
    for event in sorted(events, key=lambda event: event.on):
        _STEPS[event.kind](term, event)
    longest = add_years(due, reading.value("limitation.longest_years", due))
    if term.end and term.end > longest:
        term.end = longest
        term.say(longest, "Не больше десяти лет от нарушения (ГК РФ ст. 196 п. 2).")
    return term


def state(last_day: dt.date | None, as_of: dt.date) -> str:
    """The colour of a month: stopped, in_time, under_6_months, under_30_days, expired."""
    if last_day is None:
        return "stopped"
    if as_of > last_day:
        return "expired"
    if (last_day - as_of).days < 30:
        return "under_30_days"
    return "under_6_months" if last_day < add_months(as_of, 6) else "in_time"


def _filed(term: Term, event: Event) -> None:
    what = "заявление о приказе" if event.kind == "order_filed" else "иск"
    if term.stopped_on:
        term.say(event.on, f"Подано {what}: срок уже не течёт с {said(term.stopped_on)}.")
    elif term.is_out(event.on):
        term.reading.warn(f"{said(event.on)}: {what} подано после истечения срока {said(term.end)}; срок от этого не меняется.")
        term.filed_late = True
        term.say(event.on, f"Подано {what} после истечения срока.")
    else:
        term.left, term.stopped_on, term.end = max(term.end - event.on, dt.timedelta(0)), event.on, None
        term.say(event.on, f"Подано {what}: срок не течёт (ГК РФ ст. 204), оставалось дней: {term.left.days}.")


def _cancelled(term: Term, event: Event) -> None:
    if not term.stopped_on:
        if term.filed_late:
            term.say(event.on, "Приказ отменён; он был подан после истечения срока.")
            return
        raise BadInput(
            event.field, "order_cancelled", "отмена без поданного приказа: добавьте событие order_filed с датой подачи"
        )
    months = term.reading.value("limitation.extension_months", event.on)
    least = add_months(event.on, months)
    term.end = event.on + term.left
    if term.end < least:
        term.end, term.extended = least, True
        text = f"Приказ отменён: оставалось меньше {months} месяцев, срок удлинён до {said(least)} (ГК РФ ст. 204 п. 3)."
    else:
        term.extended = False
        text = f"Приказ отменён: остаток течёт дальше, последний день {said(term.end)}."
    term.stopped_on = None
    term.say(event.on, text)


def _acknowledged(term: Term, event: Event) -> None:
    years = term.reading.value("limitation.years", event.on)
    term.reading.find("limitation.interruption", event.on)
    anew = add_years(event.on, years)
    if term.stopped_on:
        term.left = anew - event.on
        term.say(event.on, "Долг признан, пока срок не течёт: после отмены приказа он пойдёт заново.")
    elif term.is_out(event.on) and not event.written:
        term.reading.warn(
            f"{said(event.on)}: признание после истечения срока действует только письменное (ГК РФ ст. 206 п. 2)."
        )
        term.say(event.on, "Долг признан после истечения срока, не письменно: срок не начинается заново.")
    else:
        term.end, term.extended = anew, False
        term.say(event.on, f"Долг признан: срок начинается заново (ГК РФ ст. 203), последний день {said(anew)}.")


_STEPS = {"order_filed": _filed, "claim_filed": _filed, "order_cancelled": _cancelled, "acknowledged": _acknowledged}


def _due(inputs: Inputs, reading: Reading) -> dt.date:
    if inputs.has("billing_month") == inputs.has("due_date"):
        raise BadInput("billing_month, due_date", None, "нужно одно из двух: расчётный месяц или срок оплаты")
    if inputs.has("due_date"):
        return inputs.day("due_date")
    due = due_on(inputs.month("billing_month"), None, reading.norms)
    return reading.on_or_after(due)


def _events(inputs: Inputs, due: dt.date) -> list[Event]:
    events = []
    for number, row in enumerate(inputs.items("events", ("kind", "on", "written"))):
        on = row.day("on")
        if on <= due:
            raise row.bad("on", f"событие не позже срока оплаты {said(due)}: долга ещё не было")
        events.append(Event(row.choice("kind", KINDS), on, row.flag("written", False), f"events[{number}].kind"))
    return events
