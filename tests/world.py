"""One of each thing that has an address, owned by the creditor osen: what object URLs are tried with.

A URL with parameters is made real by the first segment of its route (`accounts/<int:pk>/...`, `api/accounts/{pk}/`). A new
kind of thing adds one function here.
"""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from casedesk.access.models import ApiToken, Organisation, User
from casedesk.common import months
from casedesk.common.models import Job
from casedesk.desk.models import SavedView
from casedesk.norms.models import NormValue
from casedesk.plans.models import Plan
from debtors.actions.prepare_reminder import prepare_reminder
from debtors.actions.sign_agreement import sign_agreement
from debtors.models import Booking, CaseFile, CaseFlag, Hold, Note, OverpaymentDecision, Payment, UtilityAccount
from enforcement.actions.complain import complain
from enforcement.actions.record_measure import Imposed, record_measure
from enforcement.models import Court, Coverage, CoverageChange, DepartmentCard, DirectPayment
from imports.models import BankDocument, Doubt, ImportBatch, PayerPattern
from tests.factories import access, cases, claims, premises, writs
from tests.world_closing import CLOSING_OBJECTS
from tests.world_commission import COMMISSION_OBJECTS
from tests.world_contact import CONTACT_OBJECTS
from tests.world_court import COURT_OBJECTS
from tests.world_documents import DOCUMENT_OBJECTS
from tests.world_outreach import OUTREACH_OBJECTS
from tests.world_plans import PLAN_OBJECTS
from tests.world_raids import RAID_OBJECTS
from tests.world_reconciliations import RECONCILIATION_OBJECTS
from tests.world_restrictions import RESTRICTION_OBJECTS
from tests.world_write_offs import WRITE_OFF_OBJECTS

DAY = dt.date(2024, 3, 21)
Maker = Callable[[Organisation, User], dict]


def a_job(creditor: Organisation, officer: User) -> dict:
    job = Job.objects.create(kind="test.kind", created_by=officer, creditor=creditor, queued_at=timezone.now())
    return {"pk": job.pk}


def a_person(creditor: Organisation, officer: User) -> dict:
    return {"pk": officer.pk}


def a_membership(creditor: Organisation, officer: User) -> dict:
    return {"pk": officer.memberships.get().pk}


def a_key(creditor: Organisation, officer: User) -> dict:
    token, _ = ApiToken.objects.create(user=officer, name="1С")
    return {"key": token.token_key}


def an_account(creditor: Organisation, officer: User) -> dict:
    flat = premises.flat(at=premises.house(f"ул. Мира, д. {creditor.pk}"))
    return {"pk": premises.account(creditor, "4001", premises=flat).pk}


def a_flat(creditor: Organisation, officer: User) -> dict:
    flat = premises.flat(at=premises.house(f"ул. Мира, д. {creditor.pk}"))
    premises.account(creditor, "4001", premises=flat)
    return {"pk": flat.pk}


def a_saved_view(creditor: Organisation, officer: User) -> dict:
    return {"pk": SavedView.objects.create(user=officer, page="debtors:accounts", name="мой").pk}


def a_case(creditor: Organisation, officer: User) -> dict:
    return {"pk": cases.case_of(cases.owing(creditor, "9001", on=DAY), DAY).pk}


def _case(creditor: Organisation, officer: User) -> CaseFile:
    return CaseFile.objects.get(pk=a_case(creditor, officer)["pk"])


def an_agreement(creditor: Organisation, officer: User) -> dict:
    case = cases.case_of(cases.billed(creditor, "9003", on=DAY), DAY)
    signed = sign_agreement(case=case, covered_through=months.of(DAY) - 1, parts=3, pay_day=15, by=officer, on=DAY)
    return {"pk": signed.pk}


def a_note(creditor: Organisation, officer: User) -> dict:
    return {"pk": Note.objects.create(case=_case(creditor, officer), text="звонил", written_on=DAY, written_by=officer).pk}


def a_flag(creditor: Organisation, officer: User) -> dict:
    flag = CaseFlag(case=_case(creditor, officer), kind="hardship", reason="болезнь", valid_from=DAY, set_by=officer)
    flag.save()
    return {"pk": flag.pk}


def a_hold(creditor: Organisation, officer: User) -> dict:
    hold = Hold(case=_case(creditor, officer), kind="dispute", reason="спор", valid_from=DAY, placed_by=officer)
    hold.save()
    return {"pk": hold.pk}


def a_notice(creditor: Organisation, officer: User) -> dict:
    case = cases.case_of(cases.billed(creditor, "9002", on=DAY), DAY)
    return {"pk": prepare_reminder(case=case, by=officer, on=DAY).pk}


def a_claim(creditor: Organisation, officer: User) -> dict:
    """A claim that may be filed."""
    owed = cases.billed(creditor, "9003", on=DAY)
    claims.identified(owed)
    return {"pk": claims.claim_of(owed, officer, DAY).pk, "code": "filed"}


def a_creditor(creditor: Organisation, officer: User) -> dict:
    return {"pk": creditor.pk}


def a_plan(creditor: Organisation, officer: User) -> dict:
    """A plan of the creditor's own territory, with a figure."""
    creditor.territory = access.territory()
    creditor.save()
    plan, _ = Plan.objects.update_or_create(code="Z", defaults={"territory": creditor.territory})
    return {"code": plan.code, "pk": plan.sections.first().measures.first().uses.first().pk}


def a_batch(creditor: Organisation, officer: User) -> dict:
    return {"pk": ImportBatch.objects.create(creditor=creditor, file_name="реестр.csv", made_at=timezone.now()).pk}


def a_norm_value(creditor: Organisation, officer: User) -> dict:
    value = NormValue.objects.create(
        norm="key_rate.bank_of_russia",
        valid_from=dt.date(2026, 12, 21),
        value="13,50",
        act="информация Банка России",
        confidence="V",
        checked_on=dt.date(2026, 12, 18),
        proposed_by=officer,
        proposed_at=timezone.now(),
    )
    return {"pk": value.pk}


def a_case_month(creditor: Organisation, officer: User) -> dict:
    """A case with a month and a service of its penalty."""
    return {"service": "heating", "month": months.parse("2024-01"), **a_case(creditor, officer)}


def an_import(creditor: Organisation, officer: User) -> dict:
    batch = ImportBatch.objects.create(
        creditor=creditor, file_name="osv.xlsx", sha256="0" * 64, made_at=timezone.now(), status="applied"
    )
    return {"pk": batch.pk}


def a_doubt(creditor: Organisation, officer: User) -> dict:
    batch = ImportBatch.objects.get(pk=an_import(creditor, officer)["pk"])
    account = UtilityAccount.objects.get_or_create(creditor=creditor, number="700000001")[0]
    doubt = Doubt.objects.create(
        batch=batch, account=account, kind=Doubt.Kind.OPENING_DIFFERS, month=24290, ledger_sum=100, file_sum=200
    )
    return {"pk": doubt.pk}


def a_writ(creditor: Organisation, officer: User) -> dict:
    return {"pk": writs.writ(creditor, account="9003").pk}


def a_proceeding(creditor: Organisation, officer: User) -> dict:
    return {"pk": writs.executing(creditor, account="9005").proceedings.get().pk}


def a_measure(creditor: Organisation, officer: User) -> dict:
    proceeding = writs.executing(creditor, account="9006").proceedings.get()
    made = record_measure(proceeding=proceeding, measure=Imposed("accounts"), by=None, on=writs.RETURNED)
    return {"pk": made.pk}


def an_act(creditor: Organisation, officer: User) -> dict:
    return {"pk": writs.returned(creditor, account="9004").impossibility_acts.get().pk}


def a_complaint(creditor: Organisation, officer: User) -> dict:
    running = writs.executing(creditor, account="9007")
    return {"pk": complain(writ=running, kind="proceeding", about="", by=officer, on=writs.RETURNED).pk}


def a_bank_document(creditor: Organisation, officer: User) -> dict:
    """Money of a citizen that nobody has placed yet."""
    batch = ImportBatch.objects.get(pk=an_import(creditor, officer)["pk"])
    document = BankDocument.objects.create(
        creditor=creditor,
        batch=batch,
        row=1,
        own_account="40702810400000000101",
        direction="incoming",
        number="7",
        dated_on=DAY,
        counts_on=DAY,
        amount=10_000,
        other_account="40817810000000000001",
        other_name="ИВАНОВ И.И.",
        payer="citizen",
        purpose="за квартиру",
        verdict="review",
        state="waiting",
    )
    return {"pk": document.pk}


def a_learnt_payer(creditor: Organisation, officer: User) -> dict:
    document = BankDocument.objects.get(pk=a_bank_document(creditor, officer)["pk"])
    account = UtilityAccount.objects.get_or_create(creditor=creditor, number="700000001")[0]
    pattern = PayerPattern.objects.create(
        creditor=creditor,
        payer_account=document.other_account,
        account=account,
        document=document,
        reason="за мать",
        learnt_by=officer,
        learnt_at=timezone.now(),
    )
    return {"pk": pattern.pk}


def a_court(creditor: Organisation, officer: User) -> dict:
    court = Court.objects.get_or_create(code="51MS0001", defaults={"kind": "magistrate", "name": "Участок № 1"})[0]
    return {"pk": court.pk}


def a_department_card(creditor: Organisation, officer: User) -> dict:
    card = DepartmentCard.objects.get_or_create(number="51034", defaults={"organisation": access.department("osp-51034")})[0]
    return {"pk": card.pk}


def a_coverage(creditor: Organisation, officer: User) -> dict:
    court = Court.objects.get(pk=a_court(creditor, officer)["pk"])
    return {"pk": Coverage.objects.create(court=court, street="улица ленина", valid_from=DAY).pk}


def a_coverage_change(creditor: Organisation, officer: User) -> dict:
    return {"pk": CoverageChange.objects.create(of="magistrate", valid_from=DAY, houses=[]).pk}


def an_overpayment(creditor: Organisation, officer: User) -> dict:
    account = UtilityAccount.objects.get_or_create(creditor=creditor, number="9009")[0]
    fields = {"kind": "refund", "reason": "paid_ahead", "amount": 100, "proposed_on": DAY, "proposed_by": officer}
    return {"pk": OverpaymentDecision.objects.create(account=account, **fields).pk}


def a_direct_payment(creditor: Organisation, officer: User) -> dict:
    proceeding = writs.executing(creditor, account="9010").proceedings.get()
    booking = Booking.objects.create(creditor=creditor, kind="manual", about="оплата", learnt_at=timezone.now())
    facts = {"account": proceeding.writ.account, "service_id": 1, "counts_on": DAY, "amount": 100, "booking": booking}
    days = {"paid_on": DAY, "found_on": DAY, "due_on": DAY}
    made = DirectPayment.objects.create(proceeding=proceeding, payment=Payment.objects.create(**facts), amount=100, **days)
    return {"pk": made.pk}


OBJECTS: dict[str, Maker] = {
    "courts": a_court,
    "departments": a_department_card,
    "coverage": a_coverage,
    "coverage-changes": a_coverage_change,
    "norms": a_norm_value,
    "plans": a_plan,
    "overpayments": an_overpayment,
    "accounts": an_account,
    "agreements": an_agreement,
    "cases": a_case_month,
    "claims": a_claim,
    "filing-policies": a_creditor,
    "flags": a_flag,
    "holds": a_hold,
    "notes": a_note,
    "notices": a_notice,
    "rules": a_creditor,
    "imports": an_import,
    "doubts": a_doubt,
    "bank": a_bank_document,
    "payers": a_learnt_payer,
    "jobs": a_job,
    "premises": a_flat,
    "views": a_saved_view,
    "writs": a_writ,
    "proceedings": a_proceeding,
    "measures": a_measure,
    "acts": an_act,
    "complaints": a_complaint,
    "requisites": a_creditor,
    "people": a_person,
    "profile": a_key,
    "memberships": a_membership,
    "api/accounts": an_account,
    "api/agreements": an_agreement,
    "api/bank-documents": a_bank_document,
    "api/cases": a_case,
    "api/claims": a_claim,
    "api/imports": a_batch,
    "api/plans": a_plan,
    "api/jobs": a_job,
    "api/writs": a_writ,
    "api/proceedings": a_proceeding,
    "api/direct-payments": a_direct_payment,
}
OBJECTS |= COMMISSION_OBJECTS
OBJECTS |= CLOSING_OBJECTS
OBJECTS |= RAID_OBJECTS | CONTACT_OBJECTS | PLAN_OBJECTS
OBJECTS |= DOCUMENT_OBJECTS
OBJECTS |= COURT_OBJECTS
OBJECTS.update(RECONCILIATION_OBJECTS)
OBJECTS |= OUTREACH_OBJECTS
OBJECTS |= RESTRICTION_OBJECTS
OBJECTS.update(WRITE_OFF_OBJECTS)
