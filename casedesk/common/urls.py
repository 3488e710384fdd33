"""Jobs."""

from django.urls import path

from casedesk.common.web import jobs

app_name = "common"
urlpatterns = [
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<int:pk>/", jobs.page, name="job"),
    path("jobs/<int:pk>/bar/", jobs.bar, name="job_bar"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
]
