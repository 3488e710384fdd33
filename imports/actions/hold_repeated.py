"""A register's payments that a bank document has brought already are left for a person."""

from debtors.actions.staging import STAGE, PartState
from debtors.queries.dialect import bulk_load, execute, fresh_table
from imports.models import Doubt
from imports.queries.booked_elsewhere import Held, booked_by_statements

HELD = "import_held"
KNOWN, DIFFERS = PartState.KNOWN.value, PartState.DIFFERS.value


def hold_repeated(creditor_id: int) -> dict[int, Held]:
    """Hold the staged payments that repeat a bank document's, by row; call after `judge`.

    One that a person has told to be the same money, while that money stands, is known and not asked about again.
    """
    found = booked_by_statements()
    if not found:
        return {}
    told = _told_the_same(creditor_id)
    held = {row: one for row, one in found.items() if (one.account_id, one.paid_on, one.amount, one.document) not in told}
    fresh_table(HELD, "row_no bigint, state smallint")
    bulk_load(HELD, ("row_no", "state"), ((row, DIFFERS if row in held else KNOWN) for row in found))
    execute(f"UPDATE {STAGE} SET payment_state = h.state FROM {HELD} h WHERE h.row_no = {STAGE}.row_no")
    return held


def _told_the_same(creditor_id: int) -> set[tuple]:
    told = Doubt.objects.filter(
        batch__creditor_id=creditor_id,
        kind=Doubt.Kind.PAID_ELSEWHERE,
        decision=Doubt.Decision.DISMISSED,
        stands_on__undone_at__isnull=True,
    )
    return set(told.values_list("account_id", "paid_on", "file_sum", "document"))
