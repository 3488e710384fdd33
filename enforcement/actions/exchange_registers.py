"""Send our register to the department, and take its reply: a file, or rows it fills on the screen."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from enforcement.actions.compare_sides import Compared, compare_sides
from enforcement.actions.reconciliation_locked import locked
from enforcement.actions.take_sides import look_up, their_line, write_their_side
from enforcement.models import Reconciliation, ReconciliationLine
from enforcement.rules.reconciliation_reply import ReplyRow, fingerprints

State = Reconciliation.State
Side = ReconciliationLine.Side


class NothingToSend(Refusal):
    """A register without a single writ."""

    code = "nothing_to_send"


class OlderReply(Refusal):
    """A later reply is never overwritten by an older one."""

    code = "older_reply"


class WrongReplyDay(Refusal):
    """A reply from before the month's end, or from the future."""

    code = "wrong_reply_day"


class EmptyReply(Refusal):
    """A reply without rows says nothing."""

    code = "empty_reply"


@transaction.atomic
def send_register(*, reconciliation: Reconciliation, by: User | None, on: dt.date) -> Reconciliation:
    """Mark our register as sent: from now on the department sees the reconciliation. Raises NotAllowed, NothingToSend."""
    one = locked(reconciliation, "send", on)
    if not one.lines.filter(side=Side.OURS).exists() and not one.differences.exists():
        raise NothingToSend(
            f"В отделе «{one.department}» нет наших исполнительных документов за этот месяц: направлять нечего.", value=one.pk
        )
    one.sent_on, one.sent_by = one.sent_on or on, one.sent_by or by
    one.state = State.IN_WORK if one.reply_on else State.EXCHANGED
    one.save(update_fields=["sent_on", "sent_by", "state"])
    return one


@transaction.atomic
def take_reply(
    *,
    reconciliation: Reconciliation,
    rows: list[ReplyRow],
    reply_on: dt.date,
    source: str,
    by: User | None,
    on: dt.date,
    at: dt.datetime,
) -> Compared:
    """Take the department's whole reply instead of what it said before, and compare. `source` names the file.

    Raises NotAllowed, EmptyReply, WrongReplyDay, OlderReply.
    """
    one = locked(reconciliation, "answer", on)
    if not rows:
        raise EmptyReply(f"В ответе «{source}» нет ни одной строки: проверьте, тот ли это файл.", value=source)
    if reply_on > on or reply_on < one.as_of:
        raise WrongReplyDay(
            f"Ответ «{source}» на {reply_on:%d.%m.%Y}, а сверка на {one.as_of:%d.%m.%Y}: день ответа не раньше конца месяца "
            "и не позже сегодняшнего. Исправьте день или выберите другую сверку.",
            value=reply_on.isoformat(),
        )
    if one.reply_on and reply_on < one.reply_on:
        raise OlderReply(
            f"Уже принят ответ на {one.reply_on:%d.%m.%Y}, а «{source}» на {reply_on:%d.%m.%Y}: старый ответ новый не заменит.",
            value=reply_on.isoformat(),
        )
    write_their_side(one, rows, ReconciliationLine.Source.FILE, at, by)
    return _answered(one, reply_on, source, on, at)


def _answered(one: Reconciliation, reply_on: dt.date, source: str, on: dt.date, at: dt.datetime) -> Compared:
    one.reply_on, one.reply_source, one.state = reply_on, source[:200], State.IN_WORK
    one.save(update_fields=["reply_on", "reply_source", "state"])
    return compare_sides(reconciliation=one, on=on, at=at)


@transaction.atomic
def answer_line(
    *,
    reconciliation: Reconciliation,
    row: ReplyRow,
    instead_of: ReconciliationLine | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Compared:
    """The department fills one row on the screen: a new one, or instead of one it gave before. Raises NotAllowed."""
    one = locked(reconciliation, "answer", on)
    line = _screen_line(one, row, instead_of)
    line.entered_at, line.entered_by = at, by
    line.save()
    look_up(one, at, by)
    return _answered(one, max(one.reply_on or on, on), f"заполнено на экране: {by.short_name}", on, at)


def _screen_line(one: Reconciliation, row: ReplyRow, instead_of: ReconciliationLine | None) -> ReconciliationLine:
    theirs = one.lines.filter(side=Side.THEIRS)
    name = fingerprints([row])[0]
    if instead_of is None and theirs.filter(fingerprint=name).exists():
        instead_of = theirs.get(fingerprint=name)
    line = their_line(row, name, ReconciliationLine.Source.SCREEN)
    line.reconciliation, line.position = one, theirs.count() + 1
    if instead_of is not None:
        line.pk, line.position = instead_of.pk, instead_of.position
        line.group, line.matched_how = instead_of.group, instead_of.matched_how
    return line


@transaction.atomic
def confirm_as_ours(*, reconciliation: Reconciliation, groups: list[int] | None, by: User, on: dt.date, at: dt.datetime) -> int:
    """The department agrees with our figures of these groups (of all that it has not answered when None); return how many."""
    one = locked(reconciliation, "answer", on)
    answered = set(one.lines.filter(side=Side.THEIRS).values_list("group", flat=True))
    ours = one.lines.filter(side=Side.OURS).exclude(group__in=answered)
    chosen = list(ours if groups is None else ours.filter(group__in=groups))
    position = one.lines.filter(side=Side.THEIRS).count()
    lines = [their_line(as_reply(line), "", ReconciliationLine.Source.SCREEN) for line in chosen]
    for line, name in zip(lines, fingerprints([as_reply(line) for line in chosen]), strict=True):
        position += 1
        line.fingerprint, line.position, line.reconciliation = name, position, one
        line.entered_at, line.entered_by = at, by
    ReconciliationLine.objects.bulk_create(lines, 1_000)
    if lines:
        _answered(one, max(one.reply_on or on, on), f"заполнено на экране: {by.short_name}", on, at)
    return len(lines)


def as_reply(line: ReconciliationLine) -> ReplyRow:
    """Our line in the department's words: what it says when it agrees. A direct payment counts as collected by nobody."""
    return ReplyRow(
        writ_number=line.writ_number,
        debtor=line.debtor,
        address=line.address,
        issued_on=line.issued_on,
        court=line.court,
        amount=line.amount,
        presented_on=line.presented_on,
        proceeding=line.proceeding_number,
        consolidated=line.consolidated_number,
        opened_on=line.opened_on,
        bailiff=line.bailiff,
        received_month=line.received_month,
        received=line.received,
        remainder=line.remainder,
        status=line.status,
        ended_on=line.ended_on,
        ground=line.ended_ground,
    )
