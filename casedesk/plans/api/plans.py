"""Plans for programs: the list, and the figures of a month as `manage.py indicators` prints them."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.api.viewsets import ScopedReadOnly
from casedesk.plans.models import Plan
from casedesk.plans.queries.printed import line
from casedesk.plans.queries.question import Question, end_of, reach_of
from casedesk.plans.queries.report import figures, report


class PlanSerializer(serializers.ModelSerializer):
    """A plan of measures."""

    territory = serializers.SlugRelatedField("code", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Plan
        fields = ["code", "name", "about", "territory", "valid_from", "valid_to", "base_on", "url"]


class MonthAsked(serializers.Serializer):
    """`known_on`: as it was known at the end of that day."""

    period = serializers.CharField(required=False, default="", help_text="YYYY-MM; the month before today's when left out")
    known_on = serializers.DateField(required=False, allow_null=True, default=None)

    def validate_period(self, text: str) -> int:
        try:
            return months.parse(text) if text else months.of(timezone.localdate()) - 1
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong


class FigureSerializer(serializers.Serializer):
    """One figure of the plan; `url` opens what it is the sum of."""

    row, indicator, value = serializers.CharField(), serializers.CharField(), serializers.CharField(allow_null=True)
    unit, target = serializers.CharField(), serializers.CharField(allow_null=True)
    met = serializers.BooleanField(allow_null=True)
    facts, url = serializers.IntegerField(), serializers.CharField()


class PlanMonthSerializer(serializers.Serializer):
    """A plan's month."""

    plan, period = serializers.CharField(), serializers.CharField()
    measures = FigureSerializer(many=True)


class Plans(ScopedReadOnly):
    """Plans that the person sees; figures count what the person's organisation reaches."""

    queryset = Plan.objects.select_related("territory")
    serializer_class = PlanSerializer
    lookup_field = "code"
    right = Right.SEE_PLAN

    @extend_schema(parameters=[MonthAsked], responses=PlanMonthSerializer, filters=False)
    @action(detail=True, pagination_class=None)
    def figures(self, request, code=None):
        """The figures of a month."""
        plan = self.get_object()
        asked = MonthAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        period, known_on = asked.validated_data["period"], asked.validated_data["known_on"]
        reach = reach_of(request.user, plan.territory)
        question = Question(period, reach, known_at=end_of(known_on) if known_on else None, base_on=plan.base_on)
        lines = [line(figure, question) for figure in figures(report(plan, question))]
        return Response({"plan": plan.code, "period": months.iso(period), "measures": lines})
