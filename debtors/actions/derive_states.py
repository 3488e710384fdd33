"""Service states from the running totals just written: where each touched account and service stands after all its facts."""

from debtors.queries.dialect import execute

KEY = "account_id, service_id"
SPAN, NEW_ROWS, ENDED = "ledger_span", "ledger_new_rows", "ledger_ended"
"""Temporary tables of `derive_totals`: the keys and what stood before, the months written, the keys with none left."""

NEWEST_CLOSED = """(SELECT o.month FROM debtors_monthtotal o
    WHERE o.account_id = {key}.account_id AND o.service_id = {key}.service_id AND o.cum_charged <= {settled}
    ORDER BY o.month DESC LIMIT 1)"""

OLDEST_OPEN = f"COALESCE({NEWEST_CLOSED}, {{first}} - 1) + 1"
"""SQL of the oldest open month of a key with debt: the month after the newest one that money covers. Reads back only over the
open months."""

STATE = "first_month, last_month, cum_opening, cum_charged, cum_settled, balance, oldest_open_month, charged_months"
UPDATES = ", ".join(f"{name} = excluded.{name}" for name in STATE.split(", "))
KEPT_BITS = 61


def write_states(*, backward: bool, ended: bool) -> None:
    """Upsert ServiceState of the keys in the span; drop the states of keys with no fact left."""
    if backward:
        execute(f"""
            DELETE FROM debtors_servicestate WHERE ({KEY}) IN (
                SELECT p.account_id, p.service_id FROM {SPAN} p WHERE p.forward = 0 AND NOT EXISTS (
                    SELECT 1 FROM debtors_monthtotal m WHERE m.account_id = p.account_id AND m.service_id = p.service_id))""")
    execute(f"""
        INSERT INTO debtors_servicestate ({KEY}, {STATE})
        SELECT {KEY}, first_month, last_month, opening, charged, settled, charged - settled,
               CASE WHEN charged <= settled THEN NULL WHEN forward = 1 AND settled >= base_settled THEN {_from_known_oldest()}
               ELSE {OLDEST_OPEN.format(key="e", settled="e.settled", first="e.first_month")} END,
               CASE WHEN last_month - start_month >= {KEPT_BITS - 1} THEN 0
                    ELSE (base_months & ((CAST(1 AS bigint) << ({KEPT_BITS - 1} - (last_month - start_month))) - 1))
                         << (last_month - start_month + 1) END + new_months
        FROM (SELECT p.account_id, p.service_id, p.forward, p.base_settled, p.base_months, p.known_oldest,
                     CASE WHEN p.has_base = 1 THEN p.known_first ELSE MIN(r.month) END AS first_month,
                     CASE WHEN p.has_base = 1 THEN p.start_month ELSE MIN(r.month) END AS start_month,
                     MAX(r.month) AS last_month, p.base_opening + CAST(SUM(r.opening) AS bigint) AS opening,
                     p.base_charged + CAST(SUM(r.charged) AS bigint) AS charged,
                     p.base_settled + CAST(SUM(r.settled) AS bigint) AS settled,
                     CAST(SUM(CASE WHEN r.charged > r.opening AND r.behind < {KEPT_BITS}
                              THEN CAST(1 AS bigint) << r.behind ELSE 0 END) AS bigint) AS new_months
              FROM {SPAN} p JOIN {NEW_ROWS} r ON r.account_id = p.account_id AND r.service_id = p.service_id
              GROUP BY p.account_id, p.service_id, p.forward, p.has_base, p.known_first, p.start_month, p.base_opening,
                       p.base_charged, p.base_settled, p.base_months, p.known_oldest) e
        WHERE true ON CONFLICT ({KEY}) DO UPDATE SET {UPDATES}""")
    if ended:
        _step_states_back()


def _from_known_oldest() -> str:
    """Nothing changed before the new months and no money went back: the oldest open month can only have moved on."""
    return """(SELECT o.month FROM debtors_monthtotal o WHERE o.account_id = e.account_id AND o.service_id = e.service_id
        AND o.month >= COALESCE(e.known_oldest, e.start_month) AND o.cum_charged > e.settled ORDER BY o.month LIMIT 1)"""


def _step_states_back() -> None:
    """Keys that end earlier now: their last row that is left is where they stand."""
    oldest = OLDEST_OPEN.format(key="m", settled="m.cum_settled", first="l.first_month")
    execute(f"""
        INSERT INTO debtors_servicestate ({KEY}, {STATE})
        SELECT m.account_id, m.service_id, l.first_month, m.month, m.cum_opening, m.cum_charged, m.cum_settled,
               m.cum_charged - m.cum_settled, CASE WHEN m.cum_charged > m.cum_settled THEN {oldest} END,
               l.base_months >> (l.start_month - 1 - m.month)
        FROM (SELECT e.account_id, e.service_id, e.start_month, e.base_months, MIN(t.month) AS first_month,
                     MAX(t.month) AS last_month
              FROM {ENDED} e JOIN debtors_monthtotal t ON t.account_id = e.account_id AND t.service_id = e.service_id
              GROUP BY e.account_id, e.service_id, e.start_month, e.base_months) l
        JOIN debtors_monthtotal m ON m.account_id = l.account_id AND m.service_id = l.service_id AND m.month = l.last_month
        WHERE true ON CONFLICT ({KEY}) DO UPDATE SET {UPDATES}""")
