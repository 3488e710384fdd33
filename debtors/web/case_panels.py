"""Panels that higher rooms put on the page of a case: named in `settings.CASE_PANELS`, so that this room need not know them."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from debtors.models import CaseFile


@cache
def _makers() -> list:
    return [import_string(path) for path in settings.CASE_PANELS]


def panels(case: CaseFile, user) -> list[dict]:
    """What the panels show: each a dict with `template` and its own values, or None where there is nothing for the person."""
    return [panel for maker in _makers() if (panel := maker(case, user)) is not None]
