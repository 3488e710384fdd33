"""Who owes what: premises, accounts, liable people, the ledger and the case files."""

from debtors.models.account import POPULATION, Category, Debtor, Liability, UtilityAccount
from debtors.models.booking import Booking, BookingBasis, MonthClosing
from debtors.models.case_event import CaseEvent, EventsAreFinal
from debtors.models.case_file import CaseAccount, CaseDebtor, CaseFile, CloseReason
from debtors.models.hold import CaseFlag, Hold
from debtors.models.ledger import Allocation, Charge, Payment
from debtors.models.note import Note
from debtors.models.notice import NoticeLine, PreTrialNotice
from debtors.models.opening_rule import OpeningRule
from debtors.models.penalty_record import PenaltyRecord
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
    "CaseAccount",
    "CaseDebtor",
    "CaseEvent",
    "CaseFile",
    "CaseFlag",
    "Category",
    "Charge",
    "CloseReason",
    "Debtor",
    "EventsAreFinal",
    "Hold",
    "House",
    "Liability",
    "MonthClosing",
    "MonthCube",
    "MonthTotal",
    "Note",
    "NoticeLine",
    "OpeningRule",
    "Payment",
    "PenaltyRecord",
    "PreTrialNotice",
    "Premises",
    "PremisesTenure",
    "Resource",
    "Service",
    "ServiceAlias",
    "ServiceState",
    "Tenure",
    "UtilityAccount",
]
