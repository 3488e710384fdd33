from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from casedesk.documents.kinds import register
from debtors.documents.agreement_kinds import AGREEMENT_KINDS
from debtors.documents.kinds import KINDS
from debtors.documents.outreach_kinds import OUTREACH_KINDS
from debtors.documents.restriction_kinds import RESTRICTION_KINDS
from debtors.rules.case_events import EVENTS
from debtors.rules.contact_events import CONTACT_EVENTS


class DebtorsConfig(AppConfig):
    name = "debtors"

    def ready(self):
        """Higher rooms add their moves and events to the table of a case in `<app>/states/case_moves.py`."""
        autodiscover_modules("states.case_moves")
        register(*KINDS, *OUTREACH_KINDS, *RESTRICTION_KINDS, *AGREEMENT_KINDS)
        EVENTS.add(*(kind for kind in CONTACT_EVENTS if kind.code not in EVENTS))
