"""Packages of writs: the facts for `enforcement.rules.package`, for one writ or hundreds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field

from casedesk.access.actions.requisites import doubts
from casedesk.access.models import CreditorRequisites, Organisation
from casedesk.norms.queries.current import current
from debtors.models import Debtor, Liability
from enforcement.models import EnforcementProceeding, Presentation, PropertyFact, Writ
from enforcement.queries.coverage import departments_for_cases
from enforcement.queries.writ_money import WritMoney
from enforcement.queries.writ_now import WritNow, with_parts, writs_now
from enforcement.rules.package import PackageFacts, Paper, Verdict, judge
from enforcement.rules.words import AWAY, WritState


@dataclass
class Package:
    """A writ with what its papers are made of, and the verdict on each paper."""

    writ: Writ
    facts: PackageFacts
    money: WritMoney
    verdicts: list[Verdict]
    debtor: Debtor | None = None
    department: Organisation | None = None
    requisites: CreditorRequisites | None = None
    known: list[PropertyFact] = field(default_factory=list)

    @property
    def papers(self) -> list[Verdict]:
        """Those that can be made now."""
        return [one for one in self.verdicts if one.can_be_made]

    @property
    def gaps(self) -> list[str]:
        """What is missing, each once."""
        return self.missing_of(Paper)

    def missing_of(self, papers: Container[Paper]) -> list[str]:
        """What these papers lack, each once."""
        asked = (one for one in self.verdicts if one.is_in and one.paper in papers)
        return list(dict.fromkeys(word for one in asked for word in one.missing))

    @property
    def is_complete(self) -> bool:
        return not self.gaps


Guard = Callable[[WritNow, dt.date], str | None]


def packages(
    writs: Iterable[Writ], *, department: Organisation | None, on: dt.date, checks: Sequence[Guard] = ()
) -> list[Package]:
    """The package of each writ as it would be made on the day for the department. A fixed number of queries.

    Without a department the one the writ lies at, went to last, or is executed at is taken, else the one of its address.
    `checks` are the guards of presenting: what they
    say is missing from the application.
    """
    listed, norms = with_parts(writs), current()
    now = writs_now(listed)
    sums = {pk: one.money for pk, one in now.items()}
    debtors, last = debtors_of(listed), {} if department else _departments(listed, on)
    payees = {creditor: _requisites(creditor, on) for creditor in {writ.creditor for writ in listed}}
    news: dict[int, list[PropertyFact]] = defaultdict(list)
    for fact in PropertyFact.objects.standing().filter(account__in={writ.account_id for writ in listed}):
        news[fact.account_id].append(fact)
    found = []
    for writ in listed:
        debtor, payee = debtors.get(writ.pk), payees[writ.creditor]
        here = department or last.get(writ.pk)
        facts = _facts(writ, debtor, here, payee, sums[writ.pk], on, _why_not(now[writ.pk], on, checks))
        package = Package(writ, facts, sums[writ.pk], judge(facts, norms), debtor, here, payee, news[writ.account_id])
        found.append(package)
    return found


def _facts(writ, debtor, department, payee, sums: WritMoney, on: dt.date, why_not: str) -> PackageFacts:
    return PackageFacts(
        on=on,
        remaining=sums.remaining.total,
        duty=sums.remaining.duty,
        debtor=debtor.name if debtor else writ.account.holder_name,
        is_citizen=debtor is None or debtor.kind != Debtor.Kind.ORGANISATION,
        born=debtor.birth_date if debtor else None,
        identifier=debtor.identifier if debtor else "",
        address=str(writ.account.premises or writ.account.address_text),
        department=str(department or ""),
        requisites=payee is not None,
        requisites_doubts=tuple(doubts(payee)) if payee else (),
        cannot_be_presented=why_not,
    )


def _why_not(now: WritNow, on: dt.date, checks: Sequence[Guard]) -> str:
    """Why the writ cannot be presented; a paper that lies at the bailiffs gets further papers all the same."""
    if now.state in AWAY:
        return ""
    if now.state not in (WritState.IN_HAND, WritState.RETURNED):
        return f"документ: {now.writ.get_state_display().lower()}"
    return next((why for guard in checks if (why := guard(now, on))), "")


def debtors_of(writs: list[Writ]) -> dict[int, Debtor]:
    """Writ id -> its debtor, or the only person liable for its account."""
    found = {writ.pk: writ.debtor for writ in writs if writ.debtor_id}
    others = [writ for writ in writs if not writ.debtor_id]
    people: dict[int, dict[int, Debtor]] = defaultdict(dict)
    for liability in Liability.objects.filter(account__in={writ.account_id for writ in others}).select_related("debtor"):
        people[liability.account_id][liability.debtor_id] = liability.debtor
    for writ in others:
        if len(people[writ.account_id]) == 1:
            found[writ.pk] = next(iter(people[writ.account_id].values()))
    return found


def _departments(writs: list[Writ], on: dt.date) -> dict[int, Organisation]:
    """Writ id -> where it went last or is executed, else the department of its case's address on the day. Five queries."""
    by_case = departments_for_cases({writ.case_file_id for writ in writs if writ.case_file_id}, on)
    found = {writ.pk: by_case[writ.case_file_id] for writ in writs if writ.case_file_id in by_case}
    running = EnforcementProceeding.objects.live().filter(writ__in=writs, department__isnull=False)
    for one in running.select_related("department").order_by("opened_on", "pk"):
        found[one.writ_id] = one.department
    stays = Presentation.objects.filter(writ__in=writs, department__isnull=False)
    for stay in stays.select_related("department").order_by("sent_on", "pk"):
        found[stay.writ_id] = stay.department
    return found


def _requisites(creditor: Organisation, on: dt.date) -> CreditorRequisites | None:
    return creditor.requisites.filter(valid_from__lte=on).order_by("-valid_from").first()
