"""Negative lines of a payment register (сторно): each takes back one payment, booked before or standing in the same file."""

from debtors.actions.staging import STAGE, PartState
from debtors.queries.dialect import LIVE, execute

TO_BOOK, KNOWN, DIFFERS = (state.value for state in PartState)
_OPEN = f"g.amount < 0 AND g.payment_state = {TO_BOOK} AND g.reverses_id IS NULL"


def match_reversals() -> None:
    """Name the payment that each staged negative line takes back; run after the ledger's judgement.

    A booked payment of the same account, sum and document comes first, then of the same account and sum. A line that takes
    back a line of its own file books neither. What matches nothing is marked as differing and waits for a person.
    """
    for same_document in (True, False):
        execute(_name_booked(same_document))
    execute(_cancel_pairs())
    execute(f"UPDATE {STAGE} SET payment_state = {DIFFERS} WHERE row_no IN (SELECT g.row_no FROM {STAGE} g WHERE {_OPEN})")


def _name_booked(same_document: bool) -> str:
    key = "account_id, amount, document" if same_document else "account_id, amount"
    document = " AND p.document = n.document" if same_document else ""
    return f"""
        WITH n AS (
            SELECT g.row_no, g.account_id, g.amount, g.document,
                   ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY g.row_no) AS place
            FROM {STAGE} g WHERE {_OPEN}),
        p AS (
            SELECT p.id, p.account_id, p.amount, p.document,
                   ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY p.counts_on DESC, p.id DESC) AS place
            FROM debtors_payment p
            WHERE p.account_id IN (SELECT account_id FROM n) AND p.amount > 0 AND p.{LIVE}
              AND p.channel NOT IN ('turnover', 'write_off')
              AND NOT EXISTS (SELECT 1 FROM debtors_payment r WHERE r.account_id = p.account_id AND r.reverses_id = p.id
                              AND r.{LIVE})
              AND NOT EXISTS (SELECT 1 FROM {STAGE} t WHERE t.reverses_id = p.id))
        UPDATE {STAGE} SET reverses_id = p.id FROM n JOIN p ON p.account_id = n.account_id AND p.amount = -n.amount
            AND p.place = n.place{document}
        WHERE {STAGE}.row_no = n.row_no"""


def _cancel_pairs() -> str:
    return f"""
        WITH ranked AS (
            SELECT g.row_no, g.account_id, g.amount,
                   ROW_NUMBER() OVER (PARTITION BY g.account_id, g.amount ORDER BY g.row_no) AS place
            FROM {STAGE} g WHERE g.amount IS NOT NULL AND g.payment_state = {TO_BOOK} AND g.reverses_id IS NULL),
        pairs AS (
            SELECT n.row_no AS taken, p.row_no AS given FROM ranked n
            JOIN ranked p ON p.account_id = n.account_id AND p.amount = -n.amount AND p.place = n.place WHERE n.amount < 0)
        UPDATE {STAGE} SET payment_state = {KNOWN} WHERE row_no IN (SELECT taken FROM pairs UNION SELECT given FROM pairs)"""
