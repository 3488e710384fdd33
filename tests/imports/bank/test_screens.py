"""Screens of bank documents and suspense: what they show, what a click does, in few queries."""

import pytest
from django.urls import reverse

from casedesk.access.rights import Role
from imports.models import BankDocument, PayerPattern, SuspenseLimit
from tests.factories import access

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client, clerk, master, load):
    """The clerk's desk over the second sample statement."""
    load("v02")
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def suggested(desk) -> BankDocument:
    return BankDocument.objects.get(verdict="suggest")


def test_the_list_filters_sums_and_exports(desk):
    page = desk.get("/bank/?verdict=auto").content.decode()
    assert "15\u202f939,25" in page.replace("&#8239;", "\u202f") or "939,25" in page
    assert desk.get("/bank/?export=xlsx")["Content-Type"].startswith("application/vnd")
    assert "По этому отбору" in desk.get("/bank/?q=нетакого").content.decode()


def test_the_queue_shows_candidates_and_reasons(desk):
    page = desk.get("/suspense/").content.decode()
    assert page.count("data-card") >= 5
    assert 'data-key="1"' in page
    assert "названо" in page or "документ 2-418/22" in page


def test_the_queue_costs_the_same_for_many_cards(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        desk.get("/suspense/")


def test_one_keystroke_accepts_and_another_takes_back(desk, suggested):
    candidate = suggested.candidates.get()
    card = desk.post(f"/bank/{suggested.pk}/accept/", {"candidate": candidate.pk}, headers=HTMX).content.decode()
    suggested.refresh_from_db()
    assert suggested.state == "booked"
    assert "разнесено" in card and 'data-key="z"' in card

    desk.post(f"/bank/{suggested.pk}/reopen/", {"reason": "ошибка"}, headers=HTMX)
    suggested.refresh_from_db()
    assert suggested.state == "waiting"


def test_an_account_by_its_number(desk, suggested):
    answer = desk.post(f"/bank/{suggested.pk}/accept/", {"number": "000"}, headers=HTMX).content.decode()
    assert "Нет лицевого счёта 000" in answer
    desk.post(f"/bank/{suggested.pk}/accept/", {"number": "005100001"})
    suggested.refresh_from_db()
    assert suggested.state == "booked"


def test_a_second_decision_is_refused_in_words(desk, suggested):
    for _ in range(2):
        answer = desk.post(f"/bank/{suggested.pk}/accept/", {"number": "005100001"}, follow=True)
    assert "уже разнесено" in answer.content.decode()


def test_aside_needs_a_reason(desk, suggested):
    desk.post(f"/bank/{suggested.pk}/aside/", {"kind": "returned", "reason": ""})
    suggested.refresh_from_db()
    assert suggested.state == "waiting"
    desk.post(f"/bank/{suggested.pk}/aside/", {"kind": "returned", "reason": "вернули"})
    suggested.refresh_from_db()
    assert suggested.state == "not_ours"


def test_assign_to_me(desk, suggested, clerk):
    desk.post(f"/bank/{suggested.pk}/assign/", {"me": "1"})
    suggested.refresh_from_db()
    assert suggested.owner == clerk


def test_the_document_page_marks_tokens_and_tells_decisions(desk):
    auto = BankDocument.objects.filter(verdict="auto", purpose__contains="14531/21/51034-ИП").first()
    page = desk.get(reverse("imports:bank-document", args=[auto.pk])).content.decode()
    assert '<mark class="proceeding"' in page
    assert "разнесено по точному ключу" in page


def test_splitting_by_a_pasted_list(desk, suggested):
    url = f"/bank/{suggested.pk}/split/"
    lines = "№;Должник;Сумма\n1;Ежов Олег Павлович;193820/22/51034-ИП;9 000,00\n2;;005100001;491,55\nИтого;;9491,55"
    short = desk.post(url, {"lines": lines}).content.decode()
    assert "Не сходится" in short and "0,01" in short

    whole = lines.replace("491,55\nИтого", "491,56\nИтого")
    shown = desk.post(url, {"lines": whole}).content.decode()
    assert "005100087" in shown and "Разнести 2" in shown.replace("\xa0", " ")
    assert BankDocument.objects.get(pk=suggested.pk).state == "waiting"

    desk.post(url, {"lines": whole, "book": "1"})
    suggested.refresh_from_db()
    assert suggested.state == "booked"
    lines = suggested.decisions.get().lines.values_list("account__number", "amount")
    assert list(lines) == [("005100087", 900_000), ("005100001", 49_156)]


def test_a_list_with_an_unknown_line_is_not_booked(desk, suggested):
    lines = "Ежов 193820/22/51034-ИП;9491,55\nкто-то;0,01"
    answer = desk.post(f"/bank/{suggested.pk}/split/", {"lines": lines, "book": "1"}).content.decode()
    assert "не понята" in answer
    assert BankDocument.objects.get(pk=suggested.pk).state == "waiting"


def test_the_limit_and_learnt_payers(desk, suggested, creditor, clerk):
    desk.post("/suspense/limit/", {"creditor": creditor.pk, "amount": "1000"})
    assert SuspenseLimit.objects.get().amount == 100_000
    desk.post("/suspense/limit/", {"creditor": creditor.pk, "amount": ""})
    assert not SuspenseLimit.objects.exists()

    citizen = BankDocument.objects.get(payer="citizen", state="waiting")
    desk.post(f"/bank/{citizen.pk}/accept/", {"number": "005100037", "reason": "звонила"})
    pattern = PayerPattern.objects.get()
    assert "звонила" in desk.get("/payers/").content.decode()
    desk.post(f"/payers/{pattern.pk}/revoke/", {"reason": "переехала"})
    pattern.refresh_from_db()
    assert pattern.revoke_reason == "переехала"


def test_an_auditor_sees_and_decides_nothing(client, desk, creditor, suggested):
    client.force_login(access.person(Role.AUDITOR, creditor), backend="django.contrib.auth.backends.ModelBackend")
    assert "data-key" not in client.get("/suspense/").content.decode()
    assert client.post(f"/bank/{suggested.pk}/accept/", {"number": "005100001"}).status_code == 403


def test_programs_read_documents(desk, suggested):
    found = desk.get("/api/bank-documents/?verdict=suggest").json()["results"]
    assert [(one["amount"], one["candidates"][0]["account"]) for one in found] == [("9491.56", "005100085")]


def test_the_batch_page_counts_documents(desk):
    batch = BankDocument.objects.first().batch
    page = desk.get(batch.get_absolute_url()).content.decode()
    assert "Документы выписки" in page and "Точный ключ" in page
