"""What every page needs of the shell: the person's scope, the navigation, the theme."""

from django.utils.functional import SimpleLazyObject

from casedesk.access.rights import Role
from casedesk.access.scope import scope_of
from casedesk.desk import navigation

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
        "role_names": SimpleLazyObject(lambda: [role.label for role in Role if role in scope.roles]),
    }
