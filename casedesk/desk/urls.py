"""The desk: home and what belongs to no single app."""

from django.urls import path

from casedesk.desk.views import today

app_name = "desk"
urlpatterns = [path("", today.page, name="today")]
