"""What the ledger said of the staged rows: how many are known or doubtful, and every contradiction with both its sums."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casedesk.common import months
from debtors.actions.judge_stage import ANY_DIFFERS, NOTHING_TO_BOOK
from debtors.actions.staging import STAGE, PartState
from debtors.queries.dialect import rows
from imports.queries.booked_elsewhere import Held
from imports.rules.places import LINES

_DIFFERS = PartState.DIFFERS.value


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A part of a row that the ledger contradicts. Kopecks. `code` is that of the problem shown."""

    row_no: int
    account_id: int
    service_id: int
    month: int
    code: str
    file: int
    ledger: int
    held: Held | None = None


def known_and_doubtful() -> tuple[int, int]:
    """How many rows bring nothing new because all they say is booked, and how many wait for a person."""
    found = rows(f"""
        SELECT COALESCE(SUM(known), 0), COALESCE(SUM(doubtful), 0) FROM (
            SELECT MIN(CASE WHEN {NOTHING_TO_BOOK} AND NOT ({ANY_DIFFERS}) THEN 1 ELSE 0 END) AS known,
                   MAX(CASE WHEN {ANY_DIFFERS} THEN 1 ELSE 0 END) AS doubtful
            FROM {STAGE} GROUP BY row_no / {LINES}) r""")
    return int(found[0][0]), int(found[0][1])


def contradictions(held: Mapping[int, Held]) -> Iterator[Contradiction]:
    """Every contradiction, in the order of the rows. `held`: payments that bank documents have brought, by row."""
    found = rows(f"""
        SELECT row_no, account_id, service_id, month,
               CASE WHEN ledger_credited IS NULL THEN 'split_differs' ELSE 'charge_differs' END AS code,
               charged - credited, ledger_charged - COALESCE(ledger_credited, 0)
        FROM {STAGE} WHERE charge_state = {_DIFFERS} AND ledger_charged IS NOT NULL
        UNION ALL SELECT row_no, account_id, service_id, month, 'before_opening', charged - credited, 0
        FROM {STAGE} WHERE charge_state = {_DIFFERS} AND ledger_charged IS NULL
        UNION ALL SELECT row_no, account_id, service_id, month,
               CASE WHEN explained = turnover THEN 'paid_before_opening' ELSE 'paid_differs' END, turnover, explained
        FROM {STAGE} WHERE turnover_state = {_DIFFERS}
        UNION ALL SELECT row_no, account_id, service_id, opening_month, 'opening_differs', opening, ledger_opening
        FROM {STAGE} WHERE opening_state = {_DIFFERS}
        UNION ALL SELECT row_no, account_id, service_id, COALESCE(designated_month, 0),
               CASE WHEN amount < 0 THEN 'storno_unmatched' ELSE 'paid_before_opening' END, amount, 0
        FROM {STAGE} WHERE payment_state = {_DIFFERS}
        ORDER BY 1, 5""")
    for one in found:
        if one[0] in held and one[4] == "paid_before_opening":
            same = held[one[0]]
            yield Contradiction(*one[:3], months.of(same.paid_on), "paid_elsewhere", one[5], same.booked.amount, same)
        else:
            yield Contradiction(*one)
