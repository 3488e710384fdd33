"""Screens of contact: the dry run and its button, the editor, a file of results, the telephone at the door."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from debtors.models import Campaign, Contact, ContactLimits, ContactStrategy, OpeningRule, Promise, RoundVisit
from tests.factories import contact
from tests.world_contact import a_round_stop

pytestmark = pytest.mark.django_db


@pytest.fixture
def now_case(osen, officer):
    """A debtor whose payments are fresh enough today, whatever the day is."""
    OpeningRule.objects.create(creditor=osen, valid_from=dt.date(2020, 1, 1), payments_fresh=60, set_by=officer)
    return contact.debtor_case(osen, "500", on=timezone.localdate(), phone="+79000000001")


def test_the_dry_run_shows_who_gets_what_and_the_button_starts_it(visit, officer, now_case, jobs_run_at_once):
    hours = {"first_hour": 0, "until_hour": 24, "first_hour_off": 0, "until_hour_off": 24}
    ContactLimits.objects.create(creditor=now_case.creditor, valid_from=dt.date(2020, 1, 1), set_by=officer, **hours)
    client = visit(officer)
    page = client.get("/campaigns/new/").content.decode()
    assert "Напомнить сообщением" in page
    assert "+79000000001" in page
    assert not Campaign.objects.exists()

    with jobs_run_at_once():
        answer = client.post("/campaigns/new/", {"creditor": now_case.creditor_id, "steps": ["sms"]})
    campaign = Campaign.objects.get()
    assert answer.url == campaign.get_absolute_url()
    assert campaign.job.state == "done", campaign.job.error
    page = client.get(answer.url).content.decode()
    assert campaign.contacts.get().state == "sent"
    assert "Напомнить сообщением" in page


def test_a_campaign_shows_its_files_and_takes_results(visit, officer, osen):
    contact.debtor_case(osen, phone="+79000000001")
    contact.strategy(osen, officer, contact.LadderStep("call", "Робот", "autodial", 0, "Долг {сумма}"))
    campaign = contact.sent(osen, officer)
    client = visit(officer)
    assert client.get(f"{campaign.get_absolute_url()}files/dial.csv").content.startswith("Ключ;Телефон".encode("cp1251"))
    item = campaign.contacts.get()
    file = SimpleUploadedFile("calls.csv", f"Ключ;Результат\n{item.key};Прослушано\n".encode())
    answer = client.post(f"{campaign.get_absolute_url()}results/", {"channel": "autodial", "file": file}, follow=True)
    assert "записано 1" in answer.content.decode()
    item.refresh_from_db()
    assert item.state == "delivered"
    assert client.get(f"{campaign.get_absolute_url()}files/post.xlsx").status_code == 302


def test_an_editor_writes_a_new_version_or_shows_what_it_would_send(visit, officer, osen, now_case):
    client = visit(officer)
    url = f"/strategies/{osen.pk}/"
    assert "Напомнить сообщением" in client.get(url).content.decode()
    today = timezone.localdate().isoformat()
    posted = {
        "name": "Короткая",
        "pay_days": "7",
        "valid_from": today,
        "why": "одной хватит",
        "steps-TOTAL_FORMS": "2",
        "steps-INITIAL_FORMS": "0",
        "steps-0-place": "2",
        "steps-0-code": "",
        "steps-0-name": "Сообщение",
        "steps-0-channel": "sms",
        "steps-0-wait": "0",
        "steps-0-text": "Долг {сумма}",
        "steps-0-overdue_from": "1 000,50",
        "steps-0-risk": "any",
        "steps-1-channel": "sms",
        "steps-1-risk": "any",
    }
    page = client.post(url, posted | {"try": "1"}).content.decode()
    assert "Что ушло бы сегодня" in page
    assert not ContactStrategy.objects.exists()
    client.post(url, posted | {"save": "1"})
    made = ContactStrategy.objects.get()
    assert (made.version, made.pay_days, made.set_by) == (1, 7, officer)
    assert [(step.code, step.overdue_from) for step in made.ladder] == [("s1", 100_050)]
    wrong = client.post(url, posted | {"save": "1", "steps-0-text": "Долг {сума}"}).content.decode()
    assert "поля {сума} нет" in wrong
    assert ContactStrategy.objects.count() == 1


def test_limits_are_written_as_a_version(visit, officer, osen):
    posted = {f"{kind}_{window}": "3" for kind in ("calls", "messages", "visits") for window in ("day", "week", "month")}
    posted |= {"first_hour": "9", "until_hour": "20", "first_hour_off": "10", "until_hour_off": "18"}
    posted["valid_from"] = timezone.localdate().isoformat()
    client = visit(officer)
    client.post(f"/strategies/{osen.pk}/limits/", posted)
    assert ContactLimits.objects.get().calls_week == 3
    answer = client.post(f"/strategies/{osen.pk}/limits/", posted | {"calls_month": "1"}, follow=True)
    assert "за больший срок не может быть меньше" in answer.content.decode()


def test_a_stranger_finds_no_strategy_of_others(visit, stranger, osen):
    assert visit(stranger).get(f"/strategies/{osen.pk}/").status_code == 404


def test_a_call_and_a_promise_are_written_from_the_case(visit, officer, now_case):
    client = visit(officer)
    due = timezone.localdate() + dt.timedelta(days=3)
    posted = {"reached": "yes", "words": "обещал", "promised": "500", "promised_on": due.isoformat()}
    client.post(f"/cases/{now_case.pk}/call/", posted)
    assert Promise.objects.get().amount == 50_000
    assert f"/cases/{now_case.pk}/contacts/" in client.get(now_case.get_absolute_url()).content.decode()
    page = client.get(f"/cases/{now_case.pk}/contacts/").content.decode()
    assert "обещал оплатить: ждём до" in page
    assert "500" in client.get("/promises/").content.decode()


def test_the_door_on_a_telephone_leads_to_the_next(visit, officer, osen):
    stop = a_round_stop(osen, officer)["pk"]
    client = visit(officer)
    assert "Что получилось" in client.get(f"/round-stops/{stop}/").content.decode()
    wrong = client.post(f"/round-stops/{stop}/", {"outcome": "promised"}).content.decode()
    assert "до какого дня?" in wrong
    answer = client.post(f"/round-stops/{stop}/", {"outcome": "talked"})
    assert answer.url.startswith("/rounds/")
    assert RoundVisit.objects.get().outcome == "talked"
    assert Contact.objects.get().channel == "visit"


def test_the_queue_shows_broken_promises(visit, officer, now_case):
    Promise.objects.create(
        case=now_case,
        amount=100,
        made_on=dt.date(2024, 3, 1),
        due_on=dt.date(2024, 3, 2),
        state="broken",
        judged_on=timezone.localdate(),
        recorded_by=officer,
    )
    page = visit(officer).get("/?show=queue&state=broken_promises").content.decode()
    assert f"№\u00a0{now_case.number}" in page


def test_programs_read_contacts_of_a_campaign(visit, officer, osen):
    contact.debtor_case(osen, phone="+79000000001")
    contact.strategy(osen, officer)
    campaign = contact.sent(osen, officer)
    found = visit(officer).get(f"/api/contacts/?campaign={campaign.pk}").json()["results"]
    assert [(one["amount"], one["state"]) for one in found] == [("27500.00", "sent")]
