"""What a letter to a supervising body tells of a case: who, where, how much, what was done."""

import datetime as dt
from typing import Any

from debtors.documents.compose_case import debts_of
from debtors.documents.people import addressee
from debtors.models import CaseFile
from debtors.queries.timeline import Happened, timeline

LETTER = "letter_supervision"
DESK_WORK = frozenset({"case_opened", "case_closed", "assigned", "noted", "flag_set", "flag_removed", "penalty_recorded"}) | {
    "reminder_prepared",
    "reminder_cancelled",
    "restriction_prepared",
    "outreach_reversed",
    "promise_withdrawn",
}
"""Events that tell how the desk works and not what was done about the debt."""
MOST = 12


def referral_data(case: CaseFile, on: dt.date) -> dict[str, Any]:
    """The fields of the letter that the case itself answers for, kopecks. A fixed number of queries."""
    (debt,) = debts_of(case.creditor, [case], on)
    return {
        "debtor": addressee(case.debtor_names or "Потребитель услуг"),
        "place": case.address,
        "accounts": ", ".join(debt.accounts),
        "as_of": on.isoformat(),
        "since": min((row["month"] for row in debt.rows), default=None),
        "principal": debt.principal,
        "penalty": debt.penalty,
        "total": debt.total,
        "measures": [_row(one) for one in done(case)],
    }


def done(case: CaseFile) -> list[Happened]:
    """The newest of what was done, oldest first."""
    told = [one for one in timeline(case) if one.code not in DESK_WORK]
    return list(reversed(told[:MOST]))


def _row(one: Happened) -> dict[str, str]:
    return {"day": one.on.isoformat(), "what": f"{one.what}: {one.text}" if one.text else one.what}
