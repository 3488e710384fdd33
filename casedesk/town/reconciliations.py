"""Monthly reconciliations of the heat supplier with the bailiffs: what was presented, what the department replies, and what
is wrong in the replies on purpose.

Replies are in the open format of docs/exchange-reconciliation.md. Differences of every type are planted on different writs each
month; some stay in the later months as they would in life. `truth.json` names them all, month by month.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from casedesk.common import months
from casedesk.common.money import text
from casedesk.town.plan import CREDITORS, TownPlan
from casedesk.town.writs import COURT, DEPARTMENT, TownWrit, withheld_money

LAST_MONTHS = 3
REPLY_DAY, NEWEST_REPLY_DAY, DIRECT_DAY = 4, 19, 17
DEPARTMENT_CODE = "osp-51034"
KINDS = ("not_received", "sum_differs", "paid_directly", "ended", "transferred", "duplicate", "unknown_to_us")
LASTING = {"not_received", "ended", "transferred", "unknown_to_us"}
"""What a department does not put right by itself by the next month."""
SPARE, DIRECT = 150_000, 100_000
"""Kopecks that the department counts too much, and that a debtor pays straight to the creditor."""
OTHER_DEPARTMENT = "ОСП Приозёрного района"
STRANGER = "ЗАЙЦЕВ ПЁТР АНДРЕЕВИЧ"


@dataclass
class Month:
    """One month's reply: what is planted in it by type, and the money paid straight to the creditor."""

    month: int
    planted: dict[str, list[TownWrit]]
    strangers: list[str] = field(default_factory=list)

    @property
    def last_day(self) -> dt.date:
        return months.last_day(self.month)

    def has(self, kind: str, writ: TownWrit) -> bool:
        return any(one is writ for one in self.planted[kind])


def write_reconciliations(plan: TownPlan, root: Path, writs: Iterable[TownWrit]) -> None:
    """Write what was presented and the replies of the last months; add them to the manifest and the truth."""
    used = sorted((writ for writ in writs if _money_is_plain(writ)), key=lambda writ: writ.number)
    if not used or plan.plain:
        return
    directs: list[dict] = []
    told = [_plant(plan, month, used, directs) for month in range(plan.last - LAST_MONTHS + 1, plan.last + 1)]
    for earlier, later in zip(told, told[1:], strict=False):
        for kind in LASTING:
            later.planted[kind] += [one for one in earlier.planted[kind] if not later.has(kind, one)]
        later.strangers += earlier.strangers
    folder = root / CREDITORS[0].code
    _dump(folder / "osp_predyavleno.json", {"rows": [_presented(writ) for writ in used], "directs": directs})
    for one in told:
        _dump(folder / f"sverka_{months.iso(one.month)}.json", _reply(one, used, directs))
    _add(root / "manifest.json", [_entry(one, newest=one.month == plan.last) for one in told])
    _add(root / "truth.json", {months.iso(one.month): _truth(one) for one in told})


def _money_is_plain(writ: TownWrit) -> bool:
    """All that the bailiffs sent came in the registers of its month."""
    return not any(paid.late or paid.lost for paid in withheld_money(writ.account))


def _collected(writ: TownWrit, through: dt.date, since: dt.date = dt.date.min) -> int:
    return sum(paid.amount for paid in withheld_money(writ.account) if since <= paid.day <= through)


def _is_open(writ: TownWrit, day: dt.date) -> bool:
    return bool(writ.proceeding) and writ.opened_on <= day and (writ.ended_on is None or writ.ended_on > day)


def _plant(plan: TownPlan, month: int, writs: list[TownWrit], directs: list[dict]) -> Month:
    """Differences of every type on writs that are executed quietly, each writ once in all the months."""
    day = months.last_day(month)
    turn = month - (plan.last - LAST_MONTHS + 1)
    quiet = [w for w in writs if _is_open(w, months.last_day(plan.last)) and _is_open(w, day) and _rest(w, day) > 2 * SPARE]
    mine = quiet[turn::LAST_MONTHS]
    each = max(1, len(mine) // 30)
    planted: dict[str, list[TownWrit]] = {}
    for kind in KINDS[:-1]:
        planted[kind], mine = mine[:each], mine[each:]
    for writ in planted["paid_directly"]:
        paid_on = months.first_day(month).replace(day=DIRECT_DAY)
        directs.append(
            {"account": writ.account.number, "writ": writ.number, "day": paid_on.isoformat(), "amount": text(DIRECT)}
        )
    planted["unknown_to_us"] = []
    return Month(month, planted, [f"2-{9000 + turn}/{months.last_day(month).year - 1}"])


def _rest(writ: TownWrit, day: dt.date) -> int:
    return max(writ.whole - _collected(writ, day), 0)


def _presented(writ: TownWrit) -> dict:
    return {
        "account": writ.account.number,
        "number": writ.number,
        "issued_on": writ.issued_on.isoformat(),
        "court": writ.court,
        "principal": text(writ.principal),
        "duty": text(writ.fee),
        "sent_on": min(writ.sent_on, writ.opened_on or writ.sent_on).isoformat(),
        "proceeding": writ.proceeding,
        "opened_on": writ.opened_on.isoformat() if writ.opened_on else None,
        "bailiff": writ.bailiff,
        "ended_on": writ.ended_on.isoformat() if writ.ended_on else None,
        "ground": _ground(writ.ground),
    }


def _ground(words: str) -> str:
    """`ст. 46 ч. 1 п. 3` -> `46.1.3`."""
    return ".".join(part for part in words.split() if part.isdigit())


# --- the department's reply -------------------------------------------------------------------------------------------
def _reply(one: Month, writs: list[TownWrit], directs: list[dict]) -> dict:
    creditor = CREDITORS[0]
    rows = [row for writ in writs if _is_there(writ, one) for row in _rows(writ, one, directs)]
    rows += [_stranger(number, one) for number in one.strangers]
    return {
        "format": "casedesk/reconciliation-reply/1",
        "creditor": {"code": creditor.code, "name": creditor.name, "inn": creditor.inn},
        "department": {"code": DEPARTMENT_CODE, "name": DEPARTMENT},
        "month": months.iso(one.month),
        "as_of": months.first_day(one.month + 1).isoformat(),
        "rows": rows,
    }


def _is_there(writ: TownWrit, one: Month) -> bool:
    """Presented by the month's end, and not ended before the month."""
    sent_on = min(writ.sent_on, writ.opened_on or writ.sent_on)
    return sent_on <= one.last_day and (writ.ended_on is None or writ.ended_on >= months.first_day(one.month))


def _rows(writ: TownWrit, one: Month, directs: list[dict]) -> list[dict]:
    row = _agreeing(writ, one, _told_directs(writ, one, directs))
    if one.has("not_received", writ):
        kept = {name: row[name] for name in ("debtor", "address", "writ_number", "issued_on")}
        return [kept | {"status": "not_received", "note": "в базе АИС не найден"}]
    if one.has("sum_differs", writ):
        collected = _collected(writ, one.last_day) + SPARE
        row |= {"received": text(collected), "remainder": text(max(writ.whole - collected, 0))}
    if one.has("ended", writ):
        row |= {"status": "finished", "ended_on": one.last_day.replace(day=20).isoformat(), "ground": "46.1.4"}
    if one.has("transferred", writ):
        row |= {"status": "transferred", "transferred_to": OTHER_DEPARTMENT}
    return [row, dict(row)] if one.has("duplicate", writ) else [row]


def _told_directs(writ: TownWrit, one: Month, directs: list[dict]) -> int:
    """Direct payments of earlier months: by now the department was told."""
    began = months.first_day(one.month).isoformat()
    return sum(DIRECT for each in directs if each["writ"] == writ.number and each["day"] < began)


def _agreeing(writ: TownWrit, one: Month, told: int) -> dict:
    """What the department says when nothing is wrong."""
    opened = bool(writ.proceeding) and writ.opened_on <= one.last_day
    ended = writ.ended_on is not None and writ.ended_on <= one.last_day
    collected = _collected(writ, one.last_day)
    return {
        "debtor": writ.account.holder.upper(),
        "address": writ.account.place.address,
        "writ_number": writ.number,
        "issued_on": writ.issued_on.isoformat(),
        "court": writ.court,
        "amount": text(writ.whole),
        "proceeding": writ.proceeding if opened else "",
        "opened_on": writ.opened_on.isoformat() if opened else None,
        "bailiff": writ.bailiff if opened else "",
        "received_month": text(_collected(writ, one.last_day, months.first_day(one.month))),
        "received": text(collected),
        "remainder": text(max(writ.whole - collected - told, 0)),
        "status": "finished" if ended else "open" if opened else "presented",
        "ended_on": writ.ended_on.isoformat() if ended else None,
        "ground": _ground(writ.ground) if ended else "",
    }


def _stranger(number: str, one: Month) -> dict:
    return {
        "debtor": STRANGER,
        "writ_number": number,
        "court": COURT.format(2),
        "amount": "18400.00",
        "proceeding": f"{90000 + int(number[2:6])}/{(one.month // 12) % 100}/51034-ИП",
        "received": "0.00",
        "remainder": "18400.00",
        "status": "open",
    }


# --- where it is told of ----------------------------------------------------------------------------------------------
def _truth(one: Month) -> dict:
    named = {kind: sorted(writ.number for writ in one.planted[kind]) for kind in KINDS}
    return named | {"unknown_to_us": sorted(one.strangers)}


def _entry(one: Month, *, newest: bool) -> dict:
    code = CREDITORS[0].code
    day = NEWEST_REPLY_DAY if newest else REPLY_DAY
    return {
        "month": months.iso(one.month),
        "creditor": code,
        "department": DEPARTMENT_CODE,
        "presented": f"{code}/osp_predyavleno.json",
        "reply": f"{code}/sverka_{months.iso(one.month)}.json",
        "arrives_on": months.first_day(one.month + 1).replace(day=day).isoformat(),
    }


def _dump(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _add(path: Path, told: object) -> None:
    _dump(path, json.loads(path.read_text(encoding="utf-8")) | {"reconciliations": told})
