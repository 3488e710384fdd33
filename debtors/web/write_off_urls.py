"""Addresses of write-offs and penalty campaigns."""

from django.urls import path

from debtors.web.views import penalty_campaigns as campaigns
from debtors.web.views import write_off_finds as finds
from debtors.web.views import write_offs

urlpatterns = [
    path("write-offs/", write_offs.index, name="write-offs"),
    path("write-offs/candidates/", finds.candidates, name="write-off-candidates"),
    path("write-offs/find/", finds.find, name="write-offs-find"),
    path("write-offs/gather/", finds.gather, name="write-offs-gather"),
    path("write-offs/watch/", finds.watch, name="write-off-watch"),
    path("write-offs/restore/", finds.restore_money, name="write-offs-restore"),
    path("write-offs/<int:pk>/", write_offs.overview, name="write-off"),
    path("write-offs/<int:pk>/paper/", write_offs.paper, name="write-off-paper"),
    path("write-offs/<int:pk>/ask/", write_offs.ask, name="write-off-ask"),
    path("write-offs/<int:pk>/withdraw/", write_offs.withdraw, name="write-off-withdraw"),
    path("write-offs/<int:pk>/approve/", write_offs.approve, name="write-off-approve"),
    path("write-offs/<int:pk>/refuse/", write_offs.refuse, name="write-off-refuse"),
    path("write-offs/<int:pk>/restore/", write_offs.restore, name="write-off-restore"),
    path("penalty-campaigns/", campaigns.index, name="penalty-campaigns"),
    path("penalty-campaigns/new/", campaigns.new, name="penalty-campaign-new"),
    path("penalty-campaigns/<int:pk>/", campaigns.overview, name="penalty-campaign"),
    path("penalty-campaigns/<int:pk>/approve/", campaigns.approve, name="penalty-campaign-approve"),
    path("penalty-campaigns/<int:pk>/refuse/", campaigns.refuse, name="penalty-campaign-refuse"),
    path("penalty-campaigns/<int:pk>/end/", campaigns.end, name="penalty-campaign-end"),
    path("penalty-campaigns/<int:pk>/run/", campaigns.run, name="penalty-campaign-run"),
    path("penalty-campaigns/<int:pk>/waivers/<int:waiver>/restore/", campaigns.restore, name="penalty-waiver-restore"),
]
