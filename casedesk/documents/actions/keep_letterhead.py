"""Keep what papers say of a creditor and the corrected cases of a name."""

from django.db import transaction

from casedesk.access.models import User
from casedesk.documents.models import Letterhead, NameForms


@transaction.atomic
def keep_letterhead(*, letterhead: Letterhead, by: User) -> Letterhead:
    letterhead._history_user = by
    letterhead.save()
    return letterhead


@transaction.atomic
def keep_name_forms(*, forms: NameForms, by: User) -> NameForms:
    forms.changed_by, forms._history_user = by, by
    forms.save()
    return forms
