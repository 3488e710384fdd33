"""What every endpoint stands on: a declared right, and rows that the person may see."""

from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from casedesk.access import gates


class HasRight(BasePermission):
    """The view's `right`, or the action's own from `rights`; 403 in the words of the screens."""

    def has_permission(self, request, view) -> bool:
        right = view.rights.get(getattr(view, "action", None), view.right)
        if right != gates.ANYONE_SIGNED_IN:
            gates.require(request.user, right)
        return True


class Declared:
    """Mix-in of every API view: `right` is what it needs, `rights` replaces it for single actions."""

    right: str
    rights: dict[str, str] = {}
    permission_classes = [IsAuthenticated, HasRight]


class Scoped(Declared, GenericViewSet):
    """A viewset over a scoped model: each action starts at `visible_to`, so a stranger's key answers 404."""

    filterset_class: type | None = None

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user)


class ScopedReadOnly(Scoped, ReadOnlyModelViewSet):
    """List and retrieve."""
