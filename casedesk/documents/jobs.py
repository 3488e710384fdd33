"""Long work on papers: print runs."""

from casedesk.access.rights import Right
from casedesk.common.jobs.handle import JobHandle
from casedesk.common.jobs.registry import job
from casedesk.documents.actions.print_parts import print_parts
from casedesk.documents.actions.start_print_run import JOB
from casedesk.documents.models import PrintRun


@job(JOB, title="Печать пачки", right=Right.SEE_DOCUMENTS)
def print_run(handle: JobHandle, *, run: int) -> dict:
    """Set and assemble a print run."""
    one = PrintRun.objects.visible_to(handle.job.created_by).select_related("creditor").get(pk=run)
    print_parts(one, handle.progress)
    return {"url": one.get_absolute_url()}
