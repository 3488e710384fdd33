"""Stories of rows L3 and P2.5: from the campaign, the call and the door to the plan's figures and what they open."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from debtors.models import Campaign, Round
from tests.factories import contact
from tests.stories.conftest import figure_behind

pytestmark = pytest.mark.django_db
OVERDUE = 5 * 550_000


@pytest.fixture
def desk(clock, visit, officer, settings, tmp_path):
    settings.SMS_URL, settings.MEDIA_ROOT = "local:", tmp_path
    return visit(officer)


def test_row_p2_5_messages_by_the_strategy_with_their_delivery(desk, clock, osen, officer):
    """P2.5: the dry run names two debtors, the campaign writes to them, the gateway's file says whom it reached."""
    for number in ("501", "502"):
        contact.debtor_case(osen, number, on=clock.on, phone=f"+79000000{number}")
    contact.strategy(osen, officer, contact.SMS)
    assert desk.get("/campaigns/new/").content.decode().count("+79000000") == 2
    assert figure_behind(desk, "P2.5", "contacts.automatic", clock.on).totals == (0, 0, 0, 0)

    desk.post("/campaigns/new/", {"creditor": osen.pk, "steps": ["sms"]})
    campaign = contact.run(Campaign.objects.get(), officer)
    assert figure_behind(desk, "P2.5", "contacts.automatic", clock.on).totals == (2, 0, 0, 2 * OVERDUE)

    first, second = campaign.contacts.order_by("position")
    clock.later(1)
    file = f"Ключ;Статус;Дата\n{first.key};Доставлено;22.03.2024\n{second.key};Не доставлено;22.03.2024\n"
    told = SimpleUploadedFile("sms.csv", file.encode())
    desk.post(f"{campaign.get_absolute_url()}results/", {"channel": "sms", "file": told})
    figure = figure_behind(desk, "P2.5", "contacts.automatic", clock.on)
    assert figure.totals == (2, 1, 1, 2 * OVERDUE)
    assert len(figure.lines) == 2


def test_row_l3_told_by_phone_and_at_the_door(desk, clock, osen):
    """L3: a talk that ends with a promise, a call nobody answered, a door on a round."""
    first = contact.debtor_case(osen, "501", on=clock.on, address_text="ул. Мира, д. 1, кв. 1")
    second = contact.debtor_case(osen, "502", on=clock.on, address_text="ул. Мира, д. 1, кв. 2")
    promised = {"promised": "1 000", "promised_on": "2024-03-28"}
    desk.post(f"/cases/{first.pk}/call/", {"reached": "yes", "words": "обещал", **promised})
    desk.post(f"/cases/{second.pk}/call/", {"reached": "no", "words": "не ответил"})
    assert figure_behind(desk, "L3", "contacts.in_person", clock.on).totals == (1, 1, 0, 100_000)

    desk.post("/rounds/new/", {"creditor": osen.pk, "planned_on": clock.on.isoformat(), "walkers": "Петров"})
    walk = Round.objects.get()
    desk.post(f"/rounds/{walk.pk}/add/", {"most": "40"})
    stop = walk.stops.get()
    assert stop.case == second, "who promised is left in peace until the day"
    desk.post(f"/round-stops/{stop.pk}/", {"outcome": "talked", "note": "заплатит с зарплаты"})
    desk.post(f"/rounds/{walk.pk}/hold/")
    assert figure_behind(desk, "L3", "contacts.in_person", clock.on).totals == (2, 1, 1, 100_000)
    assert figure_behind(desk, "L3", "contacts.rounds", clock.on).totals == (1, 1, 0, 0)
