"""The catalogue of kinds of jobs. Each app registers its own in its `jobs.py`, found when Django starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of job: the function that does it, its name for people, the right that shows other people's jobs of it."""

    name: str
    title: str
    right: str | None
    run: Callable


_KINDS: dict[str, Kind] = {}


def job(name: str, *, title: str = "", right: str | None = None) -> Callable:
    """Register a module-level function `f(handle, **args) -> dict | None` as the job `name` (`app.verb`).

    `right` lets colleagues of the same creditor see the job; without it only the person who started it does. Raises
    ValueError when the name is taken by another function.
    """

    def register(function: Callable) -> Callable:
        known = _KINDS.get(name)
        if known and known.run.__qualname__ != function.__qualname__:
            raise ValueError(f"job {name!r} is already {known.run.__module__}.{known.run.__qualname__}")
        _KINDS[name] = Kind(name, title or name, right, function)
        return function

    return register


def find(name: str) -> Kind:
    """The kind by name. Raises LookupError naming the known ones."""
    try:
        return _KINDS[name]
    except KeyError:
        raise LookupError(f"no job {name!r}; known: {', '.join(sorted(_KINDS)) or 'none'}") from None


def title_of(name: str) -> str:
    """The title for people; the bare name when an older job's kind no longer exists."""
    kind = _KINDS.get(name)
    return kind.title if kind else name


def kinds_seen_with(rights: Iterable[str]) -> list[str]:
    """Names of the kinds that somebody with these rights sees when colleagues start them."""
    held = set(rights)
    return [kind.name for kind in _KINDS.values() if kind.right in held]
