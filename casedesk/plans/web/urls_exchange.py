"""Addresses of the exchange of debts with municipalities and bailiffs."""

from django.urls import path

from casedesk.plans.web.views import exchange

urlpatterns = [
    path("debt-packages/", exchange.index, name="debt-packages"),
    path("debt-packages/new/", exchange.new, name="debt-package-new"),
    path("debt-packages/schema/", exchange.schema_file, name="debt-package-schema"),
    path("debt-packages/<int:pk>/", exchange.package, name="debt-package"),
    path("debt-packages/<int:pk>/archive/", exchange.archive, name="debt-package-archive"),
    path("debt-packages/<int:pk>/send/", exchange.send, name="debt-package-send"),
    path("debt-readings/", exchange.readings, name="debt-readings"),
    path("debt-readings/new/", exchange.read, name="debt-reading-new"),
    path("debt-readings/<int:pk>/", exchange.reading, name="debt-reading"),
]
