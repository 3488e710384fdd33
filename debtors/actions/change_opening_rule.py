"""Change the rule by which a creditor opens cases: a new dated version; the old one keeps answering for its days."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.close_cases import close_cases
from debtors.actions.moves import check_may
from debtors.actions.open_cases import Passed, open_cases
from debtors.models import CloseReason, OpeningRule
from debtors.queries.candidates import let_go


class RuleInThePast(Refusal):
    """A rule may not start before the day it is set: cases of past days were opened by the rule of those days."""

    code = "rule_in_the_past"


@dataclass(frozen=True)
class RuleChanged:
    """The new version, and what it did at once when it starts today."""

    rule: OpeningRule
    passed: Passed | None = None
    let_go: int = 0


@transaction.atomic
def change_opening_rule(
    *, creditor: Organisation, valid_from: dt.date, by: User, on: dt.date, close_uncovered: bool = False, **settings: int
) -> RuleChanged:
    """Set the creditor's rule from a day on; one starting today is applied at once.

    `settings` are columns of OpeningRule. `close_uncovered` also closes the untouched cases that the new rule would not have
    opened. A second change for the same day replaces the first. Raises RuleInThePast, NotAllowed.
    """
    check_may(by, Right.EDIT_RULES)
    if valid_from < on:
        raise RuleInThePast(
            f"Правило не может действовать с {valid_from:%d.%m.%Y}: этот день прошёл. Укажите {on:%d.%m.%Y} или позже."
        )
    rule, _ = OpeningRule.objects.update_or_create(
        creditor=creditor, valid_from=valid_from, defaults={**settings, "set_by": by}
    )
    if valid_from > on:
        return RuleChanged(rule)
    uncovered = list(let_go(creditor=creditor, rule=rule, on=on).values_list("pk", flat=True)) if close_uncovered else []
    closed = close_cases(case_ids=uncovered, reason=CloseReason.BELOW_RULE, on=on, by=by)
    return RuleChanged(rule, open_cases(creditor=creditor, on=on, by=by, rule=rule), closed)
