"""Plan rows P2.7 (penalty campaigns) and Z7a-Z7c (placements, consultations, appeals), from the screen to the figure."""

import pytest

from casedesk.access.rights import Role
from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from debtors.actions.penalty_campaigns import run_campaigns
from debtors.models import AccountState, CaseEvent, OutreachEvent, PenaltyCampaign, PenaltyWaiver
from tests.debtors.ledger.conftest import books, noon  # noqa: F401  a fixture
from tests.debtors.writeoff.test_penalty_campaign import DAY, FIRST, owing  # noqa: F401  a fixture
from tests.factories import access, cases, outreach

pytestmark = pytest.mark.django_db
MONTH = "2026-05"


@pytest.fixture
def now(monkeypatch):
    """`now(day)`: from here on it is that day."""
    days = [FIRST]
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: days[-1])
    return days.append


def figure(code: str, month: str = MONTH) -> tuple:
    """The totals, checked to be those of the list behind them."""
    one, question = catalogue.get(code), Question(months.parse(month))
    totals = one.totals(question)
    assert catalogue.total_of(one.facts(question), len(one.columns)) == totals
    return totals


@pytest.fixture
def pair(books):  # noqa: F811
    """Two lawyers: one proposes, the other approves."""
    return [access.person(Role.LEGAL_OFFICER, books.creditor, username=name) for name in ("asker", "chief")]


def test_row_p2_7_a_campaign_forgives_by_itself_whoever_pays_in_full(owing, pair, now, visit):  # noqa: F811
    """Period, eligibility, cause; approved by another; one posting that is traced and taken back."""
    asker, chief = pair
    terms = {"creditor": owing.creditor.pk, "name": "Весна", "cause": "праздник", "order": "№ 7"}
    client = visit(asker)
    client.post("/penalty-campaigns/new/", terms | {"valid_from": FIRST.isoformat(), "last_day": "2026-05-31"})
    campaign = PenaltyCampaign.objects.get()
    here = campaign.get_absolute_url()
    assert "правило двух лиц" in client.post(here + "approve/", follow=True).content.decode()
    client = visit(chief)
    client.post(here + "approve/")
    now(DAY)

    assert run_campaigns(creditor=owing.creditor, learnt_at=noon(DAY), on=DAY) == 1

    waiver = PenaltyWaiver.objects.get()
    assert figure("campaigns.waived") == (waiver.amount, 1)
    assert AccountState.objects.get(account=owing.accounts[0]).penalty == 0
    shown = client.get(here).content.decode()
    assert owing.accounts[0].number in shown and "20.05.2026" in shown
    client.post(f"{here}waivers/{waiver.pk}/restore/", {"note": "банк вернул платёж"})
    assert AccountState.objects.get(account=owing.accounts[0]).penalty == waiver.amount
    assert figure("write_offs.restored") == (waiver.amount, 1)


def record(client, osen, kind: str, **more) -> None:
    given = {"organisation": osen.pk, "on": FIRST.isoformat(), **outreach.DATA[kind], **more}
    answer = client.post(f"/outreach/new/?kind={kind}", given)
    assert answer.status_code == 302, answer.content.decode()


def counted(client, osen, kind: str, code: str, **more) -> OutreachEvent:
    """Record on the screen; the figure of the month has it, that of the month before has not, and the list opens it."""
    record(client, osen, kind, **more)
    made = OutreachEvent.objects.get()
    assert (figure(code)[0], figure(code, "2026-04")[0]) == (1, 0)
    assert made.get_absolute_url() in client.get("/outreach/").content.decode()
    return made


def test_row_z7a_a_placement_counts_in_its_month(osen, clerk, now, visit):
    made = counted(visit(clerk), osen, "placement", "outreach.placements", proof="https://example.ru/news/1")
    assert (made.kind, made.recorded_by) == ("placement", clerk)


def test_row_z7b_a_consultation_counts_in_its_month(osen, clerk, now, visit):
    made = counted(visit(clerk), osen, "consultation", "outreach.consultations", who="Иванов И. И.")
    assert made.citizen == "Иванов И. И."


def test_row_z7c_an_appeal_counts_with_its_answer(osen, clerk, now, visit):
    told = {"who": "Иванов И. И.", "proof": "№ 5 от 01.05.2026"}
    made = counted(visit(clerk), osen, "appeal", "outreach.appeals", **told)
    assert made.data["answer"] == outreach.DATA["appeal"]["answer"]


@pytest.mark.parametrize("kind", ["consultation", "appeal"])
def test_row_z7b_z7c_stand_on_the_case_when_the_citizen_is_known(osen, clerk, now, kind):
    owed = cases.owing(osen, "8001", overdue=4_000_000, age=8, on=FIRST, holder="Щеглова Вера Ивановна")
    case = cases.case_of(owed, FIRST)

    outreach.recorded(osen, clerk, kind, on=FIRST, citizen="Щеглова Вера Ивановна", account=owed)

    event = CaseEvent.objects.filter(case=case).latest("pk")
    assert event.recorded_by == clerk and event.happened_on == FIRST


def test_row_z7a_a_record_taken_back_is_not_counted(osen, clerk, now, visit):
    made = outreach.recorded(osen, clerk, "placement", on=FIRST)
    assert figure("outreach.placements")[0] == 1

    visit(clerk).post(f"/outreach/{made.pk}/reverse/", {"reason": "записано дважды"})

    assert figure("outreach.placements")[0] == 0
