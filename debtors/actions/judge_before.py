"""Money of a time that an opening balance already sums up: booking it would take it off the debt a second time."""

from debtors.actions.staging import STAGE, PartState
from debtors.models import Charge
from debtors.queries.dialect import LIVE, execute, rows

DIFFERS = PartState.DIFFERS.value
OPENING = Charge.Kind.OPENING.value


def judge_before_opening() -> None:
    """Hold turnovers and dated payments that count by the day of the account's first booked opening balance.

    A turnover held so has `explained` equal to itself; a payment held so is positive.
    """
    if not rows(f"SELECT 1 FROM {STAGE} WHERE turnover IS NOT NULL OR amount > 0 LIMIT 1"):
        return
    opened = f"""
        SELECT c.account_id, MIN(c.counts_on) AS opened_on FROM debtors_charge c
        WHERE c.kind = {OPENING} AND c.{LIVE} AND c.account_id IN (SELECT account_id FROM {STAGE})
        GROUP BY c.account_id"""
    execute(f"""
        UPDATE {STAGE} SET turnover_state = {DIFFERS}, explained = turnover FROM ({opened}) o
        WHERE {STAGE}.account_id = o.account_id AND {STAGE}.turnover IS NOT NULL AND {STAGE}.turnover <> 0
          AND {STAGE}.turnover_state = 0 AND {STAGE}.month_end <= o.opened_on""")
    execute(f"""
        UPDATE {STAGE} SET payment_state = {DIFFERS} FROM ({opened}) o
        WHERE {STAGE}.account_id = o.account_id AND {STAGE}.amount > 0 AND {STAGE}.payment_state = 0
          AND {STAGE}.paid_on <= o.opened_on""")
