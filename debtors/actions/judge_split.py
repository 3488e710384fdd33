"""Charges that the ledger holds as one bill and the file by services, or the other way round.

The same month charged in another split is the same money: booking it again would double the debt. It is known when the
account's sums of the month agree, and differs otherwise; such a difference is of the account, so no line of it can be
accepted alone (`ledger_credited` stays empty). A month inside an opening balance of the other split differs too.
"""

from debtors.actions.judge_plain import JUDGED
from debtors.actions.staging import PartState
from debtors.models import WHOLE_BILL, Charge
from debtors.queries.dialect import LIVE, execute, fresh_table_as

KNOWN, DIFFERS = PartState.KNOWN.value, PartState.DIFFERS.value
REGULAR, OPENING = Charge.Kind.REGULAR.value, Charge.Kind.OPENING.value
OTHERWISE = f"o.service_id <> g.service_id AND {WHOLE_BILL} IN (o.service_id, g.service_id)"


def judge_split_otherwise() -> None:
    """Set `charge_state` of the lines whose account and month are charged in another split."""
    found = fresh_table_as(
        "ledger_split",
        f"""SELECT g.account_id, g.month, SUM(g.charged - g.credited) AS stated
            FROM {JUDGED} g JOIN debtors_service s ON s.id = g.service_id AND NOT s.is_penalty
            WHERE g.charged IS NOT NULL AND g.kind = {REGULAR} AND EXISTS (
                SELECT 1 FROM debtors_servicestate o JOIN debtors_service os ON os.id = o.service_id
                WHERE o.account_id = g.account_id AND g.month <= o.last_month AND {OTHERWISE}
                  AND NOT os.is_penalty AND NOT os.is_pool)
            GROUP BY g.account_id, g.month""",
    )
    if not found:
        return
    fresh_table_as("ledger_split_sums", _sums())
    execute(f"""
        UPDATE {JUDGED} SET ledger_charged = k.booked, ledger_credited = NULL,
            charge_state = CASE WHEN k.booked = k.stated THEN {KNOWN} ELSE {DIFFERS} END
        FROM ledger_split_sums k WHERE {JUDGED}.account_id = k.account_id AND {JUDGED}.month = k.month
          AND k.other = 1 AND {JUDGED}.charged IS NOT NULL AND {JUDGED}.kind = {REGULAR} AND {_principal()}""")
    execute(f"""
        UPDATE {JUDGED} SET ledger_charged = NULL, ledger_opening = k.opening, charge_state = {DIFFERS}
        FROM ledger_split_sums k WHERE {JUDGED}.account_id = k.account_id AND {JUDGED}.month = k.month
          AND k.inside = 1 AND {JUDGED}.charged IS NOT NULL AND {JUDGED}.charge_state = 0
          AND {JUDGED}.kind = {REGULAR} AND {_principal()}""")


def _sums() -> str:
    """Per account and month: what is charged there, whether in another split, and whether a later opening contains it."""
    other = f"""EXISTS (SELECT 1 FROM {JUDGED} g WHERE g.account_id = k.account_id AND g.month = k.month
                        AND g.charged IS NOT NULL AND c.service_id <> g.service_id
                        AND {WHOLE_BILL} IN (c.service_id, g.service_id))"""
    return f"""
        SELECT k.account_id, k.month, MAX(k.stated) AS stated,
               SUM(CASE WHEN c.kind = {REGULAR} AND c.month = k.month THEN c.charged - c.credited ELSE 0 END) AS booked,
               MAX(CASE WHEN c.kind = {REGULAR} AND c.month = k.month AND {other} THEN 1 ELSE 0 END) AS other,
               SUM(CASE WHEN c.kind = {OPENING} THEN c.charged - c.credited ELSE 0 END) AS opening,
               MAX(CASE WHEN c.kind = {OPENING} AND {other} THEN 1 ELSE 0 END) AS inside
        FROM ledger_split k JOIN debtors_charge c ON c.account_id = k.account_id AND c.month >= k.month
            AND (c.month = k.month OR c.kind = {OPENING})
        JOIN debtors_service s ON s.id = c.service_id AND NOT s.is_penalty
        WHERE c.{LIVE} GROUP BY k.account_id, k.month"""


def _principal() -> str:
    return f"{JUDGED}.service_id NOT IN (SELECT id FROM debtors_service WHERE is_penalty)"
