"""Houses of a territory by the keys of their addresses, and their premises by flat."""

from dataclasses import dataclass, field

from debtors.models import House, Premises
from debtors.rules.address import Address


@dataclass
class HouseBook:
    """Finds houses and premises by parsed addresses; remembers what must be made. Two queries, whatever the number of flats."""

    territory_id: int
    by_key: dict[str, House]
    by_short: dict[str, list[House]]
    flats: dict[tuple[int, str], int]
    made: list[House] = field(default_factory=list)

    @classmethod
    def of(cls, territory_id: int) -> "HouseBook":
        book = cls(territory_id, {}, {}, {})
        for house in House.objects.filter(territory_id=territory_id):
            book._put(house)
        flats = Premises.objects.filter(house__territory_id=territory_id).order_by()
        book.flats = {(house, key): pk for house, key, pk in flats.values_list("house_id", "number_key", "id").iterator(20_000)}
        return book

    def house(self, address: Address, printed: str) -> House | None:
        """The house of an address; a new, unsaved one when nobody knows it; None when the text names no house.

        A register that leaves the town out means the only house of that street and number.
        """
        if not address.is_house:
            return None
        found = self.by_key.get(address.house_key) or self._by_short(address)
        if found is None:
            found = self._new(address, printed)
        return found

    def _by_short(self, address: Address) -> House | None:
        alike = self.by_short.get(address.short_key, [])
        if address.locality:
            alike = [house for house in alike if not house.locality]
        return alike[0] if len(alike) == 1 else None

    def _new(self, address: Address, printed: str) -> House:
        house = House(
            territory_id=self.territory_id,
            locality=address.locality.title()[:100],
            street=address.street[:150],
            number=address.house[:20],
            building=address.building[:20],
            address=_without_flat(printed, address)[:300],
            address_key=address.house_key[:300],
        )
        self.made.append(house)
        self._put(house)
        return house

    def _put(self, house: House) -> None:
        self.by_key[house.address_key] = house
        self.by_short.setdefault(house.address_key.partition("|")[2], []).append(house)


def _without_flat(printed: str, address: Address) -> str:
    """The printed address up to the flat: how the house is shown."""
    if not address.flat:
        return printed.strip()
    for mark in (", кв", ",кв", " кв.", " кв ", ", пом", ", ком"):
        place = printed.lower().rfind(mark)
        if place > 0:
            return printed[:place].strip(" ,")
    return _spelled(address)


def _spelled(address: Address) -> str:
    """A house in full words, for registers that print «Ленина 12-5»."""
    parts = [f"г. {address.locality.title()}" if address.locality else "", address.street.title(), f"д. {address.house}"]
    parts.append(f"корп. {address.building}" if address.building else "")
    return ", ".join(part for part in parts if part)
