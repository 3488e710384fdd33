"""Addresses of courts, claims, writs and what the bailiffs do."""

from enforcement.web import urls_claims, urls_courts, urls_direct, urls_papers, urls_what_if, urls_writs
from enforcement.web.reconciliation import urls as urls_reconciliation

app_name = "enforcement"
urlpatterns: list = [*urls_claims.urlpatterns, *urls_writs.urlpatterns, *urls_courts.urlpatterns, *urls_papers.urlpatterns]
urlpatterns += [*urls_reconciliation.urlpatterns, *urls_direct.urlpatterns]
urlpatterns += urls_what_if.urlpatterns
