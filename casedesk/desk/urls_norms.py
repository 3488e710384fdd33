"""Norms and calculators. Each calculator has its own address; what it counts is in the query."""

from django.urls import path

from casedesk.desk.views import calculators, norm_values, norms
from casedesk.norms.calculators.registry import CALCULATORS

urlpatterns = [
    path("norms/", norms.page, name="norms"),
    path("norms/add/", norm_values.add, name="norm-add"),
    path("norms/<int:pk>/approve/", norm_values.approve, name="norm-approve"),
    path("norms/<int:pk>/decline/", norm_values.decline, name="norm-decline"),
    path("calculators/", calculators.index, name="calculators"),
    *(path(f"calculators/{name}/", calculators.page, {"name": name}, name=f"calculator_{name}") for name in CALCULATORS),
]
