from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "casedesk.access"
    label = "access"
