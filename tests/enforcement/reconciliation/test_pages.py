"""The screens: what each side sees and may press, with htmx and without, and how many queries the board takes."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casedesk.documents.models import Document
from enforcement.models import Reconciliation, ReconciliationDifference
from tests.enforcement.reconciliation.test_exchange import as_bytes, reply_of
from tests.factories import access, reconciliation

BOARD = "enforcement:reconciliation"


@pytest.fixture
def worked(sent):
    """In work: the first writ is missing, the second has another sum."""
    _, second, third = reconciliation.agreeing(sent)
    return reconciliation.answered(sent, [replace(second, received=5_000, remainder=95_000), third])


@pytest.fixture
def missing(worked):
    return worked.differences.get(kind="not_received")


def board(client, one, **asked) -> str:
    return client.get(reverse(BOARD, args=[one.pk]), asked).content.decode()


def test_the_list_tells_shares_and_lights(visit, officer, worked):
    page = visit(officer).get(reverse("enforcement:reconciliations")).content.decode()
    assert "66 %" in page and ("просрочено 2" in page)


def test_an_empty_list_says_when_it_fills(visit, auditor):
    assert "Сверок пока нет" in visit(auditor).get(reverse("enforcement:reconciliations")).content.decode()


def test_open_differences_come_first_and_tabs_find_the_rest(visit, officer, worked):
    client = visit(officer)
    first = board(client, worked)
    assert "не поступал в отдел" in first and "суммы расходятся" in first and "2-2/2023" not in first
    assert "2-2/2023" in board(client, worked, show="agreed")
    assert "2-2/2023" in board(client, worked, show="all", q="2-2/2023")
    assert "2-1/2023" not in board(client, worked, show="all", q="2-2/2023")
    assert "не поступал" in board(client, worked, show="open", kind="not_received")
    assert "Ничего не нашлось" in board(client, worked, show="all", q="нет такого")


def test_accepting_with_and_without_script(visit, officer, worked, missing):
    client = visit(officer)
    accept = reverse("enforcement:difference-accept", args=[missing.pk])
    plain = client.post(accept, {"back": worked.get_absolute_url()})
    assert plain.status_code == 302
    missing.refresh_from_db()
    assert missing.resolution == "presented_again"

    other = worked.differences.get(kind="sum_differs")
    quick = client.post(reverse("enforcement:difference-accept", args=[other.pk]), headers={"HX-Request": "true"})
    said = quick.content.decode()
    assert 'hx-swap-oob="true"' in said and "приняты данные отдела" in said.casefold() and "2 из 2" in said


def test_settle_assign_explain_take_back(visit, officer, missing):
    client = visit(officer)

    def post(name, **given):
        client.post(reverse(f"enforcement:difference-{name}", args=[missing.pk]), given)
        missing.refresh_from_db()

    post("assign")
    assert missing.assignee == officer
    post("explain", text="звонили в отдел")
    post("settle", resolution="other", reason="")
    assert missing.is_open
    post("settle", resolution="other", reason="отозван")
    assert (missing.resolution, missing.reason) == ("other", "отозван")
    post("take-back")
    assert missing.is_open
    page = client.get(missing.get_absolute_url()).content.decode()
    assert "звонили в отдел" in page and "возвращено" in page


def test_a_department_answers_and_cannot_settle(visit, bailiff_liaison, worked, missing):
    client = visit(bailiff_liaison)
    assert "Подтвердить" in board(client, worked)
    assert client.post(reverse("enforcement:difference-accept", args=[missing.pk])).status_code == 403
    answer = reverse("enforcement:reconciliation-answer", args=[worked.pk, missing.group])
    assert "Ответ отдела" in client.get(answer).content.decode()
    assert "Назовите день окончания" in client.post(answer, {"status": "finished"}).content.decode()

    client.post(answer, {"status": "open", "proceeding": "1001/23/51034-ИП", "received": "0", "remainder": "1000,00"})

    missing.refresh_from_db()
    assert missing.resolution == "gone"
    line = worked.lines.get(side="theirs", source="screen")
    assert (line.source, line.remainder, line.entered_by) == ("screen", 100_000, bailiff_liaison)


def test_a_department_confirms_everything(visit, bailiff_liaison, sent):
    visit(bailiff_liaison).post(reverse("enforcement:reconciliation-confirm", args=[sent.pk]))
    sent.refresh_from_db()
    assert sent.state == "in_work" and sent.lines.filter(side="theirs").count() == 3 and not sent.differences.exists()


def test_a_department_sees_only_its_own(visit, bailiffs, worked, missing, bailiff_liaison):
    other = access.person("bailiff_liaison", access.department("osp-2"))
    client = visit(other)
    assert client.get(reverse(BOARD, args=[worked.pk])).status_code == 404
    assert client.get(missing.get_absolute_url()).status_code == 404
    assert "/cases/" not in board(visit(bailiff_liaison), worked).split('id="main"')[1]


def test_a_reply_from_a_file_in_the_background(visit, officer, sent, jobs_run_at_once):
    client, url = visit(officer), reverse("enforcement:reconciliation-reply", args=[sent.pk])
    with jobs_run_at_once():
        upload = SimpleUploadedFile("ответ.json", as_bytes(reply_of(sent)))
        client.post(url, {"file": upload, "reply_on": "2024-03-02"})
    sent.refresh_from_db()
    assert (sent.state, sent.reply_on, sent.job.state) == ("in_work", dt.date(2024, 3, 1), "done")
    assert sent.differences.filter(kind="unknown_to_us").count() == 4
    with jobs_run_at_once():
        client.post(url, {"file": SimpleUploadedFile("плохой.json", b"{"), "reply_on": "2024-03-02"})
    assert "не читается" in board(client, sent)


def test_our_side_again_and_sending(visit, officer, osen, bailiffs, writs, jobs_run_at_once):
    one = reconciliation.opened(osen, bailiffs)
    client = visit(officer)
    with jobs_run_at_once():
        client.post(reverse("enforcement:reconciliation-refresh", args=[one.pk]))
    client.post(reverse("enforcement:reconciliation-send", args=[one.pk]))
    one.refresh_from_db()
    assert one.state == "exchanged" and one.job.state == "done" and one.known_at > one.opened_at


def test_opening_a_month_on_the_screen(visit, officer, osen, bailiffs, writs):
    client, url = visit(officer), reverse("enforcement:reconciliation-open")
    assert "сверка за месяц ещё не открыта" in client.get(reverse("enforcement:reconciliations")).content.decode()
    client.post(url, {"creditor": osen.pk, "department": bailiffs.pk, "month": "2024-02"})
    one = Reconciliation.objects.get()
    assert one.lines.count() == 3
    again = client.post(url, {"creditor": osen.pk, "department": bailiffs.pk, "month": "2024-02"}, follow=True)
    assert "уже есть" in again.content.decode()


def test_joining_lone_lines_on_the_screen(visit, officer, sent):
    first, *others = reconciliation.agreeing(sent)
    reconciliation.answered(sent, [replace(first, writ_number="2-999/2023", proceeding=""), *others])
    client = visit(officer)
    assert "Похожие строки другой стороны" in board(client, sent)
    ours = sent.lines.get(side="ours", writ_number=first.writ_number)
    theirs = sent.lines.get(writ_number="2-999/2023")
    given = {"ours": ours.pk, "theirs": theirs.pk, "reason": "описка"}
    client.post(reverse("enforcement:reconciliation-join", args=[sent.pk]), given)
    assert not sent.differences.filter(state="open").exists()
    join = sent.joins.get()
    client.post(reverse("enforcement:reconciliation-part", args=[sent.pk]), {"join": join.pk})
    assert sent.differences.filter(state="open").count() == 2


def test_signing_and_the_act_in_every_form(visit, officer, worked):
    client = visit(officer)
    for side, name in (("ours", "Орлова Т. В."), ("theirs", "Тихонов Д. Ю.")):
        draft = client.get(reverse("enforcement:reconciliation-act-file", args=[worked.pk, "pdf"]))
        assert b"".join(draft.streaming_content).startswith(b"%PDF")
        client.post(
            reverse("enforcement:reconciliation-sign", args=[worked.pk]),
            {"side": side, "name": name, "office": "должность", "signed_on": "2024-03-05"},
        )
    worked.refresh_from_db()
    assert worked.is_signed
    document = Document.objects.get(kind="reconciliation_act")
    assert document.data["their_rest"] == 195_000 and document.data["sha256"] == worked.sha256
    for form in ("pdf", "xlsx"):
        answer = client.get(reverse("enforcement:reconciliation-act-file", args=[worked.pk, form]))
        assert b"".join(answer.streaming_content)[:2] in (b"%P", b"PK")
    assert "больше не меняется" in board(client, worked)
    assert "Тихонов Д. Ю." in client.get(reverse("enforcement:reconciliation-act", args=[worked.pk])).content.decode()
    assert Document.objects.count() == 1


def test_the_register_as_files(visit, officer, sent):
    client = visit(officer)
    answer = client.get(reverse("enforcement:reconciliation-register", args=[sent.pk, "json"]))
    assert json.loads(answer.content)["month"] == "2024-02"
    assert client.get(reverse("enforcement:reconciliation-register", args=[sent.pk, "xlsx"])).status_code == 200
    assert client.get(reverse("enforcement:reconciliation-register", args=[sent.pk, "doc"])).status_code == 404


def test_the_board_takes_a_fixed_number_of_queries(visit, officer, osen, bailiffs, writs, django_assert_max_num_queries):
    reconciliation.with_bailiffs(osen, bailiffs, count=36, first=100)
    one = reconciliation.sent(osen, bailiffs)
    rows = [replace(row, received=900) for row in reconciliation.agreeing(one)]
    reconciliation.answered(one, rows[:-3])
    client = visit(officer)
    board(client, one)
    with django_assert_max_num_queries(36):
        page = board(client, one)
    assert page.count("data-row") == 39 and ReconciliationDifference.objects.count() == 39
