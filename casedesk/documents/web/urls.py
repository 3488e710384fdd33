"""Addresses of papers."""

from django.urls import path

from casedesk.documents.web.views import documents, letterhead, runs, templates

app_name = "documents"
urlpatterns = [
    path("documents/", documents.index, name="documents"),
    path("documents/print/", documents.to_print, name="print"),
    path("documents/<int:pk>/", documents.page, name="document"),
    path("documents/<int:pk>/pdf/", documents.pdf, name="pdf"),
    path("documents/<int:pk>/docx/", documents.docx, name="docx"),
    path("print-runs/", runs.index, name="runs"),
    path("print-runs/<int:pk>/", runs.page, name="run"),
    path("print-runs/<int:pk>/<slug:what>/", runs.file, name="run-file"),
    path("templates/", templates.index, name="templates"),
    path("templates/<int:pk>/", templates.of_creditor, name="templates-of"),
    path("templates/<int:pk>/<str:code>/", templates.page, name="template-kind"),
    path("templates/<int:pk>/<str:code>/trial/", templates.trial, name="template-trial"),
    path("templates/<int:pk>/<str:code>/reset/", templates.reset, name="template-reset"),
    path("template-files/<int:pk>/", templates.file, name="template-file"),
    path("template-files/<int:pk>/restore/", templates.restore, name="template-restore"),
    path("letterheads/<int:pk>/", letterhead.page, name="letterhead"),
    path("names/", letterhead.names, name="names"),
    path("names/add/", letterhead.add_name, name="name-add"),
    path("names/<int:pk>/", letterhead.name, name="name"),
]
