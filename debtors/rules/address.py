"""Addresses as registers print them, reduced to keys that compare equal when the place is the same.

Registers write one house in many ways: «г. Верхнеозёрск, ул. Ленина, д. 12, кв. 1», «Верхнеозёрск,Ленина ул,12,1»,
«ул. ленина дом 12 1», «Ленина 12-1». The parser drops index, country, region and district, spells street types out, finds the
house, its building and the flat, and folds letters. Streets of one name and different type stay different.
"""

import re
from dataclasses import dataclass

from casedesk.common.text import clean, fold

STREET_TYPES = {
    "улица": ("улица", "ул"),
    "проспект": ("проспект", "пр-кт", "просп", "пр-т", "пр"),
    "переулок": ("переулок", "пер"),
    "бульвар": ("бульвар", "б-р", "бул"),
    "микрорайон": ("микрорайон", "мкр", "мкрн", "мк-н", "м-н"),
    "шоссе": ("шоссе", "ш"),
    "площадь": ("площадь", "пл"),
    "набережная": ("набережная", "наб"),
    "тупик": ("тупик", "туп"),
    "проезд": ("проезд", "пр-д"),
    "квартал": ("квартал", "кв-л"),
    "аллея": ("аллея", "ал"),
}
_TYPE_OF = {short: full for full, shorts in STREET_TYPES.items() for short in shorts}
_LOCALITY = (
    "город",
    "г",
    "поселок",
    "пос",
    "п",
    "пгт",
    "рп",
    "село",
    "с",
    "деревня",
    "дер",
    "станица",
    "ст-ца",
    "хутор",
    "х",
    "нп",
)
_DROPPED = (
    "обл",
    "область",
    "край",
    "респ",
    "республика",
    "район",
    "р-н",
    "округ",
    "го",
    "россия",
    "рф",
    "российская федерация",
)
_HOUSE = ("дом", "д")
_BUILDING = {"корпус": "к", "корп": "к", "к": "к", "строение": "с", "стр": "с", "литера": "", "литер": "", "лит": ""}
_FLAT = ("квартира", "кв", "помещение", "пом", "офис", "оф")
_ROOM = ("комната", "ком", "комн")
_LABELS = frozenset((*_HOUSE, *_BUILDING, *_FLAT, *_ROOM))

_INDEX = re.compile(r"^\d{6}$")
_NUMBER = re.compile(r"^\d+[а-я]?(?:/\d+[а-я]?)?$")
_TOKEN = re.compile(r"\d+(?:/\d+)?[а-яa-z]?(?:/\d+[а-яa-z]?)?(?![\w-])|[\w]+(?:-[\w]+)*|[,;-]")
_QUOTES = re.compile("[\"«»'“”„]")
_LETTER_AFTER_NUMBER = re.compile(r"(?<=\d)\s+([а-я])(?=\s*(?:,|$|\s+кв|\s+к\b))")
_GLUED = re.compile(r"\b(д|дом|кв|корп|к|стр|ком)\.?(?=\d)")
_DASHED = re.compile(r"(\d[а-я]?)\s*-\s*(?=\d)")
_SHORT_BUILDING = re.compile(r"\b(\d+[а-я]?)\s*(к|корп|с|стр)\.?\s*(\d+)\b")


@dataclass(frozen=True, slots=True)
class Address:
    """One place. All parts are folded; `street` starts with its type when the text gives one."""

    locality: str = ""
    street: str = ""
    house: str = ""
    building: str = ""
    flat: str = ""

    @property
    def house_key(self) -> str:
        """What houses are matched by: street, number and building, after the locality when it is known."""
        return "|".join((self.locality, self.short_key))

    @property
    def short_key(self) -> str:
        """The house key without the locality: registers of one town often leave the town out."""
        return "|".join((self.street, self.house + ("к" + self.building if self.building else "")))

    @property
    def is_house(self) -> bool:
        """The text names a street and a house: enough to match or to make one."""
        return bool(self.street and self.house)


def flat_key(text: str) -> str:
    """A flat's number as a key: `кв. 5` and `5` are one flat; `5 а` and `5А` too."""
    text = fold(text).replace(" ", "")
    for word in sorted(_FLAT, key=len, reverse=True):
        if text.startswith(word):
            return text[len(word) :].lstrip(".№ ")
    return text.lstrip("№")


def parse(text: str, flat: str = "") -> Address:
    """Read one printed address; `flat` is the register's own column of flats and wins over the text.

    Whatever is not understood is left out of the key, so that a strange address matches nothing rather than a wrong house.
    """
    reader = _Reader(_tokens(text))
    reader.run()
    address = reader.address()
    return Address(address.locality, address.street, address.house, address.building, flat_key(flat) if flat else address.flat)


def _tokens(text: str) -> list[list[str]]:
    """The text as comma-separated pieces of words."""
    text = _QUOTES.sub("", fold(text)).replace(".", ". ")
    text = _DASHED.sub(r"\1 - ", _GLUED.sub(r"\1 ", text))
    text = _SHORT_BUILDING.sub(r"\1 корп \3", text.replace(". ", " "))
    text = _LETTER_AFTER_NUMBER.sub(r"\1", text)
    pieces, piece = [], []
    for token in _TOKEN.findall(text):
        if token in ",;":
            pieces.append(piece)
            piece = []
        else:
            piece.append(token)
    pieces.append(piece)
    return [piece for piece in pieces if piece]


class _Reader:
    """Walks the pieces once, filling the parts."""

    def __init__(self, pieces: list[list[str]]):
        self.pieces = pieces
        self.parts = {"locality": "", "street": "", "house": "", "building": "", "flat": "", "room": ""}

    def run(self) -> None:
        for piece in self.pieces:
            self._piece([token for token in piece if token != "-" or len(piece) > 1])

    def address(self) -> Address:
        parts = self.parts
        flat = parts["flat"] + (f"/{parts['room']}" if parts["room"] else "")
        house, building = parts["house"], parts["building"]
        if "/" in house and not building:
            house, building = house.split("/", 1)
        return Address(parts["locality"], parts["street"], house, building, flat)

    def _piece(self, words: list[str]) -> None:
        if not words or _INDEX.match(words[0]) and len(words) == 1 or any(word in _DROPPED for word in words):
            return
        if _INDEX.match(words[0]):
            words = words[1:]
        words = self._town_before_street(words)
        if not self._locality(words):
            self._numbers(self._street(words))

    def _town_before_street(self, words: list[str]) -> list[str]:
        """«г Верхнеозёрск ул Ленина»: town and street without a comma between them."""
        street = next((place for place, word in enumerate(words) if word in _TYPE_OF), 0)
        if words[0] in _LOCALITY and street > 1 and not self.parts["locality"]:
            self.parts["locality"] = " ".join(words[1:street])
            return words[street:]
        return words

    def _locality(self, words: list[str]) -> bool:
        """A piece such as «г Верхнеозёрск» or, before any street, a bare name without digits and without a street type."""
        if self.parts["street"] or any(word in _TYPE_OF or word[0].isdigit() for word in words):
            return False
        named = [word for word in words if word not in _LOCALITY and word not in _HOUSE]
        marked = len(named) < len(words)
        town_first = self.pieces[0] == words and len(self.pieces) > 2
        if named and (marked or town_first or self._street_follows(words)):
            self.parts["locality"] = " ".join(named)
            return True
        return False

    def _street_follows(self, words: list[str]) -> bool:
        """Another piece holds a street: then this one is the town."""
        rest = [piece for piece in self.pieces if piece is not words]
        return any(word in _TYPE_OF for piece in rest for word in piece)

    def _street(self, words: list[str]) -> list[str]:
        """Take the street's words off the front; return what is left (house, flat)."""
        if self.parts["street"]:
            return words
        end = _house_starts(words)
        name = [word for word in words[:end] if word not in _TYPE_OF and word != "-"]
        kind = next((_TYPE_OF[word] for word in words[:end] if word in _TYPE_OF), "")
        if name:
            self.parts["street"] = " ".join([kind, *name]).strip()
        return words[end:]

    def _numbers(self, words: list[str]) -> None:
        expect = ""
        for word in words:
            if word in _HOUSE:
                expect = "house"
            elif word in _BUILDING:
                expect = "building"
            elif word in _FLAT:
                expect = "flat"
            elif word in _ROOM:
                expect = "room"
            elif word == "-":
                expect = "flat" if self.parts["house"] else expect
            else:
                self._put(expect, word)
                expect = ""

    def _put(self, expect: str, word: str) -> None:
        """A value goes where its label says; an unlabelled number to the first part still empty, in printed order."""
        if expect == "building" and word.isalpha():
            self.parts["house"] += word
        elif expect:
            self.parts[expect] = word
        elif _NUMBER.match(word) or (self.parts["house"] and word.isdigit()):
            free = "flat" if self.parts["house"] else "house"
            if not self.parts[free]:
                self.parts[free] = word
        elif len(word) == 1 and word.isalpha() and self.parts["house"] and not self.parts["flat"]:
            self.parts["house"] += word


def _house_starts(words: list[str]) -> int:
    """Where in a piece the house begins: its label, or the first number that is not the street's own («50 лет ВЛКСМ»)."""
    for place, word in enumerate(words):
        if word in _HOUSE and place + 1 < len(words) and words[place + 1][0].isdigit():
            return place
    for place, word in enumerate(words):
        later = any(w.isalpha() and len(w) > 1 and w not in _LABELS for w in words[place + 1 :])
        if _NUMBER.match(word) and not later and any(w not in _TYPE_OF for w in words[:place]):
            return place
    if len(words) <= 2 and all(_NUMBER.match(word) or word in _HOUSE or word in _FLAT for word in words):
        return 0
    return len(words)


def shown(text: str) -> str:
    """The printed address cleaned for the screen."""
    return clean(text)
