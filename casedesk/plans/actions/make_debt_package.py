"""Hand a month's debts over: ask for the package, build its archive, mark it sent."""

import datetime as dt

from django.core.files.base import ContentFile
from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.common.snapshot import in_snapshot
from casedesk.plans.actions.freeze_report import wait_for_bookings
from casedesk.plans.documents.debt_package import build
from casedesk.plans.models import DebtPackage
from casedesk.plans.queries.debt_rows import debt_rows
from casedesk.plans.rules.debt_rows import totals
from casedesk.plans.rules.seal import sealed_bytes


class NoSuchPackage(Refusal):
    """A package of a month that goes on, or for somebody who is given none."""

    code = "no_such_package"


class PackageNotReady(Refusal):
    """The package is not at this step."""

    code = "package_not_ready"


@transaction.atomic
def ask_for_debt_package(
    *, creditor: Organisation, recipient: Organisation, month: int, by: User | None, at: dt.datetime, on: dt.date
) -> DebtPackage:
    """A package of what is known at the moment `at`; `build_debt_package` makes its archive.

    A second one of the same month is its next edition. Raises NoSuchPackage.
    """
    kinds = Organisation.Kind
    if creditor.kind != kinds.CREDITOR or recipient.kind not in (kinds.MUNICIPALITY, kinds.BAILIFF_DEPARTMENT):
        raise NoSuchPackage(
            f"Пакет передаёт взыскатель муниципалитету или отделу приставов, а не {creditor} для {recipient}. Выберите других."
        )
    if on <= months.last_day(month):
        begins = months.first_day(month + 1)
        raise NoSuchPackage(f"{months.named(month).capitalize()} ещё не закончился: пакет собирают с {begins:%d.%m.%Y}.")
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    made = DebtPackage.objects.filter(creditor=creditor, recipient=recipient, month=month)
    edition = (made.order_by("-edition").values_list("edition", flat=True).first() or 0) + 1
    fields = {"creditor": creditor, "recipient": recipient, "month": month, "edition": edition}
    return DebtPackage.objects.create(**fields, known_at=at, made_at=at, made_by=by)


def build_debt_package(*, package: DebtPackage) -> None:
    """Build and keep the archive. Run again it gives the same bytes."""
    asked = package.creditor, package.recipient, package.month, package.known_at
    wait_for_bookings(Organisation.objects.filter(pk=package.creditor_id))
    rows = in_snapshot(lambda: debt_rows(*asked))
    content = build(package, rows)
    package.stored.save("package.zip", ContentFile(content), save=False)
    package.sha256, package.totals = sealed_bytes(content), totals(rows)
    package.save(update_fields=["stored", "sha256", "totals"])


def send_debt_package(
    *, package: DebtPackage, how: str, sent_on: dt.date, by: User | None, at: dt.datetime, on: dt.date
) -> None:
    """Mark the package sent, once. Raises PackageNotReady."""
    if not months.last_day(package.month) < sent_on <= on:
        raise PackageNotReady(
            f"День отправки {sent_on:%d.%m.%Y} не подходит: месяц кончился {package.as_of:%d.%m.%Y}, сегодня {on:%d.%m.%Y}. "
            "Укажите день между ними."
        )
    waiting = DebtPackage.objects.filter(pk=package.pk, sent_on__isnull=True).exclude(sha256="")
    if not waiting.update(sent_on=sent_on, sent_at=at, sent_by=by, sent_how=how.strip()[:200] or "в программе"):
        package.refresh_from_db()
        state = f"отправлен {package.sent_on:%d.%m.%Y}" if package.sent_on else "ещё собирается"
        raise PackageNotReady(f"Этот {package} уже {state}." if package.sent_on else f"Этот {package} {state}: подождите.")
