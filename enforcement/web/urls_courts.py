"""Addresses of courts, departments and what they cover, and of the raids made with them."""

from django.urls import path

from enforcement.web import urls_filing, urls_raids
from enforcement.web.views import courts, coverage_changes

urlpatterns = [
    *urls_raids.urlpatterns,
    *urls_filing.urlpatterns,
    path("courts/", courts.courts, name="courts"),
    path("courts/new/", courts.edit_court, name="court-new"),
    path("courts/lookup/", courts.lookup, name="court-lookup"),
    path("courts/<int:pk>/", courts.court, name="court"),
    path("courts/<int:pk>/edit/", courts.edit_court, name="court-edit"),
    path("courts/<int:pk>/add/", courts.add_to_court, name="court-add"),
    path("departments/", courts.departments, name="departments"),
    path("departments/new/", courts.edit_department, name="department-new"),
    path("departments/<int:pk>/", courts.department, name="department"),
    path("departments/<int:pk>/edit/", courts.edit_department, name="department-edit"),
    path("departments/<int:pk>/add/", courts.add_to_department, name="department-add"),
    path("coverage/<int:pk>/end/", courts.end, name="coverage-end"),
    path("coverage-changes/", coverage_changes.index, name="coverage-changes"),
    path("coverage-changes/<int:pk>/", coverage_changes.change, name="coverage-change"),
]
