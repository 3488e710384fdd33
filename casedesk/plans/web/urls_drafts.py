"""Addresses of the plan editor."""

from django.urls import path

from casedesk.plans.web.views import draft_rows, drafts

urlpatterns = [
    path("plans/<slug:code>/export/", drafts.export_plan, name="export"),
    path("plans/<slug:code>/edit/", drafts.edit, name="edit"),
    path("plan-drafts/new/", drafts.new, name="draft_new"),
    path("plan-drafts/<int:pk>/", drafts.draft, name="draft"),
    path("plan-drafts/<int:pk>/export/", drafts.export_draft, name="draft_export"),
    path("plan-drafts/<int:pk>/preview/", drafts.preview, name="draft_preview"),
    path("plan-drafts/<int:pk>/publish/", drafts.publish, name="draft_publish"),
    path("plan-drafts/<int:pk>/discard/", drafts.discard, name="draft_discard"),
    path("plan-drafts/<int:pk>/head/", draft_rows.head, name="draft_head"),
    path("plan-drafts/<int:pk>/step/", draft_rows.step, name="draft_step"),
    path("plan-drafts/<int:pk>/sections/new/", draft_rows.section, name="draft_section_new"),
    path("plan-drafts/<int:pk>/sections/<int:section>/", draft_rows.section, name="draft_section"),
    path("plan-drafts/<int:pk>/sections/<int:section>/new/", draft_rows.measure, name="draft_measure_new"),
    path("plan-drafts/<int:pk>/sections/<int:section>/<int:measure>/", draft_rows.measure, name="draft_measure"),
]
