"""What a printed holder's name tells of the holder, and which of an account's other numbers is which.

The words are the values of `Debtor.Kind`, `Category`, `Tenure`, `Payment.Channel` and `Liability.Ground`.
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


_TENURES = (
    ("соц", "social_rent"),
    ("пуст", "vacant"),
    ("незасел", "vacant"),
    ("выморочн", "escheat"),
    ("муницип", "municipal"),
)
_CHANNELS = (("фссп", "bailiff"), ("пристав", "bailiff"), ("работодат", "employer"), ("удержан", "employer"), ("касс", "desk"))


def tenure_of(printed: str, category: str) -> str:
    """On what footing the premises are held: what the register prints; else by the consumer group. A `Tenure` value."""
    key = fold(printed)
    if not key:
        return {"social_tenant": "social_rent", "municipal_institution": "municipal"}.get(category, "private")
    return next((tenure for word, tenure in _TENURES if word in key), "private")


def channel_of(printed: str) -> str:
    """How money came, by the means of payment that a register prints; the bank when it says nothing. A `Payment.Channel`."""
    key = fold(printed)
    return next((channel for word, channel in _CHANNELS if word in key), "bank")


def gis_numbers(others: list[str]) -> tuple[str, str]:
    """The ЖКУ identifier and the unified account (ЕЛС) among an account's other numbers; "" where there is none."""
    gis = next((other for other in others if _GIS_ID.match(other)), "")
    unified = next((other for other in others if _UNIFIED.match(other)), "")
    return gis, unified or gis.partition("-")[0]
