"""Long work with debtors: campaigns of notices, the search for what may be written off, booking an approved act."""

from django.utils import timezone

from casedesk.access.rights import Right
from casedesk.common.jobs.handle import JobHandle
from casedesk.common.jobs.registry import job
from debtors.actions.gather_write_off import find_write_offs
from debtors.actions.post_write_off import post_write_off
from debtors.actions.send_campaign import send_campaign
from debtors.actions.start_campaign import JOB
from debtors.models import Campaign, WriteOffAct

FIND, POST = "debtors.find_write_offs", "debtors.post_write_off"


@job(JOB, title="Рассылка должникам", right=Right.SEE_CASES)
def run_campaign(handle: JobHandle, *, campaign: int) -> dict:
    """Fill, prepare, print and send a campaign."""
    by = handle.job.created_by
    seen = Campaign.objects.visible_to(by).select_related("creditor", "strategy", "post_run", "hand_run")
    one = seen.get(pk=campaign)
    send_campaign(campaign=one, by=by, progress=handle.progress)
    return {"url": one.get_absolute_url()}


@job(FIND, title="Поиск долга к списанию", right=Right.SEE_CASES)
def find(handle: JobHandle) -> dict:
    """Look for candidates among the creditor's accounts."""
    found = find_write_offs(creditor=handle.job.creditor, on=timezone.localdate())
    handle.progress(1, 1, f"найдено: {found}")
    return {"url": "/write-offs/candidates/", "found": found}


@job(POST, title="Списание по акту", right=Right.SEE_CASES)
def post(handle: JobHandle, *, act: int) -> dict:
    """Book an approved act, in one transaction: killed, it leaves nothing; run again, it does it once."""
    one = WriteOffAct.objects.visible_to(handle.job.created_by).get(pk=act)
    handle.progress(0, 1, "проводим")
    post_write_off(act=one, by=handle.job.created_by, learnt_at=timezone.now(), on=timezone.localdate())
    return {"url": one.get_absolute_url()}
