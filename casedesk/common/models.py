"""A job: one piece of long work, as people see it. How it is run is `casedesk.common.jobs`."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.common.jobs import registry


class Job(models.Model):
    """Long work that somebody asked for: where it stands, how far it is, how it ended.

    The row is the truth about the work; the message in the task queue only says «look at job N». Whoever runs it holds
    its `lease`; a run whose lease was taken away (its worker was believed dead) can no longer change the row.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "в очереди"
        RUNNING = "running", "идёт"
        DONE = "done", "готово"
        FAILED = "failed", "не удалось"
        CANCELLED = "cancelled", "отменено"

    FINAL = (State.DONE, State.FAILED, State.CANCELLED)

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def visible_to(self, user):
            """A person's own jobs, and those of their creditors whose kind their role lets them see."""
            kinds = registry.kinds_seen_with(scope_of(user).rights)
            theirs = super().visible_to(user).filter(kind__in=kinds)
            return theirs | self.filter(created_by=user.pk) if user.pk else self.none()

    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    creditor = models.ForeignKey("access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField(help_text="When it was last handed to the workers")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=200, blank=True, help_text="host:pid:random of the run that owns the job")
    task_id = models.CharField(max_length=60, blank=True, help_text="Id of the newest task in the queue")
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    error = models.TextField(blank=True, help_text="For people; the traceback goes to the log")
    error_code = models.CharField(max_length=60, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state"], name="job_alive", condition=Q(state__in=["queued", "running"])),
            models.Index(fields=["created_by", "-id"], name="job_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_is_final_when_finished",
                condition=Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(name="job_progress_is_within_total", condition=Q(done__lte=F("total"))),
        ]

    def __str__(self) -> str:
        return f"{self.title} № {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("common:job", args=[self.pk])

    @property
    def title(self) -> str:
        """What the job does, in words of the screen."""
        return registry.title_of(self.kind)

    @property
    def is_final(self) -> bool:
        return self.state in self.FINAL

    @property
    def percent(self) -> int:
        """How far it is, 0-100; 100 only when it is done."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0
