"""Terms that run on case files: the next step, the answer awaited, a hold's end, limitation of the oldest months.

Nothing is stored for it: the days are columns of the case or follow from its open months, so the register is right
whenever it is asked. Each source takes a fixed number of queries.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from casedesk.common import money, months
from debtors.models import CaseAccount, Instalment, Promise, RepaymentAgreement
from debtors.queries.limitation import expiring
from debtors.rules.agreement_standing import AgreementState
from debtors.rules.deadlines import Deadline, Kind
from debtors.rules.limitation import newest_month_lost_by
from debtors.rules.next_step import ACTION_NAMES
from debtors.rules.promise_standing import PromiseState
from debtors.rules.stages import HOLD_NAMES, STAGE_NAMES, Stage

TERM_NORMS = {
    "reminder_sent": "ЖК РФ ст. 155",
    "presented": "229-ФЗ ст. 30 ч. 8",
    "proceeding": "229-ФЗ ст. 36 ч. 1",
    "returned": "229-ФЗ ст. 46 ч. 5",
}
COLUMNS = ("id", "number", "debtor_names", "officer_id", "overdue")
_of_case = [f"agreement__case__{name}" for name in COLUMNS]


def case_deadlines(cases, *, first: dt.date, last: dt.date) -> list[Deadline]:
    """Terms of these open cases that end between the days (both inclusive), in no order."""
    live = cases.live()
    sources = (_steps, _terms, _holds, _limitation, _instalments, _breaches, _promises)
    return [line for source in sources for line in source(live, first, last)]


def _steps(cases, first: dt.date, last: dt.date) -> Iterable[Deadline]:
    found = cases.exclude(next_action="").filter(next_due_on__range=(first, last)).order_by()
    for *base, action, day, norm in found.values_list(*COLUMNS, "next_action", "next_due_on", "next_norm"):
        yield _deadline(base, day, Kind.STEP, ACTION_NAMES.get(action, action), norm)


def _terms(cases, first: dt.date, last: dt.date) -> Iterable[Deadline]:
    found = cases.filter(stage_until__range=(first, last)).exclude(stage=Stage.WRIT).order_by()
    for *base, stage, day in found.values_list(*COLUMNS, "stage", "stage_until"):
        yield _deadline(base, day, Kind.TERM, f"Срок стадии «{STAGE_NAMES[stage]}»", TERM_NORMS.get(stage, ""))


def _holds(cases, first: dt.date, last: dt.date) -> Iterable[Deadline]:
    found = cases.exclude(hold_kind="").filter(hold_until__range=(first, last)).order_by()
    for *base, kind, day in found.values_list(*COLUMNS, "hold_kind", "hold_until"):
        yield _deadline(base, day, Kind.HOLD, f"Кончается приостановка: {HOLD_NAMES[kind]}", "")


def _limitation(cases, first: dt.date, last: dt.date) -> Iterable[Deadline]:
    """One line per case and last day: the months lost after it, and their money."""
    newest = newest_month_lost_by(last)
    old = cases.filter(oldest_open_month__lte=newest).order_by()
    base = {row[0]: row for row in old.values_list(*COLUMNS)}
    links = dict(CaseAccount.objects.filter(case__in=list(base), is_live=True).values_list("account_id", "case_id"))
    lost: dict[tuple[int, dt.date], list] = defaultdict(list)
    for row in expiring(links, newest=newest):
        if row.last_day and first <= row.last_day <= last:
            lost[links[row.account_id], row.last_day].append(row)
    for (case, day), rows in lost.items():
        named = ", ".join(months.short(month) for month in sorted({row.month for row in rows}))
        line = _deadline(base[case], day, Kind.LIMITATION, f"Последний день требовать за {named}", "ГК РФ ст. 196, 200")
        yield replace(line, kopecks=sum(row.kopecks for row in rows))


def _instalments(cases, first: dt.date, last: dt.date) -> Iterable[Deadline]:
    """Payments that debtors promised."""
    kept = Instalment.objects.filter(agreement__state=AgreementState.ACTIVE, agreement__case__in=cases.order_by())
    about = ("number", "agreement__number", "due_on", "amount")
    for *base, number, agreement, day, amount in kept.filter(due_on__range=(first, last)).values_list(*_of_case, *about):
        line = _deadline(base, day, Kind.AGREEMENT, f"Взнос {number} по соглашению № {agreement}", "")
        yield replace(line, kopecks=amount)


def _breaches(cases, first: dt.date, last: dt.date) -> Iterable[Deadline]:
    """Debtors who must be told that their agreement is broken."""
    broken = RepaymentAgreement.objects.filter(state=AgreementState.BREACHED, case__in=cases.order_by())
    columns = [f"case__{name}" for name in COLUMNS]
    for *base, number, day in broken.filter(notify_until__range=(first, last)).values_list(*columns, "number", "notify_until"):
        yield _deadline(base, day, Kind.AGREEMENT, f"Уведомить о нарушении соглашения № {number}", "")


def _promises(cases, first: dt.date, last: dt.date) -> Iterable[Deadline]:
    """Days by which debtors said they would pay."""
    waiting = Promise.objects.filter(state=PromiseState.WAITING, case__in=cases.order_by(), due_on__range=(first, last))
    for *base, amount, day in waiting.values_list(*[f"case__{name}" for name in COLUMNS], "amount", "due_on"):
        yield replace(_deadline(base, day, Kind.PROMISE, f"Обещание оплатить {money.spaced(amount)} ₽", ""), kopecks=amount)


def _deadline(base: Iterable, day: dt.date, kind: Kind, title: str, norm: str) -> Deadline:
    case_id, number, names, officer_id, overdue = base
    return Deadline(day, kind, title, norm, overdue, case_id, number, names, officer_id)
