"""The list of what a bailiffs' file said, row by row."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.tables import Column, Empty, Listing
from enforcement.models import BailiffReplyRow, BailiffRuling
from imports.web.pages import find

_TONES = {"open": "info", "finished": "", "terminated": "", "not_received": "warn"}

ROW_COLUMNS = [
    Column("writ_number", "Документ", head=True, sort="writ_number", sub=lambda row: row.debtor_name),
    Column("proceeding", "Производство", sub=lambda row: row.consolidated),
    Column(
        "status",
        "Состояние",
        kind="badge",
        value=lambda row: (row.get_status_display() or "не названо", _TONES.get(row.status, "")),
    ),
    Column("ended_on", "Окончено", kind="day", sort="ended_on", nullable=True, sub=lambda row: row.ended_ground),
    Column("bailiff", "Пристав"),
    Column("collected", "Взыскано, ₽", kind="money", sort="collected", nullable=True),
    Column("remaining", "Остаток, ₽", kind="money", sort="remaining", nullable=True),
    Column(
        "writ",
        "В системе",
        kind="badge",
        value=lambda row: ("найден", "ok") if row.writ_id else ("не найден", "warn"),
    ),
]
RULING_COLUMNS = [
    Column("title", "Постановление", head=True, value=lambda one: str(one), sub=lambda one: one.doc_type),
    Column("kind", "Что решено", value=lambda one: one.get_kind_display(), sub=lambda one: one.ground_text),
    Column("proceeding_number", "Производство", sub=lambda one: one.consolidated_number),
    Column("debtor_name", "Должник", sub=lambda one: one.writ_number),
    Column("remaining", "Остаток, ₽", kind="money", sort="remaining", nullable=True),
    Column(
        "writ",
        "В системе",
        kind="badge",
        value=lambda one: ("найден", "ok") if one.writ_id else ("не найден", "warn"),
    ),
]


@gated(Right.SEE_IMPORTS)
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file said, row by row, and which of our writs each row found."""
    batch = find(request, pk)
    is_rulings = batch.bailiffs.get("layout") == "rulings"
    if batch.booking is None:
        found = BailiffReplyRow.objects.none()
    elif is_rulings:
        found = BailiffRuling.objects.visible_to(request.user).filter(booking=batch.booking)
    else:
        found = BailiffReplyRow.objects.visible_to(request.user).filter(reply__booking=batch.booking)
    columns, sort = (RULING_COLUMNS, "") if is_rulings else (ROW_COLUMNS, "writ_number")
    empty = Empty("Строк нет", "Файл ничего не сообщил.", reverse("imports:batch", args=[pk]), "К загрузке")
    listing = Listing(request, found, columns, sort=sort, empty=empty, name="bailiffs")
    return listing.render("imports/bailiff_rows.html", batch=batch)
