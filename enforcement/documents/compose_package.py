"""The papers of a writ's package in the fields of their kinds: what the document engine prints."""

from collections.abc import Callable

from casedesk.documents.actions.make import Draft
from casedesk.documents.queries.payment_code import PaymentCodes
from casedesk.documents.rules.fields import person
from casedesk.norms.queries.current import current
from debtors.models import Debtor
from enforcement.queries.package import Package
from enforcement.rules.package import Paper, travel_ban_opens

NO_NAME = "Должник не назван"


def draft(package: Package, paper: Paper, codes: PaymentCodes) -> Draft:
    """One paper of the package. `codes` are those of the writ's creditor on the day of the paper."""
    writ = package.writ
    folder = ("debtors.CaseFile", writ.case_file_id) if writ.case_file_id else None
    return Draft(_COMPOSE[paper](package, codes), ("enforcement.Writ", writ.pk), folder)


def _person(package: Package) -> dict:
    name = package.facts.debtor or NO_NAME
    declines = package.facts.is_citizen and "," not in name and "«" not in name and '"' not in name and name != NO_NAME
    return person(name, declines=declines)


def _writ(package: Package) -> dict:
    """The fields that every paper about a writ shares: whose, where, what remains."""
    writ, left, debtor = package.writ, package.money.remaining, package.debtor
    by = ", ".join(filter(None, (writ.issuer, f"дело {writ.court_case}" if writ.court_case else "")))
    return {
        "writ": str(writ),
        "issued_by": by or None,
        "debtor": _person(package),
        "born": debtor.birth_date.isoformat() if debtor and debtor.birth_date else None,
        "birthplace": (debtor.birth_place or None) if debtor else None,
        "address": package.facts.address,
        "identifier": (debtor.identifier or None) if debtor else None,
        "principal": left.principal,
        "penalty": left.penalty,
        "duty": left.duty,
        "total": left.total,
    }


def _application(package: Package, codes: PaymentCodes) -> dict:
    ban = next(one for one in package.verdicts if one.paper == Paper.TRAVEL_BAN)
    known = "; ".join(f"{fact} ({fact.source})" for fact in package.known)
    return _writ(package) | {
        "department": package.facts.department,
        "property": known or None,
        "asks_travel_ban": ban.can_be_made,
        "attached": [{"title": title} for title in _attached(package)],
    }


def _attached(package: Package) -> list[str]:
    """What lies in the envelope: the writ itself and the other papers of the package."""
    others = [one.name for one in package.papers if one.paper != Paper.APPLICATION]
    return [f"{package.writ} (подлинник)", *others]


def _travel_ban(package: Package, codes: PaymentCodes) -> dict:
    threshold, _ = travel_ban_opens(package.facts.remaining, package.facts.on, current())
    return _writ(package) | {"department": package.facts.department, "proceeding": None, "threshold": threshold}


def _calculation(package: Package, codes: PaymentCodes) -> dict:
    money = package.money
    names = (("principal", "Основной долг"), ("penalty", "Пени"), ("duty", "Госпошлина"))
    rows = [
        {
            "part": label,
            "granted": getattr(money.granted, name),
            "collected": getattr(money.collected, name),
            "remaining": getattr(money.remaining, name),
        }
        for name, label in names
    ]
    return {
        "writ": str(package.writ),
        "debtor": _person(package),
        "address": package.facts.address,
        "as_of": package.facts.on.isoformat(),
        "rows": rows,
        "granted": money.granted.total,
        "collected": money.collected.total,
        "total": money.remaining.total,
    }


def _slip(package: Package, codes: PaymentCodes) -> dict:
    writ, left = package.writ, package.money.remaining
    purpose = f"Долг за ЖКУ, л/с {writ.account.number}, {writ}"
    payer = package.facts.debtor or writ.account.holder_name
    of_citizen = package.debtor is None or package.debtor.kind == Debtor.Kind.CITIZEN
    return {
        "payer": _person(package),
        "address": package.facts.address,
        "accounts": writ.account.number,
        "purpose": purpose,
        "principal": left.principal,
        "penalty": left.penalty,
        "duty": left.duty,
        "total": left.total,
        "qr": codes.must(
            kopecks=left.total,
            purpose=purpose,
            account=writ.account.number,
            payer=payer if of_citizen else "",
            address=package.facts.address,
        ),
    }


_COMPOSE: dict[Paper, Callable[[Package, PaymentCodes], dict]] = {
    Paper.APPLICATION: _application,
    Paper.TRAVEL_BAN: _travel_ban,
    Paper.CALCULATION: _calculation,
    Paper.SLIP: _slip,
}
