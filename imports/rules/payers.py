"""Who pays, told by the number of the paying bank account and the payer's name; and by which channel the money counts."""

import re

from imports.matching.ladder import BAILIFF, BANK, CITIZEN, FIRM, TREASURY

BAILIFF_ACCOUNT = "03212"
"""A treasury account of a bailiff department begins so (Treasury order 17n of 2020; seen on every sample)."""
_BAILIFFS = re.compile(r"приставов|(?<![а-яё])(?:р|м)?осп(?![а-яё])|г?уфссп|фссп", re.IGNORECASE)
_CITIZENS = ("40817", "40820", "423", "426")
_BANKS = ("301", "302", "303", "474", "475")


def payer_of(account: str, name: str) -> str:
    """One of the ladder's payer words. A treasury in the name alone is not yet the bailiffs: pensions come from it too."""
    if account.startswith(BAILIFF_ACCOUNT) or (account.startswith("03") and _BAILIFFS.search(name)):
        return BAILIFF
    if account.startswith("03"):
        return TREASURY
    if account.startswith(_CITIZENS):
        return CITIZEN
    return BANK if account.startswith(_BANKS) else FIRM


def channel_of(payer: str, words: str) -> str:
    """The ledger's channel of a placed document: by who paid and, for wages withheld, by the words of the purpose."""
    if payer == BAILIFF:
        return "bailiff"
    return "employer" if words == "employer" else "bank"
