"""Which template serves which creditor."""

from collections.abc import Iterable

from casedesk.documents.models import DocumentTemplate


def in_force(kinds: Iterable[str], creditor_id: int) -> dict[str, DocumentTemplate]:
    """Kind -> the creditor's own version in force, else the shipped one; without the files. One query.

    Kinds whose shipped template was never used have no row yet: `actions.shipped_templates` makes it.
    """
    found = DocumentTemplate.objects.light().filter(kind__in=list(kinds), is_active=True)
    shown: dict[str, DocumentTemplate] = {}
    for template in found.filter(creditor_id=creditor_id) | found.filter(creditor__isnull=True):
        if template.creditor_id or template.kind not in shown:
            shown[template.kind] = template
    return shown
