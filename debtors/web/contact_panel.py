"""Contact on the page of a case: the next step of the strategy, what was done, the promise, how people can be reached."""

from django.utils import timezone

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from debtors.models import CaseFile, ContactStrategy
from debtors.queries.contact_plan import people_of, plan_contacts
from debtors.rules.promise_standing import PromiseState

SHOWN = 8


def slot(case: CaseFile, user) -> dict | None:
    """The place of the panel on the page, filled by itself a moment later: the strategy is worked out for it."""
    return {"template": "debtors/contact/_slot.html", "case": case} if scope_of(user).may(Right.SEE_CASES) else None


def contacts(case: CaseFile, user) -> dict:
    """What the panel shows."""
    scope = scope_of(user)
    return {
        "case": case,
        "line": _next(case) if case.is_open else None,
        "contacts": list(case.contacts.all()[:SHOWN]),
        "promises": list(case.promises.all()[:3]),
        "broken": case.promises.filter(state=PromiseState.BROKEN).count(),
        "people": people_of([case.pk]).get(case.pk, []),
        "may_work": scope.may(Right.WORK_CASES) and case.is_open,
    }


def _next(case: CaseFile):
    """What the strategy would do with this case today."""
    today = timezone.localdate()
    strategy = ContactStrategy.objects.in_force(creditor=case.creditor, on=today)
    plan = plan_contacts(creditor=case.creditor, strategy=strategy, on=today, cases=[case])
    return (plan.goes + plan.left_out)[0]
