"""Addresses of claims."""

from django.urls import path

from enforcement.web.views import claims, claims_prepare, filing_policy

urlpatterns = [
    path("claims/", claims.index, name="claims"),
    path("claims/prepare/", claims_prepare.many, name="claims-prepare"),
    path("claims/<int:pk>/", claims.overview, name="claim"),
    path("claims/<int:pk>/event/<slug:code>/", claims.event, name="claim-event"),
    path("claims/<int:pk>/take-back/", claims.undo, name="claim-take-back"),
    path("claims/<int:pk>/court/", claims.court, name="claim-court"),
    path("cases/<int:pk>/claim/", claims_prepare.one, name="case-claim"),
    path("filing-policies/", filing_policy.index, name="filing-policies"),
    path("filing-policies/<int:pk>/", filing_policy.page, name="filing-policy"),
]
