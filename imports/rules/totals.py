"""Sums over the rows of a file: openings of each account's first month, closings of its last, turnovers of all."""

from array import array

Amounts = list[int | None]


class Totals:
    """Adds rows up as they stream by. Kopecks.

    A register of several months repeats balances: the file's opening is what the first month of each account and service
    started with, its closing what the last one ended with.
    """

    def __init__(self):
        self.charged = self.paid = 0
        self._months: set[int | None] = set()
        self._keys, self._at = array("q"), array("i")
        self._openings, self._closings = array("q"), array("q")

    def add(self, key: int, month: int | None, opening: int, charged: int, paid: int, closing: int) -> None:
        """Count one accepted row; `key` names its account and service."""
        self.charged += charged
        self.paid += paid
        self._months.add(month)
        self._keys.append(key)
        self._at.append(month or 0)
        self._openings.append(opening)
        self._closings.append(closing)

    def add_many(
        self, keys: list[int], months: list[int], *, openings: Amounts, charged: int, paid: int, closings: Amounts
    ) -> None:
        """Count rows that came together; `charged` and `paid` are their sums."""
        self.charged += charged
        self.paid += paid
        self._months.update(months)
        self._keys.extend(keys)
        self._at.extend(months)
        self._openings.extend([amount or 0 for amount in openings])
        self._closings.extend([amount or 0 for amount in closings])

    def as_dict(self) -> dict[str, int]:
        return {"opening": self._opening(), "charged": self.charged, "paid": self.paid, "closing": self._closing()}

    def _opening(self) -> int:
        return self._edge(self._openings, lambda new, kept: new < kept)

    def _closing(self) -> int:
        return self._edge(self._closings, lambda new, kept: new > kept)

    def _edge(self, amounts: array, wins) -> int:
        """The sum over each key's edge month; rows of one key and month (two meters) add up."""
        if len(self._months) <= 1:
            return sum(amounts)
        kept: dict[int, tuple[int, int]] = {}
        for key, month, amount in zip(self._keys, self._at, amounts, strict=True):
            before = kept.get(key)
            if before is None or wins(month, before[0]):
                kept[key] = (month, amount)
            elif month == before[0]:
                kept[key] = (month, before[1] + amount)
        return sum(amount for _, amount in kept.values())
