"""Files of a reconciliation: our register and the act to download, the schemas and a sample of the open format."""

from io import BytesIO

from django.http import FileResponse, Http404, JsonResponse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.export import XLSX
from enforcement.actions.print_act import act_pdf
from enforcement.documents.reconciliation_book import act_workbook
from enforcement.exchange.register_file import register_data, register_workbook
from enforcement.exchange.reply_file import sample, schema
from enforcement.queries.reconciliation_act import act_of
from enforcement.web.reconciliation.common import find


def _named(one, what: str, ending: str) -> str:
    return f"{what} {one.creditor.code} {one.department.code} {months.iso(one.month)}.{ending}"


@gated(Right.SEE_WRITS)
def register(request, pk: int, form: str):
    """Our register for the department."""
    one = find(request, pk)
    if form == "json":
        answer = JsonResponse(register_data(one), json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="reconciliation-{one.pk}-register.json"'
        return answer
    if form != "xlsx":
        raise Http404(f"no form {form}")
    name = _named(one, "Реестр сверки", "xlsx")
    return FileResponse(BytesIO(register_workbook(one)), as_attachment=True, filename=name, content_type=XLSX)


@gated(Right.SEE_WRITS)
def act(request, pk: int, form: str):
    """The act: as signed, or as a draft."""
    one = find(request, pk)
    if form == "xlsx":
        book = act_workbook(one.act or act_of(one), one.sha256)
        return FileResponse(BytesIO(book), as_attachment=True, filename=_named(one, "Акт сверки", form), content_type=XLSX)
    if form != "pdf":
        raise Http404(f"no form {form}")
    paper = act_pdf(reconciliation=one, by=request.user, on=timezone.localdate())
    return FileResponse(BytesIO(paper), filename=_named(one, "Акт сверки", form), content_type="application/pdf")


def _shown(content: dict) -> JsonResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


@gated(Right.SEE_WRITS)
def register_schema(request):
    """The JSON Schema of our register."""
    return _shown(schema("register"))


@gated(Right.SEE_WRITS)
def reply_schema(request):
    """The JSON Schema of a reply."""
    return _shown(schema("reply"))


@gated(Right.SEE_WRITS)
def reply_sample(request):
    """A sample of a reply."""
    return _shown(sample())
