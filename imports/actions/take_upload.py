"""Take an uploaded file in: store it out of the web's reach and ask for it to be read in the background."""

import datetime as dt
import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from debtors.models import Service, ServiceAlias
from imports.models import ColumnProfile, ImportBatch
from imports.profiles.saved import SavedProfile

LARGEST = 200 * 2**20
"""Bytes. The largest register seen in the trade is a tenth of it."""


class TooLarge(Refusal):
    """The file is larger than is taken in."""

    code = "too_large"


class NotWaiting(Refusal):
    """The batch is past the step that was asked for."""

    code = "wrong_state"


@transaction.atomic
def take_upload(
    *,
    creditor: Organisation,
    upload: UploadedFile,
    by: User,
    at: dt.datetime,
    kind: str = "auto",
    period: int | None = None,
    as_of: dt.date | None = None,
) -> ImportBatch:
    """Store the upload under the hash of its content and queue its reading. Raises TooLarge."""
    if upload.size > LARGEST:
        sizes = f"{upload.size // 2**20} МБ, принимаем до {LARGEST // 2**20} МБ"
        raise TooLarge(f"Файл «{upload.name}» — {sizes}. Разделите его по домам или месяцам.")
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    batch = ImportBatch(
        creditor=creditor,
        file_name=upload.name[:255],
        sha256=digest.hexdigest(),
        size=upload.size,
        kind=kind,
        period=period,
        as_of=as_of,
        made_by=by,
        made_at=at,
    )
    batch.stored.save(upload.name, upload, save=False)
    batch.save()
    return queue_reading(batch=batch, by=by)


def queue_reading(*, batch: ImportBatch, by: User | None) -> ImportBatch:
    """Ask for the batch to be read (again)."""
    batch.status = ImportBatch.Status.WAITING
    batch.job = enqueue("imports.read", by=by, creditor=batch.creditor, batch=batch.pk)
    batch.save(update_fields=["status", "job", "profile", "period", "kind"])
    return batch


@transaction.atomic
def queue_booking(*, batch: ImportBatch, by: User, accept_totals: bool) -> ImportBatch:
    """Ask for a previewed batch to be booked. Raises NotWaiting."""
    batch = _waiting(batch, ImportBatch.Status.PREVIEW)
    batch.totals_confirmed = batch.totals_confirmed or accept_totals
    batch.status = ImportBatch.Status.APPLYING
    batch.job = enqueue("imports.apply", by=by, creditor=batch.creditor, batch=batch.pk)
    batch.save(update_fields=["status", "job", "totals_confirmed"])
    return batch


@transaction.atomic
def confirm_columns(*, batch: ImportBatch, profile: SavedProfile, signature: str, by: User, at: dt.datetime) -> ImportBatch:
    """Keep the confirmed columns for the creditor's later files with this header, and read the batch by them."""
    batch = _waiting(batch, ImportBatch.Status.PREVIEW, ImportBatch.Status.COLUMNS, ImportBatch.Status.REFUSED)
    ColumnProfile.objects.filter(creditor=batch.creditor, signature=signature).exclude(name=profile.name).delete()
    ColumnProfile.objects.update_or_create(
        creditor=batch.creditor,
        name=profile.name,
        defaults={"saved": profile.to_dict(), "signature": signature, "confirmed_by": by, "confirmed_at": at},
    )
    batch.profile = profile.name
    return queue_reading(batch=batch, by=by)


@transaction.atomic
def map_services(*, batch: ImportBatch, names: dict[str, Service], by: User) -> ImportBatch:
    """Remember what the creditor calls its services (folded name -> service), and read the batch again."""
    batch = _waiting(batch, ImportBatch.Status.PREVIEW, ImportBatch.Status.REFUSED)
    for key, service in names.items():
        ServiceAlias.objects.update_or_create(creditor=batch.creditor, key=key, defaults={"service": service})
    return queue_reading(batch=batch, by=by)


def _waiting(batch: ImportBatch, *states: str) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("creditor", "job").get(pk=batch.pk)
    broken_off = batch.status == ImportBatch.Status.APPLYING and batch.job is not None and batch.job.is_final
    if batch.status not in states and not broken_off:
        raise NotWaiting(f"Загрузка {batch} {batch.get_status_display()}: этот шаг уже позади. Обновите страницу.")
    return batch
