"""Files that came in: batches, their problems and doubts, saved columns; bank documents and what was decided on them."""

from imports.models.bank_document import BankDocument, DocumentAssignment, MatchCandidate
from imports.models.batch import KIND_NAMES, ImportBatch
from imports.models.doubt import Doubt
from imports.models.match_decision import DecisionLine, MatchDecision
from imports.models.payer_pattern import PayerPattern
from imports.models.problem import ImportProblem
from imports.models.profile import ColumnProfile
from imports.models.staged import StagedAccount, StagedLine
from imports.models.suspense_limit import SuspenseLimit

__all__ = [
    "KIND_NAMES",
    "BankDocument",
    "ColumnProfile",
    "DecisionLine",
    "DocumentAssignment",
    "Doubt",
    "ImportBatch",
    "ImportProblem",
    "MatchCandidate",
    "MatchDecision",
    "PayerPattern",
    "StagedAccount",
    "StagedLine",
    "SuspenseLimit",
]
