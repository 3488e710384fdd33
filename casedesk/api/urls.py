"""Addresses of the API: every app's endpoints under one router, the schema and its human face."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from casedesk.api import schema
from casedesk.common.api.jobs import Jobs
from casedesk.norms.api.calculations import Calculation
from casedesk.norms.calculators.registry import CALCULATORS
from casedesk.plans.api.plans import Plans
from debtors.api.accounts import Accounts
from debtors.api.ageing import Ageing
from debtors.api.cases import Cases
from imports.api.batches import Batches

router = SimpleRouter()
router.register("accounts", Accounts, basename="account")
router.register("cases", Cases, basename="case")
router.register("imports", Batches, basename="import")
router.register("jobs", Jobs, basename="job")
router.register("plans", Plans, basename="plan")

app_name = "api"
urlpatterns = [
    path("", include(router.urls)),
    path("ageing/", Ageing.as_view(), name="ageing"),
    *(path(f"calc/{name}/", Calculation.as_view(calculator=name), name=f"calc-{name}") for name in CALCULATORS),
    path("schema/", schema.Schema.as_view(), name="schema"),
    path("docs/", schema.Docs.as_view(url_name="api:schema"), name="docs"),
]
