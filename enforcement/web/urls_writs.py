"""Addresses of writs, proceedings, returns and complaints."""

from django.urls import path

from enforcement.web.views import packages, proceedings, returns, writs
from enforcement.web.writ_steps import STEPS

urlpatterns = [
    path("writs/", writs.index, name="writs"),
    path("writs/present/", writs.present_many, name="writs-present"),
    path("writs/package/", packages.package_many, name="writs-package"),
    path("writs/<int:pk>/", writs.overview, name="writ"),
    path("writs/<int:pk>/package/", packages.package, name="writ-package"),
    *(path(f"writs/<int:pk>/{step.slug}/", writs.step_view(step), name=f"writ-{step.slug}") for step in STEPS),
    path("proceedings/", proceedings.index, name="proceedings"),
    path("proceedings/<int:pk>/", proceedings.overview, name="proceeding"),
    path("proceedings/<int:pk>/measure/", proceedings.measure, name="proceeding-measure"),
    path("measures/<int:pk>/lift/", proceedings.lift, name="measure-lift"),
    path("acts/<int:pk>/agree/", returns.agree, name="act-agree"),
    path("acts/<int:pk>/contest/", returns.contest, name="act-contest"),
    path("acts/<int:pk>/outcome/", returns.outcome, name="act-outcome"),
    path("acts/<int:pk>/choose/", returns.choose, name="act-choose"),
    path("complaints/", returns.complaints, name="complaints"),
    path("complaints/<int:pk>/answer/", returns.answer, name="complaint-answer"),
]
