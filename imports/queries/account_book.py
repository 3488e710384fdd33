"""A creditor's accounts by every number that a file may call them."""

from dataclasses import dataclass, field

from debtors.models import UtilityAccount

SHORTEST_TAIL = 6
"""A cut number with fewer digits than this proves nothing."""


class Ambiguous:
    """More than one account answers to the number."""

    def __init__(self, numbers: list[str]):
        self.numbers = numbers


@dataclass
class AccountBook:
    """Looks accounts up by number, by their other numbers (ЕЛС, ЖКУ id), or by what a program left of the number.

    Built with one query. `find` gives the account's id, None when nobody answers, or Ambiguous.
    """

    by_number: dict[str, int]
    by_other: dict[str, int | Ambiguous]
    _bare: dict[str, int | Ambiguous] = field(default_factory=dict)
    _tails: dict[int, dict[str, int | Ambiguous]] = field(default_factory=dict)

    @classmethod
    def of(cls, creditor_id: int) -> "AccountBook":
        by_number: dict[str, int] = {}
        by_other: dict[str, int | Ambiguous] = {}
        rows = UtilityAccount.objects.filter(creditor_id=creditor_id).standing().order_by("id")
        for pk, number, unified, gis in rows.values_list("id", "number", "unified_number", "gis_id").iterator(20_000):
            by_number[number] = pk
            for other in (unified, gis):
                if other:
                    _note(by_other, other, pk, other)
        return cls(by_number, by_other)

    def find(self, number: str, others: tuple[str, ...] = (), *, tails: bool = True) -> int | Ambiguous | None:
        """`tails`: also try the number as the right end of a longer one (fixed-width files cut numbers from the left)."""
        found = self.by_number.get(number)
        if found is not None:
            return found
        for other in others:
            if (found := self.by_number.get(other) or self.by_other.get(other)) is not None:
                return found
        if (found := self.by_other.get(number)) is not None:
            return found
        if not number.isdigit():
            return None
        found = self._tail(number) if tails and len(number) >= SHORTEST_TAIL else None
        return self._without_zeros(number) if found is None else found

    def _without_zeros(self, number: str) -> int | Ambiguous | None:
        """Spreadsheets lose leading zeros."""
        if not self._bare:
            for known, pk in self.by_number.items():
                if known.isdigit():
                    _note(self._bare, known.lstrip("0"), pk, known)
        return self._bare.get(number.lstrip("0"))

    def _tail(self, number: str) -> int | Ambiguous | None:
        width = len(number)
        if width not in self._tails:
            tails: dict[str, int | Ambiguous] = {}
            for known, pk in self.by_number.items():
                if len(known) > width:
                    _note(tails, known[-width:], pk, known)
            self._tails[width] = tails
        return self._tails[width].get(number)


def _note(book: dict[str, int | Ambiguous], key: str, pk: int, number: str) -> None:
    """Put a key down; a second account under it makes it ambiguous."""
    before = book.get(key)
    if before is None or before == pk:
        book[key] = pk
    elif isinstance(before, Ambiguous):
        before.numbers.append(number)
    else:
        book[key] = Ambiguous([number])
