"""How the API says no: always `{"code", "message"}`, with `facts` of a refusal or `fields` of wrong input beside them."""

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from casedesk.common.refusals import NotAllowed, Refusal


def answer(exc: Exception, context: dict) -> Response | None:
    """The setting EXCEPTION_HANDLER. A Refusal keeps the words people see on the screen: 409, or 403 when it is NotAllowed."""
    if isinstance(exc, Refusal):
        status = 403 if isinstance(exc, NotAllowed) else 409
        return Response({"code": exc.code, "message": exc.message, "facts": exc.facts}, status=status)
    response = exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, ValidationError):
        response.data = {"code": "invalid", "message": "Запрос составлен неверно: см. fields.", "fields": response.data}
    else:
        detail = response.data.get("detail", "")
        code = exc.default_code if isinstance(exc, APIException) else getattr(detail, "code", "refused")
        response.data = {"code": code, "message": str(detail)}
    return response
