"""Addresses of outreach: events, letter recipients, letters."""

from django.urls import path

from debtors.web.views import outreach, outreach_letters, referral

urlpatterns = [
    path("outreach/", outreach.index, name="outreach"),
    path("outreach/new/", outreach.new, name="outreach-new"),
    path("outreach/who/", outreach.who, name="outreach-who"),
    path("outreach/<int:pk>/", outreach.event, name="outreach-event"),
    path("outreach/<int:pk>/file/", outreach.file, name="outreach-file"),
    path("outreach/<int:pk>/reverse/", outreach.take_back, name="outreach-reverse"),
    path("cases/<int:pk>/referral/", referral.new, name="case-referral"),
    path("recipients/", outreach_letters.index, name="recipients"),
    path("recipients/new/", outreach_letters.new, name="recipient-new"),
    path("recipients/from-accounts/", outreach_letters.from_accounts, name="recipients-from-accounts"),
    path("recipients/letters/", outreach_letters.letters, name="recipients-letters"),
    path("recipients/<int:pk>/", outreach_letters.recipient, name="recipient"),
]
