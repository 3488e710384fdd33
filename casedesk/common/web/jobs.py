"""Screens of jobs: mine and my colleagues', one with its moving bar, calling one off."""

import django_filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casedesk.access.gates import signed_in
from casedesk.common.jobs import pulse, queue
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing

TONES = {
    Job.State.RUNNING: "info",
    Job.State.DONE: "ok",
    Job.State.FAILED: "danger",
}

COLUMNS = [
    Column("title", "Задание", head=True, value=str, url="common:job", sort="id"),
    Column("state", "Состояние", kind="badge", value=lambda job: (job.get_state_display(), TONES.get(job.state, ""))),
    Column("percent", "Выполнено, %", kind="number"),
    Column("created_by", "Начал", value=lambda job: job.created_by.short_name if job.created_by else "по расписанию"),
    Column("creditor", "Организация"),
    Column("created_at", "Поставлено", kind="moment", sort="created_at"),
    Column("finished_at", "Окончено", kind="moment", sort="finished_at", nullable=True),
]


class JobFilter(django_filters.FilterSet):
    """By state; shared by the screen and the API."""

    class Meta:
        model = Job
        fields = ["state"]


@signed_in
def index(request):
    """The person's jobs and their colleagues', newest first."""
    jobs = Job.objects.visible_to(request.user).select_related("created_by", "creditor")
    nothing = Empty("Заданий ещё не было", "Долгие работы появляются здесь сами.", icon="hourglass")
    listing = Listing(request, jobs, COLUMNS, filters=JobFilter, sort="-title", name="jobs", empty=nothing)
    return listing.render("common/jobs.html")


@signed_in
def page(request, pk: int):
    """One job: how far it is, how it ended, what to do next."""
    job = _job(request, pk)
    may_cancel = not job.is_final and job.created_by_id == request.user.pk
    return render(request, "common/job.html", {"job": job, "tone": TONES.get(job.state, ""), "may_cancel": may_cancel})


@signed_in
def bar(request, pk: int):
    """The moving part alone, for htmx; it stops asking when the job is over."""
    job = _job(request, pk)
    return render(request, "common/_job_bar.html", {"job": job, "tone": TONES.get(job.state, "")})


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
    seen = Job.objects.visible_to(request.user).select_related("created_by", "creditor")
    return pulse.refresh(get_object_or_404(seen, pk=pk))
