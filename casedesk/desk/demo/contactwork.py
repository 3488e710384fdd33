"""How the demo's lawyers turned to debtors: a campaign on each day of work, its results, a few calls with promises, a round."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from debtors.actions.plan_round import Doors, add_doors, hold_round, plan_round
from debtors.actions.record_round_visit import DoorTold, record_round_visit
from debtors.actions.send_campaign import send_campaign
from debtors.actions.settle_contacts import hand_over, record_call
from debtors.actions.start_campaign import start_campaign
from debtors.actions.take_results import take_results
from debtors.models import Campaign, CaseFile, Debtor
from debtors.rules.contact_words import ContactChannel

REACHED_BY_PHONE, REACHED_BY_MAIL = 2, 3
"""Of so many debtors one has a telephone, one an e-mail address, in the demo."""
CALLED, VISITED = 4, 8
DOORS = (
    DoorTold("talked", note="Просит рассрочку"),
    DoorTold("nobody_home"),
    DoorTold("refused"),
    DoorTold("not_living", note="По словам соседей, сдают"),
)
SAID = {
    ContactChannel.SMS: ("Доставлено", "Не доставлено: абонент недоступен"),
    ContactChannel.AUTODIAL: ("Прослушано полностью", "Не ответил"),
}


def day_of(officer: User, creditor: Organisation, on: dt.date) -> None:
    """Contact of one day of work. What the day does not allow is left undone."""
    _give_addresses(creditor)
    _call(officer, creditor, on)
    _walk(officer, creditor, on)
    try:
        noon = timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
        campaign = start_campaign(creditor=creditor, by=officer, on=on, at=noon)
    except Refusal:
        return
    send_campaign(campaign=campaign, by=officer, progress=lambda *told: None, now=lambda: noon)
    _results(campaign, officer, on)


def _give_addresses(creditor: Organisation) -> None:
    """Invented telephones and addresses that reach nobody."""
    people = list(Debtor.objects.filter(case_links__case__creditor=creditor, phone="", email="").distinct().order_by("pk"))
    for person in people:
        person.phone = "" if person.pk % REACHED_BY_PHONE else f"+7 900 {person.pk % 1000:03d}-00-{person.pk // 1000 % 100:02d}"
        person.email = "" if person.pk % REACHED_BY_MAIL else f"debtor{person.pk}@example.org"
    Debtor.objects.bulk_update(people, ["phone", "email"], 500)


def _call(officer: User, creditor: Organisation, on: dt.date) -> None:
    """The largest debtors are called; every second promises a third of the debt within ten days."""
    cases = CaseFile.objects.live().filter(creditor=creditor, hold_kind="", overdue__gt=0).order_by("-overdue")
    for place, case in enumerate(cases.filter(debtor_links__debtor__phone__gt="").distinct()[:CALLED]):
        promise = {"promised": case.overdue // 300 * 100, "promised_on": on + dt.timedelta(days=10)} if place % 2 else {}
        words = "обещает оплатить часть" if promise else "не ответил"
        try:
            record_call(case=case, reached=bool(promise), words=words, by=officer, on=on, **promise)
        except Refusal:
            continue


def _walk(officer: User, creditor: Organisation, on: dt.date) -> None:
    """A round of eight doors, held the same day."""
    one = plan_round(creditor=creditor, planned_on=on, walkers="Контролёры участка", by=officer)
    try:
        add_doors(round_=one, doors=Doors(overdue_from=500_000, most=VISITED), by=officer)
    except Refusal:
        one.delete()
        return
    for place, stop in enumerate(one.stops.select_related("round", "case").order_by("position")):
        record_round_visit(stop=stop, told=DOORS[place % len(DOORS)], by=officer, on=on)
    hold_round(round_=one)


def _results(campaign: Campaign, officer: User, on: dt.date) -> None:
    """What the gateway and the dialler reported in the evening; letters were taken to the post."""
    for channel, (well, badly) in SAID.items():
        keys = list(campaign.contacts.filter(channel=channel, state="sent").order_by("position").values_list("key", flat=True))
        rows = [f"{key};{badly if place % 6 == 5 else well};{on:%d.%m.%Y}" for place, key in enumerate(keys)]
        if rows:
            content = "\n".join(["Ключ;Статус;Дата", *rows]).encode()
            take_results(campaign=campaign, channel=channel, name=f"{channel}.csv", content=content, by=officer, on=on)
    if campaign.contacts.filter(channel=ContactChannel.POST, state="ready").exists():
        hand_over(campaign=campaign, channel=ContactChannel.POST, by=officer, on=on)
