"""Loaded files for programs: what each said, its problems, and loading another."""

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of
from casedesk.common import money, months
from casedesk.common.api.jobs import JobSerializer
from casedesk.common.api.viewsets import ScopedReadOnly
from imports.actions.receive_file import receive_file
from imports.actions.run_import import Options
from imports.models import KIND_NAMES, ImportBatch, ImportProblem

AMOUNTS = {"type": "object", "additionalProperties": {"type": "string", "format": "decimal"}}


class BatchFilter(django_filters.FilterSet):
    """By state, kind and creditor."""

    class Meta:
        model = ImportBatch
        fields = ["status", "kind", "creditor"]


class BatchSerializer(serializers.ModelSerializer):
    """One loaded file. `rows_accepted`, `rows_known` and `rows_rejected` share out `rows_read`."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    made_by = serializers.SlugRelatedField("username", read_only=True)
    totals = serializers.SerializerMethodField()

    class Meta:
        model = ImportBatch
        fields = ["id", "creditor", "file_name", "sha256", "kind", "format", "encoding", "profile", "confidence", "status"]
        fields += ["rows_read", "rows_accepted", "rows_known", "rows_rejected", "rows_skipped", "rows_doubtful", "skipped_why"]
        fields += ["totals", "control_totals", "accounts_created", "accounts_touched", "made_by", "made_at", "applied_at"]

    @extend_schema(responses=AMOUNTS)
    def get_totals(self, batch: ImportBatch) -> dict[str, str]:
        return {name: money.text(amount) for name, amount in batch.totals.items()}


class ProblemSerializer(serializers.ModelSerializer):
    """What is wrong, where, and what to do."""

    class Meta:
        model = ImportProblem
        fields = ["sheet", "row", "column", "value", "code", "message", "fatal"]


class UploadSerializer(serializers.Serializer):
    """A file to load, with the options of `manage.py import_register`."""

    file = serializers.FileField()
    creditor = serializers.SlugField(required=False, default="", help_text="May be left out by people of one creditor")
    kind = serializers.ChoiceField(list(KIND_NAMES), required=False, default="auto")
    profile = serializers.CharField(required=False, default="")
    period = serializers.CharField(required=False, default="", help_text="YYYY-MM, when the file names no month")
    strict = serializers.BooleanField(required=False, default=False)
    accept_openings = serializers.BooleanField(required=False, default=False)
    accept_totals = serializers.BooleanField(required=False, default=False)
    dry_run = serializers.BooleanField(required=False, default=False)

    def validate_period(self, text: str) -> int | None:
        try:
            return months.parse(text) if text else None
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong

    def validate(self, given: dict) -> dict:
        """Find the creditor among those the person works for."""
        reached = creditors_of(self.context["request"].user)
        found = list(reached.filter(code=given["creditor"]) if given["creditor"] else reached[:2])
        if len(found) != 1:
            known = ", ".join(reached.values_list("code", flat=True))
            raise serializers.ValidationError({"creditor": f"Укажите код взыскателя. Вам доступны: {known or 'никакие'}."})
        return given | {"creditor": found[0]}


class Batches(ScopedReadOnly):
    """Loaded files of the person's creditors."""

    queryset = ImportBatch.objects.select_related("creditor", "made_by")
    serializer_class = BatchSerializer
    filterset_class = BatchFilter
    parser_classes = [MultiPartParser]
    right = Right.SEE_IMPORTS
    rights = {"create": Right.IMPORT_REGISTERS}

    @extend_schema(request=UploadSerializer, responses={202: JobSerializer})
    def create(self, request):
        """Load a file in the background. Ask the job until it is over: its `result` is what `import_register` prints."""
        asked = UploadSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        upload, creditor, dry_run = given.pop("file"), given.pop("creditor"), given.pop("dry_run")
        job = receive_file(upload=upload, creditor=creditor, by=request.user, options=Options(**given), dry_run=dry_run)
        job.refresh_from_db()
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=ProblemSerializer(many=True), filters=False)
    @action(detail=True, filterset_class=None)
    def problems(self, request, pk=None):
        """Everything that is wrong in the file, page by page."""
        page = self.paginate_queryset(self.get_object().problems.order_by("-pk"))
        return self.get_paginated_response(ProblemSerializer(page, many=True).data)
