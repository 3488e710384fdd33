"""The act of a reconciliation as a paper: its fields, and how it is composed of the act's data."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

from casedesk.common import months
from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import SumOf
from casedesk.documents.rules.fields import Field
from enforcement.rules.reconciliation_words import KIND_NAMES, RESOLUTION_NAMES, STATUS_NAMES


def _money(name: str, word: str, about: str) -> Field:
    return Field(name, word, "money", about)


def _text(name: str, word: str, about: str, *, required: bool = False) -> Field:
    return Field(name, word, "text", about, required=required)


RECONCILIATION_ACT = DocumentKind(
    "reconciliation_act",
    "Акт сверки с отделом приставов",
    Path(__file__).parent / "texts" / "reconciliation_act.txt",
    (
        _text("department", "отдел", "отдел судебных приставов", required=True),
        Field("month", "месяц", "month", "месяц сверки"),
        Field("as_of", "на_день", "day", "на какой день стоят суммы"),
        _text("known_on", "известно_на", "когда взята наша сторона", required=True),
        Field("reply_on", "ответ_на", "day", "на какой день ответ отдела", required=False),
        Field("is_draft", "проект", "flag", "акт ещё не подписан обеими сторонами"),
        Field("our_count", "наших", "number", "документов у взыскателя"),
        Field("their_count", "их", "number", "строк у отдела"),
        _money("our_amount", "наша_сумма", "по документам у взыскателя"),
        _money("their_amount", "их_сумма", "по документам у отдела"),
        _money("our_month", "наше_за_месяц", "получено взыскателем за месяц"),
        _money("their_month", "их_за_месяц", "перечислено отделом за месяц"),
        _money("our_received", "наше_всего", "получено взыскателем всего"),
        _money("their_received", "их_всего", "перечислено отделом всего"),
        _money("our_rest", "наш_остаток", "остаток у взыскателя"),
        _money("their_rest", "их_остаток", "остаток у отдела"),
        Field("found", "расхождений", "number", "сколько расхождений"),
        Field("settled", "урегулировано", "number", "сколько урегулировано"),
        Field("open", "открыто", "number", "сколько открыто"),
        Field(
            "differences",
            "расхождения",
            "table",
            "расхождения",
            required=False,
            columns=(
                _text("label", "документ", "документ и должник", required=True),
                _text("kind", "вид", "вид расхождения", required=True),
                _money("amount", "разница", "наше минус их"),
                _text("about", "суть", "в чём разница и как решена", required=True),
            ),
        ),
        Field(
            "lines",
            "строки",
            "table",
            "документы обеих сторон",
            required=False,
            columns=(
                _text("writ", "документ", "номер документа", required=True),
                _text("debtor", "должник", "должник"),
                _money("our_rest", "наш_остаток", "остаток у взыскателя"),
                _money("their_rest", "их_остаток", "остаток у отдела"),
                _text("status", "состояние", "состояние у отдела"),
            ),
        ),
        _text("our_office", "должность_взыскателя", "должность подписавшего"),
        _text("our_signer", "подписал_взыскатель", "кто подписал"),
        Field("our_day", "день_взыскателя", "day", "день подписи", required=False),
        _text("their_office", "должность_отдела", "должность подписавшего"),
        _text("their_signer", "подписал_отдел", "кто подписал"),
        Field("their_day", "день_отдела", "day", "день подписи", required=False),
        _text("sha256", "отпечаток", "отпечаток данных подписанного акта"),
    ),
    checks=(SumOf("lines", "our_rest", "our_rest"), SumOf("lines", "their_rest", "their_rest")),
    total="our_rest",
    addressee="department",
    about="Итоги обеих сторон, расхождения и подписи; подписанный акт больше не меняется.",
)


def compose(act: dict[str, Any], sha256: str = "") -> dict[str, Any]:
    """The paper's data of an act's data; `sha256` is empty while it is a draft."""
    ours, theirs = act["totals"]["ours"], act["totals"]["theirs"]
    differences = act["differences"]
    is_open = sum(one["state"] == "open" for one in differences)
    return {
        "department": act["department"]["name"],
        "month": months.parse(act["month"]),
        "as_of": act["as_of"],
        "known_on": f"{dt.datetime.fromisoformat(act['known_at']):%d.%m.%Y}",
        "reply_on": act["reply_on"],
        "is_draft": not sha256,
        "our_count": ours["lines"],
        "their_count": theirs["lines"],
        **{f"our_{short}": ours[name] for short, name in _SUMS.items()},
        **{f"their_{short}": theirs[name] for short, name in _SUMS.items()},
        "found": len(differences),
        "settled": len(differences) - is_open,
        "open": is_open,
        "differences": [_difference(one) for one in differences],
        "lines": _lines(act["lines"]),
        **_signatures(act["signatures"]),
        "sha256": sha256,
    }


_SUMS = {"amount": "amount", "month": "received_month", "received": "received", "rest": "remainder"}


def _difference(one: dict) -> dict:
    if one["state"] == "open":
        end = f"Открыто, срок {dt.date.fromisoformat(one['due_on']):%d.%m.%Y}"
    else:
        day = dt.date.fromisoformat(one["settled_on"])
        end = f"{RESOLUTION_NAMES[one['resolution']].capitalize()}, {day:%d.%m.%Y}" + (
            f": {one['reason']}" if one["reason"] else ""
        )
    return {
        "label": one["label"],
        "kind": KIND_NAMES[one["kind"]],
        "amount": one["amount"],
        "about": f"{one['about']}. {end}.",
    }


def _lines(lines: list[dict]) -> list[dict]:
    """A row per writ of the register: both remainders side by side. Archived lines are left out, as in the totals."""
    groups: dict[int, dict[str, list]] = defaultdict(lambda: {"ours": [], "theirs": []})
    for line in lines:
        if not line["is_archived"]:
            groups[line["group"]][line["side"]].append(line)
    return [_row(groups[group]) for group in sorted(groups)]


def _row(sides: dict[str, list]) -> dict:
    shown = (sides["ours"] or sides["theirs"])[0]
    status = (sides["theirs"] or [{"status": ""}])[-1]["status"]
    return {
        "writ": shown["writ_number"],
        "debtor": shown["debtor"],
        "our_rest": sum(line["remainder"] or 0 for line in sides["ours"]),
        "their_rest": sum(line["remainder"] or 0 for line in sides["theirs"]),
        "status": STATUS_NAMES[status] if status else "",
    }


def _signatures(found: list[dict]) -> dict[str, str | None]:
    said: dict[str, str | None] = {}
    by_side = {one["side"]: one for one in found}
    for side, prefix in (("ours", "our"), ("theirs", "their")):
        one = by_side.get(side, {})
        said[f"{prefix}_office"], said[f"{prefix}_signer"] = one.get("office", ""), one.get("name", "")
        said[f"{prefix}_day"] = one.get("signed_on")
    return said
