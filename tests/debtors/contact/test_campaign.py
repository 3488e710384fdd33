"""Campaigns from the button to the proof. Plan rows P2.3, P2.5; killed in the middle nothing goes twice and nothing is lost."""

import contextlib
import datetime as dt
import http.server
import json
import threading

import openpyxl
import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.common.refusals import NotAllowed
from casedesk.documents.models import Document
from debtors.actions import deliver_messages
from debtors.actions.place_hold import place_hold
from debtors.actions.send_reminder import cancel_reminder, send_reminder
from debtors.actions.settle_contacts import NothingReady, hand_over
from debtors.actions.start_campaign import (
    CampaignIsRunning,
    PaymentsAreStale,
    UnknownStep,
    cancel_campaign,
    continue_campaign,
    start_campaign,
)
from debtors.actions.take_results import take_results
from debtors.channels.sms import outbox
from debtors.models import Campaign, CaseEvent, Contact, OpeningRule, PreTrialNotice
from debtors.queries.contact_files import post_register
from debtors.rules.contact_table import ResultsRefused
from debtors.rules.stages import Stage
from tests.factories import contact
from tests.factories.contact import CALL, DAY, LETTER, MAIL, NOON, SMS

pytestmark = pytest.mark.django_db
OVERDUE = 5 * 550_000
LATER = DAY + dt.timedelta(days=6)
LETTER_NOW = contact.LadderStep("letter", "Письмо", "post", 0)


def messages() -> list[dict]:
    return [json.loads(line) for line in outbox().read_text(encoding="utf-8").splitlines()] if outbox().exists() else []


def states(campaign: Campaign) -> list[str]:
    return list(campaign.contacts.order_by("position").values_list("state", flat=True))


class Died(BaseException):
    """The worker was killed."""


def dying(after: int):
    """A progress that kills the worker at its n-th sign of life."""
    told = []

    def progress(done, whole, words):
        told.append(done)
        if len(told) > after:
            raise Died

    return progress


def test_a_message_goes_out_with_the_sum_of_the_ledger_and_leaves_its_trace(case, osen, officer):
    """P2.5: an SMS by the strategy, its delivery reported by the gateway's file."""
    contact.strategy(osen, officer)
    campaign = contact.sent(osen, officer)

    assert [one["text"] for one in messages()] == [f"{osen.name}: долг 27 500,00 руб., л/с 500, до 31.03.2024"]
    item = campaign.contacts.get()
    assert (campaign.state, item.state, item.amount, item.sent_on) == ("done", "sent", OVERDUE, DAY)
    event = CaseEvent.objects.get(code="contacted")
    assert event.data == {"channel": "SMS", "step": "Сообщение", "total_kopecks": OVERDUE}

    file = f"Ключ;Статус;Дата\n{item.key};Доставлено;22.03.2024\n".encode("cp1251")
    taken = take_results(campaign=campaign, channel="sms", name="sms.csv", content=file, by=officer, on=dt.date(2024, 3, 23))
    item.refresh_from_db()
    assert (taken.taken, item.state, item.delivered_on, item.proof) == (
        1,
        "delivered",
        dt.date(2024, 3, 22),
        "sms.csv, строка 2",
    )


def test_running_twice_sends_once(case, osen, officer):
    contact.strategy(osen, officer)
    campaign = contact.sent(osen, officer)
    contact.run(campaign, officer)
    assert len(messages()) == 1
    assert CaseEvent.objects.filter(code="contacted").count() == 1


def test_killed_between_the_gateway_and_our_mark_nothing_goes_twice(case, osen, officer, monkeypatch):
    contact.strategy(osen, officer)
    campaign = contact.started(osen, officer)
    keep = deliver_messages._keep

    def killed(*args):
        raise Died

    monkeypatch.setattr(deliver_messages, "_keep", killed)
    with pytest.raises(Died):
        contact.run(campaign, officer)
    assert (states(campaign), len(messages())) == (["sending"], 1)

    monkeypatch.setattr(deliver_messages, "_keep", keep)
    contact.run(campaign, officer)
    assert (states(campaign), len(messages())) == (["sent"], 1)


def test_an_email_broken_off_is_left_to_a_person(osen, officer, monkeypatch):
    """A mail server does not know our keys: what may have left is not sent again by itself."""
    contact.debtor_case(osen, email="a@example.org")
    contact.strategy(osen, officer, MAIL)
    campaign = contact.started(osen, officer)

    def killed(*args):
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(deliver_messages, "_keep", killed)
        with pytest.raises(Died):
            contact.run(campaign, officer)
    contact.run(campaign, officer)
    assert (states(campaign), len(mail.outbox)) == (["unsure"], 1)


def test_killed_at_every_point_letters_come_once_each(osen, officer, monkeypatch):
    """Held to: killed in the middle and resumed, no letter twice, none missing."""
    monkeypatch.setattr("debtors.actions.send_campaign.PART", 2)
    for number in range(5):
        contact.debtor_case(osen, f"70{number}", address_text=f"ул. Мира, д. 1, кв. {number}")
    contact.strategy(osen, officer, LETTER_NOW)
    campaign = contact.started(osen, officer)
    for after in range(6):
        try:
            contact.run(campaign, officer, progress=dying(after))
        except Died:
            continue
    done = contact.run(campaign, officer)

    assert states(done) == ["ready"] * 5
    notices = PreTrialNotice.objects.order_by("number")
    assert [notice.number for notice in notices] == [1, 2, 3, 4, 5]
    assert Document.objects.count() == 5
    assert (done.post_run.count, done.post_run.pages) == (5, 5)
    printed = [line.document.subject_id for line in done.post_run.lines.order_by("position")]
    assert sorted(printed) == sorted(notices.values_list("pk", flat=True))


def test_a_batch_takes_the_same_statements_for_one_letter_and_for_many(osen, lada, officer, stranger):
    """Held to: reminders, documents, contacts and events of a batch in a fixed number of statements."""

    def asked(creditor, by, count: int) -> int:
        for number in range(count):
            contact.debtor_case(creditor, f"70{number}", address_text=f"ул. Мира, д. 1, кв. {number}")
        contact.strategy(creditor, by, LETTER_NOW)
        campaign = contact.started(creditor, by)
        seen = []
        with CaptureQueriesContext(connection) as caught, contextlib.suppress(Died):
            contact.run(campaign, by, progress=lambda done, whole, words: _count_batch(words, len(caught), seen))
        return seen[1] - seen[0]

    one = asked(osen, officer, 1)  # and what is laid once for all: the shipped template, the series of numbers
    assert asked(lada, stranger, 20) <= one


def _count_batch(words: str, queries: int, seen: list[int]) -> None:
    """Remember the queries before the first batch and after it; then die."""
    seen.append(queries)
    if words == "напоминания":
        raise Died


def test_delivery_by_post_starts_the_waiting_term_of_the_reminder(osen, officer):
    """P2.3: the strategy's letter is the legal reminder; its term runs from the day the post handed it over."""
    case = contact.debtor_case(osen, address_text="ул. Мира, д. 1, кв. 1")
    contact.strategy(osen, officer, LETTER_NOW)
    campaign = contact.sent(osen, officer)
    assert hand_over(campaign=campaign, channel="post", by=officer, on=DAY) == 1
    with pytest.raises(NothingReady):
        hand_over(campaign=campaign, channel="post", by=officer, on=DAY)
    item = campaign.contacts.get()
    file = f"Ключ,ШПИ,Статус,Дата\n{item.key},80080000000001,Вручение адресату: вручено,27.03.2024\n".encode()
    taken = take_results(campaign=campaign, channel="post", name="post.csv", content=file, by=officer, on=LATER)

    case.refresh_from_db()
    assert (taken.taken, taken.problems) == (1, [])
    assert (case.stage, case.stage_on) == (Stage.REMINDER_SENT, dt.date(2024, 3, 27))
    item.refresh_from_db()
    assert (item.tracking, item.notice.channel) == ("80080000000001", "post")
    again = take_results(campaign=campaign, channel="post", name="post.csv", content=file, by=officer, on=LATER)
    assert (again.taken, again.known, again.problems) == (0, 1, [])


def test_a_letter_nobody_fetched_counts_as_delivered_by_law(osen, officer):
    """ГК РФ ст. 165.1."""
    contact.debtor_case(osen)
    contact.strategy(osen, officer, LETTER_NOW)
    campaign = contact.sent(osen, officer)
    item = campaign.contacts.get()
    file = f"Ключ;Статус;Дата\n{item.key};Возврат: истёк срок хранения;26.03.2024\n".encode()
    take_results(campaign=campaign, channel="post", name="f.csv", content=file, by=officer, on=LATER)
    item.refresh_from_db()
    assert (item.state, item.by_law, item.notice.sent_on) == ("delivered", True, dt.date(2024, 3, 26))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("нет-такого;Доставлено;21.03.2024", "ключа «нет-такого» в этой рассылке нет"),
        ("{key};Улетело;21.03.2024", "статус «Улетело» непонятен. Понимаем, например: «доставлен», «не доставлен»"),
        ("{key};Доставлено;31.02.2024", "«31.02.2024» не дата. Нужен вид 21.03.2024"),
        ("{key};Доставлено;22.03.2024", "дата 22.03.2024 в будущем"),
        ("{key};Доставлено;20.03.2024", "раньше отправки (21.03.2024)"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_changes_nothing(case, osen, officer, row, words):
    contact.strategy(osen, officer)
    campaign = contact.sent(osen, officer)
    key = campaign.contacts.get().key
    file = f"Ключ;Статус;Дата\n{row.format(key=key)}\n".encode()
    taken = take_results(campaign=campaign, channel="sms", name="f.csv", content=file, by=officer, on=DAY)
    assert taken.taken == 0
    assert taken.problems[0].startswith("Строка 2: ")
    assert words in taken.problems[0]
    assert states(campaign) == ["sent"]


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "Имя;Сумма\nа;1\n".encode(), b"PK\x03\x04broken"])
def test_a_file_that_is_no_table_of_results_is_refused_whole(case, osen, officer, content):
    contact.strategy(osen, officer)
    campaign = contact.sent(osen, officer)
    with pytest.raises(ResultsRefused):
        take_results(campaign=campaign, channel="sms", name="f.xlsx", content=content, by=officer, on=DAY)


def test_calls_go_out_as_a_register_and_come_back_by_phone(osen, officer):
    """P2.5: the dialler's register out, its results in."""
    contact.debtor_case(osen, phone="8 (900) 000-00-01")
    contact.strategy(osen, officer, contact.LadderStep("call", "Робот", "autodial", 0, CALL.text))
    campaign = contact.sent(osen, officer)
    file = "Телефон;Результат\n+79000000001;Прослушано полностью, 34 с\n".encode()
    take_results(campaign=campaign, channel="autodial", name="calls.csv", content=file, by=officer, on=DAY)
    item = campaign.contacts.get()
    assert (item.state, item.text, item.result) == ("delivered", "Долг 27 500,00 рублей", "Прослушано полностью, 34 с")


def test_who_pays_or_is_held_between_the_list_and_the_sending_gets_nothing(case, osen, officer, monkeypatch):
    contact.strategy(osen, officer)
    campaign = contact.started(osen, officer)
    with pytest.raises(Died):
        contact.run(campaign, officer, progress=dying(0))
    assert states(campaign) == ["waiting"]
    place_hold(case=case, kind="subsidy", reason="подал заявление", by=officer, on=DAY)

    contact.run(campaign, officer)
    item = campaign.contacts.get()
    assert (item.state, item.why, messages()) == ("left_out", "приостановлено: рассматривается субсидия", [])


def test_messages_wait_for_the_hours_and_go_on_later(case, osen, officer):
    contact.strategy(osen, officer)
    campaign = contact.started(osen, officer)
    night = dt.datetime(2024, 3, 21, 19, 0, tzinfo=dt.UTC)
    paused = contact.run(campaign, officer, at=night)
    assert (paused.state, paused.note) == ("paused", "сейчас 22:00; писать и звонить можно с 8:00 до 22:00")
    assert (states(campaign), messages()) == (["waiting"], [])

    continue_campaign(campaign=paused, by=officer)
    assert contact.run(campaign, officer).state == "done"
    assert len(messages()) == 1


def test_a_gateway_that_is_down_pauses_the_campaign(case, osen, officer, settings):
    settings.SMS_URL = "http://127.0.0.1:1/send"
    contact.strategy(osen, officer)
    campaign = contact.started(osen, officer)
    paused = contact.run(campaign, officer)
    assert paused.state == "paused"
    assert "Шлюз SMS не отвечает" in paused.note
    assert states(campaign) == ["waiting"]


@pytest.fixture
def gateway(settings):
    """A real gateway on this machine: remembers what it was sent; a number ending in 13 is refused."""
    got = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            got.append((self.headers["Authorization"], body))
            refused = body["to"].endswith("13")
            self.send_response(422 if refused else 200)
            self.end_headers()
            self.wfile.write(b'{"message_id": "g-1"}')

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_AUTHORIZATION = "Bearer t"
    settings.SMS_FIELDS = {"phone": "to", "text": "body", "key": "client_id", "number": "message_id"}
    yield got
    server.shutdown()
    thread.join()
    server.server_close()


def test_any_http_gateway_is_a_matter_of_settings(osen, officer, gateway):
    contact.debtor_case(osen, "801", phone="+79000000001")
    contact.debtor_case(osen, "802", phone="+79000000013")
    contact.strategy(osen, officer, SMS)
    campaign = contact.sent(osen, officer)
    assert {token for token, _ in gateway} == {"Bearer t"}
    assert {one["client_id"] for _, one in gateway} == set(campaign.contacts.values_list("key", flat=True))
    good = campaign.contacts.get(case__account_numbers="801")
    bad = campaign.contacts.get(case__account_numbers="802")
    assert (good.state, good.tracking, bad.state) == ("sent", "g-1", "failed")
    assert bad.result.startswith("шлюз отказал: 422")


def test_the_next_step_is_due_after_its_wait_and_only_once(case, osen, officer):
    contact.strategy(osen, officer, SMS, LETTER)
    contact.sent(osen, officer)
    early = contact.sent(osen, officer, on=DAY + dt.timedelta(days=4))
    assert (early.contacts.count(), early.left_out[0][0]) == (0, "ждём")
    letters = contact.run(
        contact.started(osen, officer, on=DAY + dt.timedelta(days=5)), officer, at=NOON + dt.timedelta(days=5)
    )
    assert letters.contacts.get().step == "letter"


def test_the_register_for_the_post_carries_addresses_and_keys(osen, officer, tmp_path):
    contact.debtor_case(osen, address_text="184310, г. Заозерск, ул. Мира, д. 1, кв. 7")
    contact.strategy(osen, officer, LETTER_NOW)
    campaign = contact.sent(osen, officer)
    file = tmp_path / "post.xlsx"
    with file.open("wb") as out:
        post_register(campaign, out)
    rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    head = rows[0]
    row = dict(zip(head, rows[1], strict=True))
    assert row["ADDRESSLINE"] == "184310, г. Заозерск, ул. Мира, д. 1, кв. 7"
    assert (row["ADRESAT"], row["COMMENT"]) == ("Должник 500", campaign.contacts.get().key)
    assert (row["MAILTYPE"], row["MAILCATEGORY"]) == (2, 1)


def test_one_campaign_at_a_time_and_by_fresh_payments(case, osen, officer, auditor):
    contact.strategy(osen, officer)
    campaign = contact.started(osen, officer)
    with pytest.raises(CampaignIsRunning):
        contact.started(osen, officer)
    cancel_campaign(campaign=campaign, reason="ошиблись днём", by=officer)
    with pytest.raises(UnknownStep):
        contact.started(osen, officer, only=["пароход"])
    with pytest.raises(NotAllowed):
        start_campaign(creditor=osen, by=auditor, on=DAY, at=NOON)
    OpeningRule.objects.create(creditor=osen, valid_from=DAY, payments_fresh=1, set_by=officer)
    with pytest.raises(PaymentsAreStale):
        contact.started(osen, officer)


def test_a_stopped_campaign_sends_nothing_more(case, osen, officer):
    contact.strategy(osen, officer)
    campaign = contact.started(osen, officer)
    with pytest.raises(Died):
        contact.run(campaign, officer, progress=dying(0))
    cancel_campaign(campaign=campaign, reason="не тот текст", by=officer)
    contact.run(campaign, officer)
    assert (states(campaign), messages()) == (["left_out"], [])
    assert Contact.objects.get().why == "рассылка остановлена: не тот текст"


def test_a_letter_marked_on_its_own_page_is_delivered_in_the_campaign_too(osen, officer):
    contact.debtor_case(osen)
    contact.strategy(osen, officer, LETTER_NOW)
    campaign = contact.sent(osen, officer)
    send_reminder(notice=PreTrialNotice.objects.get(), channel="by_hand", by=officer, on=DAY)
    item = campaign.contacts.get()
    assert (item.state, item.delivered_on, item.proof) == ("delivered", DAY, f"отметил(а) {officer.short_name}")


def test_a_cancelled_letter_frees_its_step(osen, officer):
    contact.debtor_case(osen)
    contact.strategy(osen, officer, LETTER_NOW)
    campaign = contact.sent(osen, officer)
    cancel_reminder(notice=PreTrialNotice.objects.get(), reason="опечатка", by=officer, on=DAY)
    assert campaign.contacts.get().why == "напоминание отменено: опечатка"
    again = contact.sent(osen, officer)
    assert again.contacts.get().notice.number == 2


def test_a_strategy_passes_over_channels_that_are_not_set_up(case, osen, officer, settings):
    settings.SMS_URL = ""
    contact.strategy(osen, officer, SMS, LETTER_NOW)
    assert contact.sent(osen, officer).contacts.get().step == "letter"
