"""Addresses of files that came in."""

from django.urls import path

from imports.web import (
    bailiff_page,
    bank_pages,
    bank_steps,
    columns,
    coverage_list,
    decide,
    pages,
    queue,
    steps,
)

app_name = "imports"

urlpatterns = [
    path("imports/", pages.index, name="index"),
    path("imports/upload/", steps.upload, name="upload"),
    path("imports/<int:pk>/", pages.batch, name="batch"),
    path("imports/<int:pk>/problems/", pages.problems, name="problems"),
    path("imports/<int:pk>/accounts/", pages.accounts, name="accounts"),
    path("imports/<int:pk>/bailiffs/", bailiff_page.rows, name="bailiff-rows"),
    path("imports/<int:pk>/rejected/", pages.rejected, name="rejected"),
    path("imports/<int:pk>/columns/", columns.columns, name="columns"),
    path("imports/<int:pk>/services/", steps.services, name="services"),
    path("imports/<int:pk>/apply/", steps.apply, name="apply"),
    path("imports/<int:pk>/discard/", steps.discard, name="discard"),
    path("imports/<int:pk>/undo/", steps.undo, name="undo"),
    path("courts/load/", coverage_list.coverage_list, name="coverage-list"),
    path("bank/", bank_pages.documents, name="bank-documents"),
    path("bank/<int:pk>/", bank_pages.document, name="bank-document"),
    path("bank/<int:pk>/accept/", bank_steps.accept, name="bank-accept"),
    path("bank/<int:pk>/aside/", bank_steps.aside, name="bank-aside"),
    path("bank/<int:pk>/reopen/", bank_steps.reopen, name="bank-reopen"),
    path("bank/<int:pk>/assign/", bank_steps.assign, name="bank-assign"),
    path("bank/<int:pk>/tie/", bank_steps.tie, name="bank-tie"),
    path("bank/<int:pk>/split/", bank_steps.split, name="bank-split"),
    path("suspense/", queue.suspense, name="suspense"),
    path("suspense/limit/", queue.limit, name="suspense-limit"),
    path("payers/", queue.payers, name="payers"),
    path("payers/<int:pk>/revoke/", queue.revoke, name="payer-revoke"),
    path("doubts/", decide.doubts, name="doubts"),
    path("doubts/<int:pk>/decide/", decide.one, name="decide"),
]
