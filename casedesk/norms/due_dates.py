"""Until when a month's bill must be paid (ЖК РФ ст. 155 ч. 1, ГК РФ ст. 193).

The 10th of the next month, from the billing month of February 2026 the 15th, moved to the next working day. Payment on
the day itself is in time; delay starts the day after. Months are ints (`casedesk.common.months`).
"""

import datetime as dt
from functools import cache

from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.norms.catalogue import Catalogue, shipped
from casedesk.norms.working_days import working_calendar


class ContractDayNotAllowed(Refusal):
    """A contract or meeting may not set its own day for this month, or the day is not a day of a month."""

    code = "contract_day_not_allowed"


def payment_day(month: int, norms: Catalogue | None = None) -> int:
    """The number of the day in the next month. Months older than the Housing Code take its first rule."""
    norms = norms or shipped()
    first = norms.norm("payment_terms.housing_day").first_day
    asked = max(months.first_day(month + 1), first)
    return norms.find("payment_terms.housing_day", on=asked, asker="срок оплаты").value


@cache
def due_on(month: int, contract_day: int | None = None, norms: Catalogue | None = None) -> dt.date:
    """The last day on which the month's bill is paid in time.

    `contract_day`: another day set by the contract of management or the meeting; refused (ContractDayNotAllowed) for
    billing months from February 2026. Never fails for want of a calendar: see WorkingCalendar.doubt.
    """
    if contract_day is not None:
        _check_contract_day(month, contract_day, norms or shipped())
    number = contract_day or payment_day(month, norms)
    last = months.last_day(month + 1)
    return working_calendar(norms).on_or_after(last.replace(day=min(number, last.day)))


def _check_contract_day(month: int, contract_day: int, norms: Catalogue) -> None:
    if not 1 <= contract_day <= 31:
        raise ContractDayNotAllowed(f"День оплаты по договору {contract_day}: нужно число месяца от 1 до 31.")
    first = norms.norm("payment_terms.contract_day_allowed").first_day
    asked = max(months.first_day(month + 1), first)
    if not norms.find("payment_terms.contract_day_allowed", on=asked, asker="срок оплаты").value:
        raise ContractDayNotAllowed(
            f"День оплаты по договору {contract_day} для месяца {months.iso(month)}: с февраля 2026 года срок единый, "
            f"{payment_day(month, norms)}-е число (ЖК РФ ст. 155 ч. 1 в ред. 177-ФЗ). Уберите день договора."
        )


def newest_overdue_month(day: dt.date) -> int:
    """The newest month whose bill is overdue on the day: its last day for payment has passed."""
    last = months.of(day) - 1
    return last if due_on(last) < day else last - 1
