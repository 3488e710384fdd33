"""The people behind accounts: the page of one, the papers a court asks for, who answers for an account."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.history import changes
from casedesk.common.refusals import Refusal
from debtors.actions.name_liable import end_liability, name_liable
from debtors.actions.record_papers import record_holders_papers, record_papers
from debtors.models import CaseFile, Debtor, Liability, UtilityAccount
from debtors.web import labels
from debtors.web.people_forms import EndForm, LiableForm, PapersForm


def find(request, pk: int, right: str = Right.SEE_CASES) -> Debtor:
    """The person for this user: 404 for a stranger, 403 without the right."""
    return gates.get(Debtor.objects.all(), request.user, right, pk=pk)


def _account(request, pk: int) -> UtilityAccount:
    queryset = UtilityAccount.objects.select_related("creditor", "premises__house")
    return gates.get(queryset, request.user, Right.WORK_CASES, pk=pk)


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """One person: papers, accounts they answer for, cases, who changed what."""
    debtor, today = find(request, pk), timezone.localdate()
    accounts = UtilityAccount.objects.visible_to(request.user)
    liable = Liability.objects.filter(debtor=debtor, account__in=accounts).select_related("account__premises__house")
    cases = CaseFile.objects.visible_to(request.user).filter(account_links__account__liabilities__debtor=debtor)
    return render(
        request,
        "debtors/debtor.html",
        {
            "debtor": debtor,
            "liabilities": [(one, one.in_force(today)) for one in liable.order_by("account__number", "pk")],
            "cases": cases.distinct().order_by("-is_open", "-number"),
            "changes": changes(debtor.history.select_related("history_user"), labels.DEBTOR),
            "may_work": scope_of(request.user).may(Right.WORK_CASES),
        },
    )


def _ask(request, form, do: Callable, *, back: str, **words):
    """Show the form, or do it and go back to where the person came from."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    back = asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else back
    if form.is_valid():
        try:
            done = do()
        except Refusal as refusal:
            field = refusal.facts.get("field")
            form.add_error(field if field in form.fields else None, refusal.message)
        else:
            messages.success(request, done)
            return redirect(back)
    return render(request, "debtors/person_form.html", {"form": form, "back": back, **words})


@gated(Right.WORK_CASES)
def papers(request, pk: int):
    """Name, birth, identifier of a person."""
    debtor = find(request, pk, Right.WORK_CASES)
    form = PapersForm(request.POST or None, initial=PapersForm.of(debtor))

    def do() -> str:
        made = record_papers(debtor=debtor, papers=form.papers(), by=request.user, on=timezone.localdate())
        return f"Сведения записаны: {made.name}."

    return _ask(request, form, do, back=debtor.get_absolute_url(), heading="Сведения для суда", about=debtor.name)


@gated(Right.WORK_CASES)
def holder(request, pk: int):
    """The same of the holder whom the register prints and nobody has named as liable yet."""
    account = _account(request, pk)
    if account.liabilities.exists():
        return redirect("debtors:account", pk=account.pk)
    form = PapersForm(request.POST or None, initial={"name": account.holder_name})

    def do() -> str:
        made = record_holders_papers(account=account, papers=form.papers(), by=request.user, on=timezone.localdate())
        return f"Сведения записаны: {made.name}."

    about = f"Владелец {account} из реестра: {account.holder_name or 'не назван'}"
    return _ask(request, form, do, back=_url(account), heading="Сведения для суда", about=about)


@gated(Right.WORK_CASES)
def liable(request, pk: int):
    """Somebody who answers for the account."""
    account = _account(request, pk)
    form = LiableForm(request.POST or None)

    def do() -> str:
        made = name_liable(account=account, papers=form.papers(), share=form.share(), by=request.user, on=timezone.localdate())
        return f"Записано: {made}."

    return _ask(request, form, do, back=_url(account), heading="Кто отвечает по счёту", about=str(account))


@gated(Right.WORK_CASES)
def end(request, pk: int):
    """The person no longer answers for the account."""
    queryset = Liability.objects.select_related("account", "debtor")
    liability = gates.get(queryset, request.user, Right.WORK_CASES, pk=pk)
    form = EndForm(request.POST or None, initial={"valid_to": timezone.localdate()})

    def do() -> str:
        made = end_liability(liability=liability, valid_to=form.cleaned_data["valid_to"], by=request.user)
        return f"{made.debtor.name} не отвечает с {made.valid_to:%d.%m.%Y}."

    about = f"{liability.debtor.name}, {liability.account}"
    return _ask(request, form, do, back=_url(liability.account), heading="Больше не отвечает", about=about)


def _url(account: UtilityAccount) -> str:
    return reverse("debtors:account", args=[account.pk])
