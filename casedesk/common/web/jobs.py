"""Screens of jobs: mine, one with its moving bar, calling one off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casedesk.access.gates import signed_in
from casedesk.common.jobs import pulse, queue
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal

PER_PAGE = 50


@signed_in
def index(request):
    """The person's jobs and their colleagues', newest first."""
    jobs = Job.objects.visible_to(request.user).select_related("created_by", "creditor")
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "common/jobs.html", {"page": page, "jobs": [pulse.refresh(job) for job in page]})


@signed_in
def page(request, pk: int):
    """One job: how far it is, how it ended, what to do next."""
    return render(request, "common/job.html", {"job": _job(request, pk)})


@signed_in
def bar(request, pk: int):
    """The moving part alone, for htmx; it stops asking when the job is over."""
    return render(request, "common/_job_bar.html", {"job": _job(request, pk)})


@signed_in
@require_POST
def cancel(request, pk: int):
    """Call the job off. Colleagues' jobs are shown, but only one's own can be called off."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk, created_by=request.user)
    try:
        queue.cancel(job=job, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(job)


def _job(request, pk: int) -> Job:
    return pulse.refresh(get_object_or_404(Job.objects.visible_to(request.user), pk=pk))
