"""The catalogue of what can happen to a claim in court: data that decides, draws the forms and is walked by the tests."""

from enforcement.rules.court_act_events import ACTS
from enforcement.rules.court_filing_events import FILING

KINDS = (*FILING, *ACTS)
BY_CODE = {kind.code: kind for kind in KINDS}
