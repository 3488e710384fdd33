"""Update proceedings from what sources say of them: statements are put down, the columns follow, the cases learn of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.access.models import User
from debtors.models import Booking, BookingBasis
from enforcement.actions.follow_proceedings import carry_proceedings
from enforcement.actions.tell_cases import News, tell_cases
from enforcement.models import BailiffReplyRow, BailiffRuling, EnforcementProceeding, ProceedingStatement, Writ
from enforcement.rules.fold import COLUMNS, DAYS, Said, fold, plain

BATCH = 2_000
KNOWN = ProceedingStatement.Source.KNOWN
LONG_AGO = dt.date(1990, 1, 1)


@dataclass
class Word:
    """One source's word on a proceeding of a writ. `columns` are those of `EnforcementProceeding` that it speaks of."""

    writ: Writ
    number: str
    source: str
    as_of: dt.date
    columns: dict
    booking_id: int
    proceeding: EnforcementProceeding | None = None
    """None: not known here yet, it is opened by this word."""
    reply_row: BailiffReplyRow | None = None
    ruling: BailiffRuling | None = None


@dataclass(frozen=True)
class Stated:
    """How many proceedings were opened by the words, and how many known ones changed."""

    opened: int
    changed: int


def state_proceedings(words: list[Word], *, on: dt.date, by: User | None) -> Stated:
    """Put the words down and bring the proceedings up to them, in a fixed number of statements per 2 000 words.

    Call it in the transaction of the booking. The words of one proceeding may come in any order.
    """
    if not words:
        return Stated(0, 0)
    opened = _open_new(words)
    known = {word.proceeding.pk: word.proceeding for word in words if word.proceeding.pk not in opened}
    _keep_what_was_known(known)
    ProceedingStatement.objects.bulk_create((_statement(word) for word in words), BATCH)
    _stand_on_bookings(words)
    changed = refold([*known.values(), *opened.values()])
    news = [News(proceeding, opened=True) for proceeding in opened.values()]
    news += [News(proceeding, before=before) for proceeding, before in changed if proceeding.pk not in opened]
    news += [News(word.proceeding, ruling=word.ruling) for word in words if word.ruling is not None]
    tell_cases(news, on=on, by=by)
    carry_proceedings(word.writ.pk for word in words)
    return Stated(len(opened), sum(proceeding.pk in known for proceeding, _ in changed))


def _open_new(words: list[Word]) -> dict[int, EnforcementProceeding]:
    """Open the proceedings that nobody knew; return them by id."""
    fresh: dict[tuple[int, str], EnforcementProceeding] = {}
    for word in words:
        if word.proceeding is None:
            key = word.writ.pk, word.number
            fresh.setdefault(key, EnforcementProceeding(writ=word.writ, number=word.number, booking_id=word.booking_id))
    EnforcementProceeding.objects.bulk_create(fresh.values(), BATCH)
    for word in words:
        if word.proceeding is None:
            word.proceeding = fresh[word.writ.pk, word.number]
    return {proceeding.pk: proceeding for proceeding in fresh.values()}


def _keep_what_was_known(proceedings: dict[int, EnforcementProceeding]) -> None:
    """The columns as they stand become a word too where no source has put them there: registers and people wrote them."""
    said = _words_of(proceedings)
    base = []
    for pk, proceeding in proceedings.items():
        columns = _columns(proceeding)
        words = said.get(pk, [])
        if not words or plain(fold(words)) != plain(columns):
            days = [columns["opened_on"], columns["ended_on"], *(word.as_of for word in words)]
            as_of = max((day for day in days if day), default=LONG_AGO)
            base.append(ProceedingStatement(proceeding=proceeding, source=KNOWN, as_of=as_of, said=_full(columns)))
    ProceedingStatement.objects.bulk_create(base, BATCH)


def _columns(proceeding: EnforcementProceeding) -> dict:
    return {name: getattr(proceeding, name) for name in COLUMNS}


def _full(columns: dict) -> dict:
    """All columns as JSON, empty ones too: an open proceeding says that it has no end."""
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in columns.items()}


def _words_of(proceeding_ids: Iterable[int]) -> dict[int, list[Said]]:
    found = defaultdict(list)
    live = ProceedingStatement.objects.live().filter(proceeding__in=list(proceeding_ids))
    for one in live.order_by().values_list("proceeding_id", "as_of", "source", "id", "said"):
        found[one[0]].append(Said(one[1], one[2], one[3], one[4]))
    return found


def _statement(word: Word) -> ProceedingStatement:
    return ProceedingStatement(
        proceeding=word.proceeding,
        source=word.source,
        as_of=word.as_of,
        said=plain(word.columns),
        reply_row=word.reply_row,
        ruling=word.ruling,
        booking_id=word.booking_id,
    )


def _stand_on_bookings(words: list[Word]) -> None:
    """A word stands on the bookings that brought its writ and its proceeding: they cannot be undone under it."""
    pairs = {
        (word.booking_id, basis)
        for word in words
        for basis in (word.writ.booking_id, word.proceeding.booking_id)
        if basis and basis != word.booking_id
    }
    bases = [BookingBasis(booking_id=one, stands_on_id=other, why=BookingBasis.Why.KNOWN) for one, other in sorted(pairs)]
    BookingBasis.objects.bulk_create(bases, BATCH, ignore_conflicts=True)


def refold(proceedings: list[EnforcementProceeding]) -> list[tuple[EnforcementProceeding, dict]]:
    """Bring the columns to the fold of the live words; return (proceeding, columns before) of those that changed."""
    said = _words_of([proceeding.pk for proceeding in proceedings])
    changed = []
    for proceeding in proceedings:
        words = said.get(proceeding.pk)
        if not words:
            continue
        before = _columns(proceeding)
        after = fold(words)
        for name in COLUMNS:
            setattr(proceeding, name, after.get(name, None if name in DAYS or name == "department_id" else ""))
        proceeding.status = proceeding.status or EnforcementProceeding.Status.OPEN
        if _columns(proceeding) != before:
            changed.append((proceeding, before))
    EnforcementProceeding.objects.bulk_update([proceeding for proceeding, _ in changed], list(COLUMNS), BATCH)
    return changed


def take_words_back(*, booking: Booking, on: dt.date, by: User | None) -> int:
    """Bring proceedings to what is known without an undone booking's words; return how many changed. Cases learn of it."""
    touched = EnforcementProceeding.objects.filter(statements__booking=booking).distinct().select_related("writ__case_file")
    proceedings = list(touched)
    gone = [proceeding for proceeding in proceedings if proceeding.booking_id == booking.pk]
    changed = refold([proceeding for proceeding in proceedings if proceeding.booking_id != booking.pk])
    news = [News(proceeding, before=before, taken_back=True) for proceeding, before in changed]
    news += [News(proceeding, withdrawn=True) for proceeding in gone]
    tell_cases(news, on=on, by=by)
    carry_proceedings(proceeding.writ_id for proceeding in proceedings)
    return len(changed) + len(gone)
