"""Addresses of the API: every app's endpoints under one router, the schema and its human face."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from casedesk.api import schema
from casedesk.commission.api.commission import CommissionDecisions, CommissionItems, CommissionMeetings
from casedesk.common.api.jobs import Jobs
from casedesk.documents.api.documents import Documents
from casedesk.norms.api.calculations import Calculation
from casedesk.norms.calculators.registry import CALCULATORS
from casedesk.plans.api.commission_reports import CommissionReports
from casedesk.plans.api.exchange import DebtPackages, DebtReadings
from casedesk.plans.api.plans import Plans
from casedesk.plans.api.reports import PlanReports
from debtors.api.accounts import Accounts
from debtors.api.ageing import Ageing
from debtors.api.agreements import Agreements
from debtors.api.cases import Cases
from debtors.api.closed_months import ClosedMonths
from debtors.api.contacts import ENDPOINTS as CONTACT_ENDPOINTS
from debtors.api.outreach import Outreach
from debtors.api.penalty_campaigns import PenaltyCampaigns
from debtors.api.people import Debtors
from debtors.api.premises import PremisesRegister
from debtors.api.restrictions import Restrictions
from debtors.api.write_offs import WriteOffCandidates, WriteOffs
from enforcement.api.claims import Claims
from enforcement.api.direct_payments import DirectPayments
from enforcement.api.raids import Raids
from enforcement.api.reconciliations import Differences, Reconciliations
from enforcement.api.what_if import WhatIfView
from enforcement.api.writs import Proceedings, Writs
from imports.api.bank_documents import BankDocuments
from imports.api.batches import Batches

router = SimpleRouter()
router.register("accounts", Accounts, basename="account")
router.register("agreements", Agreements, basename="agreement")
router.register("bank-documents", BankDocuments, basename="bank-document")
router.register("cases", Cases, basename="case")
router.register("debtors", Debtors, basename="debtor")
router.register("closed-months", ClosedMonths, basename="closed-month")
router.register("commission-decisions", CommissionDecisions, basename="commission-decision")
router.register("commission-items", CommissionItems, basename="commission-item")
router.register("commission-meetings", CommissionMeetings, basename="commission-meeting")
router.register("commission-reports", CommissionReports, basename="commission-report")
router.register("debt-packages", DebtPackages, basename="debt-package")
router.register("debt-readings", DebtReadings, basename="debt-reading")
router.register("documents", Documents, basename="document")
router.register("differences", Differences, basename="difference")
router.register("direct-payments", DirectPayments, basename="direct-payment")
router.register("claims", Claims, basename="claim")
router.register("imports", Batches, basename="import")
router.register("jobs", Jobs, basename="job")
router.register("outreach", Outreach, basename="outreach")
router.register("plan-reports", PlanReports, basename="plan-report")
router.register("plans", Plans, basename="plan")
router.register("proceedings", Proceedings, basename="proceeding")
router.register("writs", Writs, basename="writ")
router.register("restrictions", Restrictions, basename="restriction")
router.register("reconciliations", Reconciliations, basename="reconciliation")
router.register("raids", Raids, basename="raid")
for name, viewset in CONTACT_ENDPOINTS:
    router.register(name, viewset, basename=name.removesuffix("s"))
router.register("penalty-campaigns", PenaltyCampaigns, basename="penalty-campaign")
router.register("premises-register", PremisesRegister, basename="premises-register")
router.register("write-offs", WriteOffs, basename="write-off")
router.register("write-off-candidates", WriteOffCandidates, basename="write-off-candidate")

app_name = "api"
urlpatterns = [
    path("", include(router.urls)),
    path("ageing/", Ageing.as_view(), name="ageing"),
    path("what-if/", WhatIfView.as_view(), name="what-if"),
    *(path(f"calc/{name}/", Calculation.as_view(calculator=name), name=f"calc-{name}") for name in CALCULATORS),
    path("schema/", schema.Schema.as_view(), name="schema"),
    path("docs/", schema.Docs.as_view(url_name="api:schema"), name="docs"),
]
