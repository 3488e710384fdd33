"""Our side of a reconciliation: the writs with a department at a month's end, as known at a moment.

A writ is in the register when it was with the department in the month: presented by the month's end and not ended before its
first day, or with money received in it. Others are looked up only when the department's reply names them. The queries are
few and do not grow with the writs, but for one more per 500.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from casedesk.access.models import Organisation
from casedesk.common import months
from enforcement.models import EnforcementProceeding, Presentation, ReconciliationLine, Writ
from enforcement.queries.reconciliation_money import WritMoney, known, money_of
from enforcement.rules.reconciliation_compare import Status

_CHUNK = 500
_STATUS = {"open": Status.OPEN, "finished": Status.FINISHED, "terminated": Status.TERMINATED}


def our_lines(creditor: Organisation, department: Organisation, month: int, known_at: dt.datetime) -> list[ReconciliationLine]:
    """The register of the month, in the order of debtors; lines are not saved."""
    found = _lines(_writs_with(creditor, department, month, known_at), department, month, known_at)
    return sorted((line for line in found if not line.is_archived), key=_order)


def lines_of_writs(
    writ_ids: Iterable[int], department: Organisation, month: int, known_at: dt.datetime
) -> list[ReconciliationLine]:
    """Lines of writs that are not in the month's register but were named by the department; marked so."""
    chosen = Writ.objects.filter(pk__in=list(writ_ids)).select_related("account__premises__house", "debtor")
    found = sorted(_lines(list(chosen), department, month, known_at), key=_order)
    for line in found:
        line.is_archived = True
    return found


def _order(line: ReconciliationLine) -> tuple:
    return line.debtor.casefold(), line.writ_number, line.writ_id


@dataclass(slots=True)
class _Stay:
    """What is known of a writ's stays by the month's end: its presentations and proceedings, oldest first."""

    presentations: list[Presentation] = field(default_factory=list)
    proceedings: list[EnforcementProceeding] = field(default_factory=list)

    def at(self, department: Organisation) -> tuple[Presentation | None, EnforcementProceeding | None]:
        """The newest presentation to the department and the newest proceeding in it."""
        sent = [one for one in self.presentations if one.department_id == department.pk]
        opened = [one for one in self.proceedings if one.department_id == department.pk]
        return sent[-1] if sent else None, opened[-1] if opened else None

    def newest_department(self) -> int | None:
        """Where the writ went last, as far as a department is named."""
        days = [(one.sent_on, one.department_id) for one in self.presentations if one.department_id]
        days += [(one.opened_on or dt.date.min, one.department_id) for one in self.proceedings if one.department_id]
        return max(days)[1] if days else None


def _writs_with(creditor: Organisation, department: Organisation, month: int, known_at: dt.datetime) -> list[Writ]:
    """Writs of the creditor that were ever with the department by the month's end."""
    last = months.last_day(month)
    opened = _opened(last, known_at).filter(department=department)
    sent = _sent(last, known_at).filter(department=department)
    found = Writ.objects.filter(known("booking__", known_at), creditor=creditor)
    found = found.filter(Q(pk__in=opened.order_by().values("writ")) | Q(pk__in=sent.order_by().values("writ")))
    return list(found.select_related("account__premises__house", "debtor"))


def _opened(last: dt.date, known_at: dt.datetime) -> QuerySet:
    by_day = Q(opened_on__lte=last) | Q(opened_on__isnull=True)
    return EnforcementProceeding.objects.filter(known("booking__", known_at), by_day).order_by("opened_on", "pk")


def _sent(last: dt.date, known_at: dt.datetime) -> QuerySet:
    return Presentation.objects.filter(kind=Presentation.Kind.BAILIFFS, sent_on__lte=last, recorded_at__lte=known_at).order_by(
        "sent_on", "pk"
    )


def _lines(writs: list[Writ], department: Organisation, month: int, known_at: dt.datetime) -> list[ReconciliationLine]:
    first, last = months.first_day(month), months.last_day(month)
    stays = _stays(writs, last, known_at)
    money = money_of(writs, first=first, last=last, known_at=known_at)
    return [_line(writ, stays[writ.pk], money.get(writ.pk, WritMoney()), department, first, last) for writ in writs]


def _stays(writs: list[Writ], last: dt.date, known_at: dt.datetime) -> dict[int, _Stay]:
    """Writ id -> where it was by the day. Two queries per 500 writs."""
    found: dict[int, _Stay] = defaultdict(_Stay)
    ids = [writ.pk for writ in writs]
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        for one in _opened(last, known_at).filter(writ__in=some):
            found[one.writ_id].proceedings.append(one)
        for one in _sent(last, known_at).filter(writ__in=some):
            found[one.writ_id].presentations.append(one)
    return found


def _line(
    writ: Writ, stay: _Stay, money: WritMoney, department: Organisation, first: dt.date, last: dt.date
) -> ReconciliationLine:
    sent, opened = stay.at(department)
    if sent and opened and opened.opened_on and opened.opened_on < sent.sent_on:
        opened = None  # of an earlier stay: nothing was opened on the newest presentation yet
    status, ended_on, ground = _standing(sent, opened, last)
    account = writ.account
    return ReconciliationLine(
        side=ReconciliationLine.Side.OURS,
        source=ReconciliationLine.Source.LEDGER,
        fingerprint=f"w{writ.pk}",
        writ=writ,
        debtor=writ.debtor.name if writ.debtor else account.holder_name,
        address=str(account.premises) if account.premises else account.address_text,
        writ_kind=writ.get_kind_display(),
        writ_number=writ.number,
        issued_on=writ.issued_on,
        court=writ.issuer[:200] or writ.court_case,
        amount=writ.total,
        presented_on=sent.sent_on if sent else None,
        proceeding_number=opened.number if opened else "",
        consolidated_number=opened.consolidated_number if opened else "",
        opened_on=opened.opened_on if opened else None,
        bailiff=opened.bailiff if opened else "",
        received_month=money.month,
        received=money.total,
        paid_directly=money.direct,
        remainder=max(writ.total - money.total - money.direct, 0),
        status=status,
        ended_on=ended_on,
        ended_ground=ground,
        is_elsewhere=stay.newest_department() not in (None, department.pk),
        is_archived=ended_on is not None and ended_on < first and not money.month,
    )


def _standing(
    sent: Presentation | None, opened: EnforcementProceeding | None, last: dt.date
) -> tuple[Status, dt.date | None, str]:
    """Status, day and ground of the end by the day: of the proceeding, else of the presentation."""
    if opened and opened.ended_on and opened.ended_on <= last:
        return _STATUS[opened.status], opened.ended_on, opened.ended_ground
    if sent and sent.ended_on and sent.ended_on <= last:
        return Status.FINISHED, sent.ended_on, sent.ended_ground if "." in sent.ended_ground else ""
    return (Status.OPEN if opened else Status.PRESENTED), None, ""
