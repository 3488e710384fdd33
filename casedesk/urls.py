"""All addresses of the desk and the API."""

from django.urls import include, path

from casedesk.common.web.health import health

urlpatterns = [
    path("healthz", health, name="healthz"),
    path("", include("casedesk.access.urls")),
    path("api/", include("casedesk.api.urls")),
    path("", include("casedesk.common.urls")),
    path("", include("casedesk.documents.web.urls")),
    path("", include("casedesk.commission.web.urls")),
    path("", include("casedesk.plans.web.urls")),
    path("", include("casedesk.desk.urls")),
    path("", include("debtors.web.urls")),
    path("", include("enforcement.web.urls")),
    path("", include("imports.urls")),
]
