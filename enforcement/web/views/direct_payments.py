"""Direct payments on debts under execution: the queue, telling bailiffs in bulk, noting that they know."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from casedesk.common.tables import Bulk, Empty, Listing
from debtors.web.views.cases import MOST, posted_again
from enforcement.actions.tell_bailiffs import confirm_told, tell_bailiffs
from enforcement.models import DirectPayment
from enforcement.web.direct_tables import DIRECT_COLUMNS, DirectPaymentFilter

EMPTY = Empty(
    "Прямых оплат по долгам на исполнении нет",
    "Они появятся сами: после каждой загрузки оплат система находит деньги, пришедшие мимо приставов.",
)


class TellForm(forms.Form):
    sent_on = forms.DateField(label="Когда сообщено", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ConfirmForm(forms.Form):
    on = forms.DateField(label="Когда подтверждено", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    answer = forms.CharField(label="Ответ или номер бумаги", max_length=200, required=False)


def listing_of(request, **options) -> Listing:
    """The direct payments that this person may see."""
    may = scope_of(request.user).may
    bulk = [Bulk("Сообщить приставам…", reverse("enforcement:direct-payments-tell"), "send")] if may(Right.WORK_CASES) else []
    if may(Right.RECONCILE):
        bulk.append(Bulk("Отметить подтверждение…", reverse("enforcement:direct-payments-confirm"), "check"))
    seen = DirectPayment.objects.visible_to(request.user).standing()
    return Listing(
        request,
        seen.select_related("proceeding__department", "proceeding__writ__debtor", "proceeding__writ__account"),
        DIRECT_COLUMNS,
        filters=DirectPaymentFilter,
        sort="due_on",
        name="direct-payments",
        empty=EMPTY,
        bulk=bulk,
        **options,
    )


@gated(Right.SEE_WRITS)
def index(request):
    return listing_of(request).render("enforcement/direct_payments.html")


def _chosen(request):
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    found = listing.chosen(request.POST) if request.method == "POST" else listing.found.none()
    return DirectPayment.objects.filter(pk__in=list(found.order_by().values_list("pk", flat=True)[:MOST]))


def _step(request, form: forms.Form, do, **words):
    """First post: ask. Second (`confirm`): do it, and say what was done."""
    chosen = _chosen(request)
    sums = chosen.aggregate(number=Count("pk"), total=Sum("amount"))
    if not sums["number"]:
        messages.warning(request, "Отметьте оплаты в списке.")
        return redirect("enforcement:direct-payments")
    if form.is_valid():
        try:
            messages.success(request, do(chosen, form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(f"{reverse('enforcement:direct-payments')}?{request.POST.get('query', '')}")
    context = {"form": form, "posted": posted_again(request), **sums, **words}
    return render(request, "enforcement/direct_payments_step.html", context)


@gated(Right.WORK_CASES)
def tell(request):
    today = timezone.localdate()

    def do(chosen, given: dict) -> str:
        done = tell_bailiffs(chosen=chosen, by=request.user, on=today, **given)
        letters = plural(len(done.letters), "уведомление", "уведомления", "уведомлений")
        return f"Сообщено об оплатах: {len(done.rows)}. Составлено: {letters}, они в документах."

    form = TellForm(request.POST if "confirm" in request.POST else None, initial={"sent_on": today})
    lead = "На каждый отдел будет составлено одно уведомление со всеми отмеченными оплатами."
    return _step(request, form, do, heading="Сообщить приставам", lead=lead, submit="Составить и отметить")


@gated(Right.RECONCILE)
def confirm(request):
    today = timezone.localdate()

    def do(chosen, given: dict) -> str:
        return f"Подтверждено оплат: {len(confirm_told(chosen=chosen, by=request.user, **given).rows)}."

    form = ConfirmForm(request.POST if "confirm" in request.POST else None, initial={"on": today})
    lead = "Пристав учёл оплату и уменьшил остаток к взысканию."
    return _step(request, form, do, heading="Подтверждение пристава", lead=lead, submit="Отметить подтверждение")
