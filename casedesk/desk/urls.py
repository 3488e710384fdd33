"""The desk: home and what belongs to no single app."""

from django.urls import path

from casedesk.desk.views import gallery, shell, today

app_name = "desk"
urlpatterns = [
    path("", today.page, name="today"),
    path("theme/", shell.theme, name="theme"),
    path("language/", shell.language, name="language"),
    path("gallery/", gallery.page, name="gallery"),
]
