"""Set the creditor's filing policy from a day: the month's fees, the odds, the duty."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed
from debtors.actions.moves import check_may
from enforcement.models import FilingPolicy


class PolicyInThePast(NotAllowed):
    """A policy starts today or later: what was filed by an earlier one stays as it was decided."""

    code = "policy_in_the_past"


@transaction.atomic
def set_filing_policy(
    *, creditor: Organisation, valid_from: dt.date, by: User, on: dt.date, **settings: object
) -> FilingPolicy:
    """A new version, or the change of one that has not begun before today. Raises NotAllowed, PolicyInThePast."""
    check_may(by, Right.EDIT_RULES)
    if valid_from < on:
        raise PolicyInThePast(f"Порядок подачи с {valid_from:%d.%m.%Y} задать нельзя: этот день прошёл. Укажите {on:%d.%m.%Y}.")
    policy = FilingPolicy.objects.filter(creditor=creditor, valid_from=valid_from).first()
    policy = policy or FilingPolicy(creditor=creditor, valid_from=valid_from)
    for name, value in settings.items():
        setattr(policy, name, value)
    policy.full_clean(exclude=["creditor"])
    policy.save()
    return policy
