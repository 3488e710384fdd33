"""Typed events: a catalogue that is data. Each kind says what must be known, what term it starts and whose turn follows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import Formatter

from casedesk.common.refusals import Refusal


class EventIncomplete(Refusal):
    """An event came without a field that its kind requires."""

    code = "event_incomplete"


@dataclass(frozen=True)
class EventType:
    """One kind of event. `sentence` is filled with the event's data on reading; `fields` are the keys it must carry."""

    code: str
    title: str
    sentence: str = ""
    fields: tuple[str, ...] = ()
    term: str = ""
    """What runs after it, in words; the event itself keeps the day it ends."""
    term_inclusive: bool = False
    """The day kept is the last day of the term itself, not the first day after it."""
    norm: str = ""
    turn: str = ""
    icon: str = "circle"
    tone: str = ""

    def check(self, data: dict) -> None:
        """Raise EventIncomplete when a required field is missing, TypeError when one is unknown (a programmer's slip)."""
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            raise TypeError(f"event {self.code} has no field {', '.join(unknown)}")
        missing = [name for name in self.fields if data.get(name) in (None, "")]
        if missing:
            raise EventIncomplete(
                f"Событие «{self.title}» нельзя записать без полей: {', '.join(missing)}. Заполните их.", code=self.code
            )


class Catalogue:
    """Event types by code. An app of a higher room adds its own when it starts."""

    def __init__(self, types: Iterable[EventType] = ()):
        self._types: dict[str, EventType] = {}
        self.add(*types)

    def add(self, *types: EventType) -> None:
        """Take new types in. Raises ValueError for a code already there and for a sentence asking an unknown field."""
        for kind in types:
            asked = {name for _, name, _, _ in Formatter().parse(kind.sentence) if name}
            if kind.code in self._types:
                raise ValueError(f"event {kind.code} is already in the catalogue")
            if asked - set(kind.fields):
                raise ValueError(f"event {kind.code}: sentence asks {sorted(asked - set(kind.fields))}")
            self._types[kind.code] = kind

    def __getitem__(self, code: str) -> EventType:
        return self._types[code]

    def __contains__(self, code: str) -> bool:
        return code in self._types

    def __iter__(self) -> Iterator[EventType]:
        return iter(self._types.values())
