"""Tell bailiffs of direct payments, and note that they took them into account."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import Draft, make_many
from casedesk.documents.models import Document
from debtors.actions.moves import check_may
from debtors.models import CaseEvent
from debtors.rules.case_events import EVENTS
from enforcement.actions.settle_confirmed import settle_confirmed
from enforcement.documents.compose_direct_payments import notice_data
from enforcement.models import DirectPayment

State = DirectPayment.State
KIND = "direct_payment_notice"
TOLD, CONFIRMED = "direct_payment_told", "direct_payment_confirmed"


class NothingToTell(Refusal):
    """None of the chosen direct payments is in the state that the step needs."""

    code = "nothing_to_tell"


class TooEarlyToTell(Refusal):
    """The day given lies before the payment or before the notice."""

    code = "too_early_to_tell"


@dataclass
class TakenOn:
    """What a step did: the rows it changed, the letters it made."""

    rows: list[DirectPayment] = field(default_factory=list)
    letters: list[Document] = field(default_factory=list)


@transaction.atomic
def tell_bailiffs(*, chosen: QuerySet, by: User, on: dt.date, sent_on: dt.date | None = None) -> TakenOn:
    """Make one letter per creditor and department for the chosen payments not told yet, and mark them told.

    Raises NotAllowed, NothingToTell, TooEarlyToTell. Payments told already are left as they are.
    """
    check_may(by, Right.WORK_CASES)
    sent_on = sent_on or on
    rows = _locked(chosen, State.PREPARED)
    if not rows:
        raise NothingToTell("Среди отмеченных оплат нет тех, о которых пристав ещё не знает. Обновите список.")
    _not_before(sent_on, max(row.paid_on for row in rows), "уведомление", "оплаты")
    done = TakenOn(rows)
    for of_one in _by_letter(rows):
        proceeding = of_one[0].proceeding
        subject = ("enforcement.EnforcementProceeding", proceeding.pk)
        draft = Draft(notice_data(of_one), subject, None)
        (letter,) = make_many(KIND, creditor=proceeding.writ.creditor, drafts=[draft], by=by, on=on)
        done.letters.append(letter)
        for row in of_one:
            row.state, row.sent_on, row.sent_by, row.notice = State.SENT, sent_on, by, letter
    DirectPayment.objects.bulk_update(rows, ["state", "sent_on", "sent_by", "notice"], 1_000)
    _tell_cases(TOLD, rows, sent_on, by)
    return done


@transaction.atomic
def confirm_told(*, chosen: QuerySet, by: User, on: dt.date, answer: str = "") -> TakenOn:
    """Note that the bailiff took the chosen payments into account; differences of reconciliations that wait for it are settled.

    Raises NotAllowed, NothingToTell, TooEarlyToTell.
    """
    check_may(by, Right.RECONCILE)
    rows = _locked(chosen, State.SENT)
    if not rows:
        raise NothingToTell("Среди отмеченных оплат нет тех, о которых сообщено и ещё не подтверждено. Обновите список.")
    _not_before(on, max(row.sent_on for row in rows), "подтверждение", "уведомления")
    for row in rows:
        row.state, row.confirmed_on, row.confirmed_by, row.answer = State.CONFIRMED, on, by, answer[:200]
    DirectPayment.objects.bulk_update(rows, ["state", "confirmed_on", "confirmed_by", "answer"], 1_000)
    _tell_cases(CONFIRMED, rows, on, by)
    settle_confirmed({row.proceeding.writ_id for row in rows}, by=by, on=on)
    return TakenOn(rows)


def _locked(chosen: QuerySet, state: str) -> list[DirectPayment]:
    ids = list(chosen.order_by().values_list("pk", flat=True))
    rows = DirectPayment.objects.standing().filter(pk__in=ids, state=state).select_for_update(of=("self",))
    return list(
        rows.select_related(
            "payment",
            "proceeding__department",
            "proceeding__writ__creditor",
            "proceeding__writ__account",
            "proceeding__writ__debtor",
            "proceeding__writ__case_file",
        ).order_by("paid_on", "pk")
    )


def _not_before(day: dt.date, first: dt.date, what: str, of_what: str) -> None:
    if day < first:
        raise TooEarlyToTell(
            f"{what.capitalize()} {day:%d.%m.%Y} не может быть раньше {of_what} {first:%d.%m.%Y}. Укажите день не раньше.",
            day=day,
        )


def _by_letter(rows: Iterable[DirectPayment]) -> list[list[DirectPayment]]:
    """One letter per creditor and department; proceedings of an unknown department get one each."""
    found: dict[tuple, list[DirectPayment]] = defaultdict(list)
    for row in rows:
        proceeding = row.proceeding
        found[proceeding.writ.creditor_id, proceeding.department_id or -proceeding.pk].append(row)
    return list(found.values())


def _tell_cases(code: str, rows: list[DirectPayment], on: dt.date, by: User) -> None:
    events = []
    for row in rows:
        case = row.proceeding.writ.case_file
        if case is not None:
            data = {"proceeding": row.proceeding.number, "total_kopecks": row.amount, "paid_on": f"{row.paid_on:%d.%m.%Y}"}
            EVENTS[code].check(data)
            subject = {"subject_kind": row._meta.model_name, "subject_id": row.pk}
            events.append(CaseEvent(case=case, code=code, happened_on=on, recorded_by=by, data=data, **subject))
    CaseEvent.objects.bulk_create(events, 1_000)
