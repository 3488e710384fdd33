"""Send a campaign, part by part. What is done is never done again, so that a killed job goes on where it stopped.

Papers: a part is prepared in one transaction with its reminders, so none is made twice. Messages: an item is marked before it
is handed over and after; one found marked only before may have left. It goes out again where the gateway knows our keys, and is
put before a person where it does not. At the minute of sending everything is asked anew, as of that day: the residual, holds,
promises, limits, how old the payments are.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.documents.actions.print_parts import print_parts
from casedesk.documents.actions.start_print_run import lay_out_run
from casedesk.documents.models import Document, PrintRun
from debtors.actions.deliver_messages import Paused, send_messages
from debtors.actions.fill_campaign import fill_campaign
from debtors.actions.make_papers import REMINDER, SUBJECT, reminder_documents
from debtors.actions.prepare_reminder import prepare_reminders
from debtors.actions.publish_contacts import publish_contacts
from debtors.models import Campaign, CaseFile, Contact
from debtors.queries.contact_plan import plan_contacts
from debtors.rules.contact_words import CHANNEL_NAMES, PAPER, CampaignState, ContactChannel, ContactState

PART = 500
Progress = Callable[[int, int, str], None]
RUNS = {ContactChannel.POST: "post_run", ContactChannel.HAND: "hand_run"}


def send_campaign(
    *, campaign: Campaign, by: User, progress: Progress, now: Callable[[], dt.datetime] = timezone.localtime
) -> Campaign:
    """Take the campaign as far as it goes: to its end, or to an hour or a gateway that lets nothing through. Safe to repeat."""
    fill_campaign(campaign=campaign)
    if campaign.state != CampaignState.RUNNING:
        return campaign
    counted = _Counted(campaign, progress)
    on = max(now().date(), campaign.counts_on)
    _prepare_papers(campaign, by, counted, on)
    try:
        publish_contacts(campaign=campaign, by=by, tell=counted, on=on)
        send_messages(campaign=campaign, by=by, tell=counted, now=now)
    except Paused as pause:
        _print_papers(campaign, by, progress)
        return _end(campaign, CampaignState.PAUSED, str(pause))
    _print_papers(campaign, by, progress)
    return _end(campaign, CampaignState.DONE, "")


class _Counted:
    """Progress over the items of all channels together."""

    def __init__(self, campaign: Campaign, progress: Progress):
        items = Contact.objects.filter(campaign=campaign)
        self.whole = items.count()
        self.done = self.whole - items.filter(state__in=[ContactState.WAITING, ContactState.SENDING]).count()
        self._progress = progress
        self(0, "подготовка")

    def __call__(self, more: int, words: str) -> None:
        self.done += more
        self._progress(min(self.done, self.whole), self.whole, words)


def _end(campaign: Campaign, state: CampaignState, note: str) -> Campaign:
    """Write how it stands, unless somebody stopped it meanwhile."""
    Campaign.objects.filter(pk=campaign.pk, state=CampaignState.RUNNING).update(state=state, note=note[:300])
    campaign.refresh_from_db()
    return campaign


def _prepare_papers(campaign: Campaign, by: User, tell: Callable[[int, str], None], on: dt.date) -> None:
    while done := _prepare_part(campaign, by, on):
        tell(done, "напоминания")


@transaction.atomic
def _prepare_part(campaign: Campaign, by: User, on: dt.date) -> int:
    """The next reminders with their documents, of the day; how many items were dealt with."""
    waiting = Contact.objects.filter(campaign=campaign, channel__in=PAPER, state=ContactState.WAITING)
    listed = list(waiting.select_for_update(of=("self",)).order_by("position")[:PART])
    if not listed:
        return 0
    cases = CaseFile.objects.filter(pk__in=[one.case_id for one in listed]).select_related("creditor")
    plan = plan_contacts(creditor=campaign.creditor, strategy=campaign.strategy, on=on, cases=cases)
    lines = {line.case.pk: line for line in plan.goes}
    why = {line.case.pk: line.why for line in plan.left_out}
    going = [one for one in listed if one.case_id in lines and lines[one.case_id].step.code == one.step]
    chosen = [lines[one.case_id].case for one in going]
    found = prepare_reminders(cases=chosen, by=by, on=on)
    why |= {case.pk: reason for case, reason in found.refused}
    reminder_documents(notices=found.notices, by=by)
    notices = {notice.case_id: notice for notice in found.notices}
    for one in listed:
        notice = notices.get(one.case_id)
        if notice is None:
            one.state, one.why = ContactState.LEFT_OUT, (why.get(one.case_id) or "ступень уже другая")[:300]
            continue
        one.state, one.notice, one.amount = ContactState.READY, notice, notice.total
        one.addressee, one.address = notice.addressee, notice.address
    Contact.objects.bulk_update(listed, ["state", "why", "notice", "amount", "addressee", "address"], PART)
    return len(listed)


def _print_papers(campaign: Campaign, by: User, progress: Progress) -> None:
    """One print run for each paper channel, in the order of the items."""
    for channel, name in RUNS.items():
        run = getattr(campaign, name) or _lay_out(campaign, channel, name, by)
        if run:
            print_parts(run, progress)


@transaction.atomic
def _lay_out(campaign: Campaign, channel: ContactChannel, name: str, by: User) -> PrintRun | None:
    ready = Contact.objects.filter(campaign=campaign, channel=channel, notice__isnull=False)
    order = list(ready.order_by("position").values_list("notice_id", flat=True))
    if not order:
        return None
    held = Campaign.objects.select_for_update(of=("self",)).select_related(name).get(pk=campaign.pk)
    if getattr(held, name):
        return getattr(held, name)
    mine = Contact.objects.filter(campaign=campaign, channel=channel, notice__isnull=False).values("notice_id")
    papers = Document.objects.filter(kind=REMINDER, subject_kind=SUBJECT, subject_id__in=mine)
    documents = {one.subject_id: one for one in papers.defer("data")}
    title = f"{campaign}: {CHANNEL_NAMES[channel]}"
    run = lay_out_run(documents=[documents[pk] for pk in order], title=title, by=by, at=timezone.now())
    Campaign.objects.filter(pk=campaign.pk).update(**{name: run})
    setattr(campaign, name, run)
    return run
