"""The deadline register of a person: terms of every room in one list, filtered, sorted, and as a calendar.

Rooms give their own terms (`debtors.queries.deadlines`, `enforcement.queries.deadlines`); here they only meet.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.core import signing
from icalendar import Calendar, Event

from casedesk.access.models import User
from casedesk.common import money
from debtors.models import CaseFile
from debtors.queries.deadlines import case_deadlines
from debtors.queries.restriction_deadlines import restriction_deadlines
from debtors.rules.deadlines import KIND_NAMES, Deadline
from enforcement.queries.claim_deadlines import claim_deadlines
from enforcement.queries.deadlines import direct_payment_deadlines, presentation_deadlines
from enforcement.queries.reconciliation_deadlines import difference_deadlines

LATE_DAYS = 60
"""How far back the register looks for what was missed."""
FEED_DAYS = 120
SALT = "deadline feed"


@dataclass
class Register:
    """Terms between two days, nearest first; `shown` after the filters. Counts are of the whole window."""

    on: dt.date
    lines: list[Deadline]
    officers: dict[int, str] = field(default_factory=dict)

    @property
    def late(self) -> int:
        return sum(line.day < self.on for line in self.lines)

    @property
    def this_week(self) -> int:
        return sum(0 <= line.days_left(self.on) < 7 for line in self.lines)

    def by_kind(self) -> Counter:
        return Counter(line.kind for line in self.lines)

    def chosen(self, *, kind: str = "", officer: int | None = None, late: bool | None = None) -> list[Deadline]:
        """Lines of one kind, one officer (0: nobody), only the missed or only the coming ones."""
        lines = self.lines
        if kind:
            lines = [line for line in lines if line.kind == kind]
        if officer is not None:
            lines = [line for line in lines if (line.officer_id or 0) == officer]
        if late is not None:
            lines = [line for line in lines if (line.day < self.on) == late]
        return lines

    def officer_name(self, line: Deadline) -> str:
        return self.officers.get(line.officer_id, "")


def register(user: User, *, on: dt.date, days: int) -> Register:
    """All terms this person may see that end within `days` from the day, and those missed lately."""
    cases = CaseFile.objects.visible_to(user)
    window = {"first": on - dt.timedelta(days=LATE_DAYS), "last": on + dt.timedelta(days=days)}
    lines = [*case_deadlines(cases, **window), *presentation_deadlines(cases, **window), *claim_deadlines(cases, **window)]
    lines += difference_deadlines(user, **window)
    lines += direct_payment_deadlines(cases, **window)
    lines += restriction_deadlines(cases, **window)
    lines.sort(key=lambda line: (line.day, -line.kopecks, line.case_id))
    officers = {
        person.pk: person.short_name for person in User.objects.filter(pk__in={line.officer_id for line in lines} - {None})
    }
    return Register(on, lines, officers)


def feed_token(user: User) -> str:
    """The secret of the person's calendar address. It carries the password's fingerprint: a new password ends it."""
    return signing.dumps([user.pk, user.get_session_auth_hash()[:16]], salt=SALT)


def owner_of(token: str) -> User | None:
    """Whose calendar the token opens; None for a forged one, a person who left or changed the password."""
    try:
        pk, fingerprint = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and user.get_session_auth_hash()[:16] == fingerprint else None


def calendar(register: Register, url_of) -> bytes:
    """The terms as iCalendar (RFC 5545), whole days. `url_of` takes a line and gives the address of its case."""
    book = Calendar()
    book.add("prodid", "-//casedesk//deadlines//RU")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Сроки по делам")
    for line in register.lines:
        event = Event()
        event.add("uid", f"{line.uid}-{line.day:%Y%m%d}@casedesk")
        event.add("dtstamp", dt.datetime.combine(register.on, dt.time(), dt.UTC))
        event.add("dtstart", line.day)
        event.add("summary", _about(line))
        event.add("description", f"{KIND_NAMES[line.kind]}. {money.spaced(line.kopecks)} ₽. {line.norm}".strip())
        event.add("url", url_of(line))
        book.add_component(event)
    return book.to_ical()


def _about(line: Deadline) -> str:
    """The line in a calendar's one row."""
    if not line.case_id:
        return line.title
    return f"{line.title}: дело № {line.case_number}, {line.debtor or 'должник не назван'}"
