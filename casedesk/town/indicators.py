"""What the registers of the town make of every indicator of the four plans, month by month: plain sums, no database.

An indicator is named as the plans use it: its code, and its parameters when it has any that tell one use from another. Its
`parts` are the sums of its list's columns, in kopecks or numbers; the figure follows from them. What only people's work feeds
(claims, contacts, meetings) is stated here too: the registers alone give it zeros.
"""

from collections.abc import Iterable, Mapping, Sequence

from casedesk.common import months
from casedesk.common.money import text

Parts = tuple[int, ...]
MONTHS = 12
RESOURCES = ("heating", "water", "electricity", "gas")
CATEGORIES = ("owner", "social_tenant", "legal_entity", "municipal_institution", "managing_company", "supplier")
BUCKETS = {"1_3": "1-3", "3_12": "3-12", "12_24": "12-24", "24_36": "24-36", "36_plus": "36+"}
VACANT, ESCHEAT, SOCIAL = "vacant", "escheat", "social_rent"


def topics(*names: str) -> str:
    """The name of the placements on these topics only."""
    return f"outreach.placements: {', '.join(names)}"


COMMISSION_OF = "commission.composition: prosecutor, bailiffs, social_protection"
BY_WORK: Mapping[str, int] = {
    "agreements.kept": 2,
    "agreements.signed": 2,
    "agreements.told_in_time": 2,
    "campaigns.waived": 2,
    "claims.evictions": 2,
    "claims.filed": 2,
    "claims.filed_amount": 2,
    "claims.granted_amount": 2,
    "commission.composition": 2,
    COMMISSION_OF: 2,
    "commission.group_meetings": 4,
    "commission.in_time": 2,
    "commission.invited": 3,
    "commission.meetings": 4,
    "commission.paid": 2,
    "commission.specialists": 1,
    "contacts.automatic": 4,
    "contacts.in_person": 4,
    "contacts.reminders": 2,
    "contacts.rounds": 4,
    "direct_payments.days": 3,
    "direct_payments.in_time": 4,
    "direct_payments.told_share": 4,
    "notices.first": 2,
    "outreach.appeals": 2,
    "outreach.causes": 2,
    "outreach.consultations": 2,
    "outreach.joint_meetings": 2,
    "outreach.letters_employers": 1,
    "outreach.letters_institutions": 2,
    "outreach.placements": 2,
    topics("app"): 2,
    topics("single_window", "forms"): 2,
    topics("support", "saving"): 2,
    "outreach.receptions": 3,
    "outreach.resident_meetings": 2,
    "outreach.support_granted": 2,
    "outreach.support_helped": 2,
    "premises.conserved": 2,
    "premises.lease_measures": 5,
    "premises.let": 2,
    "premises.repair": 2,
    "raids.held": 4,
    "reconciliation.acted_share": 2,
    "reconciliation.differences": 2,
    "reconciliation.settled_in_time": 2,
    "reconciliation.writs_share": 2,
    "restriction.imposed": 2,
    "restriction.lifted": 2,
    "restriction.warned": 2,
    "write_offs.candidates": 2,
    "write_offs.posted": 2,
    "write_offs.restored": 2,
    "writs.ban_petitions": 2,
    "writs.in_time": 2,
    "writs.paid_directly": 2,
    "writs.presented": 2,
    "writs.presented_amount": 2,
    "writs.returns_decided": 3,
    "writs.returns_undecided": 3,
}
"""What only people's work feeds -> how many columns its list has."""
SHARES: Mapping[str, tuple[int, int]] = {
    "agreements.told_in_time": (1, 0),
    "bills.on_time": (0, 1),
    "claims.covered": (1, 0),
    "collection.rate": (0, 1),
    "commission.composition": (1, 0),
    COMMISSION_OF: (1, 0),
    "commission.in_time": (1, 0),
    "direct_payments.in_time": (1, 2),
    "direct_payments.told_share": (0, 2),
    "budgets.covered": (0, 1),
    "exchange.on_time": (0, 1),
    "reconciliation.acted_share": (0, 1),
    "reconciliation.settled_in_time": (0, 1),
    "reconciliation.writs_share": (0, 1),
    "reports.handed_in": (0, 1),
    "writs.ban_petitions": (0, 1),
    "writs.in_time": (0, 1),
    "writs.paid_directly": (0, 1),
    "writs.returns_decided": (0, 2),
}
"""Per cent of one part in another."""
ROUBLES = ("debt.", "collection.", "write_offs.", "campaigns.")
ALSO_ROUBLES = {
    "claims.candidates_amount",
    "claims.filed_amount",
    "claims.granted_amount",
    "commission.paid",
    "premises.municipal_debt",
    "writs.presented_amount",
}


def figure(name: str, parts: Sequence[int]) -> str | None:
    """The figure as it is written: roubles and per cent with two decimals, numbers whole; None: nothing to tell it from."""
    if name == "debt.reduction":
        before, now = parts
        return percent(before - now, before)
    if name in SHARES:
        part, whole = SHARES[name]
        return percent(parts[part], parts[whole])
    if name == "direct_payments.days":
        days, number = parts[:2]
        return str((2 * days + number) // (2 * number)) if number else None
    kopecks = parts[1] if name == "writs.returns_undecided" else parts[0]
    return text(kopecks) if name.startswith(ROUBLES) or name in ALSO_ROUBLES else str(kopecks)


def percent(part: int, whole: int) -> str | None:
    """Half up, away from zero, with two decimals."""
    if not whole:
        return None
    hundredths = (20000 * abs(part) + whole) // (2 * whole)
    return text(hundredths if part >= 0 else -hundredths)


def by_registers(truth, known: str, bills_on_time: Mapping[str, Iterable[bool]]) -> dict[int, dict[str, Parts]]:
    """Month -> name -> parts, over the last twelve months. `truth`: the judge after all accounts; `bills_on_time`: by month,
    of each creditor, whether its bills came in time."""
    plan = truth.plan
    told = {month: _of_month(truth, known, month) for month in _year(plan)}
    for month, found in told.items():
        in_time = list(bills_on_time.get(months.iso(month), ()))
        found["bills.on_time"] = (sum(in_time), len(in_time))
        found["exchange.on_time"] = found["reports.handed_in"] = (0, len(in_time))
        year = (truth.institutions[known][one] for one in range(month - MONTHS + 1, month + 1))
        found["budgets.covered"] = (0, sum(year))
    return told


def _year(plan) -> list[int]:
    return list(plan.span)[-MONTHS:]


def _of_month(truth, known: str, month: int) -> dict[str, Parts]:
    day = months.last_day(month)
    found: dict[str, Parts] = {name: (0,) * width for name, width in BY_WORK.items()}
    found |= _debt(truth.ageing[known][day])
    base = months.last_day(truth.plan.last - MONTHS)
    found["debt.reduction"] = (_overdue(truth.ageing[known].get(base, {})), found["debt.overdue"][0])
    charged, credited, paid, enforced = truth.flows[known][month][""]
    found |= {"collection.charged": (charged - credited,), "collection.paid": (paid,), "collection.enforced": (enforced,)}
    found["collection.rate"] = (paid, charged - credited)
    over = truth.over_threshold[known][day].values()
    found["claims.candidates"] = (sum(count for count, _ in over), sum(overdue for _, overdue in over))
    found["claims.candidates_amount"] = found["claims.candidates"][::-1]
    found["claims.covered"] = (sum(truth.over_claims[known][day].values()), 0)
    return found | _premises(truth, known, day)


def _debt(groups: Mapping) -> dict[str, Parts]:
    """Rows Z1a, Z1b, Z2a, Z3c and P2.1 of the smallest groups: (creditor, category, resource) -> ageing."""
    found = {f"debt.of_{name}": 0 for name in CATEGORIES}
    found |= {f"debt.overdue_{name}": 0 for name in (*RESOURCES, *BUCKETS)} | {"debt.total": 0, "debt.overdue": 0}
    for (_, category, resource), group in groups.items():
        overdue = sum(group.buckets.values())
        found["debt.total"] += overdue + group.not_yet_due
        found["debt.overdue"] += overdue
        found[f"debt.of_{category}"] += overdue + group.not_yet_due
        if resource in RESOURCES:
            found[f"debt.overdue_{resource}"] += overdue
        for name, bucket in BUCKETS.items():
            found[f"debt.overdue_{name}"] += group.buckets[bucket]
    return {name: (sum_,) for name, sum_ in found.items()}


def _overdue(groups: Mapping) -> int:
    return sum(sum(group.buckets.values()) for group in groups.values())


def _premises(truth, known: str, day) -> dict[str, Parts]:
    """Rows Z4a, Z4d, Z5a-b, P1.4: flats as the register has them now, with what their accounts owe on the day."""
    owed = truth.by_tenure[known][day]
    social = owed[SOCIAL]
    of_resources = tuple(social[resource] for resource in RESOURCES)
    return {
        "premises.vacant": (truth.premises[VACANT], owed[VACANT]["all"]),
        "premises.escheat": (truth.premises[ESCHEAT], owed[ESCHEAT]["all"]),
        "premises.social": (truth.premises[SOCIAL], social["all"], *of_resources),
        "premises.municipal_debt": tuple(owed[VACANT][part] + owed[ESCHEAT][part] for part in ("all", "months")),
    }


def added(*told: Mapping[str, Parts]) -> dict[str, Parts]:
    """Sum the parts of several sources name by name."""
    found: dict[str, Parts] = {}
    for one in told:
        for name, parts in one.items():
            found[name] = tuple(a + b for a, b in zip(found.get(name, (0,) * len(parts)), parts, strict=True))
    return found


def written(told: Mapping[int, Mapping[str, Parts]]) -> dict:
    """As `truth.json` keeps it: month -> name -> figure and its parts."""
    return {
        months.iso(month): {
            name: {"value": figure(name, parts), "parts": list(parts)} for name, parts in sorted(of_month.items())
        }
        for month, of_month in sorted(told.items())
    }
