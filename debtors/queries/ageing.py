"""Debt by age: one set-based statement for any accounts, any day and any moment of knowledge.

`total = not_yet_due + sum(buckets)` and `balance = total - credit`, always and in every row. Penalties stand apart from the
principal. Money not yet split by service is credit.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from casedesk.common.refusals import Refusal
from debtors.queries.dialect import give_room, on_postgres, rows
from debtors.queries.earmarks import any_earmarks, laid_beyond, laid_off_openings
from debtors.queries.ledger_slices import Moment, balances, charged_up_to
from debtors.rules.ageing import BUCKETS, borders_on

DIMENSIONS = {
    "service": "s.code",
    "resource": "s.resource",
    "category": "a.category",
    "creditor": "o.code",
    "territory": "y.code",
    "tenure": "p.tenure",
    "house": "h.address",
    "house_id": "h.id",
    "account": "k.account_id",
    "number": "a.number",
}
"""What a debt can be split by: the name in `--by`, and the column. An account without premises has None there."""

JOINS = (
    ("a", "JOIN debtors_utilityaccount a ON a.id = k.account_id"),
    ("o", "JOIN access_organisation o ON o.id = a.creditor_id"),
    ("p", "LEFT JOIN debtors_premises p ON p.id = a.premises_id"),
    ("h", "LEFT JOIN debtors_house h ON h.id = p.house_id"),
    ("y", "LEFT JOIN access_territory y ON y.id = h.territory_id"),
)
NEEDS = {"o": "ao", "p": "ap", "h": "aph", "y": "aphy", "a": "a"}


class UnknownDimension(Refusal):
    """`by` names something that debt is not split by."""

    code = "unknown_dimension"


@dataclass
class Figures:
    """Debt of one group. Kopecks. `accounts` owe something; `at_least` of the total came as a balance of unknown age."""

    total: int = 0
    not_yet_due: int = 0
    buckets: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BUCKETS, 0))
    credit: int = 0
    penalty: int = 0
    at_least: int = 0
    accounts: int = 0

    @property
    def overdue(self) -> int:
        return sum(self.buckets.values())

    @property
    def balance(self) -> int:
        return self.total - self.credit


@dataclass
class Ageing:
    """The answer: figures of the whole, and of each group in `rows` (its values by dimension, and its figures)."""

    as_of: dt.date
    known_on: dt.datetime | None
    figures: Figures
    rows: list[tuple[dict[str, object], Figures]]


def age(
    accounts: QuerySet | str | None, *, as_of: dt.date, known_on: dt.datetime | None = None, by: Sequence[str] = ()
) -> Ageing:
    """Age the debt of the accounts (None: of all) on a day, as known at a moment (None: now).

    `accounts` may be the name of a temporary table with a column `account_id`.

    `by`: names of DIMENSIONS to split the answer by. Raises UnknownDimension. The figures of a split by `service` or
    `resource` add up to the whole except `accounts`, since one account may owe for several.
    """
    unknown = [name for name in by if name not in DIMENSIONS]
    if unknown:
        raise UnknownDimension(
            f"Нет разреза «{', '.join(unknown)}». Есть: {', '.join(DIMENSIONS)}.", unknown=unknown, known=list(DIMENSIONS)
        )
    moment = Moment(as_of, known_on, accounts)
    groups = _collect(_ask(moment, tuple(by)), len(by), moment)
    split = [(dict(zip(by, key, strict=True)), figures) for key, figures in groups.items() if key is not None]
    whole = _sum_up(figures for _, figures in split)
    whole.accounts = groups[None].accounts if None in groups else 0
    return Ageing(as_of, known_on, whole, _in_order(split) if by else [])


def age_accounts(accounts: QuerySet | None, *, as_of: dt.date, known_on: dt.datetime | None = None) -> dict[int, Figures]:
    """The same figures per account id, for lists: their sum is the figure of `age`. Accounts without a ledger are absent."""
    answer = age(accounts, as_of=as_of, known_on=known_on, by=("account",))
    return {row["account"]: figures for row, figures in answer.rows}


WHOLE = "whole"
NOTHING_LAID = "SELECT 0, 0, 0, 0 WHERE 1 = 0", []
NOTHING_OFF = "SELECT 0, 0, 0 WHERE 1 = 0", []


def _ask(moment: Moment, by: tuple[str, ...]) -> list[tuple]:
    """Rows (kind, border month, group..., amounts): `keys` rows carry the sums, `slice` rows what is open up to a border."""
    borders = borders_on(moment.as_of).months
    balance_sql, balance_params = balances(moment)
    slice_sql, slice_params = charged_up_to(moment, borders)
    groups = [f"g{number}" for number in range(len(by))]
    listed = "".join(f", {name}" for name in groups)
    dims = "".join(f", {DIMENSIONS[name]} AS g{number}" for number, name in enumerate(by))
    keep_groups = "".join(f", k.{name}" for name in groups)
    empty_groups = ", NULL" * len(by)
    some = any_earmarks(moment)
    laid_sql, laid_params = laid_beyond(moment, borders) if some else NOTHING_LAID
    off_sql, off_params = laid_off_openings(moment) if some else NOTHING_OFF
    effective = "c.charged + COALESCE(l.amount, 0)"
    materialized = "AS MATERIALIZED" if on_postgres() else "AS"
    group_by = f"GROUP BY {listed[2:]}" if by else ""
    slice_group_by = f"GROUP BY c.month{keep_groups}"
    sql = f"""
        WITH laid (account_id, service_id, month, amount) AS ({laid_sql}),
        off_openings (account_id, service_id, amount) AS ({off_sql}),
        keys (account_id, service_id, charged, settled, opening) AS ({balance_sql}),
        named {materialized} (
            SELECT k.account_id, k.service_id, k.charged, k.settled, s.is_penalty{dims},
                   CASE WHEN k.opening > 0 THEN k.opening + COALESCE(l.amount, 0) ELSE 0 END AS opening
            FROM keys k JOIN debtors_service s ON s.id = k.service_id {_joins(by)}
            LEFT JOIN off_openings l ON l.account_id = k.account_id AND l.service_id = k.service_id),
        owing AS (SELECT * FROM named WHERE NOT is_penalty AND charged > settled),
        slices (account_id, service_id, month, charged) AS ({slice_sql})
        SELECT 'keys' AS part, 0 AS month{listed},
               SUM(CASE WHEN NOT is_penalty AND charged > settled THEN charged - settled ELSE 0 END),
               SUM(CASE WHEN NOT is_penalty AND settled > charged THEN settled - charged ELSE 0 END),
               SUM(CASE WHEN is_penalty THEN charged - settled ELSE 0 END),
               SUM(CASE WHEN NOT is_penalty AND opening > settled THEN opening - settled ELSE 0 END), 0
        FROM named {group_by}
        UNION ALL
        SELECT 'owing', 0{listed}, 0, 0, 0, 0, COUNT(*) FROM (SELECT DISTINCT account_id{listed} FROM owing) o {group_by}
        UNION ALL
        SELECT 'slice', c.month{keep_groups}, SUM({effective} - k.settled), 0, 0, 0, 0
        FROM owing k JOIN slices c ON c.account_id = k.account_id AND c.service_id = k.service_id
        LEFT JOIN laid l ON l.account_id = k.account_id AND l.service_id = k.service_id AND l.month = c.month
        WHERE {effective} > k.settled
        {slice_group_by}"""
    if by:
        sql += f"""
        UNION ALL
        SELECT '{WHOLE}', 0{empty_groups}, 0, 0, 0, 0, COUNT(*) FROM (SELECT DISTINCT account_id FROM owing) o"""
    with transaction.atomic():
        give_room()
        return rows(sql, [*laid_params, *off_params, *balance_params, *slice_params])


def _joins(by: Iterable[str]) -> str:
    needed = {alias for name in by for alias in NEEDS.get(DIMENSIONS[name][0], "") if DIMENSIONS[name][1] == "."}
    return " ".join(join for alias, join in JOINS if alias in needed)


def _collect(found: Iterable[tuple], width: int, moment: Moment) -> dict[tuple | None, Figures]:
    """Group key -> figures; under None the whole's number of accounts."""
    groups: dict[tuple | None, Figures] = {}
    upto: dict[tuple, dict[int, int]] = {}
    owing: dict[tuple, int] = {}
    for part, month, *rest in found:
        key, amounts = tuple(rest[:width]), [int(amount or 0) for amount in rest[width:]]
        if part == WHOLE:
            groups[None] = Figures(accounts=amounts[4])
        elif part == "slice":
            upto.setdefault(key, {})[month] = amounts[0]
        elif part == "owing":
            owing[key] = amounts[4]
        else:
            total, credit, penalty, at_least, _ = amounts
            groups[key] = Figures(total=total, credit=credit, penalty=penalty, at_least=at_least)
    months = borders_on(moment.as_of).months
    for key, figures in groups.items():
        if key is not None:
            figures.accounts = owing.get(key, 0)
            _fill_buckets(figures, [upto.get(key, {}).get(month, 0) for month in months])
    if not width:
        groups[None] = Figures(accounts=groups[()].accounts)
    return groups


def _fill_buckets(figures: Figures, upto: Sequence[int]) -> None:
    """What is open up to each border, youngest first, becomes what is open between borders."""
    figures.not_yet_due = figures.total - upto[0]
    for name, here, older in zip(BUCKETS, upto, (*upto[1:], 0), strict=True):
        figures.buckets[name] = here - older


def _sum_up(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        whole.total += part.total
        whole.not_yet_due += part.not_yet_due
        whole.credit += part.credit
        whole.penalty += part.penalty
        whole.at_least += part.at_least
        for name, amount in part.buckets.items():
            whole.buckets[name] += amount
    return whole


def _in_order(split: list[tuple[dict, Figures]]) -> list[tuple[dict, Figures]]:
    return sorted(split, key=lambda row: tuple((value is None, value) for value in row[0].values()))
