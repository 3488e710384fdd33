"""Penalty campaigns: the list, a new one, one with those it forgave, the decision of another person."""

import datetime as dt

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.filters import RoublesField
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing
from debtors.actions.penalty_campaigns import ask_campaign, decide_campaign, end_campaign, restore_waiver, run_campaign
from debtors.models import Category, PenaltyCampaign, PenaltyWaiver
from debtors.queries.penalty_campaigns import last_day, paid_in_full, standing_of
from debtors.web.case_forms import day_field, words_field
from debtors.web.tables import ANY, creditors_for

TONES = {"asked": "warn", "approved": "ok", "refused": "danger", "ended": ""}
EMPTY = Empty("Акций пока нет", "Объявите акцию: пени спишутся сами у тех, кто полностью оплатит долг.", icon="badge-percent")
COLUMNS = (
    Column("name", "Акция", head=True, url="debtors:penalty-campaign", sub=lambda row: row.creditor.name),
    Column("valid_from", "С", kind="day", sort="valid_from"),
    Column("last_day", "По", kind="day", value=last_day, sort="valid_to"),
    Column("category", "Кому", value=lambda row: row.get_category_display() or "всем группам"),
    Column("state", "Состояние", kind="badge", value=lambda row: (row.get_state_display(), TONES[row.state]), sort="state"),
    Column("accounts", "Счетов", kind="number", sort="accounts"),
    Column("forgiven", "Списано пеней, ₽", kind="money", sort="forgiven", nullable=True),
)


class CampaignFilter(django_filters.FilterSet):
    """What narrows the list of campaigns."""

    state = django_filters.ChoiceFilter(choices=PenaltyCampaign.State, label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)

    class Meta:
        model = PenaltyCampaign
        fields: list[str] = []


class CampaignForm(forms.Form):
    """The terms of a campaign. The last day is asked inclusive, as orders say it."""

    creditor = forms.ModelChoiceField(queryset=None, label="Взыскатель", empty_label=None)
    name = forms.CharField(label="Название", max_length=120)
    cause = words_field("Зачем", help_text="Причина: праздник, начало отопительного сезона, решение комиссии")
    order = forms.CharField(label="Приказ", max_length=200, help_text="Чей, номер и день")
    valid_from = day_field("С какого дня")
    last_day = day_field("По какой день", help_text="Оплата в этот день ещё засчитывается")
    category = forms.ChoiceField(label="Кому", choices=[("", "всем группам"), *Category.choices], required=False)
    least_debt = RoublesField(label="Долг накануне не меньше, ₽", required=False)
    most = RoublesField(label="Списать одному счёту не больше, ₽", required=False, help_text="Пусто: все пени")

    def __init__(self, *args, creditors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["creditor"].queryset = creditors

    def terms(self) -> dict:
        """The fields of PenaltyCampaign."""
        given = dict(self.cleaned_data)
        given["valid_to"] = given.pop("last_day") + dt.timedelta(days=1)
        return {**given, "least_debt": given["least_debt"] or 0, "most": given["most"] or None}


class NoteForm(forms.Form):
    note = words_field("Почему", help_text="Например: оплата возвращена банком")


@gated(Right.SEE_CASES)
def index(request):
    seen = PenaltyCampaign.objects.visible_to(request.user).select_related("creditor")
    seen = seen.annotate(accounts=Count("waivers"), forgiven=Sum("waivers__amount"))
    listing = Listing(request, seen, COLUMNS, filters=CampaignFilter, sort="-valid_from", name="penalty-campaigns", empty=EMPTY)
    return listing.render("debtors/penalty_campaigns.html", may_work=scope_of(request.user).may(Right.WORK_CASES))


@gated(Right.WORK_CASES)
def new(request):
    today = timezone.localdate()
    creditors = creditors_for(request)
    form = CampaignForm(request.POST or None, creditors=creditors, initial={"valid_from": today, "creditor": creditors.first()})
    if form.is_valid():
        try:
            made = ask_campaign(by=request.user, on=today, **form.terms())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Акция предложена. Она начнёт действовать, когда её утвердит другой сотрудник.")
            return redirect(made)
    return render(request, "debtors/penalty_campaign_new.html", {"form": form})


def _campaign(request, pk: int, right: str = Right.SEE_CASES) -> PenaltyCampaign:
    campaigns = PenaltyCampaign.objects.select_related("creditor", "asked_by", "decided_by")
    return gates.get(campaigns, request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """The terms, who answers for them, whom it forgave, and who would be forgiven by the next run."""
    campaign = _campaign(request, pk)
    may, today = scope_of(request.user).may, timezone.localdate()
    waivers = list(campaign.waivers.select_related("account", "booking")[:500])
    stands = standing_of(waivers)
    context = {
        "campaign": campaign,
        "state_tone": TONES[campaign.state],
        "last_day": last_day(campaign),
        "rows": [(waiver, stands[waiver.pk]) for waiver in waivers],
        "forgiven": sum(stands.values()),
        "waiting": len(paid_in_full(campaign, today)) if campaign.state == "approved" and campaign.valid_from <= today else 0,
        "may_decide": may(Right.APPROVE_WRITE_OFFS) and campaign.asked_by_id != request.user.pk,
        "may_run": may(Right.WORK_CASES),
        "may_end": may(Right.APPROVE_WRITE_OFFS),
        "own": campaign.asked_by_id == request.user.pk,
    }
    return render(request, "debtors/penalty_campaign.html", context)


@require_POST
@gated(Right.APPROVE_WRITE_OFFS)
def approve(request, pk: int):
    return _act(request, _campaign(request, pk, Right.APPROVE_WRITE_OFFS), decide_campaign, "Акция утверждена.", approve=True)


@require_POST
@gated(Right.APPROVE_WRITE_OFFS)
def refuse(request, pk: int):
    return _act(request, _campaign(request, pk, Right.APPROVE_WRITE_OFFS), decide_campaign, "Акция отклонена.", approve=False)


def _act(request, campaign: PenaltyCampaign, action, said: str, **options):
    try:
        action(campaign=campaign, by=request.user, on=timezone.localdate(), **options)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(campaign)


@require_POST
@gated(Right.APPROVE_WRITE_OFFS)
def end(request, pk: int):
    campaign = _campaign(request, pk, Right.APPROVE_WRITE_OFFS)
    try:
        end_campaign(campaign=campaign, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Акция прекращена: новых списаний не будет.")
    return redirect(campaign)


@require_POST
@gated(Right.WORK_CASES)
def run(request, pk: int):
    """What the morning pass does, at once."""
    campaign = _campaign(request, pk, Right.WORK_CASES)
    try:
        made = run_campaign(campaign=campaign, learnt_at=timezone.now(), on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Пени списаны: счетов {len(made)}.")
    return redirect(campaign)


@gated(Right.APPROVE_WRITE_OFFS)
def restore(request, pk: int, waiver: int):
    campaign = _campaign(request, pk, Right.APPROVE_WRITE_OFFS)
    one = gates.get(
        PenaltyWaiver.objects.select_related("account", "campaign"),
        request.user,
        Right.APPROVE_WRITE_OFFS,
        pk=waiver,
        campaign=campaign,
    )
    form = NoteForm(request.POST or None)
    if form.is_valid():
        now = {"learnt_at": timezone.now(), "on": timezone.localdate()}
        try:
            restore_waiver(waiver=one, by=request.user, **now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Пени по {one.account} восстановлены.")
            return redirect(campaign)
    return render(request, "debtors/penalty_waiver_restore.html", {"campaign": campaign, "waiver": one, "form": form})
