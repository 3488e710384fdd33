"""What every page needs of the shell: the person's scope, the navigation, the theme."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from casedesk.access.rights import Role
from casedesk.access.scope import scope_of
from casedesk.desk import navigation
from casedesk.desk.models import SavedView

THEMES = ("auto", "light", "dark")


def shell(request):
    """Everything is lazy: a fragment for htmx pays for nothing it does not print."""
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "auto")
    context = {"theme": theme if theme in THEMES else "auto"}
    if user is None or not user.is_authenticated:
        return context
    scope = SimpleLazyObject(lambda: scope_of(user))
    return context | {
        "scope": scope,
        "navigation": SimpleLazyObject(lambda: navigation.sections(user, scope, request.path)),
        "saved_views": SimpleLazyObject(lambda: _saved_views(request)),
        "search_url": reverse("desk:search"),
        "role_names": SimpleLazyObject(lambda: [role.label for role in Role if role in scope.roles]),
    }


def _saved_views(request) -> list[SavedView]:
    """The person's saved filters of the list that is shown."""
    match = request.resolver_match
    return list(SavedView.objects.visible_to(request.user).filter(page=match.view_name)) if match else []
