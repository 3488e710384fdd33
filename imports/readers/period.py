"""Which month, or which day, the rows of a file speak of when they do not say it themselves."""

import datetime as dt

from casedesk.common import months
from imports.readers.titles import Context, month_in_name
from imports.rows import Problem, Reading

Columns = dict[str, list[int]]


def settle_period(reading: Reading, tables: list[tuple[Columns, Context]], *, period: int | None, name: str) -> None:
    """Give each table its month, or the reading its day; what cannot be known is a fatal problem that asks for it.

    The month of charges comes from a column, the titles, the caller (`period`), or at last the file's name. A file of
    balances needs a day. A payment is paid for the month it names itself, never for the month it came in.
    """
    if reading.balances_only:
        _settle_day(reading, period, name)
    elif reading.kind == "payments":
        for _, context in tables:
            context.month = None
    elif reading.kind == "charges":
        for columns, context in tables:
            if not {"month", "month_number"} & set(columns) and context.month is None:
                _settle_month(reading, context, name)


def _settle_day(reading: Reading, period: int | None, name: str) -> None:
    if reading.as_of is None and period is not None:
        reading.as_of = months.last_day(period)
    if reading.as_of is None:
        message = f"В файле «{name}» одни остатки и не сказано, на какой день. Укажите период: возьмём его последний день."
        reading.problems.append(Problem("no_day", message))


def _settle_month(reading: Reading, context: Context, name: str) -> None:
    if context.as_of is not None:
        context.month = _month_before(context.as_of)
    elif (named := month_in_name(name)) is not None:
        context.month = named
        message = f"Месяц взят из имени файла «{name}»: в самом файле его нет. Проверьте период перед проведением."
        reading.problems.append(Problem("period_from_name", message, fatal=False))
    else:
        message = f"В файле «{name}» не сказано, за какой месяц начисления. Укажите период при загрузке."
        reading.problems.append(Problem("no_period", message))


def _month_before(day: dt.date) -> int:
    """The month whose turnovers a register «на день» shows: the month before when the day is a first day."""
    return months.of(day) - (day.day == 1)
