"""Give a previewed file up."""

from django.db import transaction

from imports.actions import keep_stage
from imports.actions.keep_documents import forget_drafts
from imports.actions.take_upload import NotWaiting
from imports.models import ImportBatch


@transaction.atomic
def discard_batch(*, batch: ImportBatch) -> ImportBatch:
    """Throw the kept lines away and mark the batch refused; nothing of it was booked. Raises NotWaiting."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status not in (ImportBatch.Status.PREVIEW, ImportBatch.Status.COLUMNS):
        raise NotWaiting(f"Загрузка {batch} {batch.get_status_display()}: отказаться можно только до проведения.")
    keep_stage.forget(batch)
    forget_drafts(batch)
    batch.status = ImportBatch.Status.REFUSED
    batch.save(update_fields=["status"])
    return batch
