"""Close a month of a creditor's books: keep its figures; what is learnt about it afterwards is late."""

import datetime as dt

from django.db import transaction
from django.utils.module_loading import import_string

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import check_may
from debtors.models import MonthClosing
from debtors.queries.ageing import age
from debtors.queries.closing import remarks_of
from debtors.queries.printed import printed
from debtors.rules.closing import GUARDS


class MonthNotOver(Refusal):
    """The month has not ended on the day."""

    code = "month_not_over"


class MonthAlreadyClosed(Refusal):
    """The month was closed before."""

    code = "month_already_closed"


class RemarksUnanswered(Refusal):
    """Something is missing, and nobody has said why the month is closed all the same."""

    code = "remarks_unanswered"


class NotClosed(Refusal):
    """The closing does not stand, or its reopening is not where the step starts from."""

    code = "not_closed"


class NoReason(Refusal):
    """A closed month is opened only with a reason."""

    code = "no_reason"


@transaction.atomic
def close_month(
    *, creditor: Organisation, month: int, by: User | None, at: dt.datetime, on: dt.date, note: str = ""
) -> MonthClosing:
    """Close a month at the moment `at` and keep its ageing on its last day.

    Nothing is locked: a late fact is booked with its own business day and is known only after `at`, so the closed figures
    go on coming out of `age(known_on=closed_at)`. `note` says why it is closed over what is missing. Raises NotAllowed,
    MonthNotOver, MonthAlreadyClosed, what the GUARDS refuse, and RemarksUnanswered.
    """
    check_may(by, Right.CLOSE_MONTHS)
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    if on <= months.last_day(month):
        raise MonthNotOver(
            f"{months.named(month).capitalize()} ещё не закончился: закройте его с {months.first_day(month + 1):%d.%m.%Y}.",
            month=month,
        )
    closed = MonthClosing.objects.standing().filter(creditor=creditor, month=month).first()
    if closed:
        raise MonthAlreadyClosed(
            f"{months.named(month).capitalize()} закрыт {closed.closed_at:%d.%m.%Y}: поздние факты видны и так.",
            closed_at=closed.closed_at,
        )
    for guard in GUARDS:
        import_string(guard)(creditor=creditor, month=month)
    said = [remark.said for remark in remarks_of(creditor, month)]
    if said and by is not None and not note.strip():
        raise RemarksUnanswered(
            f"{months.named(month).capitalize()}: {'; '.join(said)}. Устраните это или напишите, почему месяц закрывается так.",
            remarks=said,
        )
    figures = age(creditor.accounts.all(), as_of=months.last_day(month), known_on=at).figures
    return MonthClosing.objects.create(
        creditor=creditor,
        month=month,
        closed_at=at,
        closed_by=by,
        figures=printed(figures),
        remarks=said,
        note=note.strip()[:500],
    )


@transaction.atomic
def ask_reopening(*, closing: MonthClosing, reason: str, by: User, at: dt.datetime) -> MonthClosing:
    """Ask a colleague to open a closed month again. Raises NotAllowed, NotClosed, NoReason."""
    check_may(by, Right.CLOSE_MONTHS)
    closing = _standing(closing)
    if closing.reopening_asked_at:
        raise NotClosed(f"{closing}: об открытии уже просит {closing.reopening_asked_by.short_name}. Решит другой сотрудник.")
    if not reason.strip():
        raise NoReason(f"{closing}: напишите, почему закрытый месяц открывается.")
    closing.reopening_asked_at, closing.reopening_asked_by, closing.reopening_reason = at, by, reason.strip()[:500]
    closing.save(update_fields=["reopening_asked_at", "reopening_asked_by", "reopening_reason"])
    return closing


@transaction.atomic
def reopen_month(*, closing: MonthClosing, by: User, at: dt.datetime) -> MonthClosing:
    """Open the month that a colleague has asked to open; the closing and its figures stay. Raises NotAllowed, NotClosed."""
    closing = _asked(closing, by)
    if closing.reopening_asked_by_id == by.pk:
        raise NotAllowed(f"{closing}: свою просьбу исполняет другой сотрудник. Попросите коллегу (правило двух лиц).")
    closing.reopened_at, closing.reopened_by = at, by
    closing.save(update_fields=["reopened_at", "reopened_by"])
    return closing


@transaction.atomic
def keep_closed(*, closing: MonthClosing, by: User) -> MonthClosing:
    """Turn the request down, or take one's own back: the month stays closed. Raises NotAllowed, NotClosed."""
    closing = _asked(closing, by)
    closing.reopening_asked_at, closing.reopening_asked_by, closing.reopening_reason = None, None, ""
    closing.save(update_fields=["reopening_asked_at", "reopening_asked_by", "reopening_reason"])
    return closing


def _standing(closing: MonthClosing) -> MonthClosing:
    closing = MonthClosing.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=closing.pk)
    if not closing.is_standing:
        raise NotClosed(
            f"{closing}: месяц уже открыт {closing.reopened_at:%d.%m.%Y}. Закройте его снова, когда данные будут верны."
        )
    return closing


def _asked(closing: MonthClosing, by: User) -> MonthClosing:
    check_may(by, Right.CLOSE_MONTHS)
    closing = _standing(closing)
    if not closing.reopening_asked_at:
        raise NotClosed(f"{closing}: об открытии никто не просил. Сначала напишите причину.")
    return closing
