"""Accounts: the list, and one account from four sides: where it stands, its lines, its people, its changes."""

from itertools import chain

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import charts
from casedesk.common.history import changes
from casedesk.common.tables import Empty, Listing
from debtors.models import CaseFile, Liability, UtilityAccount
from debtors.queries import account_ledger
from debtors.queries.ageing import age
from debtors.web import labels
from debtors.web.tables import ACCOUNT_COLUMNS, AccountFilter

EMPTY = Empty("Лицевых счетов пока нет", "Они появятся с первой загрузкой реестра начислений или ведомости.")


def listing_of(request, **options) -> Listing:
    """The list of accounts that this person may see."""
    seen = UtilityAccount.objects.visible_to(request.user).select_related("state", "creditor", "premises__house")
    return Listing(
        request, seen, ACCOUNT_COLUMNS, filters=AccountFilter, sort="-state.overdue", empty=EMPTY, name="accounts", **options
    )


@gated(Right.SEE_CASES)
def index(request):
    return listing_of(request, notes=[f"Лицевые счета на {timezone.localdate():%d.%m.%Y}"]).render("debtors/accounts.html")


def _account(request, pk: int) -> UtilityAccount:
    queryset = UtilityAccount.objects.select_related("state", "creditor", "premises__house")
    return gates.get(queryset, request.user, Right.SEE_CASES, pk=pk)


def tabs(account: UtilityAccount, current: str) -> list[dict]:
    """The sides of an account's page."""
    named = (
        ("account", "Состояние и расчёты"),
        ("account-lines", "Начисления и оплаты"),
        ("account-payments", "Куда пошли оплаты"),
        ("account-history", "История изменений"),
    )
    return [
        {"label": label, "url": reverse(f"debtors:{name}", args=[account.pk]), "current": name == current, "count": None}
        for name, label in named
    ]


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """Where the account stands today: age of the debt, months with running balance, who is liable."""
    account = _account(request, pk)
    today = timezone.localdate()
    figures = age(UtilityAccount.objects.filter(pk=account.pk), as_of=today).figures
    liabilities = account.liabilities.select_related("debtor").order_by("valid_from", "pk")
    return render(
        request,
        "debtors/account.html",
        {
            "account": account,
            "state": getattr(account, "state", None),
            "today": today,
            "figures": figures,
            "ageing": charts.ageing({"not_yet_due": figures.not_yet_due, **figures.buckets}),
            "tabs": tabs(account, "account"),
            "months": account_ledger.months_of(account),
            "penalties": account_ledger.months_of(account, penalties=True),
            "cases": CaseFile.objects.visible_to(request.user).filter(account_links__account=account).distinct(),
            "liabilities": [(liability, liability.in_force(today)) for liability in liabilities],
            "may_work": scope_of(request.user).may(Right.WORK_CASES),
            "detailed": request.GET.get("detail") == "services",
        },
    )


@gated(Right.SEE_CASES)
def lines(request, pk: int):
    """Every charge and payment with the booking it came from."""
    account = _account(request, pk)
    undone = request.GET.get("undone") == "1"
    facts = account_ledger.facts_of(account, undone=undone)
    return render(
        request,
        "debtors/account_lines.html",
        {"account": account, "tabs": tabs(account, "account-lines"), "facts": facts, "undone": undone},
    )


@gated(Right.SEE_CASES)
def history(request, pk: int):
    """Who changed what in the account and in its liabilities."""
    account = _account(request, pk)
    own = changes(account.history.select_related("history_user"), labels.ACCOUNT, "счёт")
    by_liability: dict[int, list] = {}
    for record in Liability.history.filter(account_id=account.pk).select_related("history_user"):
        by_liability.setdefault(record.id, []).append(record)
    theirs = chain.from_iterable(changes(records, labels.LIABILITY, "ответственность") for records in by_liability.values())
    found = sorted(chain(own, theirs), key=lambda change: change.at, reverse=True)
    return render(
        request,
        "debtors/account_history.html",
        {"account": account, "tabs": tabs(account, "account-history"), "changes": found},
    )
