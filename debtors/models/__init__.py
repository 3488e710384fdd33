"""Who owes what: premises, accounts, liable people, the ledger and the case files."""

from debtors.models.account import POPULATION, Category, Debtor, Liability, UtilityAccount
from debtors.models.agreement import Instalment, RepaymentAgreement
from debtors.models.award import Award, AwardLine
from debtors.models.booking import Booking, BookingBasis
from debtors.models.campaign import Campaign, Contact
from debtors.models.case_event import CaseEvent, EventsAreFinal
from debtors.models.case_file import CaseAccount, CaseDebtor, CaseFile, CloseReason
from debtors.models.cells import AgedCell, CellStamp, RecoveredCell
from debtors.models.contact_strategy import ContactLimits, ContactStrategy
from debtors.models.hold import CaseFlag, Hold
from debtors.models.ledger import Allocation, Charge, Payment
from debtors.models.month_closing import MonthClosing
from debtors.models.note import Note
from debtors.models.notice import NoticeLine, PreTrialNotice
from debtors.models.opening_rule import OpeningRule
from debtors.models.outreach import LetterRecipient, OutreachEvent, OutreachIsFinal
from debtors.models.overpayment import OverpaymentDecision
from debtors.models.penalty_campaign import PenaltyCampaign, PenaltyWaiver
from debtors.models.penalty_record import PenaltyRecord
from debtors.models.premises import House, Premises, PremisesCondition, PremisesTenure, Tenure
from debtors.models.promise import Promise
from debtors.models.restriction import ServiceRestriction
from debtors.models.round import Round, RoundStop, RoundVisit
from debtors.models.service import COURT_COSTS, PENALTY, PENALTY_TO_CLAIM, UNSPLIT, WHOLE_BILL, Resource, Service, ServiceAlias
from debtors.models.totals import AccountState, MonthCube, MonthTotal, ServiceState
from debtors.models.write_off import (
    WriteOffAct,
    WriteOffCandidate,
    WriteOffItem,
    WriteOffLine,
    WriteOffPaper,
    WriteOffReversal,
)

__all__ = [
    "COURT_COSTS",
    "PENALTY",
    "PENALTY_TO_CLAIM",
    "POPULATION",
    "UNSPLIT",
    "WHOLE_BILL",
    "AccountState",
    "AgedCell",
    "Allocation",
    "Award",
    "AwardLine",
    "Booking",
    "BookingBasis",
    "Campaign",
    "CaseAccount",
    "CaseDebtor",
    "CaseEvent",
    "CaseFile",
    "CaseFlag",
    "Category",
    "CellStamp",
    "Charge",
    "CloseReason",
    "Contact",
    "ContactLimits",
    "ContactStrategy",
    "Debtor",
    "EventsAreFinal",
    "Hold",
    "House",
    "Instalment",
    "LetterRecipient",
    "Liability",
    "MonthClosing",
    "MonthCube",
    "MonthTotal",
    "Note",
    "NoticeLine",
    "OpeningRule",
    "OutreachEvent",
    "OutreachIsFinal",
    "OverpaymentDecision",
    "Payment",
    "PenaltyCampaign",
    "PenaltyRecord",
    "PenaltyWaiver",
    "PreTrialNotice",
    "Premises",
    "PremisesCondition",
    "PremisesTenure",
    "RecoveredCell",
    "Promise",
    "RepaymentAgreement",
    "Resource",
    "Round",
    "RoundStop",
    "RoundVisit",
    "Service",
    "ServiceAlias",
    "ServiceRestriction",
    "ServiceState",
    "Tenure",
    "UtilityAccount",
    "WriteOffAct",
    "WriteOffCandidate",
    "WriteOffItem",
    "WriteOffLine",
    "WriteOffPaper",
    "WriteOffReversal",
]
