"""Penalty for late payment, line by line (ЖК РФ ст. 155 ч. 14, 14.1; laws on heat, water, power; ГК РФ ст. 330, 395)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from casedesk.common import money, months
from casedesk.norms.due_dates import due_on
from casedesk.norms.inputs import BadInput, Inputs, parse_day
from casedesk.norms.penalty import moratoria
from casedesk.norms.penalty.debt import Debt, Movement, outstanding, overpaid
from casedesk.norms.penalty.engine import Line, Penalty, compute
from casedesk.norms.penalty.ladder import FREE, HOUSING, LADDERS, SUPPLY, steps_between
from casedesk.norms.penalty.moratoria import Window
from casedesk.norms.penalty.rates import MODES, Cap, Rates
from casedesk.norms.reading import Reading
from casedesk.norms.rounding import half_up
from casedesk.norms.terms import said

ALLOWED = (
    "principal", "due_date", "billing_month", "from", "through", "ladder", "rate_mode", "rate", "rate_on", "payments",
    "refunds", "corrections", "payment_day_on_old_balance", "moratoria", "rate_cap", "cap_by_day",
)  # fmt: skip
ONE_DAY = dt.timedelta(days=1)
BY_LAW = (*HOUSING, *SUPPLY)
"""Ladders to which the moratoria and the cap of the norm base apply unless the input says otherwise."""
DEFAULT_MODES = {"gk395": "per_day", "contract_daily": "fixed"}


@dataclass(frozen=True)
class Terms:
    """Everything a count needs, read from the input."""

    debt: Debt
    ladder: str
    rates: Rates
    windows: list[Window]
    rate_on: dt.date | None


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `penalty`: the sum, days by share, lines. Raises BadInput, NormNotKnown."""
    inputs = Inputs(data, ALLOWED)
    terms = _terms(inputs, reading)
    _warn_of_money(terms.debt, reading)
    answer = compute(
        terms.debt,
        ladder=terms.ladder,
        rates=terms.rates,
        windows=terms.windows,
        reading=reading,
        rate_on=terms.rate_on,
    )
    return {
        "penalty": money.text(answer.total),
        "days": answer.days,
        "days_1_300": answer.days["1/300"],
        "days_1_130": answer.days["1/130"],
        "due_date": terms.debt.due,
        "principal_left": money.text(outstanding(terms.debt)),
        "each_further_day": _further_day(terms, reading),
        "exact": _shown(answer.exact),
        "lines": [_line(line, amount, terms.ladder) for line, amount in answer.lines] or [_nothing(answer, terms.debt)],
    }


def _terms(inputs: Inputs, reading: Reading) -> Terms:
    ladder = inputs.choice("ladder", LADDERS)
    debt = _debt(inputs, ladder, reading)
    mode = inputs.choice("rate_mode", MODES, DEFAULT_MODES.get(ladder, "payment_day"))
    if ladder == "contract_daily":
        mode = "fixed"
    if mode != "fixed" and inputs.has("rate"):
        raise inputs.bad("rate", "ставка задаётся только при rate_mode = fixed; уберите её или смените режим")
    rate = inputs.percent("rate") if mode == "fixed" else None
    rates = Rates(
        mode=mode,
        ladder=ladder,
        reading=reading,
        rate=rate,
        cap=_cap(inputs, ladder, mode),
        cap_by_day=inputs.flag("cap_by_day", False),
    )
    return Terms(debt, ladder, rates, _windows(inputs, ladder, debt, reading), inputs.day("rate_on", None))


def _debt(inputs: Inputs, ladder: str, reading: Reading) -> Debt:
    due, earliest = _due(inputs, ladder, reading)
    principal = inputs.amount("principal")
    for row in inputs.items("corrections", ("date", "amount")):
        row.day("date")
        principal += row.amount("amount", negative=True)
    if principal < 0:
        raise inputs.bad("corrections", "перерасчёты больше начисленного: долга нет")
    movements = [*_movements(inputs, "payments", 1, earliest), *_movements(inputs, "refunds", -1, earliest)]
    return Debt(
        principal=principal,
        due=due,
        through=inputs.day("through"),
        movements=tuple(movements),
        payment_day_on_old_balance=inputs.flag("payment_day_on_old_balance", True),
    )


def _due(inputs: Inputs, ladder: str, reading: Reading) -> tuple[dt.date, dt.date]:
    """The due day, and the first day on which money for this debt could have come."""
    given = [key for key in ("due_date", "billing_month", "from") if inputs.has(key)]
    if len(given) != 1 or (given == ["from"] and ladder != "gk395"):
        wanted = "from (первый день просрочки)" if ladder == "gk395" else "due_date или billing_month"
        raise BadInput(" и ".join(given) or wanted, None, f"для ladder = {ladder} нужно одно из полей: {wanted}")
    if given == ["from"]:
        first = inputs.day("from")
        return first - ONE_DAY, first
    if given == ["billing_month"]:
        month = inputs.month("billing_month")
        due = due_on(month, None, reading.norms)
        reading.on_or_after(due)
        return due, months.first_day(month)
    due = inputs.day("due_date")
    return due, months.first_day(months.of(due) - 1)


def _movements(inputs: Inputs, key: str, sign: int, earliest: dt.date) -> list[Movement]:
    found = []
    for row in inputs.items(key, ("date", "amount")):
        on = row.day("date")
        if on < earliest:
            raise row.bad("date", f"платёж раньше начисления: не раньше {said(earliest)}, иначе отнесите его к другому месяцу")
        found.append(Movement(on, sign * row.amount("amount", zero=False)))
    return found


def _cap(inputs: Inputs, ladder: str, mode: str) -> Cap | str | None:
    default = "norms" if ladder in BY_LAW and mode != "fixed" else None
    given = inputs.raw("rate_cap", default)
    if given is None or given == "norms":
        return given if ladder in BY_LAW else None
    cap = Inputs(given, ("value", "from", "to"), "rate_cap.")
    limit = Cap(cap.percent("value"), cap.day("from"), cap.day("to"))
    if limit.last < limit.first:
        raise cap.bad("to", f"раньше начала {said(limit.first)}")
    return limit


def _windows(inputs: Inputs, ladder: str, debt: Debt, reading: Reading) -> list[Window]:
    given = inputs.raw("moratoria", "norms" if ladder in BY_LAW else None)
    if given == "norms":
        return moratoria.from_norms(ladder=ladder, due=debt.due, through=debt.through, reading=reading)
    if given is None:
        trial = Reading(reading.norms, reading.asker)
        if moratoria.from_norms(ladder=ladder, due=debt.due, through=debt.through, reading=trial):
            reading.warn(
                "Период задевает мораторий, который для этого вида расчёта сам не применяется; нужен - moratoria: norms."
            )
        return []
    if not isinstance(given, list):
        raise inputs.bad("moratoria", "нужно «norms», [] или список [[с, по, только_долги_до?], ...]")
    return [_window(f"moratoria[{number}]", row) for number, row in enumerate(given)]


def _window(field: str, row: Any) -> Window:
    if not isinstance(row, list) or not 2 <= len(row) <= 3:
        raise BadInput(field, row, "нужен список из двух или трёх дат: [с, по, только_долги_до?]")
    days = [parse_day(f"{field}[{place}]", text) for place, text in enumerate(row)]
    if days[1] < days[0]:
        raise BadInput(f"{field}[1]", row[1], f"раньше начала {said(days[0])}")
    return Window(*days)


def _warn_of_money(debt: Debt, reading: Reading) -> None:
    if any(movement.on > debt.through for movement in debt.movements):
        reading.warn(f"Платежи позже {said(debt.through)} в расчёт не вошли: он сделан по этот день.")
    over = overpaid(debt)
    if over:
        reading.warn(f"Оплачено больше долга на {money.spaced(over)} ₽: излишек в расчёте пени не участвует.")


def _further_day(terms: Terms, reading: Reading) -> dict[str, Any]:
    """What one more day of delay costs after the counted day, at its rate."""
    day = max(terms.debt.through + ONE_DAY, terms.debt.first)
    left = outstanding(terms.debt)
    step = next(iter(steps_between(terms.ladder, due=terms.debt.due, first=day, last=day, reading=reading)))
    if step.share == FREE or not left:
        return {"from": day, "amount": "0.00"}
    fixed_on = terms.rate_on or terms.debt.through
    _, _, rate = next(iter(terms.rates.runs(day, day, fixed_on)))
    line = Line(day, day, left, step.share, rate)
    return {"from": day, "amount": money.text(half_up(line.exact)), "share": step.share, "rate": str(rate)}


def _line(line: Line, amount: int, ladder: str) -> dict[str, Any]:
    answer = {
        "from": line.first,
        "to": line.last,
        "days": line.days,
        "base": money.text(line.base),
        "share": FREE if line.rate is None else line.share,
        "rate": None if line.rate is None else str(line.rate),
        "amount": money.text(amount),
    }
    return answer | {"formula": _formula(line, ladder)}


def _formula(line: Line, ladder: str) -> str:
    if line.moratorium:
        return "мораторий: пени за эти дни не начисляются, номер дня идёт дальше"
    if line.rate is None:
        return "первые дни просрочки без пени"
    share = "" if ladder == "contract_daily" else f" × {line.share}"
    rate = str(line.rate).replace(".", ",")
    return f"{money.spaced(line.base)} × {rate} %{share} × {line.days}"


def _nothing(answer: Penalty, debt: Debt) -> dict[str, Any]:
    return {"text": f"По {said(debt.through)} просрочки нет: срок оплаты {said(debt.due)}.", "amount": money.text(answer.total)}


def _shown(exact: Fraction) -> str:
    """Roubles with six places, for those who check the rounding by hand."""
    return str(Decimal(half_up(exact * 10_000)).scaleb(-6))
