"""The OpenAPI description and the pages that show it; both from this machine only, without inline scripts."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from casedesk.access.gates import ANYONE_SIGNED_IN
from casedesk.common.api.viewsets import Declared


class Schema(Declared, SpectacularAPIView):
    """OpenAPI 3 of everything below /api/."""

    right = ANYONE_SIGNED_IN


class Docs(Declared, SpectacularSwaggerSplitView):
    """Swagger UI over the schema. Its script is a request of its own, as the content security policy asks."""

    right = ANYONE_SIGNED_IN
    template_name = "api/docs.html"
