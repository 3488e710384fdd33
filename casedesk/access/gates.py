"""Gates: find a thing for a person, or refuse.

A stranger gets 404 (the thing is not there for them), a reader without the right 403.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of


def require(user, right: str) -> None:
    """Raise PermissionDenied (403) naming the right that is missing."""
    if not scope_of(user).may(right):
        raise PermissionDenied(f"Нужно право «{Right(right).label}». Его даёт роль; обратитесь к администратору.")


ANYONE_SIGNED_IN = "signed_in"
"""Declared by views that need no right: what they show is the person's own, or they filter by `visible_to` alone."""


def signed_in(view: Callable) -> Callable:
    """Decorate a view: signed in, no right needed. Declares it, so that the role matrix test knows it was meant."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    guarded.right = ANYONE_SIGNED_IN
    return guarded


def gated(right: str) -> Callable:
    """Decorate a view: signed in, and with this right. The view carries `.right`, which the role matrix test reads."""

    def decorate(view):
        @wraps(view)
        @login_required
        def guarded(request, *args, **kwargs):
            require(request.user, right)
            return view(request, *args, **kwargs)

        guarded.right = right
        return guarded

    return decorate


def may_open(user, path: str) -> bool:
    """Whether the page at a path of ours answers this person with something else than 403 for want of a right."""
    try:
        view = resolve(path.split("?")[0]).func
    except Resolver404:
        return False
    right = getattr(view, "right", ANYONE_SIGNED_IN)
    return right == ANYONE_SIGNED_IN or scope_of(user).may(right)


def get(queryset, user, right: str, **lookup):
    """The one row for this person: 404 when it is not theirs to see, 403 when they lack the right."""
    thing = get_object_or_404(queryset.visible_to(user), **lookup)
    require(user, right)
    return thing
