"""Pages of writs and proceedings: what they show, what the steps post, how many queries a list takes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from casedesk.access.models import CreditorRequisites
from casedesk.access.rights import Role
from enforcement.actions.decide_return import record_property
from enforcement.actions.present_writs import Addressed, present_writ, present_writs
from enforcement.models import Presentation, Writ
from enforcement.queries.returns import QUEUES, live_writs, newest_start
from enforcement.web.views.writs import queue_tiles
from enforcement.web.writ_steps import STEPS
from tests.factories import access, cases
from tests.factories import writs as made


@pytest.fixture
def today(monkeypatch):
    day = dt.date(2025, 4, 14)
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)
    return day


def several(creditor, count: int) -> None:
    for number in range(count):
        made.executing(creditor, f"2-{number}/2024", account=f"10{number}", proceeding=f"{number + 1}/24/51034-ИП")


def test_the_list_takes_as_many_queries_for_ten_as_for_two(osen, officer, visit, django_assert_max_num_queries, today):
    several(osen, 2)
    client = visit(officer)
    client.get(reverse("enforcement:writs"))
    with django_assert_max_num_queries(24):
        client.get(reverse("enforcement:writs"))
    for number in range(2, 10):
        made.writ(osen, f"2-{number}/2024", account=f"10{number}")
    with django_assert_max_num_queries(24):
        page = client.get(reverse("enforcement:writs"))
    assert page.content.decode().count("судебный приказ") >= 10


@pytest.mark.parametrize("name", ["writ", "presented", "executing", "returned"])
def test_a_page_in_every_state_shows_money_and_way(osen, officer, visit, name, today):
    writ = getattr(made, name)(osen)
    text = visit(officer).get(writ.get_absolute_url()).content.decode()
    assert "10\u202f700,00" in text or "10 700,00" in text or "10\u2009700,00" in text
    assert "Путь документа" in text


def test_the_queues_hold_what_their_counters_say(osen, officer, today):
    made.returned(osen, "2-1/2024", account="101")
    made.executing(osen, "2-2/2024", account="102", proceeding="2/24/51034-ИП")
    made.writ(osen, "2-3/2024", account="103")
    present = made.writ(osen, "2-4/2024", account="104")
    to = Addressed(department=access.department(), channel="in_person")
    present_writ(writ=present, to=to, by=officer, on=dt.date(2025, 4, 1))

    counts = {tile["label"]: tile["count"] for tile in queue_tiles(officer)}

    assert counts == {
        "Предъявить": 1,
        "Можно предъявить снова": 1,
        "Возврат без решения": 1,
        "Не возбуждено в срок": 1,
        "Два месяца без исполнения": 1,
        "Срок предъявления истекает за 90 дней": 0,
    }
    seen = live_writs(officer)
    assert [QUEUES[name](seen, today).count() for name in ("silent", "again")] == [1, 1]


@pytest.mark.parametrize(("day", "waits"), [(dt.date(2025, 3, 15), 0), (dt.date(2025, 3, 16), 1), (dt.date(2027, 9, 21), 0)])
def test_what_may_go_again_enters_on_its_day_and_leaves_with_the_term(osen, officer, day, waits):
    """Returned 16.09.2024, sent 18.09.2024: from 16.03.2025 until 18.09.2027, a Saturday, so 20.09.2027."""
    made.returned(osen)
    assert QUEUES["again"](live_writs(officer), day).count() == waits


def test_news_of_property_bring_it_in_earlier(osen, officer):
    writ = made.returned(osen)
    day = dt.date(2024, 11, 1)
    assert not QUEUES["again"](live_writs(officer), day).exists()
    record_property(writ=writ, kind="vehicle", description="Лада", source="ГИБДД", by=officer, on=day)
    assert QUEUES["again"](live_writs(officer), day).get().news_on == day


def test_the_last_day_of_a_term_is_not_late(osen):
    """Received 01.04.2025: three working days end on 04.04, it is late from the 5th."""
    assert newest_start("opening", dt.date(2025, 4, 4)) < dt.date(2025, 4, 1)
    assert newest_start("opening", dt.date(2025, 4, 5)) == dt.date(2025, 4, 1)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_step_from_the_wrong_state_answers_with_the_reason(osen, officer, visit, step, today):
    """Every form opens; posted where the table forbids it, the refusal stands over it and nothing changes."""
    writ = made.writ(osen) if step.slug not in ("present", "part-paid", "property", "lose", "recall") else made.recalled(osen)
    client, url = visit(officer), reverse(f"enforcement:writ-{step.slug}", args=[writ.pk])
    assert client.get(url).status_code == 200
    posted = {"on": "2025-04-14", "kind": "bailiffs", "channel": "post", "department": access.department().pk, "note": "-"}
    posted |= {"why": "-", "number": "1/25/51034-ИП", "description": "-", "source": "-", "kopecks": "1", "ground": "47.1.1"}
    if step.slug in ("return", "act"):
        posted |= {"ground": "46.1.3", "kind": "notice"}
    if step.slug == "complain":
        posted |= {"kind": "opening", "to": "court"}
    if step.slug == "property":
        posted |= {"kind": "income"}
    text = client.post(url, posted).content.decode()
    assert "нельзя" in text
    assert made.fresh(writ).state == writ.state


def test_presenting_on_the_page(osen, officer, visit, today):
    writ = made.writ(osen)
    url = reverse("enforcement:writ-present", args=[writ.pk])
    posted = {"kind": "bailiffs", "department": access.department().pk, "channel": "post", "on": "2025-04-14"}
    answer = visit(officer).post(url, posted, follow=True)
    assert "Предъявлено" in answer.content.decode()
    assert made.fresh(writ).state == "presented"


def test_presenting_many_shows_refusals_and_presents_the_rest(osen, officer, visit, today):
    one, other = made.writ(osen, "2-1/2024", account="101"), made.returned(osen, "2-2/2024", account="102")
    late = made.writ(osen, "2-3/2020", account="103", issued_on=dt.date(2020, 3, 1))
    chosen = {"ids": [one.pk, other.pk, late.pk], "query": ""}
    client, url = visit(officer), reverse("enforcement:writs-present")

    preview = client.post(url, chosen).content.decode()
    client.post(
        url,
        chosen
        | {"confirm": "1", "kind": "bailiffs", "department": access.department().pk, "channel": "post", "on": "2025-04-14"},
    )

    assert "истёк" in preview
    assert set(Presentation.objects.running().values_list("writ_id", flat=True)) == {one.pk, other.pk}


@pytest.mark.parametrize("count", [3, 12])
def test_presenting_many_takes_a_fixed_number_of_queries(osen, officer, django_assert_max_num_queries, count):
    papers = [made.writ(osen, f"2-{number}/2024", account=f"1{number:02}") for number in range(count)]
    with django_assert_max_num_queries(45):
        done = present_writs(writs=papers, to=Addressed(department=access.department()), by=officer, on=made.SENT)
    assert len(done.presentations) == count


def test_a_department_sees_only_what_came_to_it(osen, bailiff_liaison, visit, today):
    mine = made.presented(osen, "2-1/2024", account="101")
    made.writ(osen, "2-2/2024", account="102")
    elsewhere = access.department("osp-2")
    made.presented(osen, "2-3/2024", account="103", to=Addressed(department=elsewhere))

    assert [writ.pk for writ in Writ.objects.visible_to(bailiff_liaison)] == [mine.pk]
    page = visit(bailiff_liaison).get(reverse("enforcement:writs")).content.decode()
    assert "2-1/2024" in page and "2-3/2024" not in page


def test_a_department_records_what_it_did_and_presents_nothing(osen, bailiff_liaison, visit, today):
    writ = made.presented(osen)
    client = visit(bailiff_liaison)
    assert client.get(reverse("enforcement:writ-open", args=[writ.pk])).status_code == 200
    assert client.get(reverse("enforcement:writ-withdraw", args=[writ.pk])).status_code == 403


def test_requisites_are_kept_by_day(osen, officer, visit, today):
    url = reverse("access:requisites-of", args=[osen.pk])
    given = {
        "name": "МУП «Озеро»",
        "inn": "7700000001",
        "kpp": "",
        "account": "40702810138250123017",
        "bank_name": "ПАО Сбербанк",
        "bic": "044525225",
        "correspondent_account": "30101810400000000225",
        "oktmo": "",
        "valid_from": "2025-04-01",
    }
    client = visit(officer)
    assert client.post(url, given).status_code == 302
    client.post(url, given | {"bank_name": "Банк", "valid_from": "2025-05-01"})
    client.post(url, given | {"bank_name": "Сбер"})
    kept = CreditorRequisites.objects.filter(organisation=osen).order_by("valid_from")
    assert [one.bank_name for one in kept] == ["Сбер", "Банк"]
    assert kept[0].history.count() == 2
    assert kept[0].qr_fields()[:2] == [("Name", "МУП «Озеро»"), ("PersonalAcc", "40702810138250123017")]


def test_a_liaison_of_the_creditor_works_with_the_whole_list(osen, visit, today):
    person = access.person(Role.BAILIFF_LIAISON, osen)
    made.executing(osen)
    cases.owing(osen, "777", on=made.ISSUED)
    assert "2-100/2024" in visit(person).get(reverse("enforcement:writs") + "?queue=stale").content.decode()
