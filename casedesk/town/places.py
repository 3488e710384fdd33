"""Streets, houses and the premises in them, dealt out by index so that any slice of the town can be made alone."""

from dataclasses import dataclass
from random import Random

CITY = "Верхнеозёрск"
STREETS = (
    ("ул", "Озёрная"),
    ("ул", "Школьная"),
    ("пр-кт", "Строителей"),
    ("ул", "Генерала Чумакова"),
    ("пер", "Рябиновый"),
    ("ул", "Мира"),
    ("ул", "Ленинградская"),
    ("ул", "50 лет Победы"),
    ("б-р", "Северный"),
    ("ул", "Матросова"),
    ("ул", "Заречная"),
    ("пер", "Портовый"),
    ("ул", "Полярная"),
    ("ул", "Первомайская"),
    ("наб", "Морская"),
    ("ул", "Колышкина"),
    ("ул", "Советская"),
    ("ш", "Мурманское"),
    ("ул", "Ботаническая"),
    ("ул", "Гвардейская"),
)
FLATS_IN_HOUSE = (20, 36, 60, 12, 80, 45, 24, 100, 8, 72)
LETTERS = ("", "", "", "а", "", "б", "", "", "", "")


@dataclass(frozen=True, slots=True)
class House:
    """A house of the town. `flats` premises stand in it."""

    kind: str
    street: str
    number: str
    block: str
    flats: int

    @property
    def address(self) -> str:
        block = f", корп. {self.block}" if self.block else ""
        return f"{self.kind}{'' if '-' in self.kind else '.'} {self.street}, д. {self.number}{block}"

    @property
    def full_address(self) -> str:
        return f"г. {CITY}, {self.address}"


@dataclass(frozen=True, slots=True)
class Place:
    """One flat or room: the house and the number in it."""

    house: House
    flat: int

    @property
    def address(self) -> str:
        return f"{self.house.address}, кв. {self.flat}"

    @property
    def full_address(self) -> str:
        return f"{self.house.full_address}, кв. {self.flat}"


def make_houses(premises: int, seed: int) -> list[House]:
    """As many houses as it takes to hold so many premises."""
    rng, houses, held = Random(f"houses:{seed}"), [], 0
    while held < premises:
        index = len(houses)
        kind, street = STREETS[index % len(STREETS)]
        number = 1 + index // len(STREETS) * 2 + rng.randrange(2)
        flats = FLATS_IN_HOUSE[(index + rng.randrange(3)) % len(FLATS_IN_HOUSE)]
        block = str(rng.randrange(1, 4)) if rng.random() < 0.12 else ""
        houses.append(House(kind, street, f"{number}{LETTERS[rng.randrange(len(LETTERS))]}", block, flats))
        held += flats
    return houses
