"""The package of a writ: which papers are in, why, what is missing; the slip carries the creditor's own requisites."""

import datetime as dt
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from casedesk.access.actions.requisites import RequisitesMissing, requisites_on, set_requisites
from casedesk.common.refusals import NotAllowed
from casedesk.documents.models import Document
from casedesk.documents.queries.files import typst_of
from casedesk.documents.queries.payment_code import PaymentCodes
from casedesk.norms.catalogue import shipped
from enforcement.actions.prepare_packages import PackageIncomplete, prepare_package, prepare_packages, preview_packages
from enforcement.documents.compose_package import draft
from enforcement.rules.package import PackageFacts, Paper, judge
from tests.factories import access, cases
from tests.factories import writs as made

DAY = dt.date(2024, 4, 1)
FACTS = {"on": DAY, "remaining": 3_000_000, "debtor": "Иванов Иван Иванович", "address": "ул. Мира, д. 1", "department": "ОСП"}
BANK = {
    "name": "МУП «Озеро»",
    "inn": "7700000001",
    "account": "40702810138250123017",
    "bank_name": "ПАО Сбербанк",
    "bic": "044525225",
    "correspondent_account": "30101810400000000225",
}


def verdicts(**changes) -> dict:
    return {one.paper: one for one in judge(PackageFacts(**(FACTS | changes)), shipped())}


@pytest.mark.parametrize(("kopecks", "is_in"), [(3_000_000, True), (2_999_999, False)])
def test_the_travel_ban_goes_in_from_thirty_thousand(kopecks, is_in):
    verdict = verdicts(remaining=kopecks)[Paper.TRAVEL_BAN]
    assert verdict.is_in == is_in
    assert "30\u202f000" in verdict.why or "30 000" in verdict.why.replace("\u2009", " ").replace("\u202f", " ")


def test_a_firm_is_not_kept_from_leaving():
    assert not verdicts(is_citizen=False)[Paper.TRAVEL_BAN].is_in


@pytest.mark.parametrize(
    ("changes", "paper", "word"),
    [
        ({"department": ""}, Paper.APPLICATION, "отдел"),
        ({"debtor": ""}, Paper.APPLICATION, "имя"),
        ({"address": ""}, Paper.APPLICATION, "адрес"),
        ({"requisites": False}, Paper.SLIP, "реквизиты"),
        ({"cannot_be_presented": "срок истёк"}, Paper.APPLICATION, "срок истёк"),
    ],
)
def test_what_is_missing_is_named(changes, paper, word):
    verdict = verdicts(**changes)[paper]
    assert not verdict.can_be_made
    assert word in " ".join(verdict.missing)


def test_wishes_do_not_stop_a_paper():
    verdict = verdicts()[Paper.APPLICATION]
    assert verdict.can_be_made
    assert "дата рождения" in " ".join(verdict.wishes)


def test_nothing_to_collect_needs_no_slip():
    assert not verdicts(remaining=0)[Paper.SLIP].is_in


def test_the_slip_carries_the_creditors_own_requisites(osen):
    set_requisites(organisation=osen, valid_from=dt.date(2024, 1, 1), **BANK)
    writ = made.writ(osen)
    cases.debtor(writ.account, "Иванов Иван Иванович")

    (package,) = preview_packages(writs=[writ], department=access.department(), on=DAY)
    slip = draft(package, Paper.SLIP, PaymentCodes(osen, DAY)).data

    assert package.is_complete
    assert (slip["principal"], slip["penalty"], slip["duty"], slip["total"]) == (1_000_000, 50_000, 20_000, 1_070_000)
    assert slip["qr"].startswith(
        "ST00012|Name=МУП «Озеро»|PersonalAcc=40702810138250123017|BankName=ПАО Сбербанк|BIC=044525225"
    )
    assert "|Sum=1070000|" in slip["qr"] and "LastName=Иванов" in slip["qr"]


def test_without_requisites_it_is_refused_politely(osen):
    with pytest.raises(RequisitesMissing, match="странице «Реквизиты»"):
        requisites_on(osen, DAY)
    set_requisites(organisation=osen, valid_from=DAY, **BANK)
    assert requisites_on(osen, DAY).bic == BANK["bic"]
    with pytest.raises(RequisitesMissing):
        requisites_on(osen, DAY - dt.timedelta(days=1))


def test_a_writ_that_cannot_go_yet_says_why(osen):
    back = made.returned(osen)
    (package,) = preview_packages(writs=[back], department=access.department(), on=dt.date(2025, 3, 15))
    assert "16.03.2025" in " ".join(package.gaps)


@pytest.mark.parametrize("count", [2, 9])
def test_many_packages_take_a_fixed_number_of_queries(osen, django_assert_max_num_queries, count):
    papers = [made.writ(osen, f"2-{number}/2024", account=f"10{number}") for number in range(count)]
    with django_assert_max_num_queries(20):
        preview_packages(writs=papers, department=access.department(), on=DAY)


def test_the_papers_are_made_with_consecutive_numbers(osen, officer, clerk):
    set_requisites(organisation=osen, valid_from=dt.date(2024, 1, 1), **BANK)
    rich = made.writ(osen, "2-1/2024", account="101", principal=4_000_000)
    poor = made.writ(osen, "2-2/2024", account="102")
    nobody = made.writ(osen, "2-3/2019", account="103", issued_on=dt.date(2019, 3, 1))
    for writ in (rich, poor):
        cases.debtor(writ.account)

    done = prepare_packages(writs=[rich, poor, nobody], department=access.department(), by=officer, on=DAY)

    assert Counter(one.kind for one in done.documents) == {
        "bailiff_application": 2,
        "travel_ban_petition": 1,
        "writ_calculation": 2,
        "payment_slip": 2,
    }
    assert sorted(one.number for one in done.documents) == list(range(1, 8))
    assert [writ.pk for writ, _ in done.refused] == [nobody.pk]
    with pytest.raises(NotAllowed):
        prepare_packages(writs=[rich], department=access.department(), by=clerk, on=DAY)


def test_the_papers_name_the_debtors_address_and_the_slip_shows_its_code(osen, officer):
    set_requisites(organisation=osen, valid_from=dt.date(2024, 1, 1), **BANK)
    writ = made.writ(osen)
    cases.debtor(writ.account)
    done = prepare_package(writ=writ, department=access.department(), by=officer, on=DAY)
    assert {one.data["address"] for one in done.documents} == {"ул. Мира, д. 1, кв. 1"}
    slip = next(one for one in done.documents if one.kind == "payment_slip")
    source, _ = typst_of([slip])
    assert "box(image(" in source


def test_an_incomplete_package_is_refused_and_spends_no_number(osen, officer):
    writ = made.writ(osen)
    with pytest.raises(PackageIncomplete, match="реквизиты"):
        prepare_package(writ=writ, department=access.department(), by=officer, on=DAY)
    assert not Document.objects.exists()


def test_the_page_shows_what_lacks_and_makes_what_can_be_made(osen, officer, visit):
    writ = made.writ(osen, issued_on=timezone.localdate() - dt.timedelta(days=20))
    cases.debtor(writ.account)
    client, url = visit(officer), reverse("enforcement:writ-package", args=[writ.pk])
    assert "Не хватает" in client.get(url).content.decode()
    set_requisites(organisation=osen, valid_from=dt.date(2024, 1, 1), **BANK)
    posted = {"department": access.department().pk, "papers": [str(paper) for paper in Paper]}
    assert "Пакет собран: 3" in client.post(url, posted, follow=True).content.decode().replace("\xa0", " ")


def test_many_packages_are_made_by_a_job_that_may_run_twice(osen, officer, visit, jobs_run_at_once):
    set_requisites(organisation=osen, valid_from=dt.date(2024, 1, 1), **BANK)
    writ = made.presented(osen)
    cases.debtor(writ.account)
    client = visit(officer)
    posted = {"ids": [writ.pk], "query": "", "confirm": "1", "papers": [str(paper) for paper in Paper], "department": ""}
    for _ in range(2):
        with jobs_run_at_once():
            client.post(reverse("enforcement:writs-package"), posted)
    assert Document.objects.filter(kind="bailiff_application").count() == 1
