"""What every step on a writ shares: lock, ask the table of moves, judge the writ anew. The one door for all of them."""

import datetime as dt
from collections.abc import Iterable

from casedesk.access.models import User
from casedesk.common.states import Move
from debtors.actions.moves import TooEarly, check_may, hold_cases
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.actions.tell import News, tell
from enforcement.models import Writ
from enforcement.queries.writ_now import WritNow, writs_now
from enforcement.states.writ import WRIT


def lock_writs(ids: Iterable[int]) -> list[Writ]:
    """The writs as they stand now, held until the transaction ends, their cases before them; always in the same order."""
    wanted = list(ids)
    hold_cases(Writ.objects.filter(pk__in=wanted, case_file__isnull=False).values("case_file"))
    found = Writ.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk")
    return list(found.select_related("creditor", "case_file", "account", "debtor"))


def lock(writ: Writ) -> WritNow:
    """One writ locked, with what the guards ask about."""
    writs = lock_writs([writ.pk])
    return writs_now(writs)[writ.pk]


def check(now: WritNow, action: str, *, by: User | None, on: dt.date) -> Move:
    """The move that the action is from the writ's state. Raises NotAllowed: state, guard, right, or a day too early."""
    move = WRIT.check(now, action, on)
    check_may(by, move.right)
    since = now.writ.state_on
    if since and on < since:
        raise TooEarly(
            f"«{move.label}» {on:%d.%m.%Y} нельзя: документ {now.writ.number} в нынешнем состоянии с {since:%d.%m.%Y}. "
            "Укажите день не раньше.",
            action=action,
        )
    return move


def settle(news: list[News], *, by: User | None, on: dt.date) -> None:
    """Judge the writs of the news anew, then tell their cases. The writs are locked by the caller."""
    refresh_writs((one.writ.pk for one in news), held=True)
    tell(news, by=by, on=on)
