"""Debt packages for programs: what was made, its control totals, the archive, marking it sent; readings with what differs."""

from django.db import transaction
from django.http import FileResponse, Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import CreateModelMixin
from rest_framework.response import Response

from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.common.api.fields import Month, Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from casedesk.common.jobs.queue import enqueue
from casedesk.plans.actions.make_debt_package import ask_for_debt_package, send_debt_package
from casedesk.plans.documents.debt_package import worded
from casedesk.plans.jobs import PACKAGE
from casedesk.plans.models import DebtDifference, DebtPackage, DebtReading


class DebtPackageSerializer(serializers.ModelSerializer):
    """A package; `totals` are its control totals, empty while it is being built."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    recipient = serializers.SlugRelatedField("code", read_only=True)
    month = Month()
    totals = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = DebtPackage
        fields = ["id", "key", "creditor", "recipient", "month", "as_of", "edition", "known_at", "sha256", "totals"]
        fields += ["sent_on", "sent_how", "url"]
        read_only_fields = fields

    def get_totals(self, one) -> dict:
        return worded(one.totals)


class AskSerializer(serializers.Serializer):
    """What a package is asked for: codes of both sides, the month."""

    creditor = serializers.SlugRelatedField("code", queryset=Organisation.objects.all())
    recipient = serializers.SlugRelatedField("code", queryset=Organisation.objects.all())
    month = serializers.CharField(help_text="YYYY-MM")

    def validate_month(self, text: str) -> int:
        try:
            return months.parse(text)
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong


class SendSerializer(serializers.Serializer):
    """When and how it was sent."""

    sent_on = serializers.DateField()
    how = serializers.CharField(max_length=200)


class DebtPackages(CreateModelMixin, ScopedReadOnly):
    """Packages of one's own side. POST asks for one; it is built as a job."""

    queryset = DebtPackage.objects.select_related("creditor", "recipient")
    serializer_class = DebtPackageSerializer
    right = Right.SEE_EXCHANGE
    rights = {"create": Right.EXCHANGE_DEBTS, "send": Right.EXCHANGE_DEBTS}

    @extend_schema(request=AskSerializer, responses={201: DebtPackageSerializer})
    def create(self, request):
        """Ask for a package of one of one's own creditors."""
        asked = AskSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        self._own(asked.validated_data["creditor"].pk)
        on = timezone.localdate()
        with transaction.atomic():
            made = ask_for_debt_package(**asked.validated_data, by=request.user, at=timezone.now(), on=on)
            made.job = enqueue(PACKAGE, by=request.user, creditor=made.creditor, package=made.pk)
            made.save(update_fields=["job"])
        return Response(self.get_serializer(made).data, status=201)

    def _own(self, creditor: int) -> None:
        scope = scope_of(self.request.user)
        if not (scope.everything or creditor in scope.creditors):
            raise Http404("not one's own creditor")

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True)
    def archive(self, request, pk=None):
        """The archive."""
        one = self.get_object()
        if not one.stored:
            raise Http404("not built yet")
        return FileResponse(one.stored.open("rb"), as_attachment=True, filename=one.file_name, content_type="application/zip")

    @extend_schema(request=SendSerializer, responses=DebtPackageSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request, pk=None):
        """Mark the package sent."""
        one = self.get_object()
        self._own(one.creditor_id)
        given = SendSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        send_debt_package(package=one, **given.validated_data, by=request.user, at=timezone.now(), on=timezone.localdate())
        one.refresh_from_db()
        return Response(self.get_serializer(one).data)


class DebtDifferenceSerializer(serializers.ModelSerializer):
    """A row that the two sides tell otherwise."""

    theirs, ours, by = Roubles(), Roubles(), Roubles()
    theirs_overdue, ours_overdue = Roubles(), Roubles()

    class Meta:
        model = DebtDifference
        fields = ["account", "resource", "kind", "house", "theirs", "ours", "by", "theirs_overdue", "ours_overdue"]


class DebtReadingSerializer(serializers.ModelSerializer):
    """A package held against our books."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    reader = serializers.SlugRelatedField("code", read_only=True)
    month = Month()
    theirs = serializers.SerializerMethodField()
    ours = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = DebtReading
        fields = ["id", "key", "creditor", "reader", "month", "file_name", "sha256", "known_at", "read_at", "theirs", "ours"]
        fields += ["differing", "url"]

    def get_theirs(self, one) -> dict:
        return worded(one.theirs)

    def get_ours(self, one) -> dict:
        return worded(one.ours)


class DebtReadings(ScopedReadOnly):
    """Packages that were read back."""

    queryset = DebtReading.objects.select_related("creditor", "reader")
    serializer_class = DebtReadingSerializer
    right = Right.SEE_EXCHANGE

    @extend_schema(responses=DebtDifferenceSerializer(many=True), filters=False)
    @action(detail=True)
    def differences(self, request, pk=None):
        """The rows that differ."""
        page = self.paginate_queryset(self.get_object().differences.all())
        return self.get_paginated_response(DebtDifferenceSerializer(page, many=True).data)
