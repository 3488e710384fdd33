"""Write-offs for programs: candidates and acts; asking and deciding by the same rule of two people as on the screen."""

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Month, Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from casedesk.common.jobs.queue import enqueue
from debtors.actions.decide_write_off import approve_write_off, ask_write_off
from debtors.jobs import POST
from debtors.models import WriteOffAct, WriteOffCandidate, WriteOffItem
from debtors.web.write_off_tables import ActFilter, CandidateFilter


class WriteOffCandidateSerializer(serializers.ModelSerializer):
    """Debt that may be written off, and why."""

    principal, penalty, total = Roubles(), Roubles(), Roubles()
    first_month, last_month = Month(), Month()

    class Meta:
        model = WriteOffCandidate
        fields = ["id", "account", "ground", "principal", "penalty", "total", "first_month", "last_month", "why", "found_on"]


class ItemSerializer(serializers.ModelSerializer):
    total = Roubles()

    class Meta:
        model = WriteOffItem
        fields = ["account", "total", "why"]


class ActSerializer(serializers.ModelSerializer):
    """An act of write-off and its accounts."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    total = Roubles()
    items = ItemSerializer(many=True)

    class Meta:
        model = WriteOffAct
        fields = ["id", "creditor", "number", "ground", "state", "total", "made_on", "asked_on", "decided_on", "refusal"]
        fields += ["watched_until", "items"]


class WriteOffCandidates(ScopedReadOnly):
    """What may be written off, as the last search found it."""

    queryset = WriteOffCandidate.objects.all()
    serializer_class = WriteOffCandidateSerializer
    filterset_class = CandidateFilter
    right = Right.SEE_CASES


class WriteOffs(ScopedReadOnly):
    """Acts of write-off. `ask` and `approve` need two different people, whatever they come by."""

    queryset = WriteOffAct.objects.select_related("creditor").prefetch_related("items")
    serializer_class = ActSerializer
    filterset_class = ActFilter
    right = Right.SEE_CASES
    rights = {"ask": Right.WORK_CASES, "approve": Right.APPROVE_WRITE_OFFS}

    @extend_schema(request=None, responses=ActSerializer)
    @action(detail=True, methods=["post"])
    def ask(self, request, pk=None):
        """Put the act before another person."""
        act = ask_write_off(act=self.get_object(), by=request.user, on=timezone.localdate())
        return Response(ActSerializer(act).data)

    @extend_schema(request=None, responses=ActSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk=None):
        """Approve the act; a job books it."""
        with transaction.atomic():
            act = approve_write_off(act=self.get_object(), by=request.user, on=timezone.localdate())
            enqueue(POST, by=request.user, creditor=act.creditor, act=act.pk)
        return Response(ActSerializer(act).data)
