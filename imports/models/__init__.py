"""Files that came in: batches, their problems and doubts, saved columns."""

from imports.models.batch import KIND_NAMES, ImportBatch
from imports.models.doubt import Doubt
from imports.models.problem import ImportProblem
from imports.models.profile import ColumnProfile
from imports.models.staged import StagedAccount, StagedLine

__all__ = [
    "KIND_NAMES",
    "ColumnProfile",
    "Doubt",
    "ImportBatch",
    "ImportProblem",
    "StagedAccount",
    "StagedLine",
]
