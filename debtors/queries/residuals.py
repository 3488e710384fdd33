"""What is overdue on cases at this moment, by their open months: the sum that is asked of a debtor."""

import datetime as dt
from collections.abc import Iterable

from casedesk.norms.due_dates import newest_overdue_month
from debtors.queries.dialect import rows
from debtors.queries.open_months import open_months_sql


def residuals(case_ids: Iterable[int], on: dt.date) -> dict[int, int]:
    """Case id -> overdue kopecks by the months that are open now; cases with nothing open are absent. One query."""
    listed = ", ".join(str(int(pk)) for pk in case_ids) or "NULL"
    accounts = f"SELECT account_id FROM debtors_caseaccount WHERE is_live AND case_id IN ({listed})"
    overdue = open_months_sql(accounts, newest_overdue_month(on))
    found = rows(
        f"SELECT l.case_id, SUM(m.kopecks) FROM debtors_caseaccount l JOIN ({overdue}) m"
        f" ON m.account_id = l.account_id WHERE l.is_live AND l.case_id IN ({listed}) GROUP BY l.case_id"
    )
    return {case: int(kopecks) for case, kopecks in found}
