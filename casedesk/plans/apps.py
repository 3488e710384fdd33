from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "casedesk.plans"
    label = "plans"
