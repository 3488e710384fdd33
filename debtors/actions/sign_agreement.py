"""Sign a repayment agreement: its schedule, the case on hold while it is kept, the debt acknowledged (ГК РФ ст. 203).

Plan rows P2.4, L6, L7.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.check_restrictions import check_restrictions
from debtors.actions.moves import lock, take_step
from debtors.actions.place_hold import place_hold
from debtors.actions.replay_terms import replay_terms
from debtors.models import CaseFile, Instalment, RepaymentAgreement
from debtors.queries.agreements import coverable
from debtors.rules.schedule import Part, ScheduleKind, Terms, schedule
from debtors.rules.stages import HoldKind


class AgreementInForce(NotAllowed):
    """The case has an agreement already."""

    code = "agreement_in_force"


class WrongAgreement(Refusal):
    """Days or months of the agreement do not fit together."""

    code = "wrong_agreement"


def draft(
    *,
    case: CaseFile,
    covered_through: int,
    parts: int,
    pay_day: int,
    on: dt.date,
    kind: str = ScheduleKind.EQUAL,
    first_payment: int = 0,
    holiday: int = 0,
) -> tuple[int, list[Part]]:
    """What would be agreed: the sum covered (kopecks) and its instalments. Changes nothing. Raises WrongSchedule."""
    rows = coverable(case, through=covered_through, on=on)
    total = sum(row.unpaid for row in rows)
    return total, schedule(Terms(total, parts, on, pay_day, ScheduleKind(kind), first_payment, holiday))


@transaction.atomic
def sign_agreement(
    *,
    case: CaseFile,
    covered_through: int,
    parts: int,
    pay_day: int,
    by: User,
    on: dt.date,
    kind: str = ScheduleKind.EQUAL,
    first_payment: int = 0,
    holiday: int = 0,
    current_too: bool = True,
    court_ruling: str = "",
    court_case: str = "",
    approved_on: dt.date | None = None,
) -> RepaymentAgreement:
    """Keep the agreement, start its hold and its schedule; restrictions lose their ground at once (Правила 354 п. 118, 120).

    With `court_ruling` (which court, which ruling) it is a settlement in court: `approved_on` is the day of the ruling,
    `court_case` the number of the court's case. A higher room that keeps the claim calls this when the court approves.

    Raises AgreementInForce, WrongAgreement, WrongSchedule, NotAllowed (right, closed case).
    """
    Organisation.objects.select_for_update().get(pk=case.creditor_id)  # numbers run without gaps
    case = lock(case)
    _check(case, covered_through, on)
    _check_settlement(court_ruling, court_case, approved_on, on)
    terms = {"parts": parts, "pay_day": pay_day, "kind": kind, "first_payment": first_payment, "holiday": holiday}
    total, plan = draft(case=case, covered_through=covered_through, on=on, **terms)
    agreement = RepaymentAgreement(
        creditor=case.creditor,
        case=case,
        number=_next_number(case.creditor),
        signed_on=on,
        total=total,
        covered_through=covered_through,
        kind=kind,
        current_too=current_too,
        court_ruling=court_ruling,
        court_case=court_case,
        approved_on=approved_on,
        signed_by=by,
    )
    agreement.save()
    Instalment.objects.bulk_create(
        Instalment(agreement=agreement, number=part.number, due_on=part.due_on, amount=part.amount) for part in plan
    )
    _tell(agreement, plan, by, on)
    replay_terms(case_ids=[case.pk], by=by, on=on)
    until = plan[-1].due_on + dt.timedelta(days=1)
    agreement.hold = place_hold(case=case, kind=HoldKind.AGREEMENT, reason=str(agreement), by=by, on=on, until=until)
    agreement.save(update_fields=["hold"])
    check_restrictions(creditor=case.creditor, on=on, case=case)
    return agreement


def _check(case: CaseFile, covered_through: int, on: dt.date) -> None:
    standing = case.agreements.in_force().first()
    if standing:
        raise AgreementInForce(
            f"По делу № {case.number} действует {standing}: расторгните его или дождитесь конца, затем заключайте новое."
        )
    if covered_through >= months.of(on):
        raise WrongAgreement(
            f"Соглашение не может покрыть {months.short(covered_through)}: месяц ещё не кончился {on:%d.%m.%Y}. "
            f"Выберите {months.short(months.of(on) - 1)} или раньше."
        )


def _check_settlement(court_ruling: str, court_case: str, approved_on: dt.date | None, on: dt.date) -> None:
    if bool(court_ruling) != (approved_on is not None) or (court_case and not court_ruling):
        raise WrongAgreement(
            "Мировое соглашение записывают с определением суда и его днём вместе: заполните оба или оставьте все поля суда "
            "пустыми."
        )
    if approved_on and approved_on > on:
        raise WrongAgreement(f"Суд ещё не утвердил соглашение: {approved_on:%d.%m.%Y} позже {on:%d.%m.%Y}. Проверьте день.")


def _next_number(creditor: Organisation) -> int:
    return (RepaymentAgreement.objects.filter(creditor=creditor).aggregate(last=Max("number"))["last"] or 0) + 1


def _tell(agreement: RepaymentAgreement, plan: list[Part], by: User, on: dt.date) -> None:
    """The event: it also names the months whose limitation starts anew."""
    first = min(row.month for row in coverable(agreement.case, through=agreement.covered_through, on=on))
    take_step(
        agreement.case,
        "sign_agreement",
        by=by,
        on=on,
        subject=agreement,
        term_until=plan[-1].due_on + dt.timedelta(days=1),
        number=agreement.number,
        total_kopecks=agreement.total,
        parts=len(plan),
        first_month=months.iso(first),
        last_month=months.iso(agreement.covered_through),
        written=True,
    )
