"""An invented municipality, written out as the files that the trade would send, and the truth about it.

The demo, the tests and the benchmarks load the files through the real import path and compare what the system finds with
`truth.json`. Nothing here imports the apps: the truth comes from a naive line-by-line replay of the town's own facts
(`replay.py`), so a fault of the ledger cannot repeat itself in its judge.
"""

from casedesk.town.build import build_town
from casedesk.town.plan import TownPlan

__all__ = ["TownPlan", "build_town"]
