"""Russian text as people type it: keys for comparing and for search."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u202e\u202d\u00ad"))
_LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def clean(value: str) -> str:
    """NFC, no invisible characters, every kind of space folded to one space. The display form. Raises ValueError on NUL."""
    if "\x00" in value:
        raise ValueError("в тексте символ с кодом 0: файл повреждён или это не текст")
    value = unicodedata.normalize("NFC", value).translate(_INVISIBLE)
    return _SPACES.sub(" ", value).strip()


def fold(value: str) -> str:
    """The comparing form: clean, Latin look-alikes inside Cyrillic words made Cyrillic, lower case, ё as е."""
    value = clean(value)
    value = _WORD.sub(lambda m: m[0].translate(_LOOKALIKES) if _CYRILLIC.search(m[0]) else m[0], value)
    return value.casefold().replace("ё", "е")


def search_key(*parts: str | None) -> str:
    """One stored column to search in: folded parts joined by spaces."""
    return fold(" ".join(part for part in parts if part))
