"""Raids for programs: each with its doors and what came of them. Read only."""

from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from enforcement.models import Raid, RaidStop, RaidVisit
from enforcement.web.raid_tables import RaidFilter


class RaidVisitSerializer(serializers.ModelSerializer):
    """What came of a visit; `is_last` marks the one that counts."""

    promised, paid = Roubles(), Roubles()

    class Meta:
        model = RaidVisit
        fields = [
            "outcome",
            "visited_on",
            "promised_on",
            "promised",
            "paid",
            "notice_handed",
            "property_seen",
            "note",
            "is_last",
        ]


class RaidStopSerializer(serializers.ModelSerializer):
    """A door in the order of the walk."""

    account = serializers.SlugRelatedField("number", read_only=True)
    visits = RaidVisitSerializer(many=True, read_only=True)

    class Meta:
        model = RaidStop
        fields = ["id", "position", "house", "flat", "account", "case_file", "visits"]


class RaidSerializer(serializers.ModelSerializer):
    """A raid with its doors."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    departments = serializers.SlugRelatedField("code", many=True, read_only=True)
    stops = RaidStopSerializer(many=True, read_only=True)

    class Meta:
        model = Raid
        fields = ["id", "creditor", "departments", "planned_on", "held_on", "state", "purpose", "team", "stops"]


class Raids(ScopedReadOnly):
    """Raids that the person sees; filters as on the screen."""

    queryset = Raid.objects.select_related("creditor").prefetch_related("departments", "stops__account", "stops__visits")
    serializer_class = RaidSerializer
    filterset_class = RaidFilter
    right = Right.SEE_RAIDS
