"""Campaigns: the list, the dry run with its button, one campaign with its channels, files out and results in."""

import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.export import XLSX
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from casedesk.common.tables import Empty, Listing
from debtors.actions.settle_contacts import hand_over, settle_contact
from debtors.actions.start_campaign import cancel_campaign, continue_campaign, start_campaign
from debtors.actions.take_results import take_results
from debtors.models import Campaign, Contact, ContactStrategy
from debtors.queries import contact_files
from debtors.queries.campaigns import channels_of, with_counts
from debtors.queries.contact_plan import plan_contacts
from debtors.rules.contact_results import WORDS
from debtors.rules.contact_words import CHANNEL_NAMES, CampaignState, ContactChannel
from debtors.web.contact_forms import HandOverForm, ResultsForm, SettleForm, StopForm
from debtors.web.contact_tables import CAMPAIGN_COLUMNS, CONTACT_COLUMNS, CampaignFilter, ContactFilter
from debtors.web.tables import creditors_for

SHOWN = 100
"""Lines of a dry run on the page."""
PROBLEMS_SHOWN = 20
EMPTY = Empty(
    "Рассылок пока нет",
    "Стратегия уже есть. Посмотрите, кому и что она отправит сегодня, и запустите рассылку.",
    "/campaigns/new/",
    "Что уйдёт сегодня",
    "send",
)
NO_CONTACTS = Empty(
    "Обращений пока нет",
    "Они появятся после первой рассылки, звонка со страницы дела или обхода.",
    "/campaigns/",
    "К рассылкам",
    "message-square",
)
FILES = {
    "post.xlsx": (contact_files.post_register, ContactChannel.POST),
    "post.csv": (contact_files.post_csv, ContactChannel.POST),
    "dial.xlsx": (contact_files.dial_register, ContactChannel.AUTODIAL),
    "dial.csv": (contact_files.dial_csv, ContactChannel.AUTODIAL),
    "hand.xlsx": (contact_files.hand_list, ContactChannel.HAND),
}


def creditor_of(request, pk: str | int | None) -> Organisation | None:
    """The creditor asked for, or the only one; None: the person has to choose."""
    seen = creditors_for(request)
    if pk:
        return get_object_or_404(seen, pk=pk) if str(pk).isdigit() else None
    first = list(seen[:2])
    return first[0] if len(first) == 1 else None


@gated(Right.SEE_CASES)
def index(request):
    seen = with_counts(Campaign.objects.visible_to(request.user)).select_related("strategy", "creditor")
    options = {"filters": CampaignFilter, "sort": "-counts_on", "name": "campaigns", "empty": EMPTY}
    return Listing(request, seen, CAMPAIGN_COLUMNS, **options).render("debtors/contact/campaigns.html")


@gated(Right.SEE_CASES)
def contacts(request):
    """Everything by which debtors were turned to."""
    seen = Contact.objects.visible_to(request.user).select_related("case")
    options = {"filters": ContactFilter, "sort": "-sent_on", "name": "contacts", "empty": NO_CONTACTS}
    return Listing(request, seen, CONTACT_COLUMNS, **options).render("debtors/contact/contacts.html")


@gated(Right.WORK_CASES)
def new(request):
    """The dry run of today; POST starts it."""
    creditor = creditor_of(request, request.POST.get("creditor") or request.GET.get("creditor"))
    if creditor is None:
        return render(request, "debtors/contact/choose.html", {"creditors": creditors_for(request)})
    today = timezone.localdate()
    if request.method == "POST":
        try:
            started = start_campaign(
                creditor=creditor, by=request.user, on=today, at=timezone.now(), only=request.POST.getlist("steps")
            )
            return redirect(started)
        except Refusal as refusal:
            messages.error(request, refusal.message)
    strategy = ContactStrategy.objects.in_force(creditor=creditor, on=today)
    only = request.GET.getlist("steps")
    plan = plan_contacts(creditor=creditor, strategy=strategy, on=today, only=only)
    context = {
        "creditor": creditor,
        "plan": plan,
        "only": only,
        "goes": plan.goes[:SHOWN],
        "left_out": plan.left_out[:SHOWN],
        "live": Campaign.objects.filter(creditor=creditor, state__in=[CampaignState.RUNNING, CampaignState.PAUSED]).first(),
        "shown": SHOWN,
        "today": today,
    }
    return render(request, "debtors/contact/dry_run.html", context)


def find(request, pk: int, right: str = Right.SEE_CASES) -> Campaign:
    wanted = Campaign.objects.select_related("creditor", "strategy", "job", "post_run", "hand_run", "started_by")
    return gates.get(wanted, request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """One campaign: how far it is, what each channel waits for, its items."""
    campaign = find(request, pk)
    may = scope_of(request.user).may(Right.WORK_CASES)
    listing = Listing(
        request,
        campaign.contacts.select_related("case"),
        CONTACT_COLUMNS,
        filters=ContactFilter,
        sort="",
        name=f"campaign-{campaign.number}",
        empty=Empty("В этой рассылке никого нет", "Кто и почему не попал, написано выше.", icon="inbox"),
    )
    found = channels_of(campaign)
    running = campaign.state == CampaignState.RUNNING
    context = {
        "campaign": campaign,
        "channels": found,
        "job": campaign.job if running or (campaign.job and campaign.job.error) else None,
        "may_go_on": may and (campaign.state == CampaignState.PAUSED or (running and campaign.job and campaign.job.is_final)),
        "may_stop": may and campaign.state in (CampaignState.RUNNING, CampaignState.PAUSED),
        "may": may,
        "stop_form": StopForm(),
        "results_form": _results_form(campaign, found) if may else None,
        "today": timezone.localdate(),
    }
    return listing.render("debtors/contact/campaign.html", **context)


def _results_form(campaign: Campaign, channels: list[dict], data=None, files=None) -> ResultsForm | None:
    offered = [(one["channel"], one["name"]) for one in channels if one["channel"] in WORDS]
    return ResultsForm(data, files, channels=offered) if offered else None


@gated(Right.SEE_CASES)
def file(request, pk: int, name: str):
    """A register of the campaign."""
    campaign = find(request, pk)
    make, channel = FILES.get(name, (None, None))
    if make is None or not campaign.contacts.filter(channel=channel).exists():
        messages.warning(request, "Такого файла у этой рассылки нет.")
        return redirect(campaign)
    if name.endswith(".csv"):
        answer = HttpResponse(make(campaign), content_type="text/csv; charset=windows-1251")
    else:
        out = io.BytesIO()
        make(campaign, out)
        answer = HttpResponse(out.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="campaign-{campaign.number}-{name}"'
    return answer


@gated(Right.SEE_CASES)
def hand_sheet(request, pk: int):
    """The list for delivery by hand, for the printer."""
    campaign = find(request, pk)
    context = {"campaign": campaign, "letters": contact_files.letters_of(campaign, ContactChannel.HAND)}
    return render(request, "debtors/contact/hand_sheet.html", context)


def _do(request, campaign: Campaign, act):
    """Do the step and come back, with its words or the refusal."""
    try:
        messages.success(request, act())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(campaign)


@gated(Right.WORK_CASES)
@require_POST
def go_on(request, pk: int):
    campaign = find(request, pk, Right.WORK_CASES)

    def act() -> str:
        continue_campaign(campaign=campaign, by=request.user)
        return "Рассылка продолжается."

    return _do(request, campaign, act)


@gated(Right.WORK_CASES)
@require_POST
def stop(request, pk: int):
    campaign = find(request, pk, Right.WORK_CASES)

    def act() -> str:
        cancel_campaign(campaign=campaign, reason=request.POST.get("reason", ""), by=request.user)
        return "Рассылка остановлена: что ушло, то ушло, остальное не уйдёт."

    return _do(request, campaign, act)


@gated(Right.WORK_CASES)
@require_POST
def handed(request, pk: int):
    campaign = find(request, pk, Right.WORK_CASES)
    form = HandOverForm(request.POST)
    if not form.is_valid() or form.cleaned_data["channel"] not in CHANNEL_NAMES:
        messages.error(request, "Укажите день, когда письма сданы.")
        return redirect(campaign)

    def act() -> str:
        count = hand_over(campaign=campaign, by=request.user, **form.cleaned_data)
        return f"Отмечено: {plural(count, 'письмо', 'письма', 'писем')}. Срок на оплату пойдёт со дня вручения."

    return _do(request, campaign, act)


@gated(Right.WORK_CASES)
@require_POST
def results(request, pk: int):
    """Take a file of results in."""
    campaign = find(request, pk, Right.WORK_CASES)
    form = _results_form(campaign, channels_of(campaign), request.POST, request.FILES)
    if form is None or not form.is_valid():
        messages.error(request, "Выберите канал и файл результатов.")
        return redirect(campaign)
    upload = form.cleaned_data["file"]
    try:
        taken = take_results(
            campaign=campaign,
            channel=form.cleaned_data["channel"],
            name=upload.name[:100],
            content=upload.read(),
            by=request.user,
            on=timezone.localdate(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(campaign)
    messages.success(request, f"Строк {taken.read}: записано {taken.taken}, уже было {taken.known}.")
    for problem in taken.problems[:PROBLEMS_SHOWN]:
        messages.warning(request, problem)
    if len(taken.problems) > PROBLEMS_SHOWN:
        messages.warning(request, f"И ещё {len(taken.problems) - PROBLEMS_SHOWN}: исправьте эти и загрузите файл снова.")
    return redirect(campaign)


@gated(Right.SEE_CASES)
def contact(request, pk: int):
    """One contact: what went out, when, what came of it, by what it is proved; the result by hand."""
    wanted = Contact.objects.select_related("case", "campaign", "notice", "recorded_by", "creditor")
    one = gates.get(wanted, request.user, Right.SEE_CASES, pk=pk)
    may = scope_of(request.user).may(Right.WORK_CASES) and one.state in ("ready", "sent", "unsure")
    form = SettleForm(initial={"on": timezone.localdate()}) if may else None
    return render(request, "debtors/contact/contact.html", {"contact": one, "form": form})


@gated(Right.WORK_CASES)
@require_POST
def settle(request, pk: int):
    one = gates.get(Contact.objects.all(), request.user, Right.WORK_CASES, pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Укажите, чем кончилось и когда.")
        return redirect(reverse("debtors:contact", args=[one.pk]))
    try:
        settle_contact(contact=one, by=request.user, **form.cleaned_data)
        messages.success(request, "Записано.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(reverse("debtors:contact", args=[one.pk]))
