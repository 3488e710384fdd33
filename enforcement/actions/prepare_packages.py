"""Make the papers that go with writs: application, travel-ban petition, calculation, slip with a payment code."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import make_many
from casedesk.documents.models import Document
from casedesk.documents.queries.payment_code import PaymentCodes
from debtors.actions.moves import check_may
from enforcement.documents.compose_package import draft
from enforcement.models import Writ
from enforcement.queries.package import Package, packages
from enforcement.rules.package import Paper
from enforcement.states.writ import WRIT

CHECKS = next(move.needs for move in WRIT.moves if move.action == "present" and "returned" in move.sources)
"""The guards of presenting; those of presenting again ask nothing of a writ that never came back."""


class PackageIncomplete(Refusal):
    """Something that the package cannot do without is missing."""

    code = "package_incomplete"


@dataclass
class Prepared:
    """What was made, and the writs left out with what they lack."""

    documents: list[Document] = field(default_factory=list)
    refused: list[tuple[Writ, str]] = field(default_factory=list)
    packages: list[Package] = field(default_factory=list)


def preview_packages(*, writs: Iterable[Writ], department: Organisation | None, on: dt.date) -> list[Package]:
    """The packages as they would be made on the day. Changes nothing."""
    return packages(writs, department=department, on=on, checks=CHECKS)


@transaction.atomic
def prepare_packages(
    *, writs: Iterable[Writ], department: Organisation | None, by: User, on: dt.date, papers: Iterable[Paper] = tuple(Paper)
) -> Prepared:
    """Make the chosen papers of every package that has what they need; tell of the others what they lack.

    A fixed number of statements per creditor and kind of paper. Raises NotAllowed without the right.
    """
    check_may(by, Right.WORK_WRITS)
    wanted, done = set(papers), Prepared()
    by_creditor: dict[int, list[Package]] = defaultdict(list)
    for package in preview_packages(writs=writs, department=department, on=on):
        if missing := package.missing_of(wanted):
            done.refused.append((package.writ, "; ".join(missing)))
            continue
        done.packages.append(package)
        by_creditor[package.writ.creditor_id].append(package)
    for ready in by_creditor.values():
        creditor = ready[0].writ.creditor
        codes = PaymentCodes(creditor, on)
        for paper in Paper:
            drafts = [draft(one, paper, codes) for one in ready if paper in wanted and paper in {v.paper for v in one.papers}]
            done.documents += make_many(str(paper), creditor=creditor, drafts=drafts, by=by, on=on)
    return done


def prepare_package(*, writ: Writ, department: Organisation | None, by: User, on: dt.date, papers=tuple(Paper)) -> Prepared:
    """Make the papers of one writ. Raises PackageIncomplete naming what is missing."""
    done = prepare_packages(writs=[writ], department=department, by=by, on=on, papers=papers)
    if done.refused:
        raise PackageIncomplete(f"Пакет к документу {writ.number} не собрать: {done.refused[0][1]}.")
    return done
