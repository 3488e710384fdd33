"""Payments told to the rouble: of one account with the reason for each part, and what came back in a month by which way."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.tables import Column, Empty, Listing
from debtors.models import Payment, UtilityAccount
from debtors.queries.payment_story import stories
from debtors.queries.recovery_channels import by_month, of_month, with_recovery
from debtors.rules.recovery import RecoveryChannel
from debtors.web.views.accounts import tabs

SHOWN_MONTHS = 12
MOST = 200
"""Payments told on one page; the newest."""

COLUMNS = (
    Column("counts_on", "День", kind="day", sort="counts_on"),
    Column(
        "account.number",
        "Лицевой счёт",
        head=True,
        sort="account__number",
        url=lambda row: reverse("debtors:account-payments", args=[row.account_id]),
        sub=lambda row: row.account.holder_name,
    ),
    Column("amount", "Сумма, ₽", kind="money", sort="amount"),
    Column("recovery", "Как получено", value=lambda row: RecoveryChannel(row.recovery).label, sort="recovery"),
    Column("channel", "Откуда", value=lambda row: row.get_channel_display()),
    Column("document", "Документ"),
)


@gated(Right.SEE_CASES)
def of_account(request, pk: int):
    """Each payment of the account with its parts: which month of which service, why, by which article."""
    queryset = UtilityAccount.objects.select_related("state", "creditor", "premises__house")
    account = gates.get(queryset, request.user, Right.SEE_CASES, pk=pk)
    told = stories(account, timezone.localdate())[:MOST]
    ways = dict(with_recovery(Payment.objects.filter(account=account)).values_list("pk", "recovery"))
    rows = [(story, RecoveryChannel(ways[story.payment.pk]).label if story.payment.pk in ways else "зачёт") for story in told]
    return render(
        request, "debtors/account_payments.html", {"account": account, "rows": rows, "tabs": tabs(account, "account-payments")}
    )


def _payments(request):
    return Payment.objects.filter(account__in=UtilityAccount.objects.visible_to(request.user).order_by().values("pk"))


@gated(Right.SEE_CASES)
def recovered(request):
    """What came back in the last months by way; every figure opens its payments."""
    newest = months.of(timezone.localdate())
    span = range(newest, newest - SHOWN_MONTHS, -1)
    first = months.first_day(span[-1])
    cells = {(row.month, row.channel): row for row in by_month(_payments(request).filter(counts_on__gte=first))}
    lines = [
        {
            "month": month,
            "iso": months.iso(month),
            "cells": [(channel.value, cells.get((month, channel.value))) for channel in RecoveryChannel],
            "total": sum(row.kopecks for (of, _), row in cells.items() if of == month),
        }
        for month in span
    ]
    return render(request, "debtors/recovered.html", {"lines": lines, "channels": list(RecoveryChannel)})


@gated(Right.SEE_CASES)
def recovered_list(request):
    """The payments behind one figure: `month` and `channel` of the query. Their sum is the figure."""
    channel = request.GET.get("channel", "")
    try:
        asked = months.parse(request.GET.get("month") or months.iso(months.of(timezone.localdate())))
    except ValueError as wrong:
        raise Http404("нет такого месяца") from wrong
    if channel and channel not in RecoveryChannel.values:
        raise Http404("нет такого канала")
    rows = of_month(_payments(request), asked, channel).select_related("account")
    title = RecoveryChannel(channel).label if channel else "всеми путями"
    listing = Listing(
        request,
        rows,
        COLUMNS,
        sort="counts_on",
        name="recovered",
        keep=["month", "channel"],
        empty=Empty("Таких оплат нет", "За этот месяц и путь."),
    )
    return listing.render("debtors/recovered_list.html", month=asked, title=title)
