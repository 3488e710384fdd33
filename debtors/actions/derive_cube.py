"""Bring the dashboard cube up to date for the months and services that changed, from the running totals.

Cells are cut by what the account is now (category, territory); a change of either is taken up by the next rebuild.
"""

from collections.abc import Iterable

from debtors.queries.dialect import execute

AMOUNTS = ("opening", "charged", "credited", "paid")


def refresh_cube(creditor_id: int, cells: Iterable[tuple[int, int]]) -> None:
    """Rewrite the creditor's cells of the given (service, month) pairs. Two statements."""
    by_service: dict[int, set[int]] = {}
    for service, month in cells:
        by_service.setdefault(service, set()).add(month)
    if by_service:
        _rewrite(creditor_id, _any(by_service))


def rebuild_cube(creditor_id: int) -> None:
    """Rewrite every cell of a creditor: from scratch, or after categories or territories changed."""
    _rewrite(creditor_id, "true")


def _rewrite(creditor_id: int, cells: str) -> None:
    sums = ", ".join(f"SUM({name})" for name in AMOUNTS)
    execute(f"DELETE FROM debtors_monthcube WHERE creditor_id = %s AND ({cells})", [creditor_id])
    execute(
        f"""INSERT INTO debtors_monthcube (creditor_id, territory_id, category, service_id, month, {", ".join(AMOUNTS)})
            SELECT a.creditor_id, h.territory_id, a.category, t.service_id, t.month, {sums}
            FROM (SELECT * FROM debtors_monthtotal WHERE {cells}) t JOIN debtors_utilityaccount a ON a.id = t.account_id
            LEFT JOIN debtors_premises p ON p.id = a.premises_id LEFT JOIN debtors_house h ON h.id = p.house_id
            WHERE a.creditor_id = %s GROUP BY a.creditor_id, h.territory_id, a.category, t.service_id, t.month
            HAVING {" OR ".join(f"SUM({name}) <> 0" for name in AMOUNTS)}""",
        [creditor_id],
    )


def _any(by_service: dict[int, set[int]]) -> str:
    """A condition for the pairs; services with the same months share one."""
    by_months: dict[tuple[int, ...], list[int]] = {}
    for service, months in by_service.items():
        by_months.setdefault(tuple(sorted(months)), []).append(service)
    return " OR ".join(
        f"month IN ({_list(months)}) AND service_id IN ({_list(sorted(services))})" for months, services in by_months.items()
    )


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)
