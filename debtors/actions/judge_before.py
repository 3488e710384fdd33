"""Money of a time that an opening balance already sums up: booking it would take it off the debt a second time."""

from debtors.actions.judge_plain import JUDGED
from debtors.actions.staging import PartState
from debtors.models import Charge
from debtors.queries.dialect import LIVE, execute, rows

DIFFERS = PartState.DIFFERS.value
OPENING = Charge.Kind.OPENING.value


def judge_before_opening() -> None:
    """Hold turnovers and dated payments that count by the day of the account's first booked opening balance.

    A turnover held so has `explained` equal to itself; a payment held so is positive.
    """
    if not rows(f"SELECT 1 FROM {JUDGED} WHERE turnover IS NOT NULL OR amount > 0 LIMIT 1"):
        return
    opened = f"""
        SELECT c.account_id, MIN(c.counts_on) AS opened_on FROM debtors_charge c
        WHERE c.kind = {OPENING} AND c.{LIVE} AND c.account_id IN (SELECT account_id FROM {JUDGED})
        GROUP BY c.account_id"""
    execute(f"""
        UPDATE {JUDGED} SET turnover_state = {DIFFERS}, explained = turnover FROM ({opened}) o
        WHERE {JUDGED}.account_id = o.account_id AND {JUDGED}.turnover IS NOT NULL AND {JUDGED}.turnover <> 0
          AND {JUDGED}.turnover_state = 0 AND {JUDGED}.month_end <= o.opened_on""")
    execute(f"""
        UPDATE {JUDGED} SET payment_state = {DIFFERS} FROM ({opened}) o
        WHERE {JUDGED}.account_id = o.account_id AND {JUDGED}.amount > 0 AND {JUDGED}.payment_state = 0
          AND {JUDGED}.paid_on <= o.opened_on""")
