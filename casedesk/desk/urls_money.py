"""Addresses of what runs out: the deadline register, its calendar, the limitation radar."""

from django.urls import path

from casedesk.desk.views import deadlines, radar

urlpatterns = [
    path("deadlines/", deadlines.page, name="deadlines"),
    path("feeds/deadlines/<str:token>.ics", deadlines.feed, name="deadline-feed"),
    path("radar/", radar.page, name="radar"),
    path("radar/rows/", radar.slot, name="radar-slot"),
]
