"""Which terms a bailiff has let pass: pure, from the days of a presentation and its proceedings."""

import datetime as dt
from dataclasses import dataclass

from casedesk.norms.catalogue import Catalogue
from enforcement.rules.terms import last_day_of
from enforcement.rules.words import INACTION_LAW, INACTION_NAMES, Inaction


@dataclass(frozen=True)
class Watch:
    """The days that terms start from. `returned_on` with `copy_sent_on` None: the ruling's copy has not been sent."""

    received_on: dt.date | None = None
    opened_on: dt.date | None = None
    is_running: bool = True
    returned_on: dt.date | None = None
    copy_sent_on: dt.date | None = None


@dataclass(frozen=True)
class Term:
    """A term that runs for the bailiff: what, by which norm, its last day."""

    kind: Inaction
    last_day: dt.date

    @property
    def name(self) -> str:
        return INACTION_NAMES[self.kind]

    @property
    def norm(self) -> str:
        return INACTION_LAW[self.kind]

    def passed(self, on: dt.date) -> bool:
        """Whether the term is over on the day."""
        return on > self.last_day


def terms(watch: Watch, norms: Catalogue) -> list[Term]:
    """The terms that these days start."""
    found = []
    if watch.received_on and watch.opened_on is None and watch.is_running:
        found.append((Inaction.OPENING, last_day_of("opening", watch.received_on, norms)))
    if watch.opened_on and watch.is_running:
        found.append((Inaction.PROCEEDING, last_day_of("proceeding", watch.opened_on, norms)))
    if watch.returned_on and watch.copy_sent_on is None:
        found.append((Inaction.RULING_COPY, last_day_of("ruling_copy", watch.returned_on, norms)))
    return [Term(kind, day) for kind, day in found if day]
