"""Debtors' names as fields of papers."""

from typing import Any

from casedesk.documents.rules.fields import person


def addressee(names: str) -> dict[str, Any]:
    """Whom a paper names: one person is declined, several in a line and firms are not."""
    return person(names, declines="," not in names and '"' not in names and "«" not in names)
