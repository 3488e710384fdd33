"""Addresses that make papers for the court and on bailiffs."""

from django.urls import path

from enforcement.web.views import papers

urlpatterns = [
    path("claim-papers/print/", papers.of_claims, name="claims-paper"),
    path("claim-papers/<int:pk>/", papers.of_claim, name="claim-paper"),
    path("complaint-papers/<int:pk>/", papers.of_complaint, name="complaint-paper"),
]
