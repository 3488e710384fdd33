"""Who owes what: premises, accounts, liable people, the ledger and the case files."""

from debtors.models.account import POPULATION, Category, Debtor, Liability, UtilityAccount
from debtors.models.ledger import (
    AccountState,
    Allocation,
    Booking,
    Charge,
    MonthCube,
    MonthTotal,
    Payment,
    ServiceState,
)
from debtors.models.premises import House, Premises, PremisesTenure, Tenure
from debtors.models.service import UNSPLIT, Resource, Service, ServiceAlias

__all__ = [
    "POPULATION",
    "UNSPLIT",
    "AccountState",
    "Allocation",
    "Booking",
    "Category",
    "Charge",
    "Debtor",
    "House",
    "Liability",
    "MonthCube",
    "MonthTotal",
    "Payment",
    "Premises",
    "PremisesTenure",
    "Resource",
    "Service",
    "ServiceAlias",
    "ServiceState",
    "Tenure",
    "UtilityAccount",
]
