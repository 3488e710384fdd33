"""Addresses of frozen reports."""

from django.urls import path

from casedesk.plans.web.views import commission_reports, reports

urlpatterns = [
    path("plans/<slug:code>/reports/", reports.index, name="reports"),
    path("plans/<slug:code>/reports/new/", reports.new, name="report_new"),
    path("plan-reports/<int:pk>/", reports.report, name="report"),
    path("plan-reports/<int:pk>/<slug:form>.file", reports.download, name="report_file"),
    path("plan-reports/<int:pk>/change/<slug:key>/", reports.change, name="report_change"),
    path("commission-reports/", commission_reports.index, name="commission-reports"),
    path("commission-reports/new/", commission_reports.new, name="commission-report-new"),
    path("commission-reports/<int:pk>/", commission_reports.report, name="commission-report"),
    path("commission-reports/<int:pk>/<slug:form>.file", commission_reports.download, name="commission-report-file"),
]
