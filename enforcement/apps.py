from django.apps import AppConfig

from casedesk.documents.kinds import register
from debtors.rules.case_events import EVENTS
from debtors.rules.closing import REMARKS, ask
from enforcement.documents.kinds import KINDS
from enforcement.documents.reconciliation_act import RECONCILIATION_ACT
from enforcement.states.case_events import WRIT_EVENTS


class EnforcementConfig(AppConfig):
    name = "enforcement"

    def ready(self):
        EVENTS.add(*(kind for kind in WRIT_EVENTS if kind.code not in EVENTS))
        ask(REMARKS, "enforcement.queries.month_remarks.departments_unreconciled")
        register(*KINDS, RECONCILIATION_ACT)
