"""Letters to heads of employers and institutions: whom, about how much, one print run, a record of each."""

import datetime as dt

import pytest

from casedesk.documents.models import Document, PrintRun
from debtors.actions.write_to_heads import (
    NobodyToWriteTo,
    WrongRecipient,
    keep_recipient,
    preview_letters,
    take_institutions,
    write_to_heads,
)
from debtors.models import CaseEvent, LetterRecipient, OutreachEvent
from tests.factories import cases, outreach

pytestmark = pytest.mark.django_db
DAY = outreach.DAY
AT = dt.datetime(2024, 3, 21, 9, tzinfo=dt.UTC)


def recipient(creditor, name: str, *, kind: str = "employer", head: str = "Сидорова Анна Петровна", accounts=()):
    made = LetterRecipient(creditor=creditor, kind=kind, name=name, head_name=head, head_post="Директор")
    made.save()
    made.accounts.set(accounts)
    return made


def institution(creditor, name: str = "Детский сад № 5", number: str = "800"):
    owed = cases.billed(creditor, number, on=DAY, holder=name, category="municipal_institution")
    return recipient(creditor, name, kind="institution", accounts=[owed])


def write(by, *recipients) -> PrintRun:
    return write_to_heads(recipients=recipients, by=by, on=DAY, at=AT)


def test_letters_of_both_kinds_go_out_in_one_run(osen, officer):
    """P1.3, L10: letters to heads, recorded with the paper; the institution's letter names its debt."""
    port, school = recipient(osen, "МУП «Порт»"), institution(osen)

    run = write(officer, port, school)

    events = {event.kind: event for event in OutreachEvent.objects.all()}
    letter = Document.objects.get(kind="letter_institution")
    assert run.count == 2
    assert events["letter_institution"].document == letter
    assert letter.total == sum(row["amount"] for row in letter.data["accounts"]) > 0
    assert events["letter_employer"].proof.startswith("исх. № ")
    assert Document.objects.get(kind="letter_employer").total is None


def test_the_debt_in_a_letter_is_the_overdue_debt_of_the_day(osen, officer):
    school = institution(osen)

    found = preview_letters(recipients=[school], on=DAY)

    account = school.accounts.get()
    assert found.total == account.state.overdue > 0


def test_a_letter_lies_on_the_cases_of_the_institution(osen, officer):
    school = institution(osen)
    case = cases.case_of(school.accounts.get(), DAY)

    write(officer, school)

    assert OutreachEvent.objects.get().case == case
    assert "Детский сад" in CaseEvent.objects.get(case=case, code="outreach_recorded").data["text"]


def test_nobody_gets_two_letters_on_a_day(osen, officer):
    port = recipient(osen, "МУП «Порт»")
    write(officer, port)

    with pytest.raises(NobodyToWriteTo):
        write(officer, port)
    assert Document.objects.count() == 1


def test_the_preview_says_why_somebody_is_left_out(osen):
    unnamed, idle = recipient(osen, "без руководителя", head=""), recipient(osen, "выключен")
    idle.is_active = False
    idle.save()
    poor, paid = recipient(osen, "без счетов", kind="institution"), recipient(osen, "без долга", kind="institution")
    paid.accounts.add(cases.account(osen, "801"))

    found = preview_letters(recipients=[unnamed, idle, poor, paid], on=DAY)

    assert not found.letters
    assert ["руководитель" in why or "не пишут" in why or "счета" in why or "долга" in why for _, why in found.refused] == [
        True
    ] * 4


def test_a_run_belongs_to_one_creditor(osen, lada, administrator):
    with pytest.raises(NobodyToWriteTo, match="взыскателей: 2"):
        write(administrator, recipient(osen, "А"), recipient(lada, "Б"))


def test_the_preview_takes_a_fixed_number_of_queries(osen, django_assert_num_queries):
    few = [institution(osen, f"Сад {number}", f"80{number}") for number in range(2)]
    many = few + [institution(osen, f"Школа {number}", f"81{number}") for number in range(6)]

    with django_assert_num_queries(5):
        preview_letters(recipients=few, on=DAY)
    with django_assert_num_queries(5):
        preview_letters(recipients=many, on=DAY)


def test_institutions_are_taken_from_accounts_once(osen, officer):
    for number in ("1", "2"):
        cases.account(osen, number, holder="Школа № 2", category="municipal_institution")
    cases.account(osen, "3", holder="Иванов И. И.")

    assert take_institutions(by=officer) == 1
    assert take_institutions(by=officer) == 0
    assert LetterRecipient.objects.get().accounts.count() == 2


def test_an_unknown_account_of_a_recipient_is_named(osen, officer):
    with pytest.raises(WrongRecipient, match="999"):
        keep_recipient(recipient=LetterRecipient(creditor=osen, kind="institution", name="Сад"), numbers=["999"], by=officer)
    assert not LetterRecipient.objects.exists()


def test_the_same_recipient_twice_is_refused(osen, officer):
    recipient(osen, "МУП «Порт»")

    with pytest.raises(WrongRecipient, match="уже есть"):
        keep_recipient(recipient=LetterRecipient(creditor=osen, kind="employer", name="МУП «Порт»"), numbers=[], by=officer)
