from django.apps import AppConfig

from debtors.rules.case_events import EVENTS
from enforcement.states.case_events import WRIT_EVENTS


class EnforcementConfig(AppConfig):
    name = "enforcement"

    def ready(self):
        EVENTS.add(*(kind for kind in WRIT_EVENTS if kind.code not in EVENTS))
