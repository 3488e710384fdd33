"""What tells one person from another before a court: СНИЛС, ИНН, a document by its kind (ГПК РФ ст. 124 ч. 2 п. 3, ст. 131).

Every reader takes what people type and gives it as papers print it, or raises NotAnIdentifier with the reason and the remedy.
"""

import datetime as dt
import re

from casedesk.common.text import clean
from casedesk.norms.requisites import inn_fits

DOCUMENTS = {
    "passport": "паспорт",
    "driving": "водительское удостоверение",
    "vehicle": "свидетельство о регистрации машины",
}
"""The documents that the law takes for an identifier."""
OLDEST = 120
"""Years: nobody lives longer, an older birth date is a slip of the pen."""
_SHAPES = {
    "passport": (re.compile(r"(\d\d)(\d\d)(\d{6})"), "10 цифр: серия и номер"),
    "driving": (re.compile(r"(\d\d)([0-9А-Я]{2})(\d{6})"), "10 знаков: серия и номер"),
    "vehicle": (re.compile(r"(\d\d)([0-9А-Я]{2})(\d{6})"), "10 знаков: серия и номер"),
}
_SNILS_FIRST_CHECKED = 1_001_998


class NotAnIdentifier(ValueError):
    """What was typed cannot be this identifier; the text says why and what to do."""


def read_snils(text: str) -> str:
    """`112-233-445 95`. Empty stays empty."""
    digits = re.sub(r"[\s\-–]", "", clean(text))
    if not digits:
        return ""
    if not re.fullmatch(r"\d{11}", digits):
        raise NotAnIdentifier(f"СНИЛС «{text.strip()}»: нужно 11 цифр. Сверьте с документом.")
    number, control = int(digits[:9]), int(digits[9:])
    if number > _SNILS_FIRST_CHECKED and _snils_control(digits) != control:
        raise NotAnIdentifier(f"СНИЛС «{text.strip()}»: контрольные цифры не сходятся. В номере ошибка: сверьте с документом.")
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"


def _snils_control(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False)) % 101 % 100


def read_inn(text: str, *, of_organisation: bool) -> str:
    """12 digits of a person, 10 of an organisation. Empty stays empty."""
    digits = re.sub(r"\s", "", clean(text))
    if not digits:
        return ""
    length, whose = (10, "организации") if of_organisation else (12, "человека")
    if not digits.isdigit() or len(digits) != length:
        raise NotAnIdentifier(f"ИНН «{text.strip()}»: у {whose} {length} цифр. Сверьте с документом.")
    if not inn_fits(digits):
        raise NotAnIdentifier(f"ИНН «{digits}»: контрольные цифры не сходятся. В номере ошибка: сверьте с документом.")
    return digits


def read_document(kind: str, number: str) -> str:
    """`паспорт 47 09 123456`. Empty number: empty."""
    signs = re.sub(r"[\s№\-]", "", clean(number)).upper()
    if not signs:
        return ""
    if kind not in DOCUMENTS:
        raise NotAnIdentifier(f"Номер документа «{number.strip()}» без вида: выберите, какой это документ.")
    shape, words = _SHAPES[kind]
    found = shape.fullmatch(signs)
    if not found:
        raise NotAnIdentifier(f"{DOCUMENTS[kind].capitalize()} «{number.strip()}»: нужно {words}. Сверьте с документом.")
    return f"{DOCUMENTS[kind]} {' '.join(found.groups())}"


def split_document(text: str) -> tuple[str, str]:
    """The kind and the number of a kept document; one that names no kind we know is all number."""
    for kind, name in DOCUMENTS.items():
        if text.startswith(f"{name} "):
            return kind, text.removeprefix(f"{name} ")
    return "", text


def check_birth_date(born: dt.date | None, today: dt.date) -> None:
    """Raise NotAnIdentifier for a day that has not come, or that is over a life away."""
    if born and born > today:
        raise NotAnIdentifier(f"Дата рождения {born:%d.%m.%Y} ещё не наступила: проверьте год.")
    if born and born.year < today.year - OLDEST:
        raise NotAnIdentifier(f"Дата рождения {born:%d.%m.%Y}: больше {OLDEST} лет назад. Проверьте год.")
