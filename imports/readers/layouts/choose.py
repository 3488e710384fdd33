"""Which layout a sheet has, once its header is known."""

from imports.profiles.groups import service_groups
from imports.profiles.header import Header
from imports.profiles.propose import Proposal, propose, replay
from imports.profiles.saved import SavedProfile
from imports.readers.layouts.ageing import AgeingTable
from imports.readers.layouts.flat import FlatTable
from imports.readers.layouts.tree import TreeTable, name_column
from imports.readers.layouts.wide import WideTable
from imports.readers.titles import Context
from imports.rows import Problem
from imports.sheets import LOOK_AHEAD, NumberedRow, Sheet, column_letter

_PLACE = {"address", "house", "street"}
_MONEY = {"opening", "charged", "paid", "closing", "opening_debit", "closing_debit", "recalculated"}


def table_of(sheet: Sheet, header: Header, context: Context, profile: SavedProfile | None) -> FlatTable | None:
    """The sheet as a table of the layout it has, or None when it holds no accounts."""
    proposal = replay(header, profile) if profile else propose(header, account_known=bool(context.account))
    columns = proposal.columns
    if len(columns.get("age_bucket", [])) > 1:
        return AgeingTable(sheet, proposal, context)
    has_account = bool({"account", "account_holder"} & set(columns))
    groups = service_groups(header.keys)
    if has_account and groups and not _MONEY & _ungrouped(columns, groups):
        return _wide(sheet, proposal, context, groups)
    body = sheet.peek(LOOK_AHEAD)[header.last + 1 :]
    if not has_account and not context.account and (column := name_column(body)) is not None:
        proposal.confidence = max(proposal.confidence, 0.9 if _MONEY & set(columns) else 0.5)
        return TreeTable(sheet, proposal, context, column)
    by_address = not has_account and "flat" in columns and bool(_PLACE & set(columns) or context.address)
    if has_account:
        proposal.problems.extend(_cut_accounts(sheet, columns, body))
    if has_account or context.account or (by_address and _MONEY & set(columns)):
        return FlatTable(sheet, proposal, context, by_address=by_address and not context.account)
    return None


def _cut_accounts(sheet: Sheet, columns: dict[str, list[int]], body: list[NumberedRow]) -> list[Problem]:
    """A field filled to its last place in every row may have lost digits: accounts are then matched by their ending."""
    at = columns.get("account", [0])[0]
    width = sheet.widths.get(at, 0)
    if not width or not body or any(len(str(cells[at])) != width for _, cells in body):
        return []
    message = f"Лицевые счета занимают все {width} знаков поля: начало номера могло быть отрезано. Проверьте, те ли это счета."
    return [Problem("account_cut", message, column=column_letter(at), fatal=False)]


def _ungrouped(columns: dict[str, list[int]], groups: dict[str, dict[str, int]]) -> set[str]:
    """Fields with a column of their own, outside the groups."""
    grouped = {at for group in groups.values() for at in group.values()}
    return {name for name, places in columns.items() if not set(places) <= grouped}


def _wide(sheet: Sheet, proposal: Proposal, context: Context, groups: dict[str, dict[str, int]]) -> WideTable:
    proposal.columns = {name: places for name, places in proposal.columns.items() if name not in _MONEY}
    proposal.problems = [problem for problem in proposal.problems if problem.code != "ambiguous_columns"]
    proposal.balances_only = False
    proposal.confidence = 0.9
    return WideTable(sheet, proposal, context, groups)
