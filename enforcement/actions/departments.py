"""Bailiff departments as files name them: by the five digits of their numbers, or by name."""

from django.db.models import Q

from casedesk.access.models import Organisation
from casedesk.common.text import fold

KIND = Organisation.Kind.BAILIFF_DEPARTMENT


def department_named(code: str, name: str) -> Organisation | None:
    """The department of this code (`51034`) or name; a new one when a file brings both and nobody knows either.

    A name alone never makes a department: it may be printed in many ways.
    """
    departments = Organisation.objects.filter(kind=KIND)
    if code and (found := departments.filter(Q(code__in=[code, f"osp-{code}"]) | Q(department_card__number=code)).first()):
        return found
    if name:
        key = fold(name)
        found = next((one for one in departments.order_by("id") if fold(one.name) == key), None)
        if found is not None:
            return found
    if code and name:
        return Organisation.objects.create(kind=KIND, code=code, name=name[:300])
    return None
