"""What differs in a group of matched lines, and of which type.

Money is compared as of the month's end: the sum of the writ, what the department collected and transferred since the
beginning, what is left. A payment made straight to the creditor explains a remainder that is larger on their side by just
that sum. A group without our line, or without theirs, is a difference by itself.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casedesk.common.money import spaced


class Kind(StrEnum):
    """Types of differences."""

    NOT_RECEIVED = "not_received"
    UNKNOWN_TO_US = "unknown_to_us"
    SUM_DIFFERS = "sum_differs"
    PAID_DIRECTLY = "paid_directly"
    ENDED = "ended"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"


class Status(StrEnum):
    """Where a writ stands by one side's register."""

    PRESENTED = "presented"
    OPEN = "open"
    FINISHED = "finished"
    TERMINATED = "terminated"
    REFUSED = "refused"
    NOT_RECEIVED = "not_received"
    TRANSFERRED = "transferred"
    UNSAID = ""


ENDED = {Status.FINISHED, Status.TERMINATED, Status.REFUSED}


@dataclass(frozen=True, slots=True)
class Facts:
    """One line of a side. Kopecks; None where the register is silent. `account` only on our side.

    `elsewhere`: by our data the writ is with another department. `archived`: ours, but not in this month's register.
    """

    id: int
    writs: tuple[str, ...]
    debtor: str = ""
    proceeding: str = ""
    amount: int | None = None
    received: int | None = None
    remainder: int | None = None
    paid_directly: int = 0
    status: str = Status.UNSAID
    opened_on: dt.date | None = None
    ended_on: dt.date | None = None
    ground: str = ""
    account: int | None = None
    elsewhere: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A difference: its type, the lines it hangs on, ours minus theirs in kopecks, and what differs in words."""

    kind: Kind
    ours: int | None
    theirs: int | None
    amount: int
    about: str


def compare(ours: Sequence[Facts], theirs: Sequence[Facts]) -> list[Found]:
    """Differences of one group."""
    if not ours:
        kept, repeats = _without_repeats(theirs, _same_row)
        return [_unknown(line) for line in kept] + repeats
    if not theirs:
        return [_missing(line) for line in ours if not line.archived]
    found: list[Found] = []
    ours, repeats = _without_repeats(ours, lambda line: (line.writs, line.debtor, line.account))
    found += repeats
    theirs, repeats = _without_repeats(theirs, _same_row)
    found += repeats
    found += _standing(ours, theirs)
    if not any(one.kind in (Kind.NOT_RECEIVED, Kind.TRANSFERRED) for one in found):
        found += _money(ours, theirs)
    return found


def _same_row(line: Facts) -> tuple:
    return line.writs, line.debtor, line.proceeding


def _without_repeats(lines: Sequence[Facts], key) -> tuple[list[Facts], list[Found]]:
    """The lines once each, and a difference for every repeat."""
    seen: set = set()
    kept, repeats = [], []
    for line in lines:
        if key(line) not in seen:
            seen.add(key(line))
            kept.append(line)
            continue
        mine = line.account is not None
        amount = line.remainder or line.amount or 0
        place = "в нашем реестре" if mine else "в реестре отдела"
        repeats.append(
            Found(
                Kind.DUPLICATE,
                line.id if mine else None,
                None if mine else line.id,
                amount if mine else -amount,
                f"строка повторена {place}",
            )
        )
    return kept, repeats


def _unknown(line: Facts) -> Found:
    return Found(
        Kind.UNKNOWN_TO_US, None, line.id, -(line.remainder or line.amount or 0), "в нашем реестре такого документа нет"
    )


def _missing(line: Facts) -> Found:
    if line.elsewhere:
        return Found(Kind.TRANSFERRED, line.id, None, line.remainder or 0, "по нашим данным документ в другом отделе")
    return Found(Kind.NOT_RECEIVED, line.id, None, line.remainder or 0, "в ответе отдела строки нет")


def _standing(ours: Sequence[Facts], theirs: Sequence[Facts]) -> list[Found]:
    """Differences in where the writ is and whether the proceeding goes on."""
    mine, last = ours[0], _newest(theirs)
    rest = sum(line.remainder or 0 for line in ours)
    if all(line.status == Status.NOT_RECEIVED for line in theirs):
        return [] if mine.archived else [Found(Kind.NOT_RECEIVED, mine.id, last.id, rest, "отдел: документ не поступал")]
    if last.status == Status.TRANSFERRED:
        return [Found(Kind.TRANSFERRED, mine.id, last.id, rest, "передано отделом")]
    if mine.elsewhere:
        return [Found(Kind.TRANSFERRED, mine.id, last.id, rest, "по нашим данным документ в другом отделе")]
    ended_there, ended_here = last.status in ENDED, all(line.status in ENDED for line in ours)
    if ended_there and not ended_here:
        return [Found(Kind.ENDED, mine.id, last.id, rest, _end(last, "у отдела"))]
    if ended_here and not ended_there and last.status == Status.OPEN:
        return [Found(Kind.ENDED, mine.id, last.id, rest, _end(_newest(ours), "у нас") + ", у отдела на исполнении")]
    return []


def _newest(lines: Sequence[Facts]) -> Facts:
    """The line that tells where things stand now: of the newest proceeding, a current one before an ended one."""
    return max(
        lines, key=lambda line: (line.status not in (*ENDED, Status.NOT_RECEIVED), line.opened_on or dt.date.min, -line.id)
    )


def _end(line: Facts, where: str) -> str:
    day = f" {line.ended_on:%d.%m.%Y}" if line.ended_on else ""
    words = zip(("ст.", "ч.", "п."), line.ground.split(".") if line.ground else (), strict=False)
    ground = " ".join(f"{word} {part}" for word, part in words)
    return f"{where} окончено{day}" + (f" по {ground}" if ground else "")


@dataclass(frozen=True, slots=True)
class Sums:
    """A side's money over a group; None where nobody said it."""

    amount: int | None
    received: int | None
    remainder: int | None


def sums_of(lines: Sequence[Facts]) -> Sums:
    """A writ counts once however many proceedings were opened on it; what was collected adds up; the newest remainder holds."""
    by_writ: dict[tuple, list[Facts]] = {}
    for line in lines:
        by_writ.setdefault((line.writs, line.account), []).append(line)
    amounts = [max((line.amount for line in some if line.amount is not None), default=None) for some in by_writ.values()]
    rests = [_newest([line for line in some if line.remainder is not None] or some).remainder for some in by_writ.values()]
    return Sums(_sum(amounts), _sum(line.received for line in lines), _sum(rests))


def _sum(values: Iterable[int | None]) -> int | None:
    said = [value for value in values if value is not None]
    return sum(said) if said else None


def _less(one: int | None, other: int | None) -> int:
    """`one - other`; nothing when a side is silent."""
    return 0 if one is None or other is None else one - other


def _money(ours: Sequence[Facts], theirs: Sequence[Facts]) -> list[Found]:
    mine, other = sums_of(ours), sums_of(theirs)
    granted, received = _less(mine.amount, other.amount), _less(mine.received, other.received)
    rest = _less(mine.remainder, other.remainder)
    direct = sum(line.paid_directly for line in ours)
    if direct and not rest and received == -direct:
        return []  # they were told of the direct payment and count it as collected
    found = []
    unexplained = -rest + granted - received if None not in (mine.remainder, other.remainder) else 0
    ids = (ours[0].id, _newest(theirs).id)
    if direct and unexplained > 0:
        told = min(direct, unexplained)
        found.append(Found(Kind.PAID_DIRECTLY, *ids, -told, f"оплачено напрямую {spaced(told)} ₽, отдел остаток не уменьшил"))
        unexplained -= told
    if granted or received or unexplained:
        amount = received or granted or -unexplained
        found.append(Found(Kind.SUM_DIFFERS, *ids, amount, _sums_in_words(mine, other, bool(unexplained))))
    return found


def _sums_in_words(mine: Sums, other: Sums, rest: bool) -> str:
    named = [("сумма документа", mine.amount, other.amount), ("перечислено", mine.received, other.received)]
    if rest:
        named.append(("остаток", mine.remainder, other.remainder))
    return ", ".join(f"{what}: {spaced(a)} и {spaced(b)} ₽" for what, a, b in named if _less(a, b))
