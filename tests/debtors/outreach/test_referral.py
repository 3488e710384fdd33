"""A letter to a supervising body: what it says, what it leaves behind, when it is refused. Plan row L-App3."""

import datetime as dt

import pytest
from django.urls import reverse

from casedesk.common.refusals import NotAllowed
from casedesk.documents.models import Document
from casedesk.documents.queries.files import pdf_of
from debtors.actions.refer_case import AlreadyReferred, NothingToRefer, Referral, refer_case
from debtors.actions.settle_contacts import record_call
from debtors.models import CaseEvent, OutreachEvent
from tests.factories import cases, contact

pytestmark = pytest.mark.django_db
DAY = contact.DAY
SAID = Referral("Государственная жилищная инспекция", "решение комиссии от 21.03.2024, протокол № 3")


@pytest.fixture
def case(osen):
    return contact.debtor_case(osen, "700", phone="+79000000001", address_text="ул. Мира, д. 1, кв. 7")


def test_the_letter_tells_the_debt_of_the_day_and_what_was_done(case, officer):
    record_call(case=case, reached=True, words="обещает и не платит", by=officer, on=DAY)
    letter = refer_case(case=case, referral=SAID, by=officer, on=DAY)

    assert (letter.addressee, letter.data["principal"], letter.data["accounts"]) == (SAID.body, 5 * 550_000, "700")
    assert letter.total == letter.data["principal"] + letter.data["penalty"]
    assert [row["what"] for row in letter.data["measures"]] == ["Разговор с должником: звонок: обещает и не платит"]
    event = OutreachEvent.objects.get()
    assert (event.kind, event.case, event.document) == ("letter_supervision", case, letter)
    assert event.words.startswith("Государственная жилищная инспекция")
    assert CaseEvent.objects.filter(case=case, code="outreach_recorded").exists()
    assert pdf_of([letter]).startswith(b"%PDF")


def test_the_same_body_is_not_written_to_twice_on_a_day(case, officer):
    refer_case(case=case, referral=SAID, by=officer, on=DAY)
    with pytest.raises(AlreadyReferred, match="уже составлено"):
        refer_case(case=case, referral=SAID, by=officer, on=DAY)
    refer_case(case=case, referral=Referral("Прокуратура", "запрос № 5"), by=officer, on=DAY)
    assert Document.objects.filter(kind="letter_supervision").count() == 2


@pytest.mark.parametrize(
    ("referral", "on", "words"),
    [
        (Referral("", "протокол № 3"), DAY, "Укажите орган и основание"),
        (Referral("Инспекция", " "), DAY, "Укажите орган и основание"),
        (SAID, dt.date(2024, 4, 5), "Оплаты устарели"),
    ],
)
def test_what_the_letter_cannot_say_is_refused(case, officer, referral, on, words):
    with pytest.raises(NothingToRefer, match=words):
        refer_case(case=case, referral=referral, by=officer, on=on)
    assert not OutreachEvent.objects.exists()


def test_without_a_debt_there_is_nothing_to_tell(osen, officer):
    contact.debtor_case(osen, "701")
    paid = cases.case_of(cases.owing(osen, "702", on=DAY), DAY)
    with pytest.raises(NothingToRefer, match="нет просроченного долга"):
        refer_case(case=paid, referral=SAID, by=officer, on=DAY)


def test_an_auditor_passes_nothing_on(case, auditor):
    with pytest.raises(NotAllowed):
        refer_case(case=case, referral=SAID, by=auditor, on=DAY)


def test_the_case_leads_to_the_form_and_the_form_to_the_letter(case, officer, visit, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: DAY)
    url, client = reverse("debtors:case-referral", args=[case.pk]), visit(officer)
    assert url in client.get(case.get_absolute_url()).content.decode()
    assert 'value="запрос № 5"' in client.get(url, {"ground": "запрос № 5"}).content.decode()
    refused = client.post(url, {"body": "Инспекция", "ground": ""})
    assert refused.status_code == 200 and not Document.objects.exists()
    done = client.post(url, {"body": "Инспекция", "ground": "запрос № 5"})
    assert done.headers["Location"] == Document.objects.get().get_absolute_url()
