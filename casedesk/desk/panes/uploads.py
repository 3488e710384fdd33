"""What came in lately, and what of it waits for a person."""

from django.utils.translation import gettext_lazy as _

from casedesk.common.tables import Column, Empty, Listing
from imports.models import ImportBatch
from imports.models.batch import KIND_NAMES

WAITING = (ImportBatch.Status.COLUMNS, ImportBatch.Status.PREVIEW)
TONES = {
    ImportBatch.Status.APPLIED: "ok",
    ImportBatch.Status.NOTHING_NEW: "",
    ImportBatch.Status.REFUSED: "danger",
    ImportBatch.Status.UNDONE: "",
    ImportBatch.Status.COLUMNS: "warn",
    ImportBatch.Status.PREVIEW: "warn",
}


def _status(batch: ImportBatch) -> tuple[str, str]:
    return batch.get_status_display(), TONES.get(batch.status, "info")


def _maker(batch: ImportBatch) -> str:
    return batch.made_by.short_name if batch.made_by else ""


COLUMNS = [
    Column("file_name", _("Файл"), head=True, url="imports:batch", sub=lambda batch: KIND_NAMES.get(batch.kind, batch.kind)),
    Column("creditor", _("Взыскатель"), value=lambda batch: batch.creditor.name),
    Column("status", _("Состояние"), kind="badge", value=_status),
    Column("rows_accepted", _("Принято строк"), kind="number", sort="rows_accepted"),
    Column("rows_doubtful", _("Ждут решения"), kind="number", sort="rows_doubtful"),
    Column("rows_rejected", _("Отклонено"), kind="number", sort="rows_rejected"),
    Column("made_at", _("Когда"), kind="moment", sort="made_at", sub=_maker),
]


def gather(request) -> dict:
    """The list of uploads, newest first, with the number of those that wait for a decision."""
    batches = ImportBatch.objects.visible_to(request.user)
    empty = Empty(
        _("Загрузок пока нет"), _("Пришлите первый реестр: система узнает его вид сама и покажет, что прочла."), icon="upload"
    )
    rows = batches.select_related("creditor", "made_by")
    listing = Listing(request, rows, COLUMNS, sort="-made_at", size=25, empty=empty, name="uploads")
    return {
        "listing": listing,
        "waiting": batches.filter(status__in=WAITING).count(),
        "doubtful": batches.filter(rows_doubtful__gt=0, status=ImportBatch.Status.APPLIED).count(),
        "refused": batches.filter(status=ImportBatch.Status.REFUSED).count(),
    }
