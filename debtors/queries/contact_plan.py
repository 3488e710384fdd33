"""What the strategy would send on a day: who, what sum, by which step, and who is left out and why. Changes nothing.

The same function serves the dry run on the screen, the job that fills a campaign and the check at the minute of sending, so
that they cannot tell different things. A fixed number of queries, whatever the number of cases.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from casedesk.norms.due_dates import newest_overdue_month
from debtors.channels import configured
from debtors.models import CaseDebtor, CaseFile, Contact, ContactStrategy, Debtor, PreTrialNotice, Promise
from debtors.queries.contact_limits import limits_of
from debtors.queries.freshness import stale_payments
from debtors.queries.residuals import residuals
from debtors.rules.contact_ladder import Chosen, DebtorFacts, LadderStep, choose_step
from debtors.rules.contact_limits import Limits
from debtors.rules.contact_words import LIMIT_OF, PAPER, TAKEN, WENT_OUT, ContactChannel
from debtors.rules.promise_standing import PromiseState
from debtors.rules.stages import HOLD_NAMES, PRE_TRIAL, FlagKind

RISK_DAYS = 365
"""Days for which a broken promise makes a debtor risky."""


@dataclass(frozen=True)
class ContactLine:
    """One case of the plan: the step with its sum and address, or why nothing goes out. `group` is the reason for counting."""

    case: CaseFile
    step: LadderStep | None
    amount: int
    addressee: str = ""
    address: str = ""
    debtor_id: int | None = None
    person_key: str = ""
    why: str = ""
    group: str = ""


@dataclass
class ContactPlan:
    """The whole of it. `stale` says why nothing at all may go out."""

    strategy: ContactStrategy
    on: dt.date
    limits: Limits
    stale: str = ""
    silent: dict[str, str] = field(default_factory=dict)
    """Channels of the strategy that cannot be used here, and why."""
    goes: list[ContactLine] = field(default_factory=list)
    left_out: list[ContactLine] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.goes)

    def by_step(self) -> list[tuple[LadderStep, int, int]]:
        """(step, debtors, kopecks) in the order of the ladder; steps that nobody is on are there with nought."""
        counts, sums = Counter(), Counter()
        for line in self.goes:
            counts[line.step.code] += 1
            sums[line.step.code] += line.amount
        return [(step, counts[step.code], sums[step.code]) for step in self.strategy.ladder]

    def by_reason(self) -> list[tuple[str, int, int]]:
        """(reason, debtors, kopecks), the most frequent first."""
        counts, sums = Counter(), Counter()
        for line in self.left_out:
            counts[line.group] += 1
            sums[line.group] += line.amount
        return [(group, number, sums[group]) for group, number in counts.most_common()]


@dataclass
class _Known:
    """What was read for all cases at once."""

    sums: dict[int, int]
    people: dict[int, list[Debtor]]
    taken: dict[int, tuple[str, dt.date]]
    past: dict[tuple[str, str], list[dt.date]]
    promised: dict[int, dt.date]
    risky: set[int]
    notices: dict[int, int]


def plan_contacts(
    *, creditor, strategy: ContactStrategy, on: dt.date, cases: Iterable[CaseFile] | None = None, only: Iterable[str] = ()
) -> ContactPlan:
    """The plan for the creditor's live cases (or for these), by these steps (none named: all)."""
    limits = limits_of(creditor=creditor, on=on)
    plan = ContactPlan(strategy, on, limits, stale=stale_payments(creditor, on))
    plan.silent = {step.channel: why for step in strategy.ladder if (why := configured.why_not(step.channel))}
    live = CaseFile.objects.live().filter(creditor=creditor)
    listed = list(live.order_by("-overdue", "pk") if cases is None else cases)
    known = _read(creditor, [case.pk for case in listed], on, among=live.values("pk") if cases is None else None)
    steps, wanted = strategy.ladder, set(only)
    newest = newest_overdue_month(on)
    for case in listed:
        line = _line(case, steps, known, plan, newest, wanted)
        if line.step:  # the same person may have another case further down
            known.past[line.person_key, LIMIT_OF.get(line.step.channel, "")].append(on)
        (plan.goes if line.step else plan.left_out).append(line)
    return plan


def _line(case: CaseFile, steps, known: _Known, plan: ContactPlan, newest: int, wanted: set[str]) -> ContactLine:
    amount = known.sums.get(case.pk, 0)
    why = kept_out(case, amount, known.promised, plan.on) or plan.stale
    if why:
        return ContactLine(case, None, amount, why=why, group=_group(why))
    facts = _facts(case, amount, known, newest, plan.silent)
    chosen = choose_step(steps, facts)
    why = _not_now(case, chosen, known, plan, wanted)
    if why:
        return ContactLine(case, None, amount, why=why, group=_group(why))
    person, address = reached_by(chosen.step.channel, case, known.people.get(case.pk, []))
    key = person_key(case, person)
    why = plan.limits.reached(chosen.step.channel, known.past.get((key, LIMIT_OF.get(chosen.step.channel, "")), ()), plan.on)
    if why:
        return ContactLine(case, None, amount, why=why, group=_group(why))
    name = person.name if person and chosen.step.channel not in PAPER else case.debtor_names
    return ContactLine(case, chosen.step, amount, name, address, person.pk if person else None, key)


def kept_out(case: CaseFile, amount: int, promised: dict[int, dt.date], on: dt.date) -> str:
    """What keeps a debtor out whatever the step."""
    if not case.is_open:
        return "дело закрыто"
    if case.held_on(on):
        return f"приостановлено: {HOLD_NAMES[case.hold_kind]}"
    if FlagKind.DECEASED in case.flags:
        return "должник умер: пишут наследникам"
    if FlagKind.BANKRUPT in case.flags:
        return "банкрот: требование идёт в дело о банкротстве"
    if FlagKind.DISPUTED in case.flags:
        return "спорит с долгом"
    if case.pk in promised:
        return f"обещал оплатить: ждём до {promised[case.pk]:%d.%m.%Y}"
    return "" if amount > 0 else "просроченного долга нет"


def _not_now(case: CaseFile, chosen: Chosen, known: _Known, plan: ContactPlan, wanted: set[str]) -> str:
    """Why the chosen step is not taken today."""
    if chosen.step is None:
        return chosen.why
    if not chosen.is_due(plan.on):
        return f"ждём: «{chosen.step.name}» с {chosen.from_on:%d.%m.%Y}"
    if wanted and chosen.step.code not in wanted:
        return f"ступень не выбрана: {chosen.step.name}"
    if chosen.step.channel in PAPER and case.pk in known.notices:
        return f"невручённое напоминание: № {known.notices[case.pk]}"
    return ""


def _group(why: str) -> str:
    """The reason without the particulars: what reasons are counted by."""
    return why.split(":")[0] if why.startswith(("ждём", "обещал", "невручённое", "предел")) else why


def _facts(case: CaseFile, amount: int, known: _Known, newest: int, silent: dict[str, str]) -> DebtorFacts:
    last = known.taken.get(case.pk)
    people = known.people.get(case.pk, [])
    return DebtorFacts(
        since=case.opened_on,
        overdue=amount,
        age=newest - case.oldest_open_month + 1 if case.oldest_open_month is not None else 0,
        category=case.category,
        high_risk=FlagKind.MALICIOUS in case.flags or case.pk in known.risky,
        before_court=case.stage in PRE_TRIAL,
        reach=frozenset(channel for channel in ContactChannel if reached_by(channel, case, people)[1]),
        silent=silent,
        last_step=last[0] if last else "",
        last_on=last[1] if last else None,
    )


def reached_by(channel: str, case: CaseFile, people: list[Debtor]) -> tuple[Debtor | None, str]:
    """The person and the address of theirs that the channel uses; an empty address when there is none."""
    if channel in PAPER or channel in (ContactChannel.VISIT, ContactChannel.CABINET):
        address = case.account_numbers if channel == ContactChannel.CABINET else case.address
        return (people[0] if people else None), address
    name = "email" if channel == ContactChannel.EMAIL else "phone"
    person = next((one for one in people if getattr(one, name)), None)
    return person, getattr(person, name) if person else ""


def person_key(case: CaseFile, person: Debtor | None) -> str:
    """Whom limits are counted for."""
    return f"d{person.pk}" if person else f"c{case.pk}"


def people_of(cases: QuerySet | list[int]) -> dict[int, list[Debtor]]:
    """Case -> the people in it now. One query."""
    found = defaultdict(list)
    links = CaseDebtor.objects.filter(case__in=cases, valid_to__isnull=True).select_related("debtor")
    for link in links.order_by("pk"):
        found[link.case_id].append(link.debtor)
    return found


def past_contacts(creditor, on: dt.date, person_keys: Iterable[str] | None = None) -> dict[tuple[str, str], list[dt.date]]:
    """(person, class of limit) -> days of the last month on which the creditor turned to them. One query."""
    found = defaultdict(list)
    rows = Contact.objects.filter(creditor=creditor, state__in=WENT_OUT, sent_on__gt=on - dt.timedelta(days=30))
    rows = rows if person_keys is None else rows.filter(person_key__in=list(person_keys))
    for key, channel, day in rows.values_list("person_key", "channel", "sent_on"):
        found[key, LIMIT_OF.get(ContactChannel(channel), "")].append(day)
    return found


def _read(creditor, ids: list[int], on: dt.date, among: QuerySet | None) -> _Known:
    """`among`: the cases as a query, when they are too many to be listed in one."""
    cases = ids if among is None else among
    people = people_of(cases)
    keys = {f"d{person.pk}" for found in people.values() for person in found} | {f"c{pk}" for pk in ids}
    promises = Promise.objects.filter(case__in=cases)
    prepared = PreTrialNotice.objects.filter(case__in=cases, state=PreTrialNotice.State.PREPARED)
    since = on - dt.timedelta(days=RISK_DAYS)
    return _Known(
        sums=residuals(ids, on),
        people=people,
        taken=_taken(cases),
        past=past_contacts(creditor, on, keys if among is None else None),
        promised=dict(promises.filter(state=PromiseState.WAITING).values_list("case_id", "due_on")),
        risky=set(promises.filter(state=PromiseState.BROKEN, judged_on__gt=since).values_list("case_id", flat=True)),
        notices=dict(prepared.values_list("case_id", "number")),
    )


def _taken(cases: QuerySet | list[int]) -> dict[int, tuple[str, dt.date]]:
    """Case -> the last step taken and its day."""
    rows = Contact.objects.filter(case__in=cases, state__in=TAKEN, campaign__isnull=False).order_by("pk")
    return {
        case: (step, sent or counted)
        for case, step, sent, counted in rows.values_list("case_id", "step", "sent_on", "campaign__counts_on")
    }
