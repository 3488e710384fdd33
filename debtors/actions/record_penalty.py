"""Put a counted penalty on record: keep the calculation and book what it adds to the records before it."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import Sum

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import money, months
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.book import book, open_booking
from debtors.actions.events import record
from debtors.actions.judge_stage import judge
from debtors.actions.staging import StagedFact, stage_facts
from debtors.models import Booking, CaseFile, Charge, PenaltyRecord, Service, UtilityAccount
from debtors.queries.penalties import PenaltyReport, penalties

SERVICE = "penalty_to_claim"


class NothingToRecord(Refusal):
    """The penalty has not changed since the newest record."""

    code = "nothing_to_record"


class PenaltyUnknown(Refusal):
    """For some months no norm covers the days: a part of a penalty is never recorded as the whole."""

    code = "penalty_unknown"


@transaction.atomic
def record_penalty(*, case: CaseFile, through: dt.date, by: User, at: dt.datetime, on: dt.date) -> PenaltyRecord:
    """Count the penalty of the case's accounts through the day, keep it and book the growth.

    `at`: the moment of recording; `on`: today. Raises NotAllowed, PenaltyUnknown, NothingToRecord.
    """
    if not scope_of(by).may(Right.WORK_CASES):
        raise NotAllowed("Фиксировать пени может тот, кто ведёт дела. Обратитесь к администратору за ролью юриста.")
    if through > on:
        raise NotAllowed(f"Пени нельзя зафиксировать по {through:%d.%m.%Y}: этот день ещё не наступил.")
    about = f"Пени по делу № {case.number} по {through:%d.%m.%Y}"
    booking = open_booking(creditor=case.creditor, kind=Booking.Kind.MANUAL, about=about, by=by, learnt_at=at)
    accounts = UtilityAccount.objects.filter(case_links__case=case, case_links__is_live=True)
    report = penalties(accounts, through=through)
    if report.unknown:
        service, why = report.unknown[0]
        raise PenaltyUnknown(f"Пени по услуге «{service}» не зафиксированы: {why}")
    grown = growth_of(report)
    if not any(grown.values()):
        raise NothingToRecord(
            f"Пени по делу № {case.number} по {through:%d.%m.%Y} уже зафиксированы: {money.spaced(report.total)} ₽. "
            "Выберите другой день или дождитесь новых начислений и оплат."
        )
    booked = _book(booking, grown, through, on)
    kept = PenaltyRecord.objects.create(
        case=case,
        through=through,
        total=report.total,
        booked=booked,
        booking=booking if booked else None,
        lines=_lines(report),
        sources=report.sources,
        warnings=report.warnings,
        recorded_at=at,
        recorded_by=by,
    )
    record("penalty_recorded", case=case, on=on, by=by, subject=kept, through=f"{through:%d.%m.%Y}", total_kopecks=report.total)
    return kept


def growth_of(report: PenaltyReport) -> Counter:
    """By account: the counted penalty less what earlier records booked. Accounts whose penalty fell are negative."""
    counted: Counter = Counter()
    for month in report.months:
        counted[month.account_id] += month.penalty
    booked = Charge.objects.filter(account_id__in=list(counted), service__code=SERVICE, booking__undone_at__isnull=True)
    for account, charged, credited in booked.values_list("account_id").annotate(Sum("charged"), Sum("credited")):
        counted[account] -= charged - credited
    return counted


def _book(booking: Booking, grown: Counter, through: dt.date, on: dt.date) -> int:
    """Book the growth as corrections in the month of the counted day. Returns kopecks."""
    service = Service.objects.get(code=SERVICE)
    facts = [
        StagedFact(
            number,
            account,
            service.pk,
            month=months.of(through),
            kind=Charge.Kind.CORRECTION,
            charged=max(growth, 0),
            credited=max(-growth, 0),
        )
        for number, (account, growth) in enumerate(sorted(grown.items()), start=1)
        if growth
    ]
    stage = stage_facts(facts)
    judge(stage)
    book(booking=booking, stage=stage, on=on)
    return sum(grown.values())


def _lines(report: PenaltyReport) -> list[dict]:
    return [
        {
            "account": month.account_id,
            "service": month.service.code,
            "ladder": month.ladder,
            "month": months.iso(month.month),
            "due_on": month.due_on.isoformat(),
            "open": money.text(month.open),
            "penalty": money.text(month.penalty),
            "at_least": month.at_least,
        }
        for month in report.months
    ]
