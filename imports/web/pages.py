"""Reading pages: the list of files, one file, its problems, the accounts it touched, its rejected rows."""

from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.tables import Empty, Listing
from debtors.models import Charge, Payment, UtilityAccount
from debtors.web.tables import ACCOUNT_COLUMNS, AccountFilter
from imports.models import Doubt, ImportBatch, ImportProblem
from imports.queries.rejected_rows import rejected_file
from imports.web import batch_page
from imports.web.forms import UploadForm
from imports.web.tables import BATCH_COLUMNS, PROBLEM_COLUMNS, BatchFilter, ProblemFilter

EMPTY = Empty("Загрузок пока нет", "Перетащите сюда ведомость, реестр платежей или счетов.", icon="upload")


def find(request, pk: int, right: str = Right.SEE_IMPORTS) -> ImportBatch:
    """The batch for this person: 404 for a stranger, 403 without the right."""
    batches = ImportBatch.objects.select_related("creditor", "made_by", "job", "booking")
    return gates.get(batches, request.user, right, pk=pk)


@gated(Right.SEE_IMPORTS)
def index(request):
    """Files that came in, and the place to drop the next one."""
    may_import = scope_of(request.user).may(Right.IMPORT_REGISTERS)
    seen = ImportBatch.objects.visible_to(request.user).select_related("creditor", "made_by")
    listing = Listing(request, seen, BATCH_COLUMNS, filters=BatchFilter, sort="-made_at", empty=EMPTY, name="imports")
    waiting = Doubt.objects.visible_to(request.user).waiting().count()
    form = UploadForm(user=request.user) if may_import else None
    return listing.render("imports/index.html", form=form, doubts_waiting=waiting)


@gated(Right.SEE_IMPORTS)
def batch(request, pk: int):
    """One file: how far it is, what is in it, what to decide."""
    one, scope = find(request, pk), scope_of(request.user)
    shown = batch_page.context(one, may_import=scope.may(Right.IMPORT_REGISTERS), may_undo=scope.may(Right.UNDO_IMPORTS))
    return render(request, "imports/batch.html", shown)


@gated(Right.SEE_IMPORTS)
def problems(request, pk: int):
    """Every problem of a file at its place."""
    one = find(request, pk)
    found = ImportProblem.objects.visible_to(request.user).filter(batch=one)
    empty = Empty("Замечаний нет", "Все строки файла понятны.", icon="circle-check")
    listing = Listing(request, found, PROBLEM_COLUMNS, filters=ProblemFilter, sort="row", empty=empty, name="problems")
    return listing.render("imports/problems.html", batch=one)


@gated(Right.SEE_IMPORTS)
def accounts(request, pk: int):
    """The accounts whose ledger the file changed."""
    one = find(request, pk)
    facts = Q(pk__in=Charge.objects.filter(booking=one.booking).values("account"))
    facts |= Q(pk__in=Payment.objects.filter(booking=one.booking).values("account"))
    seen = UtilityAccount.objects.visible_to(request.user).filter(facts)
    seen = seen.select_related("state", "creditor", "premises__house")
    empty = Empty("Файл не изменил ни одного счёта", "", reverse("imports:batch", args=[pk]), "К загрузке")
    listing = Listing(
        request, seen, ACCOUNT_COLUMNS, filters=AccountFilter, sort="-state.overdue", empty=empty, name="accounts"
    )
    return listing.render("imports/accounts.html", batch=one)


@gated(Right.SEE_IMPORTS)
def rejected(request, pk: int):
    """The rows that were not booked, as the sender's own sheet with a column of reasons."""
    one = find(request, pk)
    if not one.rows_rejected or not one.stored:
        raise Http404("no rejected rows")
    ending, content = rejected_file(one)
    return FileResponse(content, as_attachment=True, filename=f"Отклонённые строки {one.pk}{ending}")
