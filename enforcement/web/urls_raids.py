"""Addresses of raids."""

from django.urls import path

from enforcement.web.views import raids

urlpatterns = [
    path("raids/", raids.index, name="raids"),
    path("raids/new/", raids.new, name="raid-new"),
    path("raids/<int:pk>/", raids.raid, name="raid"),
    path("raids/<int:pk>/sheet/", raids.sheet, name="raid-sheet"),
    path("raids/<int:pk>/add/", raids.add, name="raid-add"),
    path("raids/<int:pk>/hold/", raids.hold, name="raid-hold"),
    path("raids/<int:pk>/cancel/", raids.cancel, name="raid-cancel"),
    path("raid-stops/<int:pk>/", raids.visit, name="raid-stop"),
    path("raid-stops/<int:pk>/drop/", raids.drop, name="raid-stop-drop"),
]
