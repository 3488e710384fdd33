"""Papers of the debtors' room: what the facts say is what stands on them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.access.models import CreditorRequisites
from casedesk.documents.actions.make import make_many
from casedesk.documents.models import Document, PrintRun
from casedesk.documents.queries.payment_code import NoRequisites
from debtors.actions.prepare_reminder import prepare_reminder
from debtors.documents.compose_case import COMPOSERS, NothingOwed, case_drafts, debts_of
from debtors.documents.compose_reminder import reminder_drafts
from debtors.models import NoticeLine
from debtors.queries.letters import LetterDoesNotAddUp
from tests.factories import cases

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)


def case(osen, number: str = "7001"):
    return cases.case_of(cases.billed(osen, number, on=DAY, holder="Петров Иван Ильич"), DAY)


@pytest.fixture
def requisites(osen) -> CreditorRequisites:
    return CreditorRequisites.objects.create(
        organisation=osen,
        valid_from=dt.date(2020, 1, 1),
        name="ООО «Три кита»",
        inn="6200098765",
        account="40702810138250123017",
        bank_name='ОАО "БАНК"',
        bic="044525225",
        correspondent_account="30101810400000000225",
    )


def test_a_reminder_says_what_the_notice_kept(osen, officer, requisites):
    notice = prepare_reminder(case=case(osen), by=officer, on=DAY)
    draft = reminder_drafts([notice])[0]
    made = make_many("reminder", creditor=osen, drafts=[draft], by=officer, on=DAY)[0]
    assert made.total == notice.total == sum(row["amount"] for row in made.data["months"])
    assert (made.subject_kind, made.subject_id, made.folder_id) == ("debtors.pretrialnotice", notice.pk, notice.case_id)
    assert f"|Sum={notice.total}|" in made.data["qr"]
    assert made.data["pay_by"].startswith("в течение 30")


def test_a_reminder_whose_rows_were_touched_is_refused(osen, officer):
    notice = prepare_reminder(case=case(osen), by=officer, on=DAY)
    NoticeLine.objects.filter(notice=notice).first().delete()
    with pytest.raises(LetterDoesNotAddUp):
        reminder_drafts([notice])


@pytest.mark.parametrize("kind", COMPOSERS)
def test_papers_on_a_case_add_up(osen, officer, requisites, kind):
    one = case(osen)
    made = make_many(kind, creditor=osen, drafts=case_drafts(kind, creditor=osen, cases=[one], on=DAY), by=officer, on=DAY)[0]
    debt = debts_of(osen, [one], DAY)[0]
    assert made.total == debt.total == debt.principal + debt.penalty
    assert made.folder_id == one.pk


def test_a_slip_without_requisites_says_what_is_missing(osen):
    with pytest.raises(NoRequisites, match="нет реквизитов для оплаты"):
        case_drafts("payment_slip", creditor=osen, cases=[case(osen)], on=DAY)


def test_nothing_is_asked_of_a_case_without_debt(osen):
    empty = cases.case_of(cases.owing(osen, "7009", on=DAY), DAY)
    with pytest.raises(NothingOwed, match="нет просроченного долга"):
        case_drafts("pre_trial_notice", creditor=osen, cases=[empty], on=DAY)


def test_many_cases_take_as_many_queries_as_one(osen, requisites):
    found = [case(osen, f"80{n:02d}") for n in range(6)]
    with CaptureQueriesContext(connection) as one:
        case_drafts("pre_trial_notice", creditor=osen, cases=found[:1], on=DAY)
    with CaptureQueriesContext(connection) as many:
        drafts = case_drafts("pre_trial_notice", creditor=osen, cases=found, on=DAY)
    assert (len(drafts), len(many)) == (6, len(one))


def test_a_reminder_has_one_document_however_often_it_is_asked_for(visit, osen, officer):
    notice = prepare_reminder(case=case(osen), by=officer, on=DAY)
    where = f"/notices/{notice.pk}/paper/"
    first = visit(officer).post(where, {"form": "pdf"})
    assert first.url == visit(officer).post(where, {"form": "pdf"}).url
    made = Document.objects.get()
    assert (made.made_on, made.full_number) == (DAY, "1/2024")
    visit(officer).post("/notices/print-run/", {"ids": [notice.pk]})
    assert Document.objects.count() == 1
    assert PrintRun.objects.get().documents.get() == made


def test_the_case_page_offers_and_shows_papers(visit, osen, officer, auditor, requisites):
    one = case(osen)
    page = visit(officer).get(one.get_absolute_url()).content.decode()
    assert "Составить документ" in page
    answer = visit(officer).post(f"/cases/{one.pk}/paper/", {"kind": "debt_statement"})
    made = Document.objects.get()
    assert answer.url == made.get_absolute_url()
    seen = visit(auditor).get(one.get_absolute_url()).content.decode()
    assert made.full_number in seen
    assert "Составить документ" not in seen
    refused = visit(officer).post(f"/cases/{one.pk}/paper/", {"kind": "reminder"}, follow=True)
    assert "по делу не составляют" in refused.content.decode()
