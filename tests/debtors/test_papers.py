"""What a court asks to know of a person: read strictly, kept with its history, shown only to whom it belongs."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from casedesk.common.refusals import NotAllowed
from debtors.actions.name_liable import Share, WrongPeriod, WrongShare, end_liability, name_liable
from debtors.actions.record_papers import NobodyToName, Papers, WrongPapers, record_holders_papers, record_papers
from debtors.models import Debtor
from debtors.rules.identifiers import NotAnIdentifier, read_document, read_inn, read_snils, split_document
from enforcement.queries.claim_drafts import drafts
from tests.factories import access, cases, claims

pytestmark = pytest.mark.django_db
NAME = "Петров Пётр Петрович"


@pytest.fixture
def web(officer):
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def owed(osen, day):
    return cases.billed(osen, "200", on=day, holder="Петров П. П.")


@pytest.fixture
def person(owed):
    return cases.debtor(owed, "Петров П. П.")


@pytest.mark.parametrize("text", ["112-233-445 95", "11223344595", " 112 233 445 95 "])
def test_snils_as_people_type_it(text):
    assert read_snils(text) == "112-233-445 95"


@pytest.mark.parametrize(("text", "why"), [("112-233-445 96", "контрольные"), ("112-233", "11 цифр"), ("абв", "11 цифр")])
def test_snils_that_cannot_be(text, why):
    with pytest.raises(NotAnIdentifier, match=why):
        read_snils(text)


@pytest.mark.parametrize(
    ("text", "firm", "why"),
    [("500100732258", False, "контрольные"), ("7707083893", False, "12 цифр"), ("500100732259", True, "10 цифр")],
)
def test_inn_that_cannot_be(text, firm, why):
    with pytest.raises(NotAnIdentifier, match=why):
        read_inn(text, of_organisation=firm)


def test_inn_of_a_person_and_of_a_firm():
    assert read_inn("5001 0073 2259", of_organisation=False) == "500100732259"
    assert read_inn("7707083893", of_organisation=True) == "7707083893"


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        ("passport", "47 09 № 123456", "паспорт 47 09 123456"),
        ("driving", "51аа123456", "водительское удостоверение 51 АА 123456"),
        ("vehicle", "5112 345678", "свидетельство о регистрации машины 51 12 345678"),
    ],
)
def test_documents_as_people_type_them(kind, number, kept):
    assert read_document(kind, number) == kept
    assert split_document(kept)[0] == kind
    assert read_document(kind, split_document(kept)[1]) == kept


@pytest.mark.parametrize(("kind", "number", "why"), [("passport", "47 09", "10 цифр"), ("", "4709123456", "выберите")])
def test_documents_that_cannot_be(kind, number, why):
    with pytest.raises(NotAnIdentifier, match=why):
        read_document(kind, number)


def test_papers_are_kept_with_their_history(person, officer, day):
    papers = Papers(NAME, birth_date=dt.date(1970, 5, 1), birth_place="г. Мурманск", snils="11223344595")

    made = record_papers(debtor=person, papers=papers, by=officer, on=day)
    record_papers(debtor=person, papers=papers, by=officer, on=day)

    assert (made.name, made.birth_place, made.identifier) == (NAME, "г. Мурманск", "СНИЛС 112-233-445 95")
    assert [one.name for one in made.history.order_by("history_id")] == ["Петров П. П.", NAME], "repeating changes nothing"


@pytest.mark.parametrize(
    ("field", "papers"),
    [
        ("name", Papers("  ")),
        ("birth_date", Papers(NAME, birth_date=dt.date(2030, 1, 1))),
        ("birth_date", Papers(NAME, birth_date=dt.date(1800, 1, 1))),
        ("snils", Papers(NAME, snils="1")),
        ("inn", Papers(NAME, inn="1")),
        ("document_number", Papers(NAME, document_kind="passport", document_number="1")),
    ],
)
def test_nothing_is_kept_of_wrong_papers(person, officer, day, field, papers):
    with pytest.raises(WrongPapers) as refused:
        record_papers(debtor=person, papers=papers, by=officer, on=day)

    person.refresh_from_db()
    assert refused.value.facts["field"] == field
    assert (person.name, person.snils, person.inn, person.history.count()) == ("Петров П. П.", "", "", 1)


def test_a_document_of_a_kind_we_do_not_know_stays(person, officer, day):
    Debtor.objects.filter(pk=person.pk).update(document="военный билет АБ 1")

    made = record_papers(debtor=person, papers=Papers(NAME, document_number="военный билет АБ 1"), by=officer, on=day)

    assert made.document == "военный билет АБ 1"


def test_without_the_right(person, osen, day):
    with pytest.raises(NotAllowed):
        record_papers(debtor=person, papers=Papers(NAME), by=access.person("auditor", osen), on=day)


def test_the_case_shows_the_new_name(person, owed, officer, day):
    case = cases.case_of(owed, day)
    assert case.debtor_names == "Петров П. П."

    record_papers(debtor=person, papers=Papers(NAME), by=officer, on=day)

    case.refresh_from_db()
    assert case.debtor_names == NAME


def test_the_check_before_filing_leads_to_the_papers_and_back(web, person, owed, officer, day):
    claims.payments_are_fresh(owed.creditor)
    case = cases.case_of(owed, day)
    check = reverse("enforcement:case-claim", args=[case.pk])
    form = reverse("debtors:debtor-papers", args=[person.pk])
    assert f'href="{form}?next={check}"' in web.get(check).content.decode()

    given = {"name": NAME, "kind": "citizen", "birth_date": "1970-05-01", "inn": "500100732259", "next": check}
    answer = web.post(form, given)

    assert answer.url == check
    (draft,) = drafts([case], asked=claims.asked(day), by=officer)
    assert not {"birth_date", "identifier"} & {gap.code for gap in draft.missing}


def test_a_wrong_number_is_told_at_its_field(web, person):
    form = reverse("debtors:debtor-papers", args=[person.pk])

    page = web.post(form, {"name": NAME, "kind": "citizen", "snils": "112-233-445 96"})

    assert "контрольные цифры" in page.context["form"].errors["snils"][0]


def test_back_leads_to_no_other_site(web, person):
    form = reverse("debtors:debtor-papers", args=[person.pk])

    answer = web.post(form, {"name": NAME, "kind": "citizen", "next": "https://example.org/"})

    assert answer.url == person.get_absolute_url()


def test_the_holder_of_the_register_gets_papers(web, owed, officer, day):
    case = cases.case_of(owed, day)
    (draft,) = drafts([case], asked=claims.asked(day), by=officer)
    assert {(gap.about, gap.pk) for gap in draft.missing if gap.about} == {("holder", owed.pk)}

    web.post(reverse("debtors:account-holder", args=[owed.pk]), {"name": NAME, "kind": "citizen", "snils": "11223344595"})

    assert owed.liabilities.get().debtor.identifier == "СНИЛС 112-233-445 95"
    with pytest.raises(NobodyToName):
        record_holders_papers(account=owed, papers=Papers(NAME), by=officer, on=day)


def test_shares_do_not_exceed_the_whole(owed, officer, day):
    half = Share("by_share", "owner", 1, 2)
    name_liable(account=owed, papers=Papers("Первый"), share=half, by=officer, on=day)
    name_liable(account=owed, papers=Papers("Второй"), share=half, by=officer, on=day)

    with pytest.raises(WrongShare, match="больше целого"):
        name_liable(account=owed, papers=Papers("Третий"), share=Share("by_share", "owner", 1, 3), by=officer, on=day)
    with pytest.raises(WrongShare, match="Доля 3/2"):
        name_liable(account=owed, papers=Papers("Третий"), share=Share("by_share", "owner", 3, 2), by=officer, on=day)

    assert owed.liabilities.count() == 2
    assert not Debtor.objects.filter(name="Третий").exists()


def test_a_share_that_ended_may_be_given_to_the_next_owner(owed, officer, day):
    first = name_liable(account=owed, papers=Papers("Первый"), share=Share("by_share", "owner", 1, 1), by=officer, on=day)
    end_liability(liability=first, valid_to=day, by=officer)

    name_liable(account=owed, papers=Papers("Второй"), share=Share("by_share", "owner", 1, 1, day), by=officer, on=day)

    assert [one.in_force(day) for one in owed.liabilities.order_by("pk")] == [False, True]
    with pytest.raises(WrongPeriod, match="уже не отвечает"):
        end_liability(liability=first, valid_to=day, by=officer)


def test_an_answer_ends_after_it_began(owed, officer, day):
    made = name_liable(account=owed, papers=Papers("Первый"), share=Share(since=day), by=officer, on=day)

    with pytest.raises(WrongPeriod, match="только днём позже"):
        end_liability(liability=made, valid_to=day, by=officer)


def test_naming_and_ending_on_the_screens(web, owed, day):
    given = {"name": NAME, "kind": "citizen", "ground": "owner", "how": "by_share", "share_num": 1, "share_den": 2}
    web.post(reverse("debtors:account-liable", args=[owed.pk]), given)
    liability = owed.liabilities.get()
    page = web.get(reverse("debtors:account", args=[owed.pk])).content.decode()
    assert NAME in page and reverse("debtors:liability-end", args=[liability.pk]) in page

    web.post(reverse("debtors:liability-end", args=[liability.pk]), {"valid_to": "2024-06-01"})

    liability.refresh_from_db()
    assert liability.valid_to == dt.date(2024, 6, 1)
    shown = web.get(liability.debtor.get_absolute_url()).content.decode()
    assert "в доле 1/2" in shown and "Не хватает" in shown


def test_programs_see_the_person_and_what_they_answer_for(web, person, owed):
    assert web.get(f"/api/debtors/{person.pk}/").json()["name"] == "Петров П. П."
    assert web.get(f"/api/debtors/{person.pk}/liabilities/").json()[0]["account"] == "200"
