"""Service restrictions for programs: where each stands, what is next and from which day; the steps themselves."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.actions.follow_restriction import cancel, limit, restore, suspend, warn
from debtors.models import ServiceRestriction
from debtors.rules.restriction import CHANNELS
from debtors.web.restriction_forms import RestrictionFilter


class RestrictionSerializer(serializers.ModelSerializer):
    """A restriction: `next_action` may be taken from `next_from` on; empty means that `next_reason` forbids it."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    account = serializers.SlugRelatedField("number", read_only=True)
    service = serializers.SlugRelatedField("code", read_only=True)
    debt, warned_debt, monthly = Roubles(), Roubles(), Roubles()

    class Meta:
        model = ServiceRestriction
        fields = ["id", "creditor", "case", "account", "service", "number", "state", "debt", "warned_debt", "monthly"]
        fields += ["can_be_limited", "heats", "started_on", "warned_on", "channel", "proof", "limited_on", "suspended_on"]
        fields += ["ground_gone_on", "restored_on", "ended_on", "end_reason", "block", "block_reason"]
        fields += ["next_action", "next_from", "next_due_on", "next_reason", "next_norm"]


class RestrictionWarnedSerializer(serializers.Serializer):
    on = serializers.DateField()
    channel = serializers.ChoiceField(list(CHANNELS))
    proof = serializers.CharField(max_length=300)


class RestrictionCutSerializer(serializers.Serializer):
    on = serializers.DateField()
    present = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class RestrictionCancelSerializer(serializers.Serializer):
    on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class Restrictions(ScopedReadOnly):
    """Service restrictions that the person sees; filters as on the screen."""

    queryset = ServiceRestriction.objects.select_related("creditor", "account", "service")
    serializer_class = RestrictionSerializer
    filterset_class = RestrictionFilter
    right = Right.SEE_CASES
    rights = dict.fromkeys(("warned", "limit", "suspend", "restore", "cancel"), Right.WORK_CASES)

    def _done(self, request, asked: serializers.Serializer, act) -> Response:
        one = self.get_object()
        asked.is_valid(raise_exception=True)
        made = act(restriction=one, by=request.user, today=timezone.localdate(), **asked.validated_data)
        return Response(RestrictionSerializer(made).data)

    @extend_schema(request=RestrictionWarnedSerializer, responses=RestrictionSerializer, filters=False)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def warned(self, request, pk=None):
        """The warning was received: how, when, and the proof."""
        return self._done(request, RestrictionWarnedSerializer(data=request.data), warn)

    @extend_schema(request=RestrictionCutSerializer, responses=RestrictionSerializer, filters=False)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def limit(self, request, pk=None):
        """The service was limited."""
        return self._done(request, RestrictionCutSerializer(data=request.data), limit)

    @extend_schema(request=RestrictionCutSerializer, responses=RestrictionSerializer, filters=False)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def suspend(self, request, pk=None):
        """The service was suspended."""
        return self._done(request, RestrictionCutSerializer(data=request.data), suspend)

    @extend_schema(request=RestrictionCutSerializer, responses=RestrictionSerializer, filters=False)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def restore(self, request, pk=None):
        """The service runs again."""
        return self._done(request, RestrictionCutSerializer(data=request.data), restore)

    @extend_schema(request=RestrictionCancelSerializer, responses=RestrictionSerializer, filters=False)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def cancel(self, request, pk=None):
        """Taken off before the service was cut."""
        return self._done(request, RestrictionCancelSerializer(data=request.data), cancel)
