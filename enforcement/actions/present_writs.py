"""Present writs: to bailiffs, a bank or an employer, for the first time or again. One or hundreds, by the same checks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from casedesk.access.models import Organisation, User
from casedesk.common import money
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.norms.queries.current import current
from casedesk.norms.reading import Reading
from enforcement.actions.tell import News
from enforcement.actions.writ_steps import check, lock_writs, settle
from enforcement.models import Presentation, Writ
from enforcement.queries.writ_money import WritMoney
from enforcement.queries.writ_now import WritNow, writs_now
from enforcement.rules.terms import last_day_of
from enforcement.rules.words import Addressee

BATCH = 2_000


class NoAddressee(Refusal):
    """Nobody was named to present the writ to."""

    code = "no_addressee"


class TooMuchForEmployer(NotAllowed):
    """The sum is above what goes straight to an employer (229-ФЗ ст. 9 ч. 1)."""

    code = "too_much_for_employer"


@dataclass(frozen=True)
class Addressed:
    """Whom writs are presented to, how and when. A department for bailiffs, a name for a bank or an employer."""

    kind: str = Addressee.BAILIFFS
    department: Organisation | None = None
    addressee: str = ""
    channel: str = Presentation.Channel.POST
    outgoing_number: str = ""


@dataclass
class Presenting:
    """What presenting would do, or did: writs with what is still to be collected, refusals in words, the presentations."""

    writs: list[Writ] = field(default_factory=list)
    asked: dict[int, WritMoney] = field(default_factory=dict)
    refused: list[tuple[Writ, str]] = field(default_factory=list)
    presentations: list[Presentation] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.asked[writ.pk].remaining.total for writ in self.writs)


def preview_presenting(*, writs: Iterable[Writ], to: Addressed, by: User | None, on: dt.date) -> Presenting:
    """Which of the writs can be presented so, and why the others cannot. Changes nothing."""
    listed = list(writs)
    now = writs_now(listed)
    sums = {pk: one.money for pk, one in now.items()}
    found = Presenting(asked=sums)
    limit = employer_limit(on) if to.kind == Addressee.EMPLOYER else None
    for writ in listed:
        try:
            check(now[writ.pk], "present", by=by, on=on)
            _check_limit(writ, sums[writ.pk].remaining.total, limit)
        except NotAllowed as refusal:
            found.refused.append((writ, refusal.message))
        else:
            found.writs.append(writ)
    return found


@transaction.atomic
def present_writs(*, writs: Iterable[Writ], to: Addressed, by: User | None, on: dt.date) -> Presenting:
    """Present each writ that may be presented, in a fixed number of statements per batch; tell of the others.

    Raises NoAddressee. The sums of a presentation are what remains on that day.
    """
    _check_addressee(to)
    listed = lock_writs(writ.pk for writ in writs)
    found = preview_presenting(writs=listed, to=to, by=by, on=on)
    now = writs_now(found.writs)
    moment = timezone.now()
    made = [_presentation(now[writ.pk], found.asked[writ.pk], to, by, on, moment) for writ in found.writs]
    found.presentations = bulk_create_with_history(made, Presentation, batch_size=BATCH, default_user=by)
    until = last_day_of("opening", on, current()) if to.kind == Addressee.BAILIFFS else None
    news = [
        News(
            one.writ,
            "writ_presented",
            on,
            one,
            until,
            {"writ": str(one.writ), "to": one.to, "total_kopecks": one.total},
        )
        for one in found.presentations
    ]
    settle(news, by=by, on=on)
    return found


@transaction.atomic
def present_writ(*, writ: Writ, to: Addressed, by: User | None, on: dt.date) -> Presentation:
    """Present one writ. Raises NotAllowed in the words of the guard, TooEarly, NoAddressee."""
    _check_addressee(to)
    locked = lock_writs([writ.pk])
    check(writs_now(locked)[writ.pk], "present", by=by, on=on)
    found = present_writs(writs=locked, to=to, by=by, on=on)
    if found.refused:
        raise TooMuchForEmployer(found.refused[0][1])
    return found.presentations[0]


def employer_limit(on: dt.date) -> int:
    """The largest sum that goes straight to an employer on the day, kopecks (229-ФЗ ст. 9 ч. 1)."""
    return Reading(current(), "предъявление работодателю").value("enforcement.employer_limit", on) * 100


def _check_addressee(to: Addressed) -> None:
    if to.department is None and not to.addressee.strip():
        whom = "отдел приставов" if to.kind == Addressee.BAILIFFS else "банк или работодателя"
        raise NoAddressee(f"Не указано, кому предъявить документ. Выберите {whom}.")


def _check_limit(writ: Writ, kopecks: int, limit: int | None) -> None:
    if limit is not None and kopecks > limit:
        raise TooMuchForEmployer(
            f"Документ {writ.number} на {money.spaced(kopecks)} ₽ нельзя предъявить работодателю: предел "
            f"{money.spaced(limit)} ₽ (229-ФЗ ст. 9 ч. 1). Предъявите приставам или в банк."
        )


def _presentation(
    now: WritNow, sums: WritMoney, to: Addressed, by: User | None, on: dt.date, moment: dt.datetime
) -> Presentation:
    left, wait = sums.remaining, now.writ.repeat_from
    return Presentation(
        writ=now.writ,
        kind=to.kind,
        department=to.department,
        addressee=to.addressee,
        channel=to.channel,
        outgoing_number=to.outgoing_number,
        sent_on=on,
        received_on=on if to.channel == Presentation.Channel.IN_PERSON else None,
        is_early=wait is not None and on < wait,
        principal=left.principal,
        penalty=left.penalty,
        duty=left.duty,
        recorded_at=moment,
        recorded_by=by,
    )
