"""Addresses of files that came in."""

from django.urls import path

from imports.web import columns, decide, pages, steps

app_name = "imports"

urlpatterns = [
    path("imports/", pages.index, name="index"),
    path("imports/upload/", steps.upload, name="upload"),
    path("imports/<int:pk>/", pages.batch, name="batch"),
    path("imports/<int:pk>/problems/", pages.problems, name="problems"),
    path("imports/<int:pk>/accounts/", pages.accounts, name="accounts"),
    path("imports/<int:pk>/rejected/", pages.rejected, name="rejected"),
    path("imports/<int:pk>/columns/", columns.columns, name="columns"),
    path("imports/<int:pk>/services/", steps.services, name="services"),
    path("imports/<int:pk>/apply/", steps.apply, name="apply"),
    path("imports/<int:pk>/discard/", steps.discard, name="discard"),
    path("imports/<int:pk>/undo/", steps.undo, name="undo"),
    path("doubts/", decide.doubts, name="doubts"),
    path("doubts/<int:pk>/decide/", decide.one, name="decide"),
]
