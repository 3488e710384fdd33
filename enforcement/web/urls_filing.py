"""Addresses of filing packages."""

from django.urls import path

from enforcement.web.views import filing

urlpatterns = [
    path("filing/", filing.index, name="filing"),
    path("filing/new/", filing.new, name="filing-new"),
    path("filing/<int:pk>/", filing.package, name="filing-package"),
    path("filing/<int:pk>/archive/", filing.archive, name="filing-archive"),
    path("filing/<int:pk>/send/", filing.send, name="filing-send"),
    path("filing/<int:pk>/receipts/", filing.receipts, name="filing-receipts"),
]
