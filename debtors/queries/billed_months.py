"""In how many of the last twelve months an account was billed at all: SQL over the bits that service states keep."""

from debtors.queries.dialect import least, on_postgres

YEAR = 0xFFF
"""The bits of twelve months."""


def bits_on(newest: int, state: str = "st") -> str:
    """SQL of a service state's billed months, the lowest bit for the newest month; later months are shifted out."""
    later = least(f"{state}.last_month - {newest}", "62")
    earlier = least(f"{newest} - {state}.last_month", "12")
    return f"""CASE WHEN {state}.last_month > {newest} THEN {state}.charged_months >> {later}
        ELSE ({state}.charged_months & {YEAR}) << {earlier} END & {YEAR}"""


def any_of_bits(column: str = "months") -> str:
    """SQL of the bits set in any of the rows."""
    if on_postgres():
        return f"BIT_OR({column})"
    return " + ".join(f"MAX({column} & {1 << back})" for back in range(12))


def count_of_bits(column: str = "months") -> str:
    """SQL of how many months the bits name."""
    return " + ".join(f"(({column} >> {back}) & 1)" for back in range(12))
