"""Take rulings of bailiffs into the books: each kept whole, applied to the proceeding it names."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from casedesk.access.models import User
from debtors.models import Booking
from enforcement.actions.departments import department_named
from enforcement.actions.state_proceedings import Stated, Word, state_proceedings
from enforcement.models import BailiffRuling, EnforcementProceeding
from enforcement.queries.writ_book import WritBook
from enforcement.rules.bailiff_facts import RulingFacts
from enforcement.rules.proceeding_numbers import department_of

BATCH = 2_000
Kind = BailiffRuling.Kind
Status = EnforcementProceeding.Status


@dataclass
class TakenRulings:
    """New rulings, rulings known by their own id, and why some stand alone (external id -> doubt)."""

    rulings: int = 0
    known: int = 0
    matched: int = 0
    doubts: dict[str, str] = field(default_factory=dict)
    stated: Stated = Stated(0, 0)


def take_rulings(*, booking: Booking, facts: Iterable[RulingFacts], on: dt.date, by: User | None) -> TakenRulings:
    """Keep the rulings that are new and apply them. Call it in the transaction of the booking."""
    listed = list({one.external_id: one for one in facts}.values())
    live = BailiffRuling.objects.live().filter(creditor=booking.creditor_id)
    ids = [one.external_id for one in listed]
    known = set(live.filter(external_id__in=ids).values_list("external_id", flat=True))
    rulings = [_ruling(one, booking) for one in listed if one.external_id not in known]
    taken = TakenRulings(rulings=len(rulings), known=len(listed) - len(rulings))
    taken.stated = match_rulings(rulings, on=on, by=by, doubts=taken.doubts)
    taken.matched = sum(ruling.writ_id is not None for ruling in rulings)
    return taken


def _ruling(facts: RulingFacts, booking: Booking) -> BailiffRuling:
    return BailiffRuling(
        creditor=booking.creditor,
        department=department_named(department_of(facts.proceeding), facts.department_name),
        kind=facts.kind,
        doc_type=facts.doc_type,
        title=facts.title,
        external_id=facts.external_id,
        number=facts.number,
        made_on=facts.made_on,
        proceeding_number=facts.proceeding,
        consolidated_number=facts.consolidated,
        opened_on=facts.opened_on,
        writ_number=facts.writ_number,
        writ_issued_on=facts.writ_issued_on,
        debtor_name=facts.debtor_name,
        birth_date=facts.birth_date,
        address=facts.address,
        debt_sum=facts.debt_sum,
        remaining=facts.remaining,
        bailiff=facts.bailiff,
        department_text=facts.department_name,
        to_department=facts.to_department,
        ended_ground=facts.ended_ground,
        data=facts.data,
        booking=booking,
    )


def match_rulings(
    rulings: list[BailiffRuling], *, on: dt.date, by: User | None, doubts: dict[str, str] | None = None
) -> Stated:
    """Match rulings of one creditor (unsaved, or waiting ones) with its writs, save them, apply them."""
    if not rulings:
        return Stated(0, 0)
    numbers, running = [one.writ_number for one in rulings], [one.proceeding_number for one in rulings]
    book = WritBook.of(rulings[0].creditor_id, numbers, running)
    words = []
    for ruling in rulings:
        found = book.find(ruling.writ_number, ruling.debtor_name, ruling.writ_issued_on, ruling.proceeding_number)
        ruling.writ = found.writ
        if found.doubt and doubts is not None:
            doubts[ruling.external_id] = found.doubt
        if ruling.writ is not None and ruling.proceeding_number:
            words.append(_word(ruling, book))
    BailiffRuling.objects.bulk_create([one for one in rulings if not one.pk], BATCH)
    stated = state_proceedings(words, on=on, by=by)
    for word in words:
        word.ruling.proceeding = word.proceeding
    BailiffRuling.objects.bulk_update([word.ruling for word in words], ["writ", "proceeding"], BATCH)
    return stated


def _word(ruling: BailiffRuling, book: WritBook) -> Word:
    columns = {"opened_on": ruling.opened_on, "bailiff": ruling.bailiff, "consolidated_number": ruling.consolidated_number}
    if ruling.kind != Kind.TRANSFERRED:
        columns["department_id"] = ruling.department_id
    elif ruling.to_department:
        there = department_named("", ruling.to_department)
        columns["department_id"] = there.pk if there else None
    if ruling.kind in (Kind.ENDED, Kind.RETURNED):
        stopped = ruling.ended_ground.startswith("43")
        columns |= {
            "status": Status.TERMINATED if stopped else Status.FINISHED,
            "ended_on": ruling.made_on,
            "ended_ground": ruling.ended_ground,
        }
    elif ruling.kind == Kind.RESUMED:
        columns["status"] = Status.OPEN
    return Word(
        ruling.writ,
        ruling.proceeding_number,
        "ruling",
        ruling.made_on,
        columns,
        ruling.booking_id,
        book.proceeding_of(ruling.writ, ruling.proceeding_number),
        ruling=ruling,
    )
