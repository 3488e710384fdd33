"""Columns -> fields: proposed from the header with a confidence, or replayed from a saved profile."""

import datetime as dt
from dataclasses import dataclass, field

from imports.profiles.header import Header
from imports.profiles.saved import SavedProfile
from imports.profiles.synonyms import DAMPED, SINGLE, SUMS, day_in
from imports.rows import Problem
from imports.sheets import column_letter

TURNOVERS = {"charged", "paid", "recalculated"}
_MONEY = frozenset(SUMS) | set(DAMPED) | {"balance", "amount"}


@dataclass
class Proposal:
    """Which columns feed which field, and how sure the program is (0..1)."""

    header: Header
    columns: dict[str, list[int]]
    confidence: float
    problems: list[Problem] = field(default_factory=list)
    as_of: dt.date | None = None
    """A day named in the header of a balance column."""
    balances_only: bool = False
    name: str = "auto"
    service: str = ""
    empty_balance_is_zero: bool = False

    def shown(self) -> dict[str, str]:
        """Field -> «header (column letter)», for the preview."""
        return {
            name: "; ".join(f"{self.header.texts[at]} ({column_letter(at)})" for at in places)
            for name, places in self.columns.items()
        }

    def save(self, name: str, *, kind: str, layout: str) -> SavedProfile:
        """The proposal as a profile that a person confirmed."""
        columns = {field_: [self.header.keys[at] for at in places] for field_, places in self.columns.items()}
        return SavedProfile(
            name=name,
            kind=kind,
            layout=layout,
            columns=columns,
            header_rows=self.header.last - self.header.first + 1,
            service=self.service,
            empty_balance_is_zero=self.empty_balance_is_zero,
        )


def propose(header: Header, *, account_known: bool = False) -> Proposal:
    """Propose columns for a header. `account_known`: the account comes from the sheet, not from a column."""
    claimed: dict[str, list[int]] = {}
    for column, name in enumerate(header.fields):
        if name:
            claimed.setdefault(name, []).append(column)
    _settle_dbf_balances(header, claimed)
    problems = _settle_duplicates(header, claimed)
    as_of = _settle_balances(header, claimed)
    _settle_amount(claimed)
    _settle_month(header, claimed)
    proposal = Proposal(header, claimed, 0.0, problems, as_of)
    proposal.balances_only = _is_balances_only(claimed)
    if proposal.balances_only and "closing" in claimed:
        claimed["opening"] = claimed.pop("closing")
    proposal.confidence = _confidence(proposal, account_known=account_known)
    return proposal


def replay(header: Header, profile: SavedProfile) -> Proposal:
    """Columns exactly as saved. A column that is missing now is a fatal problem, never a guess."""
    columns: dict[str, list[int]] = {}
    problems: list[Problem] = []
    for name, keys in profile.columns.items():
        taken: set[int] = set()
        for key in keys:
            at = next((at for at, found in enumerate(header.keys) if found == key and at not in taken), None)
            if at is None:
                problems.append(_missing_column(profile, key))
            else:
                taken.add(at)
        if taken:
            columns[name] = sorted(taken)
    proposal = Proposal(header, columns, 0.0 if problems else 1.0, problems, name=profile.name)
    proposal.service, proposal.empty_balance_is_zero = profile.service, profile.empty_balance_is_zero
    proposal.balances_only = _is_balances_only(columns)
    proposal.as_of = next((day for at in columns.get("opening", []) if (day := _day(header.keys[at]))), None)
    return proposal


def _missing_column(profile: SavedProfile, key: str) -> Problem:
    return Problem(
        "profile_mismatch",
        f"В файле нет колонки «{key}», которую ждёт профиль «{profile.name}». Проверьте, тот ли это файл, "
        "или загрузите его без профиля и подтвердите колонки заново.",
        column=key,
    )


def _settle_duplicates(header: Header, claimed: dict[str, list[int]]) -> list[Problem]:
    """One column per field. Which of several is meant, a person decides: the first is proposed, the doubt is told."""
    problems = []
    for name in SINGLE & set(claimed):
        places = claimed[name]
        dated = name == "balance" and len({_day(header.keys[at]) for at in places}) == len(places)
        if len(places) < 2 or dated:
            continue
        claimed[name] = places[:1]
        if name in _MONEY or name == "account" or len({header.keys[at] for at in places}) < len(places):
            problems.append(_ambiguous(header, places))
    return problems


def _ambiguous(header: Header, places: list[int]) -> Problem:
    listed = ", ".join(f"{column_letter(at)} «{header.texts[at]}»" for at in places)
    return Problem(
        "ambiguous_columns",
        f"Одно и то же значат несколько колонок: {listed}. Взята первая; подтвердите выбор или укажите другую.",
        column=column_letter(places[0]),
        fatal=False,
    )


def _day(key: str) -> dt.date | None:
    found = day_in(key)
    try:
        return dt.date(*found) if found else None
    except ValueError:
        return None


def _settle_dbf_balances(header: Header, claimed: dict[str, list[int]]) -> None:
    """`dv kv di ki` are debit and credit in and out; `kv` alone is a flat."""
    if {"dv", "kv", "di", "ki"} <= set(header.keys):
        claimed.pop("flat", None)
        claimed["opening_credit"] = [header.keys.index("kv")]


def _settle_balances(header: Header, claimed: dict[str, list[int]]) -> dt.date | None:
    """Tell what a column called simply «Долг» is: opening, closing, or the only balance of the file."""
    places = claimed.pop("balance", [])
    if not places:
        return None
    days = sorted((day, at) for at in places if (day := _day(header.keys[at])))
    if len(days) == 2 and "opening" not in claimed and "closing" not in claimed:
        claimed["opening"], claimed["closing"] = [days[0][1]], [days[1][1]]
        return days[1][0]
    if "closing" not in claimed and "closing_debit" not in claimed:
        claimed["closing"] = [days[-1][1] if days else places[0]]
    return days[-1][0] if days else None


def _settle_amount(claimed: dict[str, list[int]]) -> None:
    """«Сумма» is the payment where nothing else is paid; beside charges it says nothing certain."""
    places = claimed.pop("amount", [])
    if places and not {"paid", "charged", "closing", "closing_debit", "opening"} & set(claimed):
        claimed["paid"] = places


def _settle_month(header: Header, claimed: dict[str, list[int]]) -> None:
    by_name = "year" in claimed and "month_number" not in claimed and "month" in claimed
    if by_name and header.keys[claimed["month"][0]].startswith("месяц"):
        claimed["month_number"] = claimed.pop("month")
    if ("year" in claimed) != ("month_number" in claimed):
        claimed.pop("year", None)
        claimed.pop("month_number", None)


def _is_balances_only(columns: dict[str, list[int]]) -> bool:
    names = set(columns)
    return not names & TURNOVERS and bool(names & {"opening", "closing"}) and not {"opening", "closing"} <= names


def _confidence(proposal: Proposal, *, account_known: bool) -> float:
    """0.4 for knowing whose the row is, 0.4 for its money (or the holder and address of a list of accounts), 0.2 for the share
    of columns understood, less for doubts.
    """
    columns = proposal.columns
    whose = account_known or bool({"account", "account_holder"} & set(columns))
    by_address = not whose and "flat" in columns and bool({"address", "house", "street"} & set(columns))
    score = 0.4 if whose else 0.2 if by_address else 0.0
    money = {DAMPED[name][0] if name in DAMPED else name for name in columns} & set(SUMS)
    if money:
        score += 0.4 if len(money) >= 3 or "paid_on" in columns or proposal.balances_only else 0.3
    elif whose and {"holder", "last_name"} & set(columns):
        score += 0.4 if {"address", "street", "flat"} & set(columns) else 0.3
    named = [key for key in proposal.header.keys if key]
    understood = [name for name in proposal.header.fields if name]
    score += 0.2 * len(understood) / max(len(named), 1)
    return round(max(score - 0.25 * len(proposal.problems), 0.05), 2)
