from django.apps import AppConfig

from casedesk.norms.catalogue import shipped


class NormsConfig(AppConfig):
    name = "casedesk.norms"
    label = "norms"

    def ready(self) -> None:
        """Refuse to start on norm data that breaks the rules."""
        shipped()
