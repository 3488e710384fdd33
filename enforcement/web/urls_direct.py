"""Addresses of direct payments on debts under execution."""

from django.urls import path

from enforcement.web.views import direct_payments

urlpatterns = [
    path("direct-payments/", direct_payments.index, name="direct-payments"),
    path("direct-payments/tell/", direct_payments.tell, name="direct-payments-tell"),
    path("direct-payments/confirm/", direct_payments.confirm, name="direct-payments-confirm"),
]
