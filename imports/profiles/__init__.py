"""Column profiles: proposed by the program, confirmed by people, remembered per creditor."""

from imports.profiles.propose import Proposal, propose
from imports.profiles.saved import SavedProfile

__all__ = ["Proposal", "SavedProfile", "propose"]
