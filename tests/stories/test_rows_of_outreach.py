"""Stories of the rows that people fill by what they did: from the form to the plan's figure and the list it opens.

P1.2, P1.3, P2.3, P3.2, L4, L5, L6, L7, L8, L10, Z8.
"""

import pytest

from debtors.models import CaseEvent, LetterRecipient, OutreachEvent
from tests.factories import cases, contact
from tests.stories.conftest import figure_behind

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(clock, visit, officer):
    """The officer at the desk."""
    return visit(officer)


@pytest.fixture(autouse=True)
def case(osen, clock):
    """The creditor has a debtor: it is one of those whom the plan asks."""
    return contact.debtor_case(osen, "700", on=clock.on, holder="Петров Павел Павлович")


@pytest.fixture
def tell(desk, osen, clock):
    """`tell(kind, ...)` fills the form of a kind as a person does; fails where the form complains."""

    def fill(kind: str, **given):
        posted = {"on": clock.on.isoformat(), "organisation": osen.pk, "proof": "", **given}
        answer = desk.post(f"/outreach/new/?kind={kind}", posted)
        assert answer.status_code == 302, answer.context["form"].errors
        return OutreachEvent.objects.latest("pk")

    return fill


def placed(tell, topic: str, copies: str = "30"):
    return tell("placement", place="board", topic=topic, title="Платите вовремя", copies=copies, proof="снимок 1")


def test_row_p1_2_information_is_placed(desk, tell, clock):
    """P1.2: a leaflet is put up, with its proof; without one the form says what is missing."""
    refused = desk.post("/outreach/new/?kind=placement", {"on": clock.on.isoformat(), "place": "board", "topic": "debt"})
    assert "Заголовок" in refused.content.decode() and not OutreachEvent.objects.exists()
    placed(tell, "debt")
    figure = figure_behind(desk, "P1.2", "outreach.placements", clock.on)
    assert figure.totals == (1, 30)
    assert "доска объявлений, стенд" in figure.lines[0][1] + figure.lines[0][0]


def test_row_l4_information_work_of_every_topic(desk, tell, clock):
    """L4: all placements count."""
    placed(tell, "debt")
    placed(tell, "app")
    assert figure_behind(desk, "L4", "outreach.placements", clock.on).totals == (2, 60)


def test_row_l5_only_what_is_told_of_the_payment_app(desk, tell, clock):
    """L5: the payment app; other topics do not count here."""
    placed(tell, "debt")
    placed(tell, "app", "5")
    assert figure_behind(desk, "L5", "outreach.placements", clock.on).totals == (1, 5)


def test_row_l6_subsidies_meters_and_habits(desk, tell, clock, case):
    """L6: what is told of support and saving, and help with the papers itself."""
    placed(tell, "saving", "7")
    placed(tell, "app", "5")
    tell("support_helped", who=f"{case.account.number} Петров")
    assert figure_behind(desk, "L6", "outreach.placements", clock.on).totals == (1, 7)
    assert figure_behind(desk, "L6", "outreach.support_helped", clock.on).totals == (1, 1)


def test_row_z8_support_is_granted_and_stands_on_the_case(desk, tell, clock, case):
    """Z8: who was granted a subsidy, by which decision; the case tells of it."""
    who = f"{case.account.number} Петров"
    tell("support_helped", who=who)
    made = tell("support_granted", who=who, measure="субсидия", proof="решение № 5 от 20.03.2024")
    assert made.case == case
    assert "субсидия" in desk.get(case.get_absolute_url()).content.decode()
    figure = figure_behind(desk, "Z8", "outreach.support_granted", clock.on)
    assert figure.totals[0] == 1
    assert "субсидия" in figure.lines[0][1]
    assert figure_behind(desk, "Z8", "outreach.support_helped", clock.on).totals[0] == 1


def received(tell, case, **given):
    told = {"cause": "job_loss", "offer": "instalments", "outcome": "agreement"} | given
    return tell("reception", who=f"{case.account.number} Петров", **told)


def test_row_p3_2_a_personal_reception(desk, tell, clock, case):
    """P3.2: received, offered, agreed; taken back by a further record, the figure goes and both stay to be read."""
    made = received(tell, case)
    assert figure_behind(desk, "P3.2", "outreach.receptions", clock.on).totals == (1, 1, 1)
    desk.post(f"/outreach/{made.pk}/reverse/", {"reason": "записали дважды"})
    assert figure_behind(desk, "P3.2", "outreach.receptions", clock.on).totals == (0, 0, 0)
    assert OutreachEvent.objects.count() == 2


def test_row_l7_a_reception_leads_to_an_agreement(desk, tell, clock, case):
    """L7: the cause, the offer of a holiday, and the agreement that came of it."""
    received(tell, case, offer="holiday")
    terms = {"covered_through": "2024-02", "parts": "4", "pay_day": "15", "kind": "equal", "holiday": "2", "current_too": "on"}
    assert desk.post(f"/cases/{case.pk}/agreement/", terms | {"sign": "1"}).status_code == 302
    assert figure_behind(desk, "L7", "outreach.receptions", clock.on).totals == (1, 1, 1)
    signed = case.agreements.get()
    assert figure_behind(desk, "L7", "agreements.signed", clock.on).totals == (1, signed.total)
    assert signed.instalments.first().due_on.month == 6, "two whole months without payments"


def test_row_l8_causes_of_debts(desk, tell, clock, osen, case):
    """L8: the cause stands on the case; those that lead to a lawful write-off are counted apart; the newest counts."""
    other = contact.debtor_case(osen, "701", on=clock.on)
    received(tell, case, offer="none", outcome="thinks")
    tell("debt_cause", who=f"{other.account.number} Сидоров", cause="death")
    figure = figure_behind(desk, "L8", "outreach.causes", clock.on)
    assert figure.totals == (2, 1)
    assert (
        "Причина долга: <strong>смерть собственника или нанимателя</strong>"
        in desk.get(other.get_absolute_url()).content.decode()
    )
    tell("debt_cause", who=f"{other.account.number} Сидоров", cause="neglect")
    assert figure_behind(desk, "L8", "outreach.causes", clock.on).totals == (2, 0)


def heads(osen, desk, **given) -> LetterRecipient:
    card = {"creditor": osen.pk, "head_name": "Сидорова Анна Петровна", "head_post": "Директор", "is_active": "on", **given}
    assert desk.post("/recipients/new/", card).status_code == 302
    return LetterRecipient.objects.latest("pk")


def written(desk) -> None:
    shown = desk.post("/recipients/letters/", {"everything": "1", "query": ""})
    assert shown.status_code == 200 and shown.context["found"].letters
    assert desk.post("/recipients/letters/", {"everything": "1", "query": "", "confirm": "1"}).status_code == 302


def test_row_p1_3_letters_to_employers_name_nobody(desk, clock, osen, case):
    """P1.3: a batch of letters to heads of employers; no debtor is named in them."""
    heads(osen, desk, kind="employer", name="МУП «Порт»")
    written(desk)
    assert figure_behind(desk, "P1.3", "outreach.letters_employers", clock.on).totals == (1,)
    letter = OutreachEvent.objects.get().document
    assert "Павлович" not in str(letter.data)


def test_row_l10_letters_to_institutions_with_their_debt(desk, clock, osen):
    """L10: the letter tells the institution's own debt of the day and lies on its case."""
    owed = cases.billed(osen, "800", on=clock.on, holder="Детский сад № 5", category="municipal_institution")
    case = cases.case_of(owed, clock.on)
    heads(osen, desk, kind="institution", name="Детский сад № 5", numbers="800")
    written(desk)
    figure = figure_behind(desk, "L10", "outreach.letters_institutions", clock.on)
    assert figure.totals == (1, 5 * 550_000)
    assert CaseEvent.objects.filter(case=case, code="outreach_recorded").exists()


def test_row_p2_3_prevention_by_bills_subsidies_and_reminders(desk, tell, clock, case):
    """P2.3: leaflets, help with papers, and the pre-court reminder that counts when it is handed over."""
    placed(tell, "single_window")
    tell("support_helped", who=f"{case.account.number} Петров")
    desk.post(f"/cases/{case.pk}/remind/", {"confirm": "1"})
    notice = case.notices.get()
    assert figure_behind(desk, "P2.3", "contacts.reminders", clock.on).totals == (0, 0)
    desk.post(f"/notices/{notice.pk}/send/", {"channel": "by_hand", "on": clock.on.isoformat()})
    assert figure_behind(desk, "P2.3", "contacts.reminders", clock.on).totals == (1, notice.total)
    assert figure_behind(desk, "P2.3", "outreach.placements", clock.on).totals == (1, 30)
    assert figure_behind(desk, "P2.3", "outreach.support_helped", clock.on).totals[0] == 1
