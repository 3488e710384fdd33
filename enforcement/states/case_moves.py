"""What this room adds to the table of a case and to its events. `debtors` finds this module when Django starts."""

from debtors.rules.case_events import EVENTS
from debtors.states.case_file import CASE
from enforcement.states.claim_moves import CLAIM_EVENTS, CLAIM_MOVES

EVENTS.add(*(kind for kind in CLAIM_EVENTS if kind.code not in EVENTS))
CASE.extend(*CLAIM_MOVES)
