"""Terms of the court order and of enforcement: which day is the last (ГПК РФ ст. 107, 126-130; 229-ФЗ ст. 15, 30, 36).

Days of the court are calendar days until 30.09.2019 and working days since; days of enforcement are working days.
"""

import datetime as dt
from typing import Any

from casedesk.norms.inputs import Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.terms import add_months, said

ALLOWED = ("term", "from", "as_of")
ONE_DAY = dt.timedelta(days=1)

TERMS = {
    "order_issue": "court_terms.order_issue_days",
    "order_copy": "court_terms.order_copy_days",
    "objections": "court_terms.objection_days",
    "cancellation_copy": "court_terms.cancellation_copy_days",
    "acceptance": "court_terms.acceptance_days",
    "hearing": "court_terms.hearing_months",
    "private_complaint": "court_terms.private_complaint_days",
    "appeal": "court_terms.appeal_months",
    "default_review": "court_terms.default_review_days",
    "lawsuit_after_order": "limitation.extension_months",
    "duplicate": "court_terms.duplicate_months",
    "pretrial": "court_terms.pretrial_days",
    "opening": "enforcement.opening_days",
    "voluntary": "enforcement.voluntary_days",
    "proceeding": "enforcement.proceeding_months",
    "ruling_copy": "enforcement.ruling_copy_days",
    "transfer": "enforcement.transfer_days",
    "complaint": "enforcement.complaint_days",
    "complaint_answer": "enforcement.complaint_answer_days",
}
"""What the term is for -> the norm that sets its length; the norm's unit says how it is counted."""


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `procedural_terms`: the last day of the term that starts the day after `from`, and the first day after it."""
    inputs = Inputs(data, ALLOWED)
    name = TERMS[inputs.choice("term", TERMS)]
    start, as_of = inputs.day("from"), inputs.day("as_of", None)
    length = reading.value(name, start)
    unit = _unit(reading.norms.norm(name).unit, start, reading)
    last_day = _last_day(start, length, unit, reading)
    text = f"{reading.norms.norm(name).about}: {length} {_UNITS[unit]} после {said(start)}, последний день {said(last_day)}."
    return {
        "last_day": last_day,
        "first_day_after": last_day + ONE_DAY,
        "length": length,
        "unit": unit,
        "is_over": None if as_of is None else as_of > last_day,
        "lines": [{"text": text}],
    }


_UNITS = {"working_days": "раб. дн.", "calendar_days": "кал. дн.", "months": "мес."}


def _unit(unit: str, start: dt.date, reading: Reading) -> str:
    if unit != "days":
        return unit
    return f"{reading.value('court_terms.day_kind', start)}_days"


def _last_day(start: dt.date, length: int, unit: str, reading: Reading) -> dt.date:
    if unit == "working_days":
        return reading.add_working_days(start, length)
    nominal = add_months(start, length) if unit == "months" else start + dt.timedelta(days=length)
    return reading.on_or_after(nominal)
