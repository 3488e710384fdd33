"""Papers of claims and complaints: what the claim asks is what stands on its paper."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Docx

from casedesk.documents.models import Document, PrintRun
from casedesk.documents.queries.files import docx_of
from casedesk.documents.rules.checks import TotalsDiffer
from enforcement.actions.complain import complain
from enforcement.actions.make_court_papers import claim_papers, complaint_paper
from enforcement.actions.set_court import set_court
from enforcement.documents.compose_claim import NoPaperForClaim, claim_drafts
from enforcement.models import BailiffComplaint, Claim
from tests.factories import cases, claims, writs

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)
FILED = DAY


def claim(osen, officer, number: str = "6001") -> Claim:
    owed = cases.billed(osen, number, on=DAY)
    claims.identified(owed, "Петров Иван Ильич")
    return claims.claim_of(owed, officer, FILED)


def words(document: Document) -> str:
    opened = Docx(io.BytesIO(docx_of(document)))
    return " ".join(paragraph.text for paragraph in opened.paragraphs)


def test_an_application_asks_what_the_claim_asks(osen, officer):
    one = claim(osen, officer)
    made = claim_papers(claims=[one], by=officer, on=FILED)[0]
    assert (made.kind, made.total, made.folder_id) == ("court_order_application", one.price, one.case_file_id)
    assert made.data["principal"] + made.data["penalty"] == one.price
    text = words(made)
    assert "Вынести судебный приказ о взыскании с Петрова Ивана Ильича" in text
    assert "СНИЛС 112-233-445 95" in text
    assert "Должник предупреждён: напоминание № 1 вручено 21.03.2024" in text


def test_a_claim_whose_lines_were_touched_is_not_printed(osen, officer):
    one = claim(osen, officer)
    Claim.objects.filter(pk=one.pk).update(principal=one.principal + 1)
    with pytest.raises(TotalsDiffer, match="разница -0.01"):
        claim_papers(claims=[one], by=officer, on=FILED)
    assert not Document.objects.exists()


def test_an_eviction_has_no_paper(osen, officer):
    one = claim(osen, officer)
    Claim.objects.filter(pk=one.pk).update(kind="eviction")
    with pytest.raises(NoPaperForClaim, match="выселении"):
        claim_papers(claims=[one], by=officer, on=FILED)


def test_a_lawsuit_is_a_statement_of_claim(osen, officer):
    one = claim(osen, officer)
    Claim.objects.filter(pk=one.pk).update(kind="lawsuit")
    made = claim_papers(claims=[one], by=officer, on=FILED)[0]
    assert made.kind == "claim_statement"
    assert "Исковое заявление" in words(made)


def test_many_claims_take_as_many_queries_as_one(osen, officer):
    made = [claim(osen, officer, f"60{n:02d}") for n in range(10, 14)]
    listed = list(Claim.objects.filter(pk__in=[one.pk for one in made]).select_related("case_file", "court", "follows"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        claim_drafts(listed[:1])
    with CaptureQueriesContext(connection) as many:
        claim_drafts(listed)
    assert len(many) == len(one)


def test_from_the_case_page_and_in_a_run(visit, osen, officer):
    one = claim(osen, officer)
    assert "Заявление о судебном приказе" in visit(officer).get(one.case_file.get_absolute_url()).content.decode()
    answer = visit(officer).post(f"/claim-papers/{one.pk}/")
    assert answer.url == Document.objects.get().get_absolute_url()
    visit(officer).post("/claim-papers/print/", {"ids": [one.pk], "confirm": "1"})
    assert PrintRun.objects.get().count == 1
    assert Document.objects.get().get_absolute_url() in visit(officer).get(one.get_absolute_url()).content.decode()


def test_a_run_over_many_asks_first_and_prints_once(visit, osen, officer, django_capture_on_commit_callbacks):
    made = [claim(osen, officer, f"61{n:02d}") for n in range(3)]
    Claim.objects.filter(pk=made[2].pk).update(kind="eviction")
    given = {"ids": [one.pk for one in made], "query": ""}

    page = visit(officer).post("/claim-papers/print/", given).content.decode()
    assert "выселении" in page and not Document.objects.exists() and "Напечатать в суд…" in listed(visit, officer)
    for _ in range(2):
        visit(officer).post("/claim-papers/print/", given | {"confirm": "1", "statements": "on"})

    first, second = PrintRun.objects.order_by("pk")
    kinds = list(first.lines.order_by("position").values_list("document__kind", "document__subject_id"))
    assert [kind for kind, _ in kinds] == ["court_order_application", "debt_statement"] * 2
    assert [key for kind, key in kinds if kind != "debt_statement"] == [one.pk for one in made[:2]]
    assert Document.objects.count() == 4, "the second run prints the same papers"
    assert second.count == 4


def listed(visit, officer) -> str:
    return visit(officer).get("/claims/").content.decode()


def test_a_claim_whose_court_changed_gets_another_paper(osen, officer):
    one = claim(osen, officer)
    first = claim_papers(claims=[one], by=officer, on=FILED)[0]
    set_court(claim=one, court_name="Другой участок", by=officer, on=FILED)

    again = claim_papers(claims=[one], by=officer, on=FILED)[0]

    assert (first.data["court"], again.data["court"]) == (claims.COURT, "Другой участок")
    assert again.number == first.number + 1


def test_claims_of_others_are_not_printed(visit, osen, officer, stranger):
    one = claim(osen, officer)
    visit(stranger).post("/claim-papers/print/", {"ids": [one.pk], "confirm": "1"})
    assert not PrintRun.objects.exists()


def test_complaining_makes_the_paper_with_its_data(visit, osen, officer):
    running = writs.executing(osen, account="6008")
    form = visit(officer).get(f"/writs/{running.pk}/complain/").context["form"]
    assert form.initial["kind"] == "proceeding", "the term that has passed is offered"
    given = {"kind": "proceeding", "to": "court", "about": "Запросов нет.", "on": "2026-03-02"}

    visit(officer).post(f"/writs/{running.pk}/complain/", given)

    complaint, paper = BailiffComplaint.objects.get(), Document.objects.get()
    assert (paper.kind, paper.subject_id, paper.folder_id) == ("inaction_complaint", complaint.pk, running.case_file_id)
    assert paper.data["to_court"] and paper.data["inaction"].endswith("Запросов нет.")
    assert complaint_paper(complaint=complaint, by=officer, on=writs.RETURNED) == paper


def test_a_complaint_that_is_refused_leaves_no_paper(visit, osen, officer):
    running = writs.executing(osen, account="6009")
    day = running.proceedings.get().opened_on + dt.timedelta(days=3)

    page = visit(officer).post(f"/writs/{running.pk}/complain/", {"kind": "proceeding", "to": "court", "about": "", "on": day})

    assert "Жаловаться рано" in page.content.decode()
    assert not BailiffComplaint.objects.exists() and not Document.objects.exists()


def test_a_complaint_names_the_term_and_the_article(visit, osen, officer):
    running = writs.executing(osen, account="6007")
    complaint = complain(writ=running, kind="proceeding", about="Запросы не сделаны.", by=officer, on=writs.RETURNED)
    visit(officer).post(f"/complaint-papers/{complaint.pk}/")
    text = words(Document.objects.get())
    assert "Два месяца без исполнения (229-ФЗ ст. 36 ч. 1). Запросы не сделаны." in text
    assert f"Срок истёк {complaint.term_ended_on:%d.%m.%Y}" in text
