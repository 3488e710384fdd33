"""What courts and bailiffs make of a debt: courts, claims, writs, their presentations, proceedings, returns, rulings,
and the monthly reconciliation of both sides' registers.
"""

from enforcement.models.bailiff_reply import BailiffReply, BailiffReplyRow
from enforcement.models.claim import Claim, ClaimDebtor, ClaimLine
from enforcement.models.complaint import BailiffComplaint
from enforcement.models.court import Court, Coverage, CoverageChange, DepartmentCard
from enforcement.models.court_event import CourtEvent
from enforcement.models.direct_payment import DirectPayment
from enforcement.models.filing import FilingItem, FilingPackage
from enforcement.models.filing_policy import FilingPolicy
from enforcement.models.funnel_cell import FunnelCell
from enforcement.models.impossibility import ImpossibilityAct, PropertyFact, ReturnChoice
from enforcement.models.measure import ProceedingMeasure
from enforcement.models.presentation import Presentation
from enforcement.models.proceeding import EnforcementProceeding
from enforcement.models.raid import Raid, RaidStop, RaidVisit
from enforcement.models.reconciliation import Reconciliation, ReconciliationSignature
from enforcement.models.reconciliation_difference import DifferenceDecision, ReconciliationDifference
from enforcement.models.reconciliation_line import LineJoin, ReconciliationLine
from enforcement.models.ruling import BailiffRuling
from enforcement.models.statement import ProceedingStatement
from enforcement.models.writ import Writ, WritFact

__all__ = [
    "BailiffComplaint",
    "BailiffReply",
    "BailiffReplyRow",
    "BailiffRuling",
    "Claim",
    "ClaimDebtor",
    "ClaimLine",
    "Court",
    "CourtEvent",
    "Coverage",
    "CoverageChange",
    "DepartmentCard",
    "DifferenceDecision",
    "DirectPayment",
    "EnforcementProceeding",
    "FilingPolicy",
    "FilingItem",
    "FilingPackage",
    "FunnelCell",
    "ImpossibilityAct",
    "LineJoin",
    "Presentation",
    "ProceedingMeasure",
    "ProceedingStatement",
    "PropertyFact",
    "Raid",
    "RaidStop",
    "RaidVisit",
    "Reconciliation",
    "ReconciliationDifference",
    "ReconciliationLine",
    "ReconciliationSignature",
    "ReturnChoice",
    "Writ",
    "WritFact",
]
