"""Addresses of who owes what."""

from django.urls import path

from debtors.web.views import accounts, premises

app_name = "debtors"
urlpatterns = [
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/<int:pk>/", accounts.overview, name="account"),
    path("accounts/<int:pk>/lines/", accounts.lines, name="account-lines"),
    path("accounts/<int:pk>/history/", accounts.history, name="account-history"),
    path("premises/", premises.index, name="premises-list"),
    path("premises/<int:pk>/", premises.overview, name="premises"),
    path("premises/<int:pk>/tenure/", premises.tenure, name="premises-tenure"),
]
