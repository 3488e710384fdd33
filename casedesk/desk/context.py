"""What every page needs of the shell."""

from casedesk.access.scope import scope_of


def shell(request):
    """The person's scope, for navigation by right."""
    user = getattr(request, "user", None)
    return {"scope": scope_of(user)} if user is not None else {}
