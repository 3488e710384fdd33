"""Sums and days in Russian words, as papers write them.

num2words was tried: it takes a whole number for kopecks and puts a comma before them, so these lines are our own.
"""

import datetime as dt

from casedesk.common import months

_ONES = "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать"
_ONES = (_ONES + " пятнадцать шестнадцать семнадцать восемнадцать девятнадцать").split()
_TENS = ["-", "-", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
_HUNDREDS = ["-", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]
_SCALES = [
    ("тысяча", "тысячи", "тысяч"),
    ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
    ("триллион", "триллиона", "триллионов"),
]
ROUBLES = ("рубль", "рубля", "рублей")
KOPECKS = ("копейка", "копейки", "копеек")
MOST = 10**15
"""Numbers from here on have no words."""


def form(number: int, forms: tuple[str, str, str]) -> str:
    """The form of a noun that goes with the number: 1 рубль, 2 рубля, 5 рублей."""
    n = abs(number) % 100
    if 11 <= n <= 14:
        return forms[2]
    return forms[{1: 0, 2: 1, 3: 1, 4: 1}.get(n % 10, 2)]


def number(value: int, *, feminine: bool = False) -> str:
    """A whole number in words, nominative. Raises ValueError from 10**15 on."""
    if abs(value) >= MOST:
        raise ValueError(f"{value} прописью не пишется")
    if value == 0:
        return _ONES[0]
    groups, rest = [], abs(value)
    while rest:
        groups.append(rest % 1000)
        rest //= 1000
    words = ["минус"] if value < 0 else []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            words += _triple(groups[place], feminine=feminine if place == 0 else place == 1)
            words += [form(groups[place], _SCALES[place - 1])] if place else []
    return " ".join(words)


def _triple(value: int, *, feminine: bool) -> list[str]:
    words = [_HUNDREDS[value // 100]] if value >= 100 else []
    rest = value % 100
    if rest >= 20:
        words.append(_TENS[rest // 10])
        rest %= 10
    if rest:
        words.append({1: "одна", 2: "две"}.get(rest, _ONES[rest]) if feminine else _ONES[rest])
    return words


def roubles(kopecks: int) -> str:
    """`123456` -> `одна тысяча двести тридцать четыре рубля 56 копеек`."""
    whole, rest = divmod(abs(kopecks), 100)
    sign = "минус " if kopecks < 0 else ""
    return f"{sign}{number(whole)} {form(whole, ROUBLES)} {rest:02d} {form(rest, KOPECKS)}"


def day(value: dt.date) -> str:
    """`21 марта 2024 года`."""
    return f"{value.day} {months.GENITIVE[value.month - 1]} {value.year} года"
