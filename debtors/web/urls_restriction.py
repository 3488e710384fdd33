"""Addresses of service restrictions."""

from django.urls import path

from debtors.web.views import restriction_steps, restrictions

urlpatterns = [
    path("restrictions/", restrictions.index, name="restrictions"),
    path("restrictions/start/", restrictions.start, name="restrictions-start"),
    path("restrictions/warned/", restrictions.warned, name="restrictions-warned"),
    path("restrictions/<int:pk>/", restrictions.overview, name="restriction"),
    path("restrictions/<int:pk>/terms/", restriction_steps.terms, name="restriction-terms"),
    path("restrictions/<int:pk>/block/", restriction_steps.stop, name="restriction-block"),
    path("restrictions/<int:pk>/unblock/", restriction_steps.go_on, name="restriction-unblock"),
    path("restrictions/<int:pk>/cancel/", restriction_steps.take_off, name="restriction-cancel"),
    path("restrictions/<int:pk>/<slug:step>/", restriction_steps.step, name="restriction-step"),
]
