"""What may be written off, gathered into acts; and what was written off and is watched for money."""

from django.contrib import messages
from django.db.models import DateField, Exists, Max, OuterRef, Subquery, Sum
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import money
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Bulk, Empty, Listing
from debtors.actions.gather_write_off import gather_write_off
from debtors.actions.restore_written_off import restore_for_money
from debtors.jobs import FIND
from debtors.models import Payment, UtilityAccount, WriteOffAct, WriteOffCandidate
from debtors.queries.written_off import written_off
from debtors.web.tables import creditors_for
from debtors.web.views.cases import MOST, posted_again
from debtors.web.write_off_tables import (
    CANDIDATE_COLUMNS,
    WATCH_COLUMNS,
    CandidateFilter,
    GatherForm,
    WatchFilter,
)

NOBODY = Empty(
    "Кандидатов на списание нет", "Нажмите «Искать заново»: программа проверит счета по каждому основанию.", icon="eraser"
)
UNWATCHED = Empty("Под наблюдением ничего нет", "Здесь появятся счета после проведения акта о списании.", icon="eye")


def _candidates(request, **options) -> Listing:
    bulk = []
    if scope_of(request.user).may(Right.WORK_CASES):
        bulk.append(Bulk("Собрать акт…", reverse("debtors:write-offs-gather"), "eraser"))
    seen = WriteOffCandidate.objects.visible_to(request.user).select_related("account__premises__house", "account__creditor")
    return Listing(
        request,
        seen,
        CANDIDATE_COLUMNS,
        filters=CandidateFilter,
        sort="-total",
        name="write-off-candidates",
        empty=NOBODY,
        bulk=bulk,
        **options,
    )


@gated(Right.SEE_CASES)
def candidates(request):
    found_on = WriteOffCandidate.objects.visible_to(request.user).aggregate(day=Max("found_on"))["day"]
    notes = [f"Поиск от {found_on:%d.%m.%Y}"] if found_on else []
    return _candidates(request, notes=notes).render(
        "debtors/write_off_candidates.html", may_work=scope_of(request.user).may(Right.WORK_CASES)
    )


@require_POST
@gated(Right.WORK_CASES)
def find(request):
    """Search every creditor of this person anew."""
    jobs = [enqueue(FIND, by=request.user, creditor=creditor) for creditor in creditors_for(request)]
    return redirect("common:job", pk=jobs[0].pk) if len(jobs) == 1 else redirect("common:jobs")


@gated(Right.WORK_CASES)
def gather(request):
    """First post: show what is chosen. Second (`confirm`): one act per creditor and ground."""
    listing = _candidates(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = list(listing.chosen(request.POST)[:MOST]) if request.method == "POST" else []
    if not chosen:
        messages.warning(request, "Отметьте счета, которые войдут в акт.")
        return redirect("debtors:write-off-candidates")
    form = GatherForm(request.POST if "confirm" in request.POST else None)
    if form.is_valid():
        try:
            acts = _gather(request, chosen, form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            names = ", ".join(str(act) for act in acts)
            messages.success(request, f"Собрано: {names}. Добавьте документы и отправьте на утверждение.")
            return redirect(acts[0]) if len(acts) == 1 else redirect("debtors:write-offs")
    context = {"chosen": chosen, "total": sum(one.total for one in chosen), "form": form, "posted": posted_again(request)}
    return render(request, "debtors/write_off_gather.html", context)


def _gather(request, chosen: list[WriteOffCandidate], reason: str) -> list[WriteOffAct]:
    groups: dict[tuple, list[int]] = {}
    for one in chosen:
        groups.setdefault((one.account.creditor, one.ground), []).append(one.account_id)
    today = timezone.localdate()
    return [
        gather_write_off(creditor=creditor, ground=ground, account_ids=ids, by=request.user, on=today, reason=reason)
        for (creditor, ground), ids in groups.items()
    ]


def _watched(user, today):
    """Accounts under watch with what stands written off, until when, and whether anything was paid after."""
    acts = WriteOffAct.objects.visible_to(user).filter(state="posted", watched_until__gte=today)
    items = acts.filter(items__account=OuterRef("pk")).order_by()
    facts = written_off().filter(account=OuterRef("pk")).order_by().values("account")
    until = items.values("items__account").annotate(day=Max("watched_until")).values("day")
    paid = Payment.objects.filter(
        account=OuterRef("pk"), booking__undone_at__isnull=True, amount__gt=0, counts_on__gte=OuterRef("posted_on")
    ).exclude(channel=Payment.Channel.WRITE_OFF)
    posted = facts.annotate(day=Max("counts_on")).values("day")
    seen = UtilityAccount.objects.visible_to(user).filter(pk__in=acts.values("items__account"))
    return (
        seen.select_related("state", "premises__house", "creditor")
        .annotate(
            gone=Subquery(facts.annotate(sum=Sum("amount")).values("sum")),
            until=Subquery(until[:1], output_field=DateField()),
            posted_on=Subquery(posted, output_field=DateField()),
        )
        .filter(gone__gt=0)
        .annotate(came=Exists(paid))
    )


@gated(Right.SEE_CASES)
def watch(request):
    today = timezone.localdate()
    listing = Listing(
        request,
        _watched(request.user, today),
        WATCH_COLUMNS,
        filters=WatchFilter,
        sort="-came",
        name="write-off-watch",
        empty=UNWATCHED,
        notes=[f"Под наблюдением на {today:%d.%m.%Y}"],
    )
    return listing.render("debtors/write_off_watch.html", may_work=scope_of(request.user).may(Right.WORK_CASES))


@require_POST
@gated(Right.WORK_CASES)
def restore_money(request):
    """Restore what money came for, creditor by creditor."""
    restored, last = 0, None
    for creditor in creditors_for(request):
        try:
            now = {"learnt_at": timezone.now(), "on": timezone.localdate()}
            restored += restore_for_money(creditor=creditor, by=request.user, **now).total
        except Refusal as refusal:
            last = refusal
    if restored:
        messages.success(request, f"Восстановлено {money.spaced(restored)} ₽: пришедшие деньги погасили этот долг.")
    elif last:
        messages.info(request, last.message)
    return redirect("debtors:write-off-watch")
