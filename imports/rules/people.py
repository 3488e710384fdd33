"""What a printed holder's name tells of the holder, and which of an account's other numbers is which.

The words are the values of `Debtor.Kind`, `Category` and `Liability.Ground`.
"""

import re

from casedesk.common.text import fold

_ORGANISATION = re.compile(
    r"^(ооо|ао|пао|зао|оао|муп|мку|мбу|мбоу|мбдоу|мау|мкоу|гуп|фгуп|фку|гбу|гбуз|гку|тсж|тсн|жск|снт|администрация|комитет|управление|кооператив)\b"
)
_ENTREPRENEUR = re.compile(r"^(ип|индивидуальный предприниматель)\s")
_GIS_ID = re.compile(r"^\d{2}[А-ЯA-Z]{2}\d{6}-\d{2}$")
_UNIFIED = re.compile(r"^\d{2}[А-ЯA-Z]{2}\d{6}$")
_ORGANISATIONS = ("legal_entity", "municipal_institution", "managing_company", "supplier")


def kind_of_debtor(name: str, category: str) -> str:
    """Citizen, entrepreneur or organisation, by the register's category and the form of the name."""
    key = fold(name).lstrip("\"«'")
    if category in _ORGANISATIONS or _ORGANISATION.match(key):
        return "organisation"
    if _ENTREPRENEUR.match(key):
        return "entrepreneur"
    return "citizen"


def category_of(name: str, category: str) -> str:
    """The consumer group: what the register says; else a legal entity when the name is a firm's; else an owner."""
    if category:
        return category
    return "owner" if kind_of_debtor(name, "") == "citizen" else "legal_entity"


def ground_of(category: str) -> str:
    """On what ground the holder is liable (Housing Code art. 153)."""
    return "tenant" if category == "social_tenant" else "owner"


def gis_numbers(others: list[str]) -> tuple[str, str]:
    """The ЖКУ identifier and the unified account (ЕЛС) among an account's other numbers; "" where there is none."""
    gis = next((other for other in others if _GIS_ID.match(other)), "")
    unified = next((other for other in others if _UNIFIED.match(other)), "")
    return gis, unified or gis.partition("-")[0]
