"""Who owes what: premises, accounts, liable people, the ledger and the case files."""

from debtors.models.account import POPULATION, Category, Debtor, Liability, UtilityAccount
from debtors.models.booking import Booking, BookingBasis, MonthClosing
from debtors.models.ledger import Allocation, Charge, Payment
from debtors.models.premises import House, Premises, PremisesTenure, Tenure
from debtors.models.service import UNSPLIT, WHOLE_BILL, Resource, Service, ServiceAlias
from debtors.models.totals import AccountState, MonthCube, MonthTotal, ServiceState

__all__ = [
    "POPULATION",
    "UNSPLIT",
    "WHOLE_BILL",
    "AccountState",
    "Allocation",
    "Booking",
    "BookingBasis",
    "Category",
    "Charge",
    "Debtor",
    "House",
    "Liability",
    "MonthClosing",
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
