"""Whose debt a purpose speaks of: the debtor's name as printed, never the bailiff's or the creditor's."""

import re

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})?"
_NAME = rf"(?:{_WORD}),? (?:[А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?|(?:{_WORD})(?: (?:{_WORD}))?(?: (?:оглы|кызы|Оглы|Кызы))?)"
_MARKERS = (
    r"в отношении",
    r"д-к",
    r"должник[а-я]{0,2} ?:?",
    r"взыскан[а-я]{0,2} (?:долг )?с(?: должника)?",
    r"(?:-ИП|-СД|/\d{2}/\d{5}|\d г\.?|\d{4}) с(?: должника| гр\.?| гражданина| гражданки)?(?= )",
    r"удерж[а-я]{2,6} из (?:з/п|заработной платы) (?:за \S{1,10} (?:\d{4} )?)?",
    r"удерж[а-я]{2,6} из з/п",
    r"(?:погашени[ея] )?долга?(?: за [а-яё]{2,15})?:?",
)
_MARKED = [re.compile(rf"(?i:{marker}) ?((?:ИП )?(?:{_NAME}))") for marker in _MARKERS]
_SURNAME_ONLY = re.compile(rf"(?i:долга?(?: за [а-яё]{{2,15}})?:?) ((?:{_WORD}))$")
_BETWEEN = re.compile(rf"; ?((?:{_NAME}))(?=;|$|\.)")
_LOWER = re.compile(r"; ?([а-яё]{2,20}(?:-[а-яё]{2,20})? [а-яё]{2,20}(?: [а-яё]{2,20})?)(?=[.;]|$)")
_MALE, _FEMALE = r"(?:в|ь)ич(?:а|у|ем|е)?", r"(?:в|ич)н(?:а|ы|е|у|ой)"
_PATRONYMIC = (
    rf"[А-ЯЁ][а-яё]+(?:{_MALE}|{_FEMALE})|[А-ЯЁ]+(?:{_MALE.upper()}|{_FEMALE.upper()})"
    r"|[А-ЯЁ][а-яё]+ (?:оглы|кызы)"
)
_FULL = re.compile(rf"((?:{_WORD}) (?:{_WORD}) (?:{_PATRONYMIC}))(?![а-яё])")
_OTHERS = re.compile(rf"(?:(?i:спи|вз-ль|взыскател[а-я]{{0,3}}:?)) (?:{_NAME})")
_STOP = {"ип", "ид", "ос", "по", "долг", "судебный", "исполнительный", "пао", "муп", "ооо", "ао"}


def debtor(text: str) -> str | None:
    """The debtor's name as the purpose prints it (any case form), or None. «СПИ …» and «вз-ль …» are other people."""
    text = _OTHERS.sub(" ", text)
    for pattern in (*_MARKED, _BETWEEN, _FULL, _SURNAME_ONLY, _LOWER):
        for found in pattern.finditer(text):
            name = found[1].replace(",", "").strip()
            if name.split()[0].casefold() not in _STOP or name.startswith("ИП "):
                return name
    return None
