"""Names of people: every case form of a name we know, and whether a printed name is that person.

Forms are made from our own debtors' names and looked up; a printed form is never bent back to the nominative (it fails on
Черных, Коваленко, Живаго). Likeness of letters proves nothing: Мария and Марина are two people.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from casedesk.common.text import clean, fold

SAME, POSSIBLE, DIFFERENT = "same", "possible", "different"
MOST_TOKENS = 6
"""A name has no more words; a longer text is no name."""

_MAKER = PetrovichDeclinationMaker()
_CASES = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)
_PARTS = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
_BRACKETS = re.compile(r"\([^()]*\)")
_SPLIT = re.compile(r"[\s.,\-]+")
_FORMER = re.compile(r"(?:до брака|ранее|урожд\w*|прежн\w*) ([а-я]+)")
_BUSINESS = ("ип", "индивидуальный", "предприниматель")
_TURKIC = ("оглы", "кызы")
_VARIANTS = {"наталия": "наталья", "софия": "софья", "мария": "марья", "даниил": "данила", "артемий": "артем"}
_VARIANTS |= {"елена": "алена", "георгий": "егор", "геннадий": "генадий", "юлия": "юля", "анастасия": "настасья"}


@dataclass(frozen=True)
class Person:
    """A name in parts, as printed. Empty parts are unknown; initials are one letter."""

    surname: str
    first: str = ""
    patronymic: str = ""

    @property
    def full(self) -> bool:
        return len(self.first) > 1 and len(self.patronymic) > 1


def tokens(name: str) -> list[str]:
    """Folded words of a name, without brackets and the mark of an entrepreneur."""
    words = [word for word in _SPLIT.split(fold(_BRACKETS.sub(" ", name))) if word]
    while words and words[0] in _BUSINESS:
        words = words[1:]
    return words


@lru_cache(maxsize=200_000)
def person(name: str) -> Person:
    """A register's name (`Фамилия Имя Отчество`) in parts; a double surname keeps its hyphen, `оглы` its patronymic."""
    words = [word for word in re.split(r"[\s.,]+", clean(_BRACKETS.sub(" ", name))) if word]
    while words and fold(words[0]) in _BUSINESS:
        words = words[1:]
    surname, first, rest = (words + ["", ""])[0] if words else "", words[1] if len(words) > 1 else "", words[2:]
    return Person(surname, first, " ".join(rest))


@lru_cache(maxsize=200_000)
def forms(name: str) -> frozenset[tuple[str, ...]]:
    """Every case form of a full name of our own, each as its sorted folded words."""
    return frozenset(tuple(sorted(words)) for words in _spelled(name))


@lru_cache(maxsize=200_000)
def _spelled(name: str) -> tuple[tuple[str, ...], ...]:
    """Case forms of a name in the order surname, first name, patronymic, folded."""
    who = person(name)
    gender = _gender(who)
    found = []
    for one in gender:
        for case in (None, *_CASES):
            parts = [_bend(part, word, one, case) for part, word in zip(_PARTS, _words(who), strict=True)]
            found.append(tuple(tokens(" ".join(part for part in parts if part))))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=200_000)
def compare(ours: str, printed: str) -> str:
    """`same`, `possible` or `different`: whether a printed name, in any case and order, is the person we know."""
    words, known = tokens(printed), tokens(ours)
    if not words or not known or max(len(words), len(known)) > MOST_TOKENS:
        return DIFFERENT if words and known else POSSIBLE
    if tuple(sorted(words)) in forms(ours) or tuple(sorted(known)) in forms(printed):
        complete = len(words) >= 3 and len(known) >= 3 and not any(len(word) == 1 for word in words)
        return SAME if complete or len(words) == len(known) == 1 else POSSIBLE
    if _shortened(ours, words) or _shortened(printed, known):
        return POSSIBLE
    if _variant(ours, words) or _former(ours, printed):
        return POSSIBLE
    return DIFFERENT


KEY_LETTERS = (2, 3, 4)
"""How many letters a surname's key may have."""


def surname_key(name: str) -> str:
    """The letters of a surname that no case changes: candidates of a printed name share them."""
    words = tokens(name)
    return words[0][: max(2, min(4, len(words[0]) - 2))] if words else ""


def _words(who: Person) -> tuple[str, str, str]:
    return who.surname, who.first, who.patronymic


def _gender(who: Person) -> tuple[Gender, ...]:
    last = fold(who.patronymic).split(" ")[-1] if who.patronymic else ""
    if last.endswith(("вич", "ич", "оглы")):
        return (Gender.MALE,)
    if last.endswith(("вна", "чна", "кызы")):
        return (Gender.FEMALE,)
    return Gender.MALE, Gender.FEMALE


@lru_cache(maxsize=200_000)
def _bend(part: NamePart, word: str, gender: Gender, case: Case | None) -> str:
    if case is None or len(word) < 2 or not word.replace("-", "").replace(" ", "").isalpha():
        return word
    stem, *tail = word.split(" ")
    if tail and fold(tail[-1]) in _TURKIC:
        return word
    return " ".join([_MAKER.make(part, gender, case, _title(stem)), *tail])


def _title(word: str) -> str:
    return "-".join(piece.capitalize() for piece in word.lower().split("-"))


def _shortened(full: str, words: list[str]) -> bool:
    """Initials, or no patronymic: the words are the beginning of what a form of the full name says."""
    if len(words) < 2 or not any(len(word) > 2 for word in words):
        return False
    return any(_abbreviates(words, form) for form in _spelled(full))


def _abbreviates(words: list[str], form: tuple[str, ...]) -> bool:
    """Surname whole, each further word whole or its initial, in some order of the words."""
    if len(words) > len(form) or len(form) < 2:
        return False
    surnames = max(1, len(form) - 2) if form[-1] not in _TURKIC else 1
    for given in permutations(words) if len(words) <= 4 else (tuple(words),):
        if given[:surnames] == form[:surnames] and len(given) > surnames:
            rest = zip(given[surnames:], form[surnames:], strict=False)
            if all(word == whole or (len(word) == 1 and whole.startswith(word)) for word, whole in rest):
                return True
    return False


def _variant(ours: str, words: list[str]) -> bool:
    """Наталья and Наталия; Рашид оглы and Рашидович: the rest being the same."""
    theirs = _plainly(words)
    return bool(theirs) and any(_plainly(form) == theirs for form in _spelled(ours))


def _plainly(words: Iterable[str]) -> list[str]:
    return sorted(plain for word in words if (plain := _plain(word)))


def _plain(word: str) -> str:
    """A word without what only tells variants of a name apart."""
    if word in _TURKIC:
        return ""
    word = _VARIANTS.get(word, word)
    for ending in ("ович", "евич", "овна", "евна"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word.replace("ия", "ья").replace("ии", "ьи").replace("ию", "ью")


def _former(ours: str, printed: str) -> bool:
    """A surname changed: the text itself names the former one, first name and patronymic being the same."""
    for one, other in ((ours, printed), (printed, ours)):
        found = _FORMER.search(fold(other))
        if found and found[1] == tokens(one)[0] and tokens(one)[1:] == tokens(other)[1:]:
            return True
    return False
