"""Legal calculations for programs: POST the input of `manage.py calc NAME`, get its answer."""

import json
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import APIView

from casedesk.access.rights import Right
from casedesk.common.api.viewsets import Declared
from casedesk.norms.calculators.registry import calculate
from casedesk.norms.inputs import BadInput
from casedesk.norms.queries.current import current

ANSWER = {
    "type": "object",
    "properties": {
        "lines": {"type": "array", "items": {"type": "object"}},
        "sources": {"type": "array", "items": {"type": "object"}},
        "warnings": {"type": "array", "items": {"type": "string"}},
    },
    "additionalProperties": True,
}


class ExactJSONParser(JSONParser):
    """JSON whose numbers stay exact: an amount never becomes a float."""

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        try:
            return json.loads(stream.read().decode("utf-8"), parse_float=Decimal)
        except ValueError as fault:
            raise ParseError(f"Это не JSON: {fault}") from fault


class Calculation(Declared, APIView):
    """One calculator. Wrong input is 400 with the field; a day that no norm covers is 409 with norm, day and asker."""

    right = Right.SEE_NORMS
    parser_classes = [ExactJSONParser]
    calculator = ""

    @extend_schema(request={"application/json": {"type": "object"}}, responses={200: ANSWER})
    def post(self, request):
        try:
            return Response(calculate(self.calculator, request.data, current()))
        except BadInput as fault:
            raise ValidationError({fault.field: [fault.why]}) from fault
