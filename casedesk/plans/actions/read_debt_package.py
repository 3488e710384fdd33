"""Hold a package against our own books: totals of both sides, and every row that they tell otherwise."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from casedesk.access.models import Organisation, User
from casedesk.access.scope import Scope
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal
from casedesk.common.snapshot import in_snapshot
from casedesk.plans.documents.debt_package_read import ReadPackage, read_package
from casedesk.plans.models import DebtDifference, DebtPackage, DebtReading
from casedesk.plans.queries.debt_rows import debt_rows
from casedesk.plans.rules.debt_rows import RowDifference, compare, totals
from casedesk.plans.rules.seal import sealed_bytes

AT_ONCE = 2_000


class ForeignPackage(Refusal):
    """A package of a creditor, or for somebody, that the reader has nothing to do with; or not the one we made."""

    code = "foreign_package"


def read_debt_package(
    *,
    content: bytes,
    file_name: str,
    scope: Scope,
    by: User | None,
    at: dt.datetime,
    job: Job | None = None,
) -> DebtReading:
    """Read a package and compare it with the ledger, by account and resource.

    One that was made here is held against what was known when it was made, so it differs only where it was tampered with;
    one of another program against what is known at `at`. Whoever reads, reads of their own creditor or for their own
    administration. The same file of ours read again is the first reading. Raises WrongPackage, ForeignPackage.
    """
    package = read_package(content)
    creditor, reader = _sides(package, scope)
    digest = sealed_bytes(content)
    ours = _made_here(package, creditor, digest)
    if ours and (known := DebtReading.objects.filter(package=ours, reader=reader).first()):
        return known
    known_at = ours.known_at if ours else at
    books = in_snapshot(lambda: debt_rows(creditor, reader, package.month, known_at))
    differences = compare(package.rows, books)
    with transaction.atomic():
        reading = DebtReading.objects.create(
            package=ours,
            key=package.key,
            creditor=creditor,
            reader=reader,
            month=package.month,
            file_name=file_name[:200],
            sha256=digest,
            known_at=known_at,
            read_at=at,
            read_by=by,
            job=job,
            theirs=package.totals,
            ours=totals(books),
            differing=len(differences),
        )
        DebtDifference.objects.bulk_create((_difference(reading, one) for one in differences), batch_size=AT_ONCE)
    return reading


def _sides(package: ReadPackage, scope: Scope) -> tuple[Organisation, Organisation]:
    """Whose debts they are and for whom. Raises ForeignPackage."""
    kinds = Organisation.Kind
    creditor = Organisation.objects.filter(kind=kinds.CREDITOR, code=package.creditor).first()
    halls = Q(kind=kinds.MUNICIPALITY) | Q(kind=kinds.BAILIFF_DEPARTMENT)
    reader = Organisation.objects.filter(halls, code=package.recipient).first()
    if creditor is None or reader is None:
        code = package.creditor if creditor is None else package.recipient
        raise ForeignPackage(
            f"Организации с кодом «{code}» в программе нет. Проверьте, тот ли файл, или попросите администратора её завести."
        )
    hall = reader.kind == kinds.MUNICIPALITY and reader.territory_id in scope.territories
    if not (scope.everything or creditor.pk in scope.creditors or hall):
        raise ForeignPackage(f"Пакет составил {creditor} для «{reader}»: вы не от той и не от другой стороны.")
    return creditor, reader


def _made_here(package: ReadPackage, creditor: Organisation, digest: str) -> DebtPackage | None:
    """Our own package of the key. Raises ForeignPackage when the file is not the one we made."""
    ours = DebtPackage.objects.filter(key=package.key).first()
    if ours and (ours.sha256 != digest or ours.creditor_id != creditor.pk):
        raise ForeignPackage(
            f"Пакет с ключом {package.key} составлен этой программой, но файл другой: его меняли. Скачайте пакет заново.",
            key=str(package.key),
        )
    return ours


def _difference(reading: DebtReading, one: RowDifference) -> DebtDifference:
    theirs, ours = one.theirs, one.ours
    account, resource = one.key
    return DebtDifference(
        reading=reading,
        account=account,
        resource=resource,
        kind=one.kind,
        house=(theirs or ours).house[:400],
        theirs=theirs.debt if theirs else 0,
        ours=ours.debt if ours else 0,
        by=one.by,
        theirs_overdue=theirs.overdue if theirs else 0,
        ours_overdue=ours.overdue if ours else 0,
    )
