"""The icon a browser asks for by itself beside what carries no address of an icon: a PDF, a picture, a JSON answer."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@cache_control(max_age=86_400, public=True)
@require_safe
def favicon(request):
    """To the icon of the desk."""
    return redirect(static("desk/favicon.svg"))
