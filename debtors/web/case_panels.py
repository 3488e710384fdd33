"""What higher rooms put on the pages of cases: named in the settings (`CASE_*`), so that this room need not know them."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from casedesk.common.tables import Bulk
from debtors.models import CaseFile


@cache
def _named(setting: str) -> list:
    return [import_string(path) for path in getattr(settings, setting)]


def panels(case: CaseFile, user) -> list[dict]:
    """What the panels show: each a dict with `template` and its own values, or None where there is nothing for the person."""
    return [panel for maker in _named("CASE_PANELS") if (panel := maker(case, user)) is not None]


def step_url(case: CaseFile) -> str:
    """The address where a higher room takes the case's next step; empty when none does."""
    return next((url for find in _named("CASE_STEPS") if (url := find(case))), "")


def bulk(user) -> list[Bulk]:
    """What higher rooms offer to do with many cases at once."""
    return [offered for find in _named("CASE_BULK") for offered in find(user)]
