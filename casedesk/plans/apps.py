from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PlansConfig(AppConfig):
    name = "casedesk.plans"
    label = "plans"

    def ready(self):
        """Fill the catalogue: every module of `indicators/` registers what it measures."""
        autodiscover_modules("indicators")
