from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "casedesk.common"
    label = "common"
