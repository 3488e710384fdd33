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
from debtors.models import CaseFile, CaseFlag, Hold, Note, UtilityAccount
from imports.models import Doubt, ImportBatch
from tests.factories import access, cases, premises

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


OBJECTS: dict[str, Maker] = {
    "norms": a_norm_value,
    "plans": a_plan,
    "accounts": an_account,
    "cases": a_case_month,
    "flags": a_flag,
    "holds": a_hold,
    "notes": a_note,
    "notices": a_notice,
    "rules": a_creditor,
    "imports": an_import,
    "doubts": a_doubt,
    "jobs": a_job,
    "premises": a_flat,
    "views": a_saved_view,
    "people": a_person,
    "profile": a_key,
    "memberships": a_membership,
    "api/accounts": an_account,
    "api/cases": a_case,
    "api/imports": a_batch,
    "api/plans": a_plan,
    "api/jobs": a_job,
}
