"""All addresses of the desk and the API."""

from django.urls import include, path

urlpatterns = [
    path("", include("casedesk.access.urls")),
    path("", include("casedesk.common.urls")),
    path("", include("casedesk.desk.urls")),
]
