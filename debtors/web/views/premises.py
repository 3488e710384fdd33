"""Premises: the register that a municipality keeps, one flat with its tenure history, a new tenure period."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Length
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.history import changes
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from debtors.actions.set_tenure import set_tenure
from debtors.models import Premises, UtilityAccount
from debtors.web import labels
from debtors.web.forms import TenureForm
from debtors.web.tables import PREMISES_COLUMNS, PremisesFilter

EMPTY = Empty("Помещений пока нет", "Они появятся с первой загрузкой реестра, в котором есть адреса.")


def listing_of(request, **options) -> Listing:
    """The list of premises that this person may see, with the debt of the accounts they may see."""
    accounts = UtilityAccount.objects.visible_to(request.user).filter(premises=OuterRef("pk")).order_by().values("premises")
    seen = (
        Premises.objects.filter(pk__in=Premises.objects.visible_to(request.user).order_by().values("pk"))
        .select_related("house")
        .annotate(
            number_width=Length("number_key"),
            accounts_count=Subquery(accounts.annotate(found=Count("pk")).values("found")),
            debt=Subquery(accounts.annotate(found=Sum("state__debt")).values("found")),
            overdue=Subquery(accounts.annotate(found=Sum("state__overdue")).values("found")),
        )
    )
    return Listing(
        request,
        seen,
        PREMISES_COLUMNS,
        filters=PremisesFilter,
        sort="house.address",
        empty=EMPTY,
        name="premises",
        **options,
    )


@gated(Right.SEE_PREMISES)
def index(request):
    return listing_of(request, notes=[f"Помещения на {timezone.localdate():%d.%m.%Y}"]).render("debtors/premises_list.html")


def _premises(request, pk: int, right: str) -> Premises:
    return gates.get(Premises.objects.select_related("house__territory"), request.user, right, pk=pk)


@gated(Right.SEE_PREMISES)
def overview(request, pk: int):
    premises = _premises(request, pk, Right.SEE_PREMISES)
    accounts = (
        UtilityAccount.objects.visible_to(request.user).filter(premises=premises).select_related("state", "creditor")
    ).order_by("number")
    return render(
        request,
        "debtors/premises.html",
        {
            "premises": premises,
            "today": timezone.localdate(),
            "tenures": premises.tenures.select_related("recorded_by").order_by("-valid_from"),
            "conditions": premises.conditions.select_related("recorded_by").order_by("-valid_from"),
            "accounts": accounts,
            "changes": changes(premises.history.select_related("history_user"), labels.PREMISES),
        },
    )


@gated(Right.EDIT_PREMISES)
def tenure(request, pk: int):
    """A form for a new tenure period; the one before it ends on the same day."""
    premises = _premises(request, pk, Right.EDIT_PREMISES)
    today = timezone.localdate()
    form = TenureForm(request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        try:
            period = set_tenure(premises=premises, **form.cleaned_data, by=request.user, on=today)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Записано: {period}.")
            return redirect("debtors:premises", pk=premises.pk)
    return render(request, "debtors/premises_tenure.html", {"premises": premises, "form": form})
