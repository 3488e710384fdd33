"""The last day of a term counted in working days (229-ФЗ ст. 15 ч. 2, ГПК РФ ст. 107 ч. 3, ТК РФ ст. 111, 112)."""

from typing import Any

from casedesk.norms.inputs import Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.terms import said

ALLOWED = ("from", "add")


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `working_days`: the term starts the day after `from`."""
    inputs = Inputs(data, ALLOWED)
    start = inputs.day("from")
    count = inputs.whole("add", most=2500)
    day = reading.add_working_days(start, count)
    transfers = reading.norms.norm("calendar.transfers")
    for year in sorted({start.year, day.year}):
        value = transfers.at(start.replace(year=year, month=1, day=1))
        if value:
            reading.use(transfers, value)
    text = f"{count} рабочих дней после {said(start)}: последний день {said(day)}."
    return {"date": day, "lines": [{"text": text}]}
