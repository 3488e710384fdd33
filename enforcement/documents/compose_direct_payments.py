"""The letter that tells a bailiff department of direct payments: what it says, from the rows."""

from collections.abc import Sequence

from enforcement.models import DirectPayment


def notice_data(rows: Sequence[DirectPayment]) -> dict:
    """Data of `direct_payment_notice` for rows of one creditor and department, with their relations loaded."""
    first = rows[0].proceeding
    return {
        "department": first.department.name if first.department else "Отдел судебных приставов",
        "payments": [
            {
                "proceeding": row.proceeding.number,
                "debtor": row.debtor_name,
                "writ": str(row.proceeding.writ),
                "paid_on": row.paid_on,
                "amount": row.amount,
            }
            for row in rows
        ],
        "total": sum(row.amount for row in rows),
    }
