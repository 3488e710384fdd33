"""Which papers a ground asks for on a day, and which accounts of an act lack some."""

import datetime as dt
from collections import defaultdict

from casedesk.norms.queries.current import current
from debtors.models import WriteOffAct, WriteOffItem
from debtors.rules.write_off import missing

ASKER = "списание долга"


def papers_of(ground: str, on: dt.date) -> tuple[str, ...]:
    """Codes of the papers that the norm of the ground asks for."""
    return tuple(current().find(f"write_off.{ground}", on=on, asker=ASKER).value)


def law_of(ground: str) -> str:
    """The articles that the ground rests on."""
    return current().norm(f"write_off.{ground}").law


def watch_years(on: dt.date) -> int:
    """How long a debt is watched after writing off."""
    return current().find("write_off.watch_years", on=on, asker=ASKER).value


def papers_missing(act: WriteOffAct) -> dict[WriteOffItem, list[str]]:
    """Accounts of the act that lack papers, with the codes of what they lack. Three queries."""
    asked = papers_of(act.ground, act.made_on)
    have: dict[int | None, set[str]] = defaultdict(set)
    for item, kind in act.papers.values_list("item_id", "kind"):
        have[item].add(kind)
    found = {}
    for item in act.items.select_related("account"):
        lacking = missing(asked, have[None], have[item.pk])
        if lacking:
            found[item] = lacking
    return found
