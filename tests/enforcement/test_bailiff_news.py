"""What bailiffs' words do to a case: events, stages by the table of moves, the way back."""

import datetime as dt

import pytest
from django.utils import timezone

from debtors.models import Booking, CaseEvent, CaseFile
from debtors.rules.stages import Stage
from debtors.states.case_file import replay
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.actions.run_pass import run_pass
from enforcement.actions.state_proceedings import take_words_back
from enforcement.actions.take_reply import take_reply
from enforcement.actions.take_rulings import take_rulings
from enforcement.models import BailiffRuling, EnforcementProceeding
from enforcement.rules.bailiff_facts import ReplyHead, ReplyLine, RulingFacts
from tests.factories import cases

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 1)
NUMBER, RUNNING = "2-100/2023", "36570/23/51034-ИП"


def booking(creditor) -> Booking:
    return Booking.objects.create(creditor=creditor, kind="import", about="приставы", learnt_at=timezone.now())


@pytest.fixture
def owed(osen):
    return cases.owing(osen, on=DAY, holder="Иванов Иван Иванович")


@pytest.fixture
def case(osen, owed) -> CaseFile:
    """A case whose writ is with the bailiffs."""
    parts = {"principal": 100, "proceeding": RUNNING, "opened_on": dt.date(2023, 9, 13), "bailiff": "Тихомиров Д. А."}
    row = WritRow(owed.pk, "court_order", NUMBER, dt.date(2023, 5, 11), **parts)
    register_writs(booking=booking(osen), rows=[row])
    run_pass(creditor=osen, on=DAY, by=None)
    return CaseFile.objects.get()


def line(**changes) -> ReplyLine:
    parts = {
        "writ_number": NUMBER,
        "writ_issued_on": dt.date(2023, 5, 11),
        "debtor_name": "ИВАНОВ ИВАН ИВАНОВИЧ",
        "proceeding": RUNNING,
        "status": "open",
    }
    return ReplyLine("", 1, **(parts | changes))


def reply(osen, on: dt.date, *lines: ReplyLine) -> Booking:
    made = booking(osen)
    take_reply(booking=made, head=ReplyHead("reply", on, "ОСП", "51034"), lines=lines, given_on=None, on=DAY, by=None)
    return made


def ruling(osen, kind: str, **changes) -> BailiffRuling:
    parts = {"doc_type": kind, "external_id": kind, "made_on": dt.date(2024, 2, 20), "proceeding": RUNNING}
    facts = RulingFacts(kind, **(parts | {"writ_number": NUMBER, "debtor_name": "Иванов Иван Иванович"} | changes))
    take_rulings(booking=booking(osen), facts=[facts], on=DAY, by=None)
    return BailiffRuling.objects.get(external_id=facts.external_id)


def stage() -> str:
    """The stage of the only case, which its events must give too."""
    case = CaseFile.objects.get()
    assert replay(CaseEvent.objects.order_by("happened_on", "id")).stage == case.stage
    return case.stage


def last_event() -> CaseEvent:
    return CaseEvent.objects.order_by("-id").first()


ENDED = {"status": "finished", "ended_on": dt.date(2024, 2, 1), "ended_ground": "46.1.4"}


def test_a_return_moves_the_case_and_starts_the_wait(osen, case):
    reply(osen, dt.date(2024, 3, 1), line(**ENDED))

    assert stage() == Stage.RETURNED
    assert (last_event().code, last_event().data["ground"]) == ("writ_returned", "ст. 46 ч. 1 п. 4")
    assert last_event().term_until == dt.date(2024, 8, 1)


def test_execution_in_full_ends_the_work_at_the_bailiffs(osen, case):
    ruling(osen, "ended", ended_ground="47.1.1")

    assert (stage(), last_event().code) == (Stage.OPENED, "proceeding_ended")


def test_a_reply_that_changes_nothing_tells_nothing(osen, case):
    before = CaseEvent.objects.count()

    reply(osen, dt.date(2024, 3, 1), line())

    assert CaseEvent.objects.count() == before and stage() == Stage.PROCEEDING


def test_a_resumed_proceeding_takes_the_case_back_to_the_bailiffs(osen, case):
    reply(osen, dt.date(2024, 2, 1), line(**ENDED))

    ruling(osen, "resumed")

    assert (stage(), last_event().code) == (Stage.PROCEEDING, "proceeding_resumed")


@pytest.mark.parametrize(
    ("kind", "code"),
    [("consolidated", "proceedings_joined"), ("transferred", "proceeding_transferred"), ("other", "bailiff_news")],
)
def test_other_rulings_are_told_and_move_nothing(osen, case, kind, code):
    ruling(osen, kind, consolidated="1/24/51034-СД" if kind == "consolidated" else "")

    assert (stage(), last_event().code) == (Stage.PROCEEDING, code)


def test_taking_a_word_back_lets_the_case_go_back(osen, case):
    made = reply(osen, dt.date(2024, 3, 1), line(**ENDED))
    made.undone_at = timezone.now()
    made.save()

    take_words_back(booking=made, on=DAY, by=None)

    assert (stage(), last_event().code) == (Stage.PROCEEDING, "proceeding_resumed")
    assert EnforcementProceeding.objects.get().status == "open"


def test_an_older_proceeding_of_the_case_is_told_without_moving_it(osen, case, owed):
    newer = WritRow(owed.pk, "court_order", "2-200/2024", dt.date(2024, 1, 11), principal=100, proceeding="7/24/51034-ИП")
    register_writs(booking=booking(osen), rows=[newer])
    run_pass(creditor=osen, on=DAY, by=None)

    reply(osen, dt.date(2024, 3, 1), line(**ENDED))

    assert (stage(), last_event().code) == (Stage.PROCEEDING, "bailiff_news")


def test_the_same_ruling_again_is_known(osen, case):
    ruling(osen, "ended", ended_ground="47.1.1")
    before = CaseEvent.objects.count()

    facts = RulingFacts("ended", "ended", "ended", dt.date(2024, 2, 20), proceeding=RUNNING, writ_number=NUMBER)
    taken = take_rulings(booking=booking(osen), facts=[facts], on=DAY, by=None)

    assert (taken.rulings, taken.known, CaseEvent.objects.count()) == (0, 1, before)


def test_who_sees_the_words(osen, case, officer, stranger):
    reply(osen, dt.date(2024, 3, 1), line())

    for model in (BailiffRuling, EnforcementProceeding):
        assert not model.objects.visible_to(stranger).exists()
    assert EnforcementProceeding.objects.visible_to(officer).count() == 1
