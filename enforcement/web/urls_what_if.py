"""Addresses of the trial of an opening rule."""

from django.urls import path

from enforcement.web.views import what_if

urlpatterns = [
    path("what-if/", what_if.index, name="what-ifs"),
    path("rules/<int:pk>/what-if/", what_if.page, name="what-if"),
    path("rules/<int:pk>/what-if/rows/", what_if.rows, name="what-if-rows"),
]
