"""Numbers of proceedings, writs and cases in the one form that is compared, and the forms in which books may hold them."""

import re

_SERIES = re.compile(r"^([а-я]{2})\s*[-№]?\s*(\d{9})$")
_SHORT_YEAR = re.compile(r"^(\d{1,2}-[\d-]+)/(\d{2})((?:-\d+)*)$")
_LONG_YEAR = re.compile(r"^(\d{1,2}-[\d-]+)/20(\d{2})((?:-\d+)*)$")
_PROCEEDING = re.compile(r"^(\d{1,7})/(\d{2})/(\d{5})(?:-(?:ип|сд|св))?$")


def writ_key(number: str) -> str:
    """`ФС № 036858692` -> `фс036858692`; `СП-2-569/21` -> `2-569/2021`: a year of two digits is this century's."""
    folded = number.casefold().replace("ё", "е").strip()
    series = _SERIES.match(folded)
    if series:
        return series[1] + series[2]
    folded = re.sub(r"\s", "", folded).removeprefix("сп-")
    short = _SHORT_YEAR.match(folded)
    return f"{short[1]}/20{short[2]}{short[3]}" if short else folded


def writ_spellings(number: str) -> list[str]:
    """How a register may have printed the number that has this key."""
    key = writ_key(number)
    if key[:2].isalpha() and key[2:].isdigit():
        series, digits = key[:2].upper(), key[2:]
        return [f"{series} {digits}", f"{series}{digits}", f"{series} № {digits}", f"{series}-{digits}", f"{series} №{digits}"]
    spelled = [key, number.strip()]
    long = _LONG_YEAR.match(key)
    if long:
        spelled.append(f"{long[1]}/{long[2]}{long[3]}")
    return list(dict.fromkeys([*spelled, *(f"СП-{one}" for one in spelled)]))


def proceeding_key(number: str) -> str:
    """`193820/22/51034-ИП`, with or without the tail and blanks -> `193820/22/51034`; other forms as they are."""
    folded = re.sub(r"\s", "", number.casefold())
    found = _PROCEEDING.match(folded)
    return f"{int(found[1])}/{found[2]}/{found[3]}" if found else folded


def proceeding_spellings(number: str) -> list[str]:
    """How a register may have printed the proceeding's number."""
    key = proceeding_key(number)
    return list(dict.fromkeys([f"{key}-ИП", key, f"{key}-ип", number.strip()]))
