"""The string of a payment QR code (ГОСТ Р 56042-2014).

`ST`, version `0001`, one digit for the encoding, then fields divided by the eighth character. Five required fields come first
and in their order; sums are whole kopecks.
"""

import datetime as dt
from typing import Any

from casedesk.norms.inputs import BadInput, Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.requisites import doubts_of_requisites

ALLOWED = ("encoding", "fields", "trailing_separator", "separator")
ENCODINGS = {"win1251": ("1", "cp1251"), "utf8": ("2", "utf-8"), "koi8r": ("3", "koi8-r")}
SEPARATORS = "|#;:^_~{}!$%&()*+,/@"
"""Tried in this order: the first that stands in no value. The usual one is the first."""
STANDARD_SINCE = dt.date(2014, 9, 1)
DIGITS = {"PersonalAcc": (20,), "BIC": (9,)}


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `payment_qr`: the string, and as `byte_length` its size in the chosen encoding."""
    inputs = Inputs(data, ALLOWED)
    digit, codec = ENCODINGS[inputs.choice("encoding", ENCODINGS)]
    required = dict(reading.value("payment_qr.required", STANDARD_SINCE))
    optional = dict(reading.value("payment_qr.optional", STANDARD_SINCE))
    fields = _fields(inputs, required | optional, codec)
    missing = [name for name in required if name not in fields]
    if missing:
        raise BadInput("fields", None, f"нет обязательных полей: {', '.join(missing)}")
    ordered = {name: fields[name] for name in required} | fields
    separator = _separator(inputs, fields)
    _check_block(ordered, required, codec, separator, reading)
    for doubt in doubts_of_requisites(fields):
        reading.warn(doubt)
    if "PaymPeriod" in fields:
        reading.find("payment_qr.period_format", STANDARD_SINCE)
    head = reading.value("payment_qr.head", STANDARD_SINCE) + digit
    string = separator.join([head, *(f"{name}={value}" for name, value in ordered.items())])
    if inputs.flag("trailing_separator", separator != SEPARATORS[0]):
        string += separator
    lines = [{"text": f"{name}: {value}"} for name, value in ordered.items()]
    return {"string": string, "byte_length": len(string.encode(codec)), "separator": separator, "lines": lines}


def _fields(inputs: Inputs, known: dict[str, int], codec: str) -> dict[str, str]:
    rows = inputs.raw("fields")
    if not isinstance(rows, list) or not rows:
        raise BadInput("fields", None, "нужен список пар [[имя, значение], ...]")
    fields: dict[str, str] = {}
    for number, row in enumerate(rows):
        where = f"fields[{number}]"
        if not isinstance(row, list) or len(row) != 2 or not all(isinstance(part, str) for part in row):
            raise BadInput(where, row, "нужна пара [имя, значение], обе строкой")
        name, value = row
        if name not in known:
            raise BadInput(where, name, "такого поля нет в ГОСТ Р 56042-2014")
        if name in fields:
            raise BadInput(where, name, "поле повторяется: оставьте одно")
        fields[name] = _checked(where, name, value, known[name], codec)
    return fields


def _checked(where: str, name: str, value: str, longest: int, codec: str) -> str:
    field = f"{where} {name}"
    if not value or any(ord(sign) < 32 for sign in value):
        raise BadInput(field, value, "пустое значение или непечатные знаки")
    if longest and len(value) > longest:
        raise BadInput(field, value, f"длиннее {longest} знаков: сократите")
    if name == "Sum" and not (value.isascii() and value.isdigit()):
        raise BadInput(field, value, "сумма пишется целым числом копеек")
    lengths = DIGITS.get(name)
    if lengths and not (value.isascii() and value.isdigit() and len(value) in lengths):
        raise BadInput(field, value, f"нужно цифр: {' или '.join(map(str, lengths))}")
    try:
        value.encode(codec)
    except UnicodeEncodeError as error:
        sign = value[error.start]
        raise BadInput(field, value, f"знака «{sign}» нет в этой кодировке: замените его или возьмите utf8") from None
    return value


def _separator(inputs: Inputs, fields: dict[str, str]) -> str:
    if inputs.has("separator"):
        given = inputs.text("separator")
        if len(given) != 1 or not given.isascii() or given.isalnum() or any(given in value for value in fields.values()):
            raise inputs.bad("separator", "нужен один знак, которого нет ни в одном значении")
        return given
    for sign in SEPARATORS:
        if not any(sign in value for value in fields.values()):
            return sign
    raise BadInput("fields", None, "в значениях есть все возможные разделители: уберите один из знаков " + SEPARATORS)


def _check_block(ordered: dict[str, str], required: dict[str, int], codec: str, separator: str, reading: Reading) -> None:
    longest = reading.value("payment_qr.required_bytes", STANDARD_SINCE)
    block = separator.join(f"{name}={ordered[name]}" for name in required)
    if len(block.encode(codec)) > longest:
        raise BadInput("fields", None, f"обязательные поля длиннее {longest} байт: сократите Name или BankName")
