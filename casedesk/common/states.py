"""State machines as tables: from, action, to, who may, guard, legal basis.

A table is data: the screens, the docs and the tests read the same rows that decide.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from casedesk.common.refusals import NotAllowed

Guard = Callable[[Any, Any], str | None]
"""Takes the thing and the day; returns None when the move is allowed, else the reason in words."""


@dataclass(frozen=True)
class Move:
    """One permitted transition. `right` is the access right needed, `law` the norm it rests on, `turn` whose turn follows.

    An empty `target` leaves the state as it is. `event` is the code that the move leaves on the timeline.
    """

    action: str
    sources: frozenset[str]
    target: str
    label: str
    right: str
    law: str = ""
    turn: str = ""
    needs: tuple[Guard, ...] = ()
    event: str = ""

    def leads_to(self, state: str) -> str:
        """The state after the move from this one."""
        return self.target or state


@dataclass(frozen=True)
class Machine:
    """The table of moves of one kind of thing; `field` names the attribute that holds the state."""

    field: str
    moves: tuple[Move, ...]
    names: dict[str, str] = field(default_factory=dict)

    def extend(self, *moves: Move) -> None:
        """Take in the moves of a higher room, once: rows that are there already are passed over."""
        object.__setattr__(self, "moves", (*self.moves, *(move for move in moves if move not in self.moves)))

    def find(self, state: str, action: str) -> Move:
        """The move for this action from this state. Raises NotAllowed with the states it would be allowed from."""
        known = [move for move in self.moves if move.action == action]
        if not known:
            raise ValueError(f"no move named {action}")
        for move in known:
            if state in move.sources:
                return move
        allowed = sorted(self.names.get(s, s) for move in known for s in move.sources)
        raise NotAllowed(
            f"«{known[0].label}» нельзя из состояния «{self.names.get(state, state)}»: можно из: {', '.join(allowed)}.",
            state=state,
            action=action,
        )

    def check(self, thing: Any, action: str, on: Any) -> Move:
        """Find the move and run its guards on the thing and the day. Raises NotAllowed with the first reason."""
        move = self.find(getattr(thing, self.field), action)
        for guard in move.needs:
            reason = guard(thing, on)
            if reason:
                law = f" Основание: {move.law}." if move.law else ""
                raise NotAllowed(f"«{move.label}» нельзя: {reason}{law}", action=action)
        return move

    def possible(self, state: str) -> Iterable[Move]:
        """Moves that the table allows from this state, guards not asked."""
        return [move for move in self.moves if state in move.sources]
