"""What courts and bailiffs make of a debt: writs and proceedings."""

from enforcement.models.proceeding import EnforcementProceeding
from enforcement.models.writ import Writ

__all__ = ["EnforcementProceeding", "Writ"]
