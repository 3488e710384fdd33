"""Loading a file in the background. Safe to run twice: what is booked already is known the second time."""

from django.core.files.storage import default_storage
from django.utils import timezone

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.jobs.handle import JobHandle
from casedesk.common.jobs.registry import job
from imports.actions.receive_file import KIND, load_kept
from imports.actions.run_import import Options


@job(KIND, title="Загрузка реестра", right=Right.SEE_IMPORTS)
def load(handle: JobHandle, *, kept: str, name: str, who: int, dry_run: bool, options: dict) -> dict:
    """Import the kept file; the result is the frame of docs/commands.md."""
    answer = load_kept(
        kept=kept,
        name=name,
        creditor=handle.job.creditor,
        by=User.objects.get(pk=who),
        at=timezone.now(),
        on=timezone.localdate(),
        options=Options(**options),
        dry_run=dry_run,
        progress=handle.progress,
    )
    default_storage.delete(kept)
    return answer
