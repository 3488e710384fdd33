"""Fields of serializers: amounts as text with two decimals, months as `YYYY-MM`."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casedesk.common import money, months


@extend_schema_field({"type": "string", "format": "decimal", "example": "1234.56"})
class Roubles(serializers.Field):
    """Kopecks in the database, `1234.56` outside; read only."""

    def __init__(self, **kwargs):
        kwargs["read_only"] = True
        super().__init__(**kwargs)

    def to_representation(self, value: int) -> str:
        return money.text(value)


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$", "example": "2024-05"})
class Month(serializers.Field):
    """A billing month outside as `2024-05`; read only."""

    def __init__(self, **kwargs):
        kwargs["read_only"] = True
        super().__init__(**kwargs)

    def to_representation(self, value: int) -> str:
        return months.iso(value)


@extend_schema_field({"type": "string", "format": "decimal", "example": "2.50"})
class Hundredths(Roubles):
    """A number kept times 100 (months of debt, square metres) outside with two decimals; read only."""
