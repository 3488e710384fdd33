"""Who may record outreach for whom; the causes of debts that were told; whom a clerk's few letters mean."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from casedesk.access.models import Organisation, User
from casedesk.access.scope import scope_of
from casedesk.common.text import fold
from debtors.models import CaseFile, OutreachEvent, UtilityAccount
from debtors.rules.outreach_kinds import CAUSES

SUGGESTED = 8


def recorders(user: User) -> QuerySet:
    """The organisations for which the person may record: their creditors, their municipality."""
    scope = scope_of(user)
    kinds = Organisation.Kind
    own = Q(kind=kinds.CREDITOR, pk__in=scope.creditors) | Q(kind=kinds.MUNICIPALITY, territory__in=scope.territories)
    if scope.everything:
        own = Q(kind__in=(kinds.CREDITOR, kinds.MUNICIPALITY))
    return Organisation.objects.filter(own).order_by("name")


def suggested(user: User, text: str) -> list[UtilityAccount]:
    """Accounts that the first letters of a number or the words of a name and address mean, for a list under the field."""
    words = fold(text).split()
    if len("".join(words)) < 2:
        return []
    found = UtilityAccount.objects.visible_to(user).select_related("creditor")
    for word in words:
        found = found.filter(search__contains=word)
    return list(found.order_by("number")[:SUGGESTED])


def account_meant(user: User, text: str) -> tuple[UtilityAccount | None, str]:
    """What a person typed in the field «who»: (account, name). A number of an account stands first, or there is a name only.

    A first word that looks like a number but is no account gives (None, "") so that the form can say so.
    """
    text = text.strip()
    first, _, rest = text.partition(" ")
    if not any(char.isdigit() for char in first):
        return None, text
    accounts = list(UtilityAccount.objects.visible_to(user).filter(number=first).select_related("creditor")[:2])
    return (accounts[0], "") if len(accounts) == 1 else (None, "")


def causes(cases: Iterable[int] | QuerySet, *, through: dt.date, known_at: dt.datetime | None = None) -> dict[int, str]:
    """Case -> code of the cause, the newest told by the day. One query."""
    told = OutreachEvent.objects.live(known_at).filter(case__in=cases, happened_on__lte=through, data__cause__isnull=False)
    rows = told.order_by("happened_on", "pk").values_list("case_id", "data__cause")
    return {case: cause for case, cause in rows if cause in CAUSES}


def of_case(case: CaseFile, *, most: int = 5) -> list[OutreachEvent]:
    """The newest events of the case that count."""
    return list(case.outreach.live().select_related("recorded_by")[:most])
