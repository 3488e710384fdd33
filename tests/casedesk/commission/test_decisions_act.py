"""Decisions act on the case: each opens the case's own act, and the fact of that act ends the task by itself."""

import datetime as dt
import re

import pytest

from casedesk.access.rights import Role
from casedesk.commission.models import Decision
from casedesk.commission.queries.tasks import standing, tasks
from casedesk.commission.rules.decision_kinds import KINDS, TASKS
from debtors.actions.follow_restriction import limit
from tests.debtors.ledger.conftest import books  # noqa: F401  a fixture
from tests.debtors.writeoff.conftest import TODAY, old_debt, posted  # noqa: F401  a fixture
from tests.factories import access, cases, commissions, restrictions

pytestmark = pytest.mark.django_db
DAY = commissions.DAY


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


@pytest.mark.parametrize(
    "kind, words, url",
    [
        ("agreement", "Составить соглашение", "/cases/{0}/agreement/"),
        ("pay_by", "Записать обещание оплатить", "/cases/{0}/promise/"),
        ("claim", "Подготовить требование", "/cases/{0}/claim/"),
        ("eviction", "Подготовить требование", "/cases/{0}/claim/"),
        ("restriction", "Ограничить услугу", "/restrictions/start/?case={0}"),
        ("write_off", "К кандидатам на списание", "/write-offs/candidates/?q=8001"),
        ("support", "Записать помощь", "/outreach/new/?kind=support_helped&amp;case={0}"),
    ],
)
def test_a_decision_opens_the_act_that_carries_it_out(room, osen, officer, visit, kind, words, url):
    case = commissions.case(osen)
    commissions.signed(room, case, kind=kind, addressee="Центр соцзащиты")
    client, decision = visit(officer), Decision.objects.get()

    page = client.get(decision.get_absolute_url()).content.decode()

    address = url.format(case.pk)
    assert f'href="{address}"' in page and words in page
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_decision_to_pass_data_on_opens_the_letter_filled_in(room, osen, officer, visit):
    """L-App3: the body and the decision stand in the form; the debt comes from the case."""
    case = commissions.case(osen)
    commissions.signed(room, case, kind="supervision", addressee="Жилищная инспекция")
    client, decision = visit(officer), Decision.objects.get()

    page = client.get(decision.get_absolute_url()).content.decode()
    (address,) = re.findall(rf'href="(/cases/{case.pk}/referral/[^"]+)"', page)
    offered = client.get(address.replace("&amp;", "&")).context["form"].initial

    assert "Составить письмо" in page
    assert offered == {"body": "Жилищная инспекция", "ground": "решение комиссии, протокол № 1 от 21.03.2024"}


def test_before_the_minutes_are_signed_nothing_is_offered(room, osen, officer, visit):
    commissions.closed(room, commissions.case(osen))
    assert "Составить соглашение" not in visit(officer).get(Decision.objects.get().get_absolute_url()).content.decode()


def test_every_kind_of_task_says_what_ends_it():
    assert {code for code in TASKS if not KINDS[code].shown_by} == {"support", "supervision"}, "a person reports these"


def test_a_restriction_carries_out_the_decision_to_restrict(room, osen, officer):
    on = restrictions.DAY
    osen.territory = room.municipality.territory
    osen.save()
    case = restrictions.owing_case(osen)
    commissions.signed(room, case, on=on, kind="restriction")
    one = restrictions.warned(restrictions.started(case, officer), officer)
    assert tasks(Decision.objects.all()).get().fact_on is None
    cut_on = one.next_from or on + dt.timedelta(days=40)

    limit(restriction=one, by=officer, on=cut_on, today=cut_on, present="сосед")

    task = tasks(Decision.objects.all()).get()
    assert task.ended_on == cut_on
    assert "по данным дела" in standing(task, cut_on)[0]


def test_an_approved_act_carries_out_the_advice_to_write_off(old_debt):  # noqa: F811
    room = commissions.commission(access.municipality(territory=old_debt.accounts[0].premises.house.territory))
    old_debt.creditor.territory = room.municipality.territory
    old_debt.creditor.save()
    commissions.signed(room, cases.case_of(old_debt.accounts[0], TODAY), on=TODAY, kind="write_off")
    assert tasks(Decision.objects.all()).get().ended_on is None
    people = [access.person(Role.LEGAL_OFFICER, old_debt.creditor, username=name) for name in ("asker", "approver")]

    posted(old_debt, *people)

    assert tasks(Decision.objects.all()).get().ended_on == TODAY
