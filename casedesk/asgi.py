"""ASGI entry point."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")
application = get_asgi_application()
