from django.apps import AppConfig

from casedesk.commission.documents.kinds import KINDS
from casedesk.commission.states.case_events import COMMISSION_EVENTS
from casedesk.documents.kinds import register
from debtors.rules.case_events import EVENTS


class CommissionConfig(AppConfig):
    name = "casedesk.commission"
    label = "commission"

    def ready(self):
        """The events that a commission leaves on cases, and its papers."""
        EVENTS.add(*(kind for kind in COMMISSION_EVENTS if kind.code not in EVENTS))
        register(*KINDS)
