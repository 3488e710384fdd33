"""Addresses of the people behind accounts."""

from django.urls import path

from debtors.web.views import people

urlpatterns = [
    path("debtors/<int:pk>/", people.overview, name="debtor"),
    path("debtors/<int:pk>/papers/", people.papers, name="debtor-papers"),
    path("accounts/<int:pk>/holder/", people.holder, name="account-holder"),
    path("accounts/<int:pk>/liable/", people.liable, name="account-liable"),
    path("liabilities/<int:pk>/end/", people.end, name="liability-end"),
]
