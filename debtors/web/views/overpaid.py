"""Overpayments after execution: who has paid more than was owed, and what two people decide about it."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.filters import RoublesField
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing
from debtors.actions.settle_overpayment import approve_overpayment, propose_overpayment, refuse_overpayment
from debtors.models import OverpaymentDecision, UtilityAccount
from debtors.queries.overpaid import overpaid, surpluses
from debtors.web.tables import AccountFilter
from debtors.web.views.accounts import tabs

EMPTY = Empty("Переплат после исполнения нет", "Здесь появятся счета, по которым взыскано или оплачено больше долга.")
COLUMNS = (
    Column(
        "number",
        "Лицевой счёт",
        head=True,
        sort="number",
        url=lambda row: reverse("debtors:account-overpaid", args=[row.pk]),
        sub=lambda row: row.holder_name,
    ),
    Column("credit", "Переплата, ₽", kind="money", sort="credit"),
    Column("by_force", "Взыскано принудительно, ₽", kind="money", sort="by_force"),
    Column("directly", "Оплачено напрямую, ₽", kind="money", sort="directly"),
    Column("pending", "Решение", kind="badge", value=lambda row: ("ждёт утверждения", "warn") if row.pending else None),
)


class ProposalForm(forms.Form):
    kind = forms.ChoiceField(label="Что сделать", choices=OverpaymentDecision.Kind)
    reason = forms.ChoiceField(label="Основание", choices=OverpaymentDecision.Reason)
    amount = RoublesField(label="Сумма, ₽")
    note = forms.CharField(label="Примечание", max_length=300, required=False)


class RefusalForm(forms.Form):
    why = forms.CharField(label="Почему отклонено", max_length=300)


@gated(Right.SEE_CASES)
def index(request):
    seen = UtilityAccount.objects.visible_to(request.user).select_related("state")
    listing = Listing(request, overpaid(seen), COLUMNS, filters=AccountFilter, sort="-credit", name="overpaid", empty=EMPTY)
    return listing.render("debtors/overpaid.html")


def _account(request, pk: int, right: str) -> UtilityAccount:
    return gates.get(UtilityAccount.objects.select_related("state", "creditor", "premises__house"), request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def of_account(request, pk: int):
    """The surplus of one account by payment, the decisions on it, and the form for the next one."""
    account = _account(request, pk, Right.SEE_CASES)
    today, may_work = timezone.localdate(), scope_of(request.user).may(Right.WORK_CASES)
    found = surpluses(account, today)
    left = sum(surplus.kopecks for surplus in found)
    form = ProposalForm(request.POST or None, initial={"amount": left or None})
    if may_work and form.is_valid():
        try:
            propose_overpayment(account=account, by=request.user, on=today, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Предложение записано. Его утвердит другой сотрудник.")
            return redirect("debtors:account-overpaid", account.pk)
    decisions = account.overpayments.select_related("proposed_by", "decided_by", "booking")
    context = {
        "account": account,
        "found": found,
        "left": left,
        "decisions": decisions,
        "form": form if may_work and left else None,
        "may_work": may_work,
        "tabs": tabs(account, "account-payments"),
    }
    return render(request, "debtors/account_overpaid.html", context)


def _decision(request, pk: int) -> OverpaymentDecision:
    queryset = OverpaymentDecision.objects.select_related("account__creditor")
    return gates.get(queryset, request.user, Right.WORK_CASES, pk=pk)


@require_POST
@gated(Right.WORK_CASES)
def approve(request, pk: int):
    decision = _decision(request, pk)
    try:
        approve_overpayment(decision=decision, by=request.user, learnt_at=timezone.now(), on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Решение утверждено и проведено.")
    return redirect("debtors:account-overpaid", decision.account_id)


@gated(Right.WORK_CASES)
def refuse(request, pk: int):
    decision = _decision(request, pk)
    form = RefusalForm(request.POST or None)
    if form.is_valid():
        try:
            refuse_overpayment(decision=decision, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Предложение отклонено.")
            return redirect("debtors:account-overpaid", decision.account_id)
    return render(request, "debtors/overpaid_refuse.html", {"decision": decision, "form": form})
