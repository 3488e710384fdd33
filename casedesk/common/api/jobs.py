"""Jobs for programs: ask again until `state` is done, failed or cancelled."""

from rest_framework import serializers

from casedesk.access.gates import ANYONE_SIGNED_IN
from casedesk.common.api.viewsets import ScopedReadOnly
from casedesk.common.jobs import pulse
from casedesk.common.models import Job
from casedesk.common.web.jobs import JobFilter


class JobSerializer(serializers.ModelSerializer):
    """A job, its progress and its end."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Job
        fields = ["id", "kind", "title", "state", "done", "total", "percent", "message", "result", "error", "error_code"]
        fields += ["created_at", "started_at", "finished_at", "attempts", "url"]

    def to_representation(self, job):
        return super().to_representation(pulse.refresh(job))


class Jobs(ScopedReadOnly):
    """The person's own jobs and those of their creditors that their role shows."""

    queryset = Job.objects.all()
    serializer_class = JobSerializer
    filterset_class = JobFilter
    right = ANYONE_SIGNED_IN
