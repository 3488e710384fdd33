"""The paper of minutes, composed of their data."""

import datetime as dt
from typing import Any


def compose_minutes(content: dict[str, Any], *, sha256: str = "", presided_on=None, kept_on=None) -> dict[str, Any]:
    """Fields of the kind `commission_minutes`; without signatures it is a draft."""
    quorum = content["quorum"]
    commission = content["commission"] + (f", рабочая группа «{content['group']}»" if content["group"] else "")
    return {
        "commission": commission,
        "minutes_number": str(content["number"]),
        "held_on": content["held_on"],
        "place": content["place"],
        "topic": content["topic"],
        "guests": content["guests"],
        **{name: quorum[name] for name in ("members", "present", "needed")},
        "presided": content["presided"]["name"],
        "presided_part": content["presided"]["part"],
        "kept": content["kept"]["name"],
        "attendance": [{name: one[name] for name in ("name", "part", "presence")} for one in content["attendance"]],
        "decided": [row for item in content["items"] for row in _rows(item)],
        "is_draft": not (presided_on and kept_on),
        "presided_on": presided_on,
        "kept_on": kept_on,
        "sha256": sha256,
    }


def _rows(item: dict[str, Any]) -> list[dict[str, Any]]:
    """A row per decision; the debtor stands in the first."""
    who = f"{item['debtor']}, {item['address']}; {item['creditor']}"
    came = "; ".join(part for part in (item["came"], item["heard"]) if part)
    rows = []
    for number, one in enumerate(item["decisions"]):
        first = number == 0
        said = one["words"] + (f". Исполняет: {one['responsible']}" if one["responsible"] else "")
        casting = ", решил голос ведущего" if one["by_casting"] else ""
        rows.append(
            {
                "position": str(item["position"]) if first else "",
                "debtor": who if first else "то же",
                "debt": item["debt"],
                "came": came if first else "",
                "decision": said if one["outcome"] == "принято" else f"Не принято: {said}",
                "votes": f"за {one['for']}, против {one['against']}, воздержались {one['abstained']}{casting}",
            }
        )
    return rows


def iso_day(moment: dt.datetime | None, zone) -> str | None:
    """The local day of a moment, for the paper."""
    return moment.astimezone(zone).date().isoformat() if moment else None
