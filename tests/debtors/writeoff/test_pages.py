"""The screens and the API of write-offs and campaigns, step by step, by two people; refusals come in words."""

import datetime as dt

import pytest
from django.utils import timezone

from debtors.actions.decide_write_off import ask_write_off
from debtors.actions.gather_write_off import find_write_offs
from debtors.models import Payment, PenaltyCampaign, WriteOffAct, WriteOffCandidate
from tests.debtors.writeoff.conftest import OLD, gathered

pytestmark = pytest.mark.django_db


@pytest.fixture
def owing(books):
    today = timezone.localdate()
    for number in (0, 1):
        books.charge(OLD, 50000, account=number)
    books.post("2020-06-02", on=today.isoformat())
    return books


def page(client, url) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def post(client, url, **data) -> str:
    return client.post(url, data, follow=True).content.decode()


def test_from_the_search_to_the_ledger_and_back(owing, officer, chief, visit, jobs_run_at_once):
    client = visit(officer)
    with jobs_run_at_once():
        client.post("/write-offs/find/")
    assert WriteOffCandidate.objects.count() == 2
    assert "иск о месяце можно было подать до" in page(client, "/write-offs/candidates/")

    assert "Новый акт: 2" in post(client, "/write-offs/gather/", everything="1", query="")
    post(client, "/write-offs/gather/", everything="1", query="", confirm="1", reason="инвентаризация")
    act = WriteOffAct.objects.get()
    here = f"/write-offs/{act.pk}/"
    assert "Не хватает документов" in page(client, here)
    assert "Не хватает документов" in post(client, here + "ask/")
    for kind in ("head_order", "inventory_act"):
        paper = {"kind": kind, "number": "17", "issued_on": timezone.localdate().isoformat()}
        assert "Записан документ" in post(client, here + "paper/", **paper)
    assert "Отправлено на утверждение" in post(client, here + "ask/")
    assert "Акт готовили вы" in page(client, here)
    assert "правило двух лиц" in post(client, here + "approve/")
    assert not Payment.objects.exists()

    client = visit(chief)
    shown = page(client, here)
    assert "Что изменится в показателях" in shown and "1\u202f000,00" in shown
    with jobs_run_at_once():
        client.post(here + "approve/")
    act.refresh_from_db()
    assert act.state == "posted"
    assert "Остаётся списанным" in page(client, here)
    assert owing.accounts[0].number in page(client, "/write-offs/watch/")
    assert "Восстанавливать нечего" in post(client, "/write-offs/restore/")
    assert "Долг восстановлен" in post(client, here + "restore/", why="mistake", note="не тот счёт")
    assert "восстановлен полностью" in page(client, "/write-offs/")


def test_programs_are_held_to_two_people_too(owing, officer, chief, visit):
    client = visit(officer)
    find_write_offs(creditor=owing.creditor, on=timezone.localdate())
    client.post("/write-offs/gather/", {"everything": "1", "query": "", "confirm": "1"})
    act = WriteOffAct.objects.get()
    refused = client.post(f"/api/write-offs/{act.pk}/ask/")
    assert refused.status_code in (400, 409)
    assert "Не хватает документов" in refused.content.decode()
    for kind in ("head_order", "inventory_act"):
        client.post(
            f"/write-offs/{act.pk}/paper/", {"kind": kind, "number": "1", "issued_on": timezone.localdate().isoformat()}
        )
    assert client.post(f"/api/write-offs/{act.pk}/ask/").json()["state"] == "asked"
    assert "правило двух лиц" in client.post(f"/api/write-offs/{act.pk}/approve/").content.decode()
    assert visit(chief).post(f"/api/write-offs/{act.pk}/approve/").json()["state"] == "approved"


def test_a_refusal_needs_a_reason_and_is_read_by_the_asker(owing, officer, chief, visit):
    act = ask_write_off(act=gathered(owing, officer), by=officer, on=timezone.localdate())
    client = visit(chief)
    assert "Обязательное поле" in post(client, f"/write-offs/{act.pk}/refuse/", why="")
    post(client, f"/write-offs/{act.pk}/refuse/", why="нет приказа")
    assert "нет приказа" in page(visit(officer), f"/write-offs/{act.pk}/")


def test_a_campaign_from_proposal_to_the_end(owing, officer, chief, visit):
    client, today = visit(officer), timezone.localdate()
    terms = {
        "creditor": owing.creditor.pk,
        "name": "Весна",
        "cause": "праздник",
        "order": "№ 7",
        "valid_from": today.isoformat(),
        "last_day": (today - dt.timedelta(days=5)).isoformat(),
    }
    assert "не может кончиться" in post(client, "/penalty-campaigns/new/", **terms)
    terms["last_day"] = (today + dt.timedelta(days=5)).isoformat()
    assert "утвердит другой сотрудник" in post(client, "/penalty-campaigns/new/", **terms)
    here = PenaltyCampaign.objects.get().get_absolute_url()
    assert "правило двух лиц" in post(client, here + "approve/")
    client = visit(chief)
    assert "Акция утверждена" in post(client, here + "approve/")
    assert "Пени списаны: счетов 0" in post(client, here + "run/")
    assert "Акция прекращена" in post(client, here + "end/")
    assert "Весна" in page(client, "/penalty-campaigns/")


def test_the_register_and_the_municipalitys_debt(owing, clerk, visit):
    flat = owing.accounts[0].premises
    client, today = visit(clerk), timezone.localdate()
    assert "Записано: законсервировано" in post(
        client, f"/premises/{flat.pk}/condition/", kind="conserved", valid_from=today.isoformat(), basis="акт"
    )
    shown = page(client, "/premises/register/?part=conserved")
    assert str(flat) in shown and "Законсервировано" in shown
    page(client, "/premises/own-debt/")
    assert client.get("/premises/register/?export=xlsx").status_code == 200


def test_the_state_of_an_act_colours_its_badge_and_no_sum(owing, officer, visit):
    act = ask_write_off(act=gathered(owing, officer), by=officer, on=timezone.localdate())
    shown = page(visit(officer), f"/write-offs/{act.pk}/")
    assert '<span class="badge warn">ждёт утверждения' in shown
    assert 'class="tile warn' not in shown
