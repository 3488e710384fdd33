"""A kind of paper of the tests' own, and data for it."""

from pathlib import Path
from typing import Any

from casedesk.common import months
from casedesk.documents.kinds import DocumentKind, register
from casedesk.documents.rules.checks import SumOf
from casedesk.documents.rules.fields import Field, person

COLUMNS = (
    Field("month", "месяц", "month", "месяц долга"),
    Field("service", "услуга", "text", "услуга"),
    Field("amount", "сумма", "money", "сумма месяца"),
)
FIELDS = (
    Field("to", "кому", "person", "кому письмо"),
    Field("total", "всего", "money", "вся сумма"),
    Field("urgent", "срочно", "flag", "срочное письмо", required=False),
    Field("lines", "строки", "table", "долг по месяцам", columns=COLUMNS),
    Field("qr", "код", "qr", "код для оплаты", required=False),
)
LETTER = DocumentKind(
    "test.letter",
    "Письмо",
    Path(__file__).parents[1] / "casedesk" / "documents" / "letter.txt",
    FIELDS,
    checks=(SumOf("lines", "amount", "total"),),
    total="total",
    addressee="to",
)
register(LETTER)
FIRST = months.make(2024, 1)


def letter_data(*, to: Any = "Петров Иван Ильич", amounts=(12_345, 100_000), **changes: Any) -> dict[str, Any]:
    """Data of one letter, as a room composes it."""
    lines = [{"month": FIRST + at, "service": "отопление", "amount": amount} for at, amount in enumerate(amounts)]
    return {"to": person(to) if isinstance(to, str) else to, "total": sum(amounts), "lines": lines} | changes
