"""Registers of banks and processing centres: payments line by line, no header, control lines of their own.

Covers the 12-field register of Sberbank and its key:value kin, aligned registers with any separator, joint batches of
processing centres and balance registers with `#` directives. Field sets differ by contract: content tells the columns.
"""

from collections import Counter
from collections.abc import Iterator

from casedesk.common.money import NotMoney, text
from casedesk.common.text import clean
from imports.profiles.header import Header
from imports.profiles.propose import Proposal
from imports.readers import dates
from imports.readers.accounts import NotAccount, account
from imports.readers.amounts import amount
from imports.readers.layouts.controls import Controls, day, day_or_none, is_control
from imports.readers.layouts.roles import KEY_VALUE, Roles, find_roles
from imports.readers.titles import Context
from imports.rows import Problem, Row
from imports.sheets import LOOK_AHEAD, Sheet, column_letter

_ACCOUNT_KEYS = ("clientno", "ls", "лс", "account", "persacc")
_NAME_KEYS = ("fio", "фио", "name")
_FIELDS = {"account": "account", "day": "paid_on", "period": "month", "operation": "document"}
_FIELDS |= {"name": "holder", "place": "address"}


class HeaderlessTable:
    """One such register, read line by line. `skipped` and `totals` are complete when `rows()` is exhausted."""

    layout = "headerless"

    def __init__(self, sheet: Sheet, roles: Roles, width: int, *, balances: bool, named: bool, order: dict[str, str]):
        self.sheet, self.roles, self.width, self.order = sheet, roles, width, order
        self.context, self.balances = Context(), balances
        self.skipped: Counter[str] = Counter()
        self.totals = Controls(balances=balances)
        columns = {_FIELDS[role]: at for role, at in roles.items() if role in _FIELDS}
        if named:
            columns.pop("account", None)
        columns["opening" if balances else "paid"] = roles["money"][:1]
        header = Header(-1, -1, tuple(f"{at + 1}-е поле" for at in range(width)), ("",) * width)
        self.proposal = Proposal(header, columns, 0.9, balances_only=balances)

    def rows(self) -> Iterator[Row]:
        """Payment (or balance) rows, rejected ones included."""
        for number, cells in self.sheet.rows():
            fields = [str(cell).strip() for cell in cells]
            while len(fields) > self.width and fields[-1] == "":
                fields.pop()
            kind = self.totals.take(number, fields)
            if kind:
                self.skipped[kind] += 1
            else:
                yield self._payment(number, fields)
        self.totals.close()

    def _payment(self, number: int, fields: list[str]) -> Row:
        positional, named = _split_named(fields)
        row = Row(sheet=self.sheet.name, row=number, month=self.context.month)
        if len(positional) != self.width:
            positional = self._rejoined(positional, row)
        self._fill(row, positional, named)
        self.totals.add(row)
        return row

    def _rejoined(self, fields: list[str], row: Row) -> list[str]:
        """A separator inside the address shifts what follows: join the middle again, counting from both ends."""
        extra = len(fields) - self.width
        places = self.roles.get("place") or self.roles.get("name")
        if extra > 0 and places:
            at = places[-1]
            return [*fields[:at], ";".join(fields[at : at + extra + 1]), *fields[at + extra + 1 :]]
        message = f"В строке полей {len(fields)}, а в остальных {self.width}: колонки сдвинуты. Исправьте строку у отправителя."
        row.problems.append(Problem("shifted_columns", message, row.sheet, row.row, value=str(len(fields))))
        return [*fields, *[""] * -extra] if extra < 0 else fields[: self.width]

    def _fill(self, row: Row, fields: list[str], named: dict[str, str]) -> None:
        self._fill_account(row, fields, named)
        row.holder = self._text(fields, "name") or next((named[key] for key in _NAME_KEYS if key in named), "")
        row.address = ", ".join(filter(None, (fields[at] for at in self.roles.get("place", []))))
        row.document = self._text(fields, "operation")
        self._fill_when(row, fields)
        self._fill_sums(row, fields)
        row.extra.update({key: value for key, value in named.items() if value and key not in (*_ACCOUNT_KEYS, *_NAME_KEYS)})
        row.extra.update(self.order)
        if self.balances:
            row.service = self._text(fields, "word")
        if batch := self.totals.batch:
            batch.lines += 1
            row.document = row.document or f"пачка {batch.name}, строка {batch.lines}"
            row.paid_on = row.paid_on or batch.day

    def _text(self, fields: list[str], role: str) -> str:
        places = self.roles.get(role)
        return clean(fields[places[-1 if role == "period" else 0]]) if places else ""

    def _fill_account(self, row: Row, fields: list[str], named: dict[str, str]) -> None:
        shown = next((named[key] for key in _ACCOUNT_KEYS if key in named), None) or self._text(fields, "account")
        try:
            found = account(shown)
        except (NotAccount, ValueError) as wrong:
            message = f"Лицевой счёт «{shown}» не принят: {wrong}."
            row.problems.append(Problem("bad_account", message, row.sheet, row.row, self._letter("account"), shown))
            return
        if self.balances and "-" in found:
            row.alias_numbers = (found,)
        else:
            row.account = found

    def _letter(self, role: str) -> str:
        places = self.roles.get(role)
        return column_letter(places[0]) if places else ""

    def _fill_when(self, row: Row, fields: list[str]) -> None:
        for role, name, read, thing in (("day", "paid_on", day, "дата"), ("period", "month", dates.month, "период")):
            shown = self._text(fields, role)
            if not shown:
                continue
            try:
                setattr(row, name, read(shown))
            except ValueError as wrong:
                code = "bad_date" if role == "day" else "bad_month"
                message = f"«{shown}» — это не {thing} ({wrong}). Исправьте строку и загрузите её снова."
                row.problems.append(Problem(code, message, row.sheet, row.row, self._letter(role), shown))

    def _fill_sums(self, row: Row, fields: list[str]) -> None:
        values = []
        for at in self.roles["money"]:
            try:
                values.append(amount(fields[at]))
            except NotMoney as wrong:
                message = f"«{fields[at]}» — это не сумма ({wrong.why}). Исправьте строку и загрузите её снова."
                row.problems.append(Problem("bad_money", message, row.sheet, row.row, column_letter(at), fields[at]))
                return
        if values[0] is None:
            row.problems.append(
                Problem("no_amount", "В строке нет суммы. Впишите её и загрузите строку снова.", row.sheet, row.row)
            )
            return
        if self.balances:
            row.opening = values[0]
            return
        row.paid = values[0]
        self._fill_parts(row, [value or 0 for value in values[1:]])

    def _fill_parts(self, row: Row, parts: list[int]) -> None:
        """The transferred sum and the commission must make the sum; a single second sum is told as it is."""
        if len(parts) == 1:
            row.extra["second_sum"] = text(parts[0])
        if len(parts) < 2:
            return
        row.extra["transferred"], row.extra["fee"] = text(parts[0]), text(parts[1])
        if row.paid != parts[0] + parts[1]:
            parts_shown = f"переводу {text(parts[0])} и комиссии {text(parts[1])}"
            message = f"Сумма {text(row.paid)} не равна {parts_shown}. Проверьте строку в банке."
            row.problems.append(Problem("fee_mismatch", message, row.sheet, row.row, value=text(row.paid)))


def headerless_table(sheet: Sheet, tail: list[list[str]]) -> HeaderlessTable | None:
    """The sheet as such a register, or None. `tail`: the last lines, where the payment order of the bank is named."""
    rows = [[str(cell).strip() for cell in cells] for _, cells in sheet.peek(LOOK_AHEAD)]
    balances = any(row and row[0].upper().startswith(("#FILESUM", "#TYPE")) for row in rows[:5])
    plain = [_split_named(row)[0] for row in rows if any(row) and not is_control(row)]
    named = any(_split_named(row)[1] for row in rows)
    plain = [row[:-1] if row and row[-1] == "" else row for row in plain]
    if not plain:
        return None
    width, often = Counter(map(len, plain)).most_common(1)[0]
    if width < 3 or often < len(plain) * 0.6:
        return None
    roles = find_roles([row for row in plain if len(row) == width])
    if "money" not in roles or not ("account" in roles or named):
        return None
    return HeaderlessTable(sheet, roles, width, balances=balances, named=named, order=_payment_order(tail))


def _split_named(fields: list[str]) -> tuple[list[str], dict[str, str]]:
    """Positional fields and `KEY:value` ones."""
    named = {found[1].lower(): found[2].strip() for field in fields if (found := KEY_VALUE.match(field))}
    return [field for field in fields if not KEY_VALUE.match(field)], named


def _payment_order(tail: list[list[str]]) -> dict[str, str]:
    """Number and day of the bank's payment order from the control line: they tie the register to the bank statement."""
    for fields in tail:
        if fields and fields[0].startswith("=") and len(fields) >= 6 and day_or_none(fields[5]):
            return {"order_number": fields[4].strip(), "order_date": day(fields[5]).isoformat()}
    return {}
