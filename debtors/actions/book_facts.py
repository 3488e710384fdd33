"""Write staged parts as charges and payments, and note which bookings the new one stands on."""

from casedesk.common.refusals import Refusal
from debtors.actions.staging import STAGE, PartState
from debtors.models import UNSPLIT, WHOLE_BILL, Booking, BookingBasis, Charge, Payment
from debtors.queries.dialect import LIVE, analyse_if_grown, execute, fresh_table_as, greatest, least, month_of, rows

TO_BOOK, KNOWN, DIFFERS = (state.value for state in PartState)
OPENING, CORRECTION = Charge.Kind.OPENING.value, Charge.Kind.CORRECTION.value
TURNOVER, WRITE_OFF = Payment.Channel.TURNOVER.value, Payment.Channel.WRITE_OFF.value
PRINCIPAL = "NOT s.is_penalty AND NOT s.is_pool"
CHARGE_COLUMNS = "account_id, service_id, month, kind, charged, credited, counts_on, booking_id, source_row"
PAYMENT_COLUMNS = (
    "account_id, service_id, counts_on, amount, channel, designated_month, award_id, document, reverses_id, booking_id,"
    " source_row"
)


class NotOfThisCreditor(Refusal):
    """A staged line names an account of another creditor, an unknown account or an unknown service."""

    code = "not_of_this_creditor"


def insert_facts(booking: Booking, accept: frozenset[str]) -> tuple[int, int]:
    """Insert what the verdicts leave to book; return the numbers of charge and payment rows. Fixed number of statements."""
    _refuse_strangers(booking)
    charges = _insert_charges(booking) + _insert_openings(booking) + _insert_corrections(booking, accept)
    payments = _insert_payments(booking) + _insert_turnover(booking)
    if payments:
        payments += _replace_turnover(booking)
    if charges or payments:
        analyse_if_grown("debtors_charge", charges)
        analyse_if_grown("debtors_payment", payments)
        _note_bases(booking)
    return charges, payments


def _refuse_strangers(booking: Booking) -> None:
    found = rows(
        f"""SELECT g.row_no FROM {STAGE} g WHERE g.account_id IN (
                SELECT d.account_id FROM (SELECT DISTINCT account_id FROM {STAGE}) d
                LEFT JOIN debtors_utilityaccount a ON a.id = d.account_id AND a.creditor_id = %s WHERE a.id IS NULL)
               OR g.service_id NOT IN (SELECT id FROM debtors_service)
               OR g.service_id = {UNSPLIT} AND (g.charged IS NOT NULL OR g.opening IS NOT NULL) LIMIT 1""",
        [booking.creditor_id],
    )
    if found:
        raise NotOfThisCreditor(
            f"Строка {found[0][0]} называет лицевой счёт или услугу не из книг «{booking.creditor}». Проводка не сделана: "
            "сначала заведите счёт или сопоставьте услугу.",
            row_no=found[0][0],
        )


def _insert_charges(booking: Booking) -> int:
    return execute(
        f"""INSERT INTO debtors_charge ({CHARGE_COLUMNS})
            SELECT account_id, service_id, month, kind, charged, credited, month_end, %s, source_row
            FROM {STAGE} WHERE charged IS NOT NULL AND charge_state = {TO_BOOK}""",
        [booking.pk],
    )


def _insert_openings(booking: Booking) -> int:
    return execute(
        f"""INSERT INTO debtors_charge ({CHARGE_COLUMNS})
            SELECT account_id, service_id, opening_month, {OPENING}, {greatest("opening", "0")}, {greatest("-opening", "0")},
                   opening_on, %s, source_row
            FROM {STAGE} WHERE opening IS NOT NULL AND opening_state = {TO_BOOK}""",
        [booking.pk],
    )


def _insert_corrections(booking: Booking, accept: frozenset[str]) -> int:
    """Book confirmed differences: the ledger comes to what the file says, by one line per account, service and month."""
    written = 0
    if "opening_differs" in accept:
        written += _insert_deltas(
            booking, OPENING, "opening_month", "opening_on", "SUM(opening) - MAX(ledger_opening)", "opening_state"
        )
    if "charge_differs" in accept:
        written += _insert_deltas(
            booking,
            CORRECTION,
            "month",
            "month_end",
            "SUM(charged - credited) - MAX(ledger_charged - ledger_credited)",
            "ledger_opening IS NULL AND charge_state",
        )
    return written


def _insert_deltas(booking: Booking, kind: int, month: str, day: str, delta: str, state: str) -> int:
    return execute(
        f"""INSERT INTO debtors_charge ({CHARGE_COLUMNS})
            SELECT account_id, service_id, month, {kind}, {greatest("delta", "0")}, {greatest("-delta", "0")}, day, %s,
                   source_row
            FROM (SELECT account_id, service_id, {month} AS month, MAX({day}) AS day, {delta} AS delta,
                         MIN(source_row) AS source_row
                  FROM {STAGE} WHERE {state} = {DIFFERS} GROUP BY account_id, service_id, {month}) d WHERE delta <> 0""",
        [booking.pk],
    )


def _insert_payments(booking: Booking) -> int:
    """Dated payments. Unsplit money of an account that was ever charged for one principal service goes to it at once.

    Money on a writ stays unsplit: its award says where it goes. A reversal is of the service of what it reverses.
    """
    if not rows(f"SELECT 1 FROM {STAGE} WHERE amount IS NOT NULL LIMIT 1"):
        return 0
    fresh_table_as(
        "ledger_single",
        f"""SELECT account_id, MIN(service_id) AS service_id FROM (
                SELECT st.account_id, st.service_id FROM debtors_servicestate st
                JOIN debtors_service s ON s.id = st.service_id AND {PRINCIPAL}
                WHERE st.cum_charged > 0 AND st.account_id IN (
                    SELECT account_id FROM {STAGE} WHERE amount IS NOT NULL AND service_id = {UNSPLIT})
                UNION SELECT c.account_id, c.service_id FROM debtors_charge c
                JOIN debtors_service s ON s.id = c.service_id AND {PRINCIPAL}
                WHERE c.booking_id = %s AND c.charged > 0) k
            GROUP BY account_id HAVING COUNT(*) = 1""",
        [booking.pk],
        key="account_id",
    )
    return execute(
        f"""INSERT INTO debtors_payment ({PAYMENT_COLUMNS})
            SELECT g.account_id, CASE WHEN r.id IS NOT NULL THEN r.service_id WHEN g.award_id IS NOT NULL THEN {UNSPLIT}
                   WHEN g.service_id = {UNSPLIT} THEN COALESCE(o.service_id, {UNSPLIT}) ELSE g.service_id END,
                   g.paid_on, g.amount, g.channel, g.designated_month, COALESCE(g.award_id, r.award_id), g.document,
                   g.reverses_id, %s, g.source_row
            FROM {STAGE} g LEFT JOIN ledger_single o ON o.account_id = g.account_id
            LEFT JOIN debtors_payment r ON r.id = g.reverses_id
            WHERE g.amount <> 0 AND g.payment_state = {TO_BOOK}""",
        [booking.pk],
    )


def _insert_turnover(booking: Booking) -> int:
    return execute(
        f"""INSERT INTO debtors_payment ({PAYMENT_COLUMNS})
            SELECT account_id, service_id, month_end, turnover - explained, '{TURNOVER}', NULL, NULL, '', NULL, %s, source_row
            FROM {STAGE} WHERE turnover - explained <> 0 AND turnover_state = {TO_BOOK}""",
        [booking.pk],
    )


def _replace_turnover(booking: Booking) -> int:
    """Dated payments take the place of the month's turnover booked before them: the smaller of the two is taken back.

    Money of a service replaces that service's turnover; unsplit money (or money for the whole bill) then replaces what
    is left, service by service.
    """
    replaced = fresh_table_as(
        "ledger_replaced",
        f"""WITH dated AS (
                SELECT account_id, service_id, {month_of("counts_on")} AS month, SUM(amount) AS amount FROM debtors_payment
                WHERE booking_id = %s AND channel NOT IN ('{TURNOVER}', '{WRITE_OFF}')
                GROUP BY account_id, service_id, {month_of("counts_on")}),
            turned AS (
                SELECT p.account_id, p.service_id, k.month, SUM(p.amount) AS amount, MAX(p.counts_on) AS counts_on,
                       MAX(p.id) AS payment_id
                FROM (SELECT DISTINCT account_id, month FROM dated) k
                JOIN debtors_payment p ON p.account_id = k.account_id AND {month_of("p.counts_on")} = k.month
                WHERE p.channel = '{TURNOVER}' AND p.{LIVE}
                GROUP BY p.account_id, p.service_id, k.month HAVING SUM(p.amount) > 0),
            own AS (
                SELECT t.*, {least("t.amount", greatest("COALESCE(d.amount, 0)", "0"))} AS matched
                FROM turned t LEFT JOIN dated d ON d.account_id = t.account_id AND d.month = t.month
                    AND d.service_id = t.service_id),
            pots AS (
                SELECT d.account_id, d.month, SUM(d.amount - COALESCE(o.matched, 0)) AS pot FROM dated d
                LEFT JOIN own o ON o.account_id = d.account_id AND o.month = d.month AND o.service_id = d.service_id
                WHERE d.service_id IN ({UNSPLIT}, {WHOLE_BILL}) AND d.amount > 0 GROUP BY d.account_id, d.month),
            left_over AS (
                SELECT o.*, COALESCE(p.pot, 0) AS pot, SUM(o.amount - o.matched) OVER (
                    PARTITION BY o.account_id, o.month ORDER BY o.service_id) - (o.amount - o.matched) AS before_it
                FROM own o LEFT JOIN pots p ON p.account_id = o.account_id AND p.month = o.month)
            SELECT account_id, service_id, counts_on, payment_id,
                   matched + {greatest("0", least("amount - matched", "pot - before_it"))} AS amount
            FROM left_over""",
        [booking.pk],
    )
    if not replaced:
        return 0
    return execute(
        f"""INSERT INTO debtors_payment ({PAYMENT_COLUMNS})
            SELECT account_id, service_id, counts_on, -amount, '{TURNOVER}', NULL, NULL, '', payment_id, %s, NULL
            FROM ledger_replaced WHERE amount > 0""",
        [booking.pk],
    )


def _note_bases(booking: Booking) -> None:
    """Name the bookings whose facts this one left out, compared itself with, replaced or reversed."""
    why = BookingBasis.Why
    execute(
        f"""INSERT INTO debtors_bookingbasis (booking_id, stands_on_id, why)
            SELECT DISTINCT %s, found.booking_id, found.why FROM (
                SELECT c.booking_id, '{why.KNOWN}' AS why FROM {STAGE} g JOIN debtors_charge c
                    ON c.account_id = g.account_id AND c.service_id = g.service_id AND c.month = g.month
                    WHERE g.charge_state <> {TO_BOOK} AND c.{LIVE}
                UNION ALL SELECT p.booking_id, '{why.KNOWN}' FROM {STAGE} g JOIN debtors_payment p
                    ON p.account_id = g.account_id AND p.counts_on = g.paid_on
                    WHERE g.payment_state = {KNOWN} AND p.amount = g.amount AND p.document = g.document AND p.{LIVE}
                UNION ALL SELECT c.booking_id, '{why.OPENING}' FROM {STAGE} g JOIN debtors_charge c
                    ON c.account_id = g.account_id AND c.service_id = g.service_id AND c.month = g.opening_month
                    WHERE g.opening_state <> {TO_BOOK} AND c.{LIVE}
                UNION ALL SELECT p.booking_id, '{why.TURNOVER}' FROM {STAGE} g JOIN debtors_payment p
                    ON p.account_id = g.account_id AND p.counts_on <= g.month_end
                    WHERE g.explained <> 0 AND p.channel <> '{WRITE_OFF}' AND {month_of("p.counts_on")} = g.month AND p.{LIVE}
                UNION ALL SELECT o.booking_id, CASE WHEN o.channel = '{TURNOVER}' THEN '{why.TURNOVER}'
                    ELSE '{why.REVERSAL}' END FROM debtors_payment p JOIN debtors_payment o ON o.id = p.reverses_id
                    WHERE p.booking_id = %s
                UNION ALL SELECT w.booking_id, '{why.AWARD}' FROM debtors_payment p JOIN debtors_award w ON w.id = p.award_id
                    WHERE p.booking_id = %s
            ) found WHERE found.booking_id <> %s""",
        [booking.pk] * 4,
    )
