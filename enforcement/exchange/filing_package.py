"""The archive of a filing package: index.json by the shipped schema, a register as XLSX, the papers of each claim."""

import hashlib
import io
import json
import zipfile
from functools import cache
from pathlib import Path

import jsonschema

from casedesk.common import export, money, months
from enforcement.models import Claim, FilingPackage

SCHEMA_FILE = Path(__file__).with_name("filing-package-1.schema.json")
INDEX, REGISTER, SCHEMA = "index.json", "register.xlsx", "schema.json"
_COLUMNS = [
    ("№", "number"),
    ("Должник", "text"),
    ("Адрес", "text"),
    ("Вид", "text"),
    ("Период", "text"),
    ("Основной долг, ₽", "money"),
    ("Пени, ₽", "money"),
    ("Госпошлина, ₽", "money"),
    ("Документов", "number"),
]
Papers = dict[int, list[tuple[str, str, bytes]]]
"""Claim -> (name of the file, title, content)."""


@cache
def schema() -> dict:
    """The JSON Schema of the index (docs/filing-package.md)."""
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def check_index(index: dict) -> None:
    """Raise `jsonschema.ValidationError` when an index is not by the schema."""
    jsonschema.Draft202012Validator(schema()).validate(index)


def build(package: FilingPackage, claims: list[Claim], papers: Papers, made_on) -> bytes:
    """The archive as bytes. `claims` come with their debtors, lines and accounts; the index is held against the schema."""
    index = index_of(package, claims, papers, made_on)
    check_index(index)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(INDEX, json.dumps(index, ensure_ascii=False, indent=1))
        archive.writestr(SCHEMA, SCHEMA_FILE.read_text(encoding="utf-8"))
        archive.writestr(REGISTER, _register(package, claims, papers))
        for claim in claims:
            for name, _, paper in papers.get(claim.pk, []):
                archive.writestr(f"documents/{claim.number}/{name}", paper)
    return content.getvalue()


def index_of(package: FilingPackage, claims: list[Claim], papers: Papers, made_on) -> dict:
    """What the archive says of itself. Amounts are text with two decimals, months `YYYY-MM`, days ISO."""
    return {
        "format": "casedesk.filing-package",
        "version": 1,
        "package": str(package.key),
        "made_on": made_on.isoformat(),
        "creditor": {"code": package.creditor.code, "name": package.creditor.name, "inn": package.creditor.inn},
        "court": {"code": package.court.code, "name": package.court.name},
        "claims": [_claim(claim, papers.get(claim.pk, [])) for claim in claims],
        "totals": {
            "claims": len(claims),
            "documents": sum(len(papers.get(claim.pk, [])) for claim in claims),
            **{name: money.text(sum(getattr(claim, name) for claim in claims)) for name in ("principal", "penalty", "duty")},
        },
    }


def _claim(claim: Claim, papers: list[tuple[str, str, bytes]]) -> dict:
    return {
        "number": claim.number,
        "kind": claim.kind,
        "period": {"from": months.iso(claim.period_from), "to": months.iso(claim.period_to)},
        "sums": {name: money.text(getattr(claim, name)) for name in ("principal", "penalty", "duty", "total")},
        "debtors": [_debtor(one) for one in claim.parties.all()],
        "accounts": [
            {"number": account.number, "address": account.address_text}
            for account in {line.account_id: line.account for line in claim.lines.all()}.values()
        ],
        "documents": [
            {
                "path": f"documents/{claim.number}/{name}",
                "title": title,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, title, content in papers
        ],
    }


def _debtor(party) -> dict:
    person = party.debtor
    return {
        "name": person.name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "inn": person.inn,
        "snils": person.snils,
        "share": "joint" if party.is_joint else f"{party.share_num}/{party.share_den}",
    }


def _register(package: FilingPackage, claims: list[Claim], papers: Papers) -> bytes:
    rows = [
        [
            claim.number,
            claim.case_file.debtor_names,
            claim.case_file.address,
            claim.get_kind_display(),
            f"{months.named(claim.period_from)} – {months.named(claim.period_to)}",
            claim.principal,
            claim.penalty,
            claim.duty,
            len(papers.get(claim.pk, [])),
        ]
        for claim in claims
    ]
    content = io.BytesIO()
    notes = [f"{package.creditor.name} → {package.court.name}", f"Пакет {package.key}"]
    export.workbook(content, "Реестр", _COLUMNS, rows, notes)
    return content.getvalue()
