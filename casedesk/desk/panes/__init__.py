"""What stands on the first page. A pane is a template, the right that opens it and a function that gathers its content.

A pane's `gather(request)` starts at `visible_to(request.user)` and returns the template's context with finished values.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casedesk.access.rights import Right, Role
from casedesk.access.scope import Scope
from casedesk.desk.panes import people, plan, queue, uploads


@dataclass(frozen=True)
class Pane:
    """One tab of the first page."""

    key: str
    label: str
    right: str
    template: str
    gather: Callable
    first_for: frozenset[str] = frozenset()
    """Roles that see this pane before the others."""


LAWYERS, CLERKS, SUPERVISORS, ADMINISTRATORS = (
    frozenset({role}) for role in (Role.LEGAL_OFFICER, Role.REGISTER_CLERK, Role.PLAN_SUPERVISOR, Role.ADMINISTRATOR)
)
PANES = [
    Pane("queue", _("Очередь дел"), Right.SEE_CASES, "desk/panes/queue.html", queue.gather, LAWYERS),
    Pane("uploads", _("Загрузки"), Right.SEE_IMPORTS, "desk/panes/uploads.html", uploads.gather, CLERKS),
    Pane("plan", _("Показатели"), Right.SEE_PLAN, "desk/panes/plan.html", plan.gather, SUPERVISORS),
    Pane("people", _("Люди"), Right.MANAGE_PEOPLE, "desk/panes/people.html", people.gather, ADMINISTRATORS),
]


def open_to(scope: Scope) -> list[Pane]:
    """The panes this person may see, those of their role first."""
    mine = [pane for pane in PANES if scope.may(pane.right)]
    return sorted(mine, key=lambda pane: not (pane.first_for & scope.roles))
