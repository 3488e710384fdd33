"""Recording outreach: what each kind must carry, what lands on the case, taking a record back."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from casedesk.common.refusals import NotAllowed
from debtors.actions.record_outreach import AlreadyRecorded, WrongOutreach, record_outreach, reverse_outreach
from debtors.models import CaseEvent, OutreachEvent, OutreachIsFinal
from debtors.rules.case_events import EVENTS
from debtors.rules.outreach_kinds import KINDS, Ask, Citizen
from tests.factories import access, cases, outreach, premises

pytestmark = pytest.mark.django_db
DAY = outreach.DAY


def refused(by, given, *, today=DAY) -> WrongOutreach:
    with pytest.raises(WrongOutreach) as caught:
        record_outreach(entry=given, by=by, today=today)
    return caught.value


@pytest.mark.parametrize("code", KINDS)
def test_the_least_that_each_kind_asks_is_recorded(osen, officer, code):
    citizen = "" if KINDS[code].citizen == Citizen.NOBODY else "Иванов И. И."

    made = outreach.recorded(osen, officer, code, citizen=citizen)

    assert (made.kind, made.happened_on, made.recorded_by) == (code, DAY, officer)
    assert made.words or code == "support_helped"


@pytest.mark.parametrize(
    "code, name", [(kind.code, one.name) for kind in KINDS.values() for one in kind.fields if one.required]
)
def test_a_missing_field_is_named(osen, officer, code, name):
    citizen = "" if KINDS[code].citizen == Citizen.NOBODY else "Иванов И. И."
    data = {key: value for key, value in outreach.DATA[code].items() if key != name}

    fault = refused(officer, outreach.entry(osen, code, citizen=citizen, data=data))

    assert fault.facts["field"] == name
    assert KINDS[code].field(name).label in fault.message


def test_a_choice_outside_the_list_is_refused(osen, officer):
    given = outreach.entry(osen, citizen="Иванов", data=outreach.DATA["reception"] | {"cause": "laziness"})

    assert "laziness" in refused(officer, given).message


@pytest.mark.parametrize("people", ["0", "-3", "много", "1,5", "10000000"])
def test_a_number_must_be_a_whole_number(osen, officer, people):
    given = outreach.entry(osen, "residents_meeting", data=outreach.DATA["residents_meeting"] | {"people": people})

    assert refused(officer, given).facts["field"] == "people"


def test_an_unknown_field_is_refused_by_name(osen, officer):
    given = outreach.entry(osen, "support_helped", citizen="Иванов", data={"cheer": "да"})

    assert "cheer" in refused(officer, given).message


def test_an_unknown_kind_is_refused(osen, officer):
    outreach.DATA["party"] = {}
    try:
        assert "party" in refused(officer, outreach.entry(osen, "party")).message
    finally:
        del outreach.DATA["party"]


def test_what_asks_for_a_paper_is_not_taken_without_one(osen, officer):
    assert refused(officer, outreach.entry(osen, "placement", proof=" ")).facts["field"] == "proof"


def test_a_file_is_a_paper_too(osen, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    photo = SimpleUploadedFile("стенд.jpg", b"\xff\xd8")

    made = outreach.recorded(osen, officer, "placement", proof="", file=photo)

    assert made.file_name == "стенд.jpg"
    assert made.stored.read() == b"\xff\xd8"
    assert "стенд" not in made.stored.name


@pytest.mark.parametrize("name", ["вирус.exe", "страница.html", "безконца"])
def test_a_file_of_another_sort_is_refused(osen, officer, name):
    given = outreach.entry(osen, "placement", file=SimpleUploadedFile(name, b"x"))

    assert refused(officer, given).facts["field"] == "file"


def test_tomorrow_has_not_happened(osen, officer):
    given = outreach.entry(osen, citizen="Иванов", on=DAY + dt.timedelta(days=1))

    assert "не наступил" in refused(officer, given).message


def test_a_reception_is_of_somebody(osen, officer):
    assert refused(officer, outreach.entry(osen)).facts["field"] == "who"


def test_a_meeting_is_of_nobody(osen, officer):
    assert refused(officer, outreach.entry(osen, "residents_meeting", citizen="Иванов")).facts["field"] == "who"


def test_a_stranger_may_not_record_for_another_creditor(osen, stranger):
    with pytest.raises(NotAllowed):
        record_outreach(entry=outreach.entry(osen, citizen="Иванов"), by=stranger, today=DAY)


def test_an_account_of_another_creditor_is_refused(osen, lada, officer):
    foreign = cases.account(lada, "55")

    assert refused(officer, outreach.entry(osen, account=foreign)).facts["field"] == "who"


def test_a_role_without_the_right_may_not(osen, auditor):
    with pytest.raises(NotAllowed):
        record_outreach(entry=outreach.entry(osen, citizen="Иванов"), by=auditor, today=DAY)


def test_a_second_press_of_the_button_is_refused(osen, officer):
    outreach.recorded(osen, officer, citizen="Иванов")

    with pytest.raises(AlreadyRecorded):
        outreach.recorded(osen, officer, citizen="Иванов")


def test_a_reception_lands_on_the_timeline_of_the_case(osen, officer):
    """P3.2, L7: the reception tells the cause, the offer and the outcome on the case."""
    owed = cases.owing(osen, on=DAY, holder="Петров П. П.")
    case = cases.case_of(owed, DAY)

    made = outreach.recorded(osen, officer, account=owed)

    event = CaseEvent.objects.get(case=case, code="outreach_recorded")
    assert (made.case, made.citizen) == (case, "Петров П. П.")
    assert (event.subject_kind, event.subject_id, event.happened_on) == ("outreachevent", made.pk, DAY)
    assert (
        event.data["text"] == "причина долга: потеря работы; что предложили: рассрочка; чем кончилось: согласен на соглашение"
    )


def test_an_account_without_a_case_is_tied_to_the_account_only(osen, officer):
    made = outreach.recorded(osen, officer, account=cases.account(osen, holder="Петров"))

    assert made.account is not None
    assert made.case is None


def test_a_record_is_taken_back_by_a_further_one(osen, officer):
    owed = cases.owing(osen, on=DAY)
    case = cases.case_of(owed, DAY)
    made = outreach.recorded(osen, officer, account=owed)

    back = reverse_outreach(event=made, reason="не тот гражданин", by=officer, on=DAY)

    assert not OutreachEvent.objects.live().exists()
    assert OutreachEvent.objects.count() == 2
    assert back.reverses == made
    assert CaseEvent.objects.get(case=case, code="outreach_reversed").data["why"] == "не тот гражданин"
    outreach.recorded(osen, officer, account=owed)  # what is right may be recorded anew


def test_a_record_is_taken_back_once(osen, officer):
    made = outreach.recorded(osen, officer, citizen="Иванов")
    back = reverse_outreach(event=made, reason="ошибка", by=officer, on=DAY)

    for event in (made, back):
        with pytest.raises(AlreadyRecorded):
            reverse_outreach(event=event, reason="ещё раз", by=officer, on=DAY)
    assert OutreachEvent.objects.count() == 2


def test_taking_back_asks_why(osen, officer):
    with pytest.raises(WrongOutreach):
        reverse_outreach(event=outreach.recorded(osen, officer, citizen="Иванов"), reason=" ", by=officer, on=DAY)


def test_a_record_is_never_changed(osen, officer):
    made = outreach.recorded(osen, officer, citizen="Иванов")
    made.citizen = "Сидоров"

    for change in (made.save, made.delete, lambda: OutreachEvent.objects.update(citizen="Сидоров")):
        with pytest.raises(OutreachIsFinal):
            change()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE debtors_outreachevent SET citizen = 'Сидоров'")


def test_a_municipality_records_its_own_and_reads_of_creditors_what_names_nobody(osen, supervisor, officer, town_hall):
    osen.territory = town_hall.territory
    osen.save()
    own = outreach.recorded(town_hall, supervisor, "residents_meeting")
    told = outreach.recorded(osen, officer, "placement")
    outreach.recorded(osen, officer, citizen="Иванов")

    assert set(OutreachEvent.objects.visible_to(supervisor)) == {own, told}


def test_a_municipality_ties_to_the_cases_it_may_see(osen, supervisor, town_hall):
    flat = premises.flat(at=premises.house("ул. Мира, д. 1"))
    owner = premises.account(osen, "1", premises=flat)

    assert refused(supervisor, outreach.entry(town_hall, account=owner)).facts["field"] == "who"


def test_people_of_one_creditor_see_nothing_of_another(osen, officer, stranger):
    outreach.recorded(osen, officer, citizen="Иванов")

    assert not OutreachEvent.objects.visible_to(stranger).exists()
    assert OutreachEvent.objects.visible_to(access.person("auditor", osen)).count() == 1


def test_the_catalogue_is_whole():
    """Every choice has its words, every kind serves a plan row, every code of the timeline is declared."""
    for kind in KINDS.values():
        assert kind.rows
        assert all(one.choices for one in kind.fields if one.ask == Ask.CHOICE)
    assert {"outreach_recorded", "outreach_reversed"} <= {event.code for event in EVENTS}
