from django.apps import AppConfig


class NormsConfig(AppConfig):
    name = "casedesk.norms"
    label = "norms"
