"""Prepare pre-trial reminders: for one case or many, with the residual of the day by month and service."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from simple_history.utils import bulk_create_with_history

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import NotAllowed
from casedesk.norms.due_dates import newest_overdue_month
from debtors.actions.moves import check_step, hold_cases
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseEvent, CaseFile, PreTrialNotice
from debtors.queries.dialect import execute
from debtors.queries.freshness import stale_payments
from debtors.queries.open_months import open_months_sql
from debtors.queries.residuals import residuals
from debtors.rules.stages import Stage

BATCH = 2_000
KIND = PreTrialNotice.Kind.REMINDER


class ReminderRefused(NotAllowed):
    """A reminder cannot be prepared for this case; the text says why."""

    code = "reminder_refused"


@dataclass
class Preparation:
    """What preparing would do, or did: cases with the sum each is asked for, refusals in words, the notices made."""

    asked: dict[int, int] = field(default_factory=dict)
    """Case id -> kopecks overdue by month and service."""
    cases: list[CaseFile] = field(default_factory=list)
    refused: list[tuple[CaseFile, str]] = field(default_factory=list)
    notices: list[PreTrialNotice] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.asked.values())


def preview_reminders(*, cases: Iterable[CaseFile], by: User, on: dt.date) -> Preparation:
    """Which of the cases get a reminder for what sum, and why the others do not. Changes nothing."""
    listed = list(cases)
    found = Preparation()
    sums = residuals([case.pk for case in listed], on)
    busy = set(
        PreTrialNotice.objects.filter(case__in=[case.pk for case in listed], kind=KIND, state="prepared").values_list(
            "case_id", flat=True
        )
    )
    stale = {creditor.pk: stale_payments(creditor, on) for creditor in {case.creditor for case in listed}}
    for case in listed:
        reason = stale[case.creditor_id] or _why_not(case, by, on, sums.get(case.pk, 0), case.pk in busy)
        if reason:
            found.refused.append((case, reason))
        else:
            found.cases.append(case)
            found.asked[case.pk] = sums[case.pk]
    return found


@transaction.atomic
def prepare_reminders(*, cases: Iterable[CaseFile], by: User, on: dt.date) -> Preparation:
    """Prepare a reminder for each case that may get one, in a fixed number of statements per batch; tell of the others."""
    ids = [case.pk for case in cases]
    creditors = Organisation.objects.filter(case_files__in=ids).distinct().values_list("pk", flat=True)
    list(Organisation.objects.select_for_update().filter(pk__in=list(creditors)))  # numbers run without gaps
    listed = sorted(hold_cases(ids), key=lambda case: case.number)
    found = preview_reminders(cases=listed, by=by, on=on)
    found.notices = _write(found, by, on)
    _snapshot(found, on)
    _move(found, by, on)
    return found


@transaction.atomic
def prepare_reminder(*, case: CaseFile, by: User, on: dt.date) -> PreTrialNotice:
    """Prepare one reminder. Raises ReminderRefused with the reason."""
    found = prepare_reminders(cases=[case], by=by, on=on)
    if found.refused:
        raise ReminderRefused(found.refused[0][1])
    return found.notices[0]


def _why_not(case: CaseFile, by: User, on: dt.date, kopecks: int, busy: bool) -> str:
    try:
        check_step(case, "prepare_reminder", by=by, on=on)
    except NotAllowed as refusal:
        return refusal.message
    if busy:
        return f"по делу № {case.number} уже есть невручённое напоминание. Вручите его или отмените."
    if kopecks <= 0:
        return f"по делу № {case.number} нет просроченных месяцев в учёте. Проверьте начисления и оплаты."
    return ""


def _write(found: Preparation, by: User, on: dt.date) -> list[PreTrialNotice]:
    last = dict(
        PreTrialNotice.objects.filter(creditor__in={case.creditor_id for case in found.cases}, kind=KIND)
        .values_list("creditor")
        .annotate(last=Max("number"))
    )
    notices = []
    for case in found.cases:
        last[case.creditor_id] = last.get(case.creditor_id, 0) + 1
        notices.append(
            PreTrialNotice(
                creditor_id=case.creditor_id,
                case=case,
                kind=KIND,
                number=last[case.creditor_id],
                total=found.asked[case.pk],
                addressee=case.debtor_names,
                address=case.address,
                prepared_on=on,
                prepared_by=by,
            )
        )
    return bulk_create_with_history(notices, PreTrialNotice, batch_size=BATCH, default_user=by)


def _snapshot(found: Preparation, on: dt.date) -> None:
    """Keep what each notice asks for, by month and service, as it stands now."""
    if not found.notices:
        return
    listed = ", ".join(str(notice.pk) for notice in found.notices)
    accounts = (
        "SELECT l.account_id FROM debtors_caseaccount l JOIN debtors_pretrialnotice n ON n.case_id = l.case_id "
        f"WHERE l.is_live AND n.id IN ({listed})"
    )
    overdue = open_months_sql(accounts, newest_overdue_month(on))
    execute(
        "INSERT INTO debtors_noticeline (notice_id, account_id, service_id, month, amount, at_least) "
        "SELECT n.id, m.account_id, m.service_id, m.month, m.kopecks, m.at_least FROM debtors_pretrialnotice n "
        "JOIN debtors_caseaccount l ON l.case_id = n.case_id AND l.is_live "
        f"JOIN ({overdue}) m ON m.account_id = l.account_id WHERE n.id IN ({listed})"
    )


def _move(found: Preparation, by: User, on: dt.date) -> None:
    """Events and stages. Beyond the pre-trial stages a reminder leaves the case where it is."""
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(
                case=notice.case,
                code="reminder_prepared",
                happened_on=on,
                recorded_by=by,
                data={"number": notice.number, "total_kopecks": notice.total},
                subject_kind="pretrialnotice",
                subject_id=notice.pk,
            )
            for notice in found.notices
        ],
        BATCH,
    )
    pre_trial = [case.pk for case in found.cases if case.stage in (Stage.OPENED, Stage.REMINDER_SENT)]
    CaseFile.objects.filter(pk__in=pre_trial).update(stage=Stage.REMINDER_READY, stage_on=on, stage_until=None)
    by_creditor: dict[int, list[CaseFile]] = {}
    for case in found.cases:
        by_creditor.setdefault(case.creditor_id, []).append(case)
    for cases in by_creditor.values():
        refresh_steps(creditor=cases[0].creditor, on=on, case_ids=[case.pk for case in cases])
