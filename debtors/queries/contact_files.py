"""Files that leave with a campaign: the post's register, the dialler's register, the list for delivery by hand."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from casedesk.common import money
from casedesk.common.export import workbook
from debtors.models import Campaign, Contact
from debtors.rules.contact_table import digits
from debtors.rules.contact_words import ContactChannel, ContactState

LETTER, REGISTERED, WEIGHT = 2, 1, 20
"""A letter (письмо), registered (заказное), grams: codes of the post's own upload form."""
POST_HEAD = (
    *("ADDRESSLINE", "ADRESAT", "MASS", "VALUE", "PAYMENT", "COMMENT", "TELADDRESS", "MAILTYPE", "MAILCATEGORY"),
    *("INDEXFROM", "BARCODE"),
)
"""Columns of a list of registered letters as the post's business account takes it. COMMENT carries our key back."""
DIAL_COLUMNS = [("Ключ", "text"), ("Телефон", "text"), ("Кому", "text"), ("Текст", "text"), ("Сумма, ₽", "money")]
HAND_COLUMNS = [
    *(("№", "number"), ("Ключ", "text"), ("Адрес", "text"), ("Кому", "text"), ("Напоминание №", "number")),
    *(("Сумма, ₽", "money"), ("Результат", "text"), ("Дата", "text"), ("Подпись", "text")),
]


def letters_of(campaign: Campaign, channel: str) -> QuerySet:
    """Printed letters of the channel, in the order of the print run."""
    printed = campaign.contacts.filter(channel=channel, notice__isnull=False).exclude(state=ContactState.LEFT_OUT)
    return printed.select_related("notice").order_by("position")


def _post_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    for one in letters_of(campaign, ContactChannel.POST).iterator(2_000):
        yield one.address, one.addressee, WEIGHT, "", "", one.key, "", LETTER, REGISTERED, "", one.tracking


def post_register(campaign: Campaign, target) -> None:
    """The register of registered letters as XLSX."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Письма")
    for number, row in enumerate([POST_HEAD, *_post_rows(campaign)]):
        sheet.write_row(number, 0, row)
    book.close()


def post_csv(campaign: Campaign) -> bytes:
    """The same as CSV for programs of the post that take text: cp1251, semicolons."""
    return _csv([POST_HEAD, *_post_rows(campaign)])


def _dial_rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    items = Contact.objects.filter(campaign=campaign, channel=ContactChannel.AUTODIAL).exclude(
        state__in=[ContactState.WAITING, ContactState.LEFT_OUT]
    )
    for one in items.order_by("position").iterator(2_000):
        yield one.key, f"+7{digits(one.address)}", one.addressee, one.text, one.amount


def dial_register(campaign: Campaign, target) -> None:
    """Whom the dialler calls and what it says, as XLSX."""
    workbook(target, "Обзвон", DIAL_COLUMNS, _dial_rows(campaign))


def dial_csv(campaign: Campaign) -> bytes:
    rows = ((*row[:4], money.text(row[4])) for row in _dial_rows(campaign))
    return _csv([[label for label, _ in DIAL_COLUMNS], *rows])


def hand_list(campaign: Campaign, target) -> None:
    """Doors in the order of the walk, with room for the result and a signature."""
    rows = (
        (number, one.key, one.address, one.addressee, one.notice.number, one.amount, "", "", "")
        for number, one in enumerate(letters_of(campaign, ContactChannel.HAND), 1)
    )
    workbook(target, "Вручение", HAND_COLUMNS, rows, [f"{campaign.creditor}: {campaign}, вручение под подпись"])


def _csv(rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([[_safe(cell) for cell in row] for row in rows])
    return out.getvalue().encode("cp1251", errors="replace")


def _safe(cell: Any) -> Any:
    """No cell starts a formula in the spreadsheet that opens it; a telephone number with its plus may."""
    risky = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") and not cell[1:].isdigit()
    return f"'{cell}" if risky else cell
