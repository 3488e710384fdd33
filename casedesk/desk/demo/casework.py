"""What the demo's lawyers did over the last months: cases opened on three days, dealt out, reminders sent, some put on hold."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.desk.demo import agreementwork, contactwork, outreachwork, raidwork, restrictionwork, writeoffwork, writwork
from casedesk.desk.demo.courtwork import file_claims
from casedesk.desk.demo.people import BAILIFFS, SINCE
from debtors.actions.assign_cases import assign_cases
from debtors.actions.close_month import close_month
from debtors.actions.place_hold import place_hold
from debtors.actions.prepare_reminder import prepare_reminders
from debtors.actions.record_note import record_note
from debtors.actions.send_reminder import send_reminders
from debtors.models import CaseFile, PreTrialNotice
from debtors.rules.stages import HoldKind
from enforcement.actions.run_pass import run_pass

OFFICERS = {"teplo": "lawyer", "resurs": "lawyer2"}
REMINDED_EACH_TIME = 60
CASE_DAY = 21
FILED_BEFORE = 30
"""Days between the newest day and the filing of claims: time enough for a court to answer."""


def case_days(last_month: int) -> list[dt.date]:
    """The 21st after each of the last three billed months: when charges and payments of the month have come in."""
    return [months.first_day(month + 1).replace(day=CASE_DAY) for month in range(last_month - 2, last_month + 1)]


def work(on: dt.date, *, newest: bool) -> None:
    """One day of work for all creditors. On the newest day only the pass runs: what is to be done is left to the visitor."""
    for creditor in Organisation.objects.filter(kind=Organisation.Kind.CREDITOR):
        run_pass(creditor=creditor, on=on, by=None)
        officer = officer_of(creditor)
        if officer and not newest:
            _day_of(officer, creditor, on)
            outreachwork.day_of(officer, creditor, on)
            agreementwork.day_of(officer, creditor, on)
            restrictionwork.day_of(officer, creditor, on)
            contactwork.day_of(officer, creditor, on)
            _close_last_month(officer, creditor, on)
        if officer and newest:
            file_claims(officer, creditor, on=on - dt.timedelta(days=FILED_BEFORE), today=on)
            writwork.deal_with_answers(creditor, officer, on)
            writeoffwork.write_off(creditor, officer, on)
            _raids_of(creditor, officer, on)


def _raids_of(creditor: Organisation, officer: User, on: dt.date) -> None:
    department = Organisation.objects.filter(code=BAILIFFS).first()
    if department:
        raidwork.hold_and_plan(creditor, department, officer, on)


def _close_last_month(officer: User, creditor: Organisation, on: dt.date) -> None:
    """The evening after the registers came: the month's figures are kept, what comes later is late."""
    evening = timezone.make_aware(dt.datetime.combine(on, dt.time(18)))
    note = "Платежи банка разнесены, остальное придёт позже."
    close_month(creditor=creditor, month=months.of(on) - 1, by=officer, at=evening, on=on, note=note)


def officer_of(creditor: Organisation) -> User | None:
    """The lawyer who works for the creditor in the demo."""
    return User.objects.filter(username=OFFICERS.get(creditor.code)).first()


def present_writs_of(creditor: Organisation) -> None:
    """The writs that a register just brought go to the bailiffs, with the creditor's requisites known."""
    officer, department = officer_of(creditor), Organisation.objects.filter(code=BAILIFFS).first()
    if officer and department:
        writwork.give_requisites(creditor, SINCE)
        writwork.present_by_weeks(creditor, department, officer)


def _day_of(officer: User, creditor: Organisation, on: dt.date) -> None:
    cases = CaseFile.objects.live().filter(creditor=creditor)
    assign_cases(cases=cases.filter(officer=None), to=officer, by=officer, on=on)
    due = cases.filter(next_action="prepare_reminder", hold_kind="").order_by("-overdue")[:REMINDED_EACH_TIME]
    prepared = prepare_reminders(cases=due, by=officer, on=on)
    send_reminders(notices=prepared.notices, channel=PreTrialNotice.Channel.POST, by=officer, on=on)
    disputed, heir = (list(cases.filter(hold_kind="").order_by("overdue")[:2]) + [None, None])[:2]
    if disputed:
        until = on + dt.timedelta(days=45)
        place_hold(case=disputed, kind=HoldKind.DISPUTE, reason="Просит перерасчёт отопления", by=officer, on=on, until=until)
    if heir:
        note = "Владелец счёта умер, сын обещал принести справку от нотариуса."
        place_hold(case=heir, kind=HoldKind.INHERITANCE, reason="Срок принятия наследства", by=officer, on=on)
        record_note(case=heir, text=note, by=officer, on=on, is_pinned=True)
