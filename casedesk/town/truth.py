"""`truth.json`: what a correct system must find in the town, before and after the late files.

Amounts are strings of roubles. `known` tells two moments: `first`, when all files but the late ones are loaded, and `all`.
`indicators`: every indicator of the four plans over the last twelve months, as the registers alone feed it.
Ageing groups are keyed `all`, `creditor=...`, `resource=...`, `category=...`, `resource=...,category=...` and
`creditor=...,resource=...`; `resource=pool` is money not yet split by service.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from casedesk.common import months
from casedesk.common.money import text
from casedesk.town.facts import TownAccount
from casedesk.town.figures import (
    BUCKETS,
    PENALTIES,
    ServiceAge,
    ages,
    average_bill,
    bills_by_month,
    lines_of,
    oldest_overdue_age,
)
from casedesk.town.files.base import Sheet
from casedesk.town.indicators import by_registers, written
from casedesk.town.life import WITHHELD
from casedesk.town.plan import CREDITORS, TownPlan
from casedesk.town.replay import Line, Standing, replay

KNOWN = ("first", "all")
WRITTEN_OFF = "write_off"
"""What leaves a debt by a decision is no money that was paid."""
POPULATION = ("owner", "social_tenant")
_RESOURCES = {service.id: service.resource for creditor in CREDITORS for service in creditor.services} | {0: "pool"}


class Truth:
    """Judges accounts one by one and keeps sums only, so a large town fits in memory."""

    def __init__(self, plan: TownPlan):
        self.plan, self.charges, self.payments = plan, 0, 0
        self.days = plan.report_days
        self.ageing: dict = {known: defaultdict(lambda: defaultdict(Group)) for known in KNOWN}
        self.over_rule: dict = {known: defaultdict(lambda: defaultdict(list)) for known in KNOWN}
        self.over_threshold: dict = {known: defaultdict(lambda: defaultdict(lambda: [0, 0])) for known in KNOWN}
        self.over_claims: dict = {known: defaultdict(lambda: defaultdict(int)) for known in KNOWN}
        """day -> account -> overdue of those who owe three average bills or more (plan row Z6b)"""
        self.by_tenure: dict = {known: defaultdict(lambda: defaultdict(lambda: defaultdict(int))) for known in KNOWN}
        """day -> tenure -> resource (`all`: whole; `months`: open months) -> what the accounts of such premises owe"""
        self.premises: dict[str, int] = defaultdict(int)
        self.passes = [{"opened": defaultdict(list), "closed": defaultdict(list)} for _ in range(len(plan.case_days) + 1)]
        self.institutions: dict = {known: Counter() for known in KNOWN}
        """Month -> what municipal institutions were charged, net."""
        self.flows: dict = {known: defaultdict(lambda: defaultdict(lambda: [0] * 4)) for known in KNOWN}

    def judge(self, account: TownAccount) -> None:
        """Replay the account as known at first and as known in the end, and add it to every sum."""
        self.charges += len(account.bills)
        self.payments += len(account.payments)
        self.premises[account.tenure] += account.creditor is CREDITORS[0]
        lines = lines_of(account, late_known=False, plain=self.plan.plain)
        first = after = self._judge_known(account, lines, ("first",) if account.has_late_facts else KNOWN)
        if account.has_late_facts:
            after = self._judge_known(account, lines_of(account, late_known=True, plain=self.plan.plain), ("all",))
        self._pass_cases(account, [*(first[day] for day in self.plan.case_days), after[self.plan.today]])

    def _judge_known(self, account: TownAccount, lines: list[Line], known: tuple[str, ...]) -> dict[dt.date, "Weight"]:
        """Add the account to the sums of these moments; return its weight on each day that cases are opened, and today."""
        bills, weights = bills_by_month(lines, account.first_month), {}
        case_days = {months.last_day(months.of(day) - 1): day for day in self.plan.case_days}
        for day, standing in replay(lines, self.days, PENALTIES):
            aged = ages(standing, day)
            for moment in known:
                self._add_ages(self.ageing[moment][day], account, aged)
                _add_tenure(self.by_tenure[moment][day][account.tenure], aged, standing)
            weights[day] = _weigh(standing, aged, bills, day)
            self._add_weight(account, known, day, weights[day])
            if day in case_days:
                later = case_days[day]
                weights[later] = _weigh(standing, ages(standing, later), bills, later)
        for moment in known:
            self._add_flows(self.flows[moment], account, lines, moment)
        return weights

    def _add_weight(self, account: TownAccount, known: tuple[str, ...], day: dt.date, weight: "Weight") -> None:
        if not weight.reaches_threshold:
            return
        for moment in known if weight.overdue >= 3 * weight.average else ():
            self.over_claims[moment][day][account.creditor.code, account.number] = weight.overdue
        for moment in known:
            reached = self.over_threshold[moment][day][account.creditor.code]
            reached[0] += 1
            reached[1] += weight.overdue
            if weight.opens_case:
                self.over_rule[moment][day][account.creditor.code].append((account.number, weight.overdue, weight.debt))

    def _pass_cases(self, account: TownAccount, weights: list["Weight"]) -> None:
        """Open and close the account's case pass by pass: on the case days as files arrive, then after the late files."""
        is_open = False
        for place, weight in enumerate(weights):
            if not is_open and weight.opens_case:
                self.passes[place]["opened"][account.creditor.code].append(account.number)
                is_open = True
            elif is_open and not weight.overdue:
                self.passes[place]["closed"][account.creditor.code].append(account.number)
                is_open = False

    def _add_ages(self, groups, account: TownAccount, aged: dict[int, ServiceAge]) -> None:
        """Into the smallest groups only; the wider ones are summed when the truth is written."""
        of_account = (account.creditor.code, account.category)
        owing = set()
        for service, age in aged.items():
            if service in PENALTIES:
                groups[(*of_account, "")].penalty += age.overdue + age.not_yet_due
                continue
            resource = _RESOURCES[service]
            groups[(*of_account, resource)].add(age)
            if age.not_yet_due or age.buckets:
                owing.add(resource)
        for resource in owing:
            groups[(*of_account, resource)].accounts += 1
        groups[(*of_account, "")].accounts += bool(owing)

    def _add_flows(self, flows, account: TownAccount, lines: list[Line], moment: str) -> None:
        """Charged, credited, paid and received through bailiffs, by month; penalties and openings are apart."""
        consumers = "population" if account.category in POPULATION else "other"
        keys = ("", account.creditor.code, f"consumers={consumers}", f"creditor={account.creditor.code},consumers={consumers}")
        bills = [bill for bill in account.bills if bill.service not in PENALTIES and (moment == "all" or not bill.lost)]
        for bill in bills:
            _flow(flows, keys, bill.month, (bill.owed, bill.credited, 0, 0))
            if account.category == "municipal_institution":
                self.institutions[moment][bill.month] += bill.owed - bill.credited
        for paid in account.payments:
            if paid.means == WRITTEN_OFF:
                continue
            if moment == "all" or paid.turnover or not (paid.late or paid.lost):
                enforced = paid.amount if paid.means == WITHHELD and _means_are_told(account) else 0
                _flow(flows, keys, months.of(paid.day), (0, 0, paid.amount, enforced))

    # --- writing ------------------------------------------------------------------------------------------------------
    def write(self, path: Path, sheets: list[Sheet], root: Path, matching: dict) -> None:
        """Write the truth, with the figures every file must give when it is loaded in the manifest's order.

        `matching` tells of the spoilt statement: whose each of its documents is.
        """
        on_time = self._bills_on_time(sheets)
        in_time = {month: [one["on_time"] for one in of_month.values()] for month, of_month in on_time.items()}
        content = {
            "days": [day.isoformat() for day in self.days],
            "premises": {tenure: count for tenure, count in sorted(self.premises.items()) if count},
            "case_passes": self._told_passes(),
            "ageing": {known: _days(self.ageing[known], _groups) for known in KNOWN},
            "over_rule": {known: _days(self.over_rule[known], _rule_rows) for known in KNOWN},
            "over_threshold": {known: _days(self.over_threshold[known], _threshold_rows) for known in KNOWN},
            "flows": {
                known: {months.iso(m): _flow_rows(rows) for m, rows in sorted(self.flows[known].items())} for known in KNOWN
            },
            "bills_on_time": on_time,
            "indicators": {known: written(by_registers(self, known, in_time)) for known in KNOWN},
            "matching": matching,
            "files": {sheet.path.relative_to(root).as_posix(): _file_rows(sheet) for sheet in sheets},
        }
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")

    def _told_passes(self) -> list[dict]:
        days = [*self.plan.case_days, self.plan.today]
        told = zip(days, ["first"] * len(self.plan.case_days) + ["all"], self.passes, strict=True)
        return [{"on": day.isoformat(), "known": known, **done} for day, known, done in told]

    def _bills_on_time(self, sheets: list[Sheet]) -> dict:
        """Plan row L2: which creditors' registers of a month's charges came by the 5th of the next month."""
        found: dict = defaultdict(dict)
        for sheet in sheets:
            if sheet.kind == "charges" and not sheet.late:
                limit = dt.date((sheet.period + 1) // 12, (sheet.period + 1) % 12 + 1, 5)
                found[months.iso(sheet.period)][sheet.creditor] = {
                    "arrives_on": sheet.arrives_on.isoformat(),
                    "on_time": sheet.arrives_on <= limit,
                }
        return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Weight:
    """What an account weighs against the default opening rule. Kopecks; `age` is n of its oldest open month."""

    overdue: int
    debt: int
    average: int
    age: int

    @property
    def reaches_threshold(self) -> bool:
        """Two average bills or more are overdue; without an average, anything."""
        return self.overdue > 0 and self.overdue >= 2 * self.average

    @property
    def opens_case(self) -> bool:
        return self.reaches_threshold and self.age >= 2


def _weigh(standing: Standing, aged: dict[int, ServiceAge], bills: dict[int, int], day: dt.date) -> Weight:
    principal = [age for service, age in aged.items() if service not in PENALTIES]
    overdue = sum(age.overdue for age in principal)
    debt = overdue + sum(age.not_yet_due for age in principal)
    return Weight(overdue, debt, average_bill(bills, day) if overdue else 0, oldest_overdue_age(standing, day))


class Group:
    """Ageing of a group of accounts, or of one resource of theirs."""

    __slots__ = ("accounts", "buckets", "credit", "not_yet_due", "penalty")

    def __init__(self):
        self.not_yet_due = self.credit = self.accounts = self.penalty = 0
        self.buckets = dict.fromkeys(BUCKETS, 0)

    def add(self, age: ServiceAge) -> None:
        self.not_yet_due += age.not_yet_due
        self.credit += age.credit
        for name, sum_ in age.buckets.items():
            self.buckets[name] += sum_

    def merge(self, other: "Group", *, count: bool) -> None:
        self.not_yet_due += other.not_yet_due
        self.credit += other.credit
        self.penalty += other.penalty
        self.accounts += other.accounts if count else 0
        for name, sum_ in other.buckets.items():
            self.buckets[name] += sum_

    def told(self) -> dict:
        return {
            "total": text(self.not_yet_due + sum(self.buckets.values())),
            "not_yet_due": text(self.not_yet_due),
            "buckets": {name: text(sum_) for name, sum_ in self.buckets.items()},
            "credit": text(self.credit),
            "accounts": self.accounts,
            "penalty": text(self.penalty),
        }


def _add_tenure(owed, aged: dict[int, ServiceAge], standing: Standing) -> None:
    """Principal of one account by resource, and how many months of it are open."""
    for service, age in aged.items():
        if service not in PENALTIES and (sum_ := age.overdue + age.not_yet_due):
            owed["all"] += sum_
            owed[_RESOURCES[service]] += sum_
    queues = (queue for service, queue in standing.open.items() if service not in PENALTIES)
    owed["months"] += len({month for queue in queues for month, sum_ in queue if sum_})


def _means_are_told(account: TownAccount) -> bool:
    """Only the cash desk's register of the heat supplier names how the money came."""
    return account.creditor.tells_means and not account.by_bank


def _flow(flows, keys, month: int, parts: tuple[int, int, int, int]) -> None:
    for key in keys:
        row = flows[month][key]
        for place, part in enumerate(parts):
            row[place] += part


def _days(by_day: dict, told) -> dict:
    return {day.isoformat(): told(rows) for day, rows in sorted(by_day.items())}


def _groups(groups: dict) -> dict:
    """Sum the smallest groups into every wider one. Accounts are counted once in groups that do not split by resource."""
    found: dict = defaultdict(Group)
    for (code, category, resource), group in groups.items():
        for key in ("", f"creditor={code}", f"category={category}"):
            found[key].merge(group, count=not resource)
        if resource:
            keys = (f"resource={resource}", f"resource={resource},category={category}", f"creditor={code},resource={resource}")
            for key in keys:
                found[key].merge(group, count=True)
    return {key or "all": group.told() for key, group in sorted(found.items())}


def _rule_rows(rows: dict) -> dict:
    return {
        code: {
            "count": len(found),
            "overdue": text(sum(overdue for _, overdue, _ in found)),
            "debt": text(sum(debt for _, _, debt in found)),
            "accounts": [number for number, _, _ in found],
        }
        for code, found in sorted(rows.items())
    }


def _threshold_rows(rows: dict) -> dict:
    return {code: {"accounts": count, "overdue": text(overdue)} for code, (count, overdue) in sorted(rows.items())}


def _months(by_month: dict) -> dict:
    return {months.iso(month): _flow_rows(rows) for month, rows in sorted(by_month.items())}


def _flow_rows(rows: dict) -> dict:
    names = ("charged", "credited", "paid", "enforced")
    return {key or "all": {n: text(v) for n, v in zip(names, row, strict=True)} for key, row in sorted(rows.items())}


def _file_rows(sheet: Sheet) -> dict:
    read = sheet.accepted + sheet.known + sheet.rejected
    return {"read": read, "accepted": sheet.accepted, "known": sheet.known, "rejected": sheet.rejected, "sum": text(sheet.sum)}
