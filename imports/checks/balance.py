"""Opening + charged + recalculated - paid must give closing; otherwise one of the five was misread or the row is spoiled."""

from casedesk.common.money import text
from imports.rows import Problem, Row


def balance_problem(row: Row) -> Problem | None:
    """The problem of a row whose sums do not meet, or None. Penalties may or may not be part of the balance."""
    opening, closing = row.opening or 0, row.closing or 0
    expected = opening + (row.charged or 0) + (row.recalculated or 0) - (row.paid or 0)
    if expected == closing or (row.penalty and expected + row.penalty == closing):
        return None
    return Problem(
        "balance_mismatch",
        f"Сальдо не сходится: на начало {text(opening)} + начислено {text(row.charged or 0)} + перерасчёт "
        f"{text(row.recalculated or 0)} − оплачено {text(row.paid or 0)} = {text(expected)}, а в файле на конец "
        f"{text(closing)} (разница {text(closing - expected)}). Проверьте строку у отправителя.",
        sheet=row.sheet,
        row=row.row,
        value=text(closing),
    )
