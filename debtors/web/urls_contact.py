"""Addresses of contact with debtors: campaigns, contacts, strategies, promises, rounds."""

from django.urls import path

from debtors.web.views import campaigns, contact_strategy, promises, rounds

urlpatterns = [
    path("campaigns/", campaigns.index, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="campaign-new"),
    path("campaigns/<int:pk>/", campaigns.overview, name="campaign"),
    path("campaigns/<int:pk>/files/<str:name>", campaigns.file, name="campaign-file"),
    path("campaigns/<int:pk>/hand-sheet/", campaigns.hand_sheet, name="campaign-hand-sheet"),
    path("campaigns/<int:pk>/go-on/", campaigns.go_on, name="campaign-go-on"),
    path("campaigns/<int:pk>/stop/", campaigns.stop, name="campaign-stop"),
    path("campaigns/<int:pk>/handed/", campaigns.handed, name="campaign-handed"),
    path("campaigns/<int:pk>/results/", campaigns.results, name="campaign-results"),
    path("contacts/", campaigns.contacts, name="contacts"),
    path("contacts/<int:pk>/", campaigns.contact, name="contact"),
    path("contacts/<int:pk>/settle/", campaigns.settle, name="contact-settle"),
    path("strategies/", contact_strategy.index, name="strategies"),
    path("strategies/<int:pk>/", contact_strategy.page, name="strategy"),
    path("strategies/<int:pk>/limits/", contact_strategy.limits, name="contact-limits"),
    path("promises/", promises.index, name="promises"),
    path("promises/<int:pk>/withdraw/", promises.withdraw, name="promise-withdraw"),
    path("cases/<int:pk>/contacts/", promises.of_case, name="case-contacts"),
    path("cases/<int:pk>/call/", promises.call, name="case-call"),
    path("cases/<int:pk>/promise/", promises.promise, name="case-promise"),
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/new/", rounds.new, name="round-new"),
    path("rounds/<int:pk>/", rounds.page, name="round"),
    path("rounds/<int:pk>/sheet/", rounds.sheet, name="round-sheet"),
    path("rounds/<int:pk>/add/", rounds.add, name="round-add"),
    path("rounds/<int:pk>/hold/", rounds.hold, name="round-hold"),
    path("rounds/<int:pk>/cancel/", rounds.cancel, name="round-cancel"),
    path("round-stops/<int:pk>/", rounds.visit, name="round-stop"),
    path("round-stops/<int:pk>/drop/", rounds.drop, name="round-stop-drop"),
]
