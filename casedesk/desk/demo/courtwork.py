"""What the demo's lawyers did in court: claims filed a month ago, answered by the courts in every way since."""

import datetime as dt
from collections.abc import Iterator

from casedesk.access.models import Organisation, User
from debtors.models import CaseFile, Debtor
from enforcement.actions.prepare_claims import prepare_claims
from enforcement.actions.record_court_event import record_court_event
from enforcement.actions.set_filing_policy import set_filing_policy
from enforcement.models import Claim
from enforcement.queries.claim_draft import Asked
from enforcement.rules.claim_stages import ORDERS

COURT = "Мировой судья судебного участка № 1"
BUDGET = 6_000_000
CLAIMED_EACH_TIME = 24
Step = tuple[str, int, dict]
"""Code of the event, days after filing, data."""
WHY_RETURNED = {"why": "К заявлению не приложен документ об уплате госпошлины."}
ISSUED: Step = ("order_issued", 4, {"court_case": "2-{number}/{year}", "granted": True})
SERVED: Step = ("copy_served", 8, {"served": "handed"})
PATHS: tuple[tuple[Step, ...], ...] = (
    (ISSUED, SERVED, ("order_in_force", 26, {}), ("writ_issued", 28, {"number": "2-{number}/{year}"})),
    (ISSUED, SERVED),
    (("returned", 6, WHY_RETURNED),),
    (ISSUED, SERVED, ("objections", 14, {}), ("order_set_aside", 17, {"why": "Должник возражает: считает долг чужим."})),
    (ISSUED,),
    (),
    (ISSUED, SERVED, ("order_in_force", 27, {})),
    (("transferred", 7, {"court": "Мировой судья судебного участка № 2", "why": "Должник живёт на другом участке."}),),
)
"""What became of each claim in turn. Nothing: the court has not answered."""


def file_claims(officer: User, creditor: Organisation, *, on: dt.date, today: dt.date) -> None:
    """Claims of the cases whose reminder term is over, filed on the day; what happened to them until today."""
    set_filing_policy(creditor=creditor, valid_from=on, by=officer, on=on, monthly_budget=BUDGET, court_name=COURT)
    due = CaseFile.objects.live().filter(creditor=creditor, next_action="file_claim", next_from__lte=on, hold_kind="")
    cases = list(due.select_related("creditor").order_by("-overdue")[:CLAIMED_EACH_TIME])
    made = prepare_claims(cases=cases, asked=Asked(on=on, penalty_through=on), by=officer, incomplete=True).claims
    _make_known(made)
    for place, claim in enumerate(made[:-2]):
        record_court_event(claim=claim, code="filed", happened_on=on, data={"channel": "office"}, by=officer, on=on)
        for code, day, data in _steps(claim, place, on, today):
            record_court_event(claim=claim, code=code, happened_on=day, data=data, by=officer, on=day)


def _make_known(claims: list[Claim]) -> None:
    """Give most of the debtors a birth date and a document: without them a court sends an application back."""
    people = Debtor.objects.filter(claims__claim__in=claims, kind=Debtor.Kind.CITIZEN).distinct().order_by("pk")
    for place, person in enumerate(people):
        if place % 5:
            person.birth_date = dt.date(1950 + place % 45, place % 12 + 1, place % 28 + 1)
            person.document = f"паспорт 40{place % 90 + 10} {100000 + person.pk * 37 % 900000}"
            person.save()


def _steps(claim: Claim, place: int, on: dt.date, today: dt.date) -> Iterator[tuple[str, dt.date, dict]]:
    """The events that the claim has met by today, with their days and data."""
    if claim.kind not in ORDERS:
        return
    names = {"number": 400 + claim.number, "year": on.year}
    for code, after, data in PATHS[place % len(PATHS)]:
        day = on + dt.timedelta(days=after)
        if day > today:
            return
        given = {name: value.format(**names) if isinstance(value, str) else value for name, value in data.items()}
        if given.pop("granted", False):
            given |= {f"granted_{name}": getattr(claim, name) for name in ("principal", "penalty", "duty")}
        yield code, day, given
