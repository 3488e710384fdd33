"""Values of norms in words, by the unit of the norm."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from casedesk.common import money, ru
from casedesk.norms.norm import Norm, Value

DEBTORS = {"citizen": "гражданин", "entrepreneur": "предприниматель", "organisation": "организация"}
WORDS = {
    "calendar": "календарные",
    "working": "рабочие",
    "sent": "со дня отправки постановления взыскателю",
    "returned": "со дня возвращения",
    "heating": "отопление",
    "cold_water": "холодная вода",
    "head_order": "приказ руководителя",
    "inventory_act": "акт инвентаризации расчётов",
    "limitation_calculation": "расчёт срока давности",
    "ending_ruling": "постановление об окончании производства",
    "impossibility_act": "акт о невозможности взыскания",
    "death_record": "запись акта о смерти",
    "notary_reply": "ответ нотариуса",
    "estate_extract": "выписка ЕГРН",
    "registry_extract": "выписка ЕГРЮЛ",
    "bankruptcy_ruling": "определение о завершении банкротства",
    "authority_act": "акт органа власти",
}


def value_text(norm: Norm, value: Value) -> str:
    """The value as the screen and the sheet say it. Raises KeyError on a unit that nobody worded."""
    return UNITS[norm.unit](value.value)


def _number(value: int | Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _roubles(value: int | Decimal) -> str:
    kopecks = money.from_decimal(value)
    return f"{money.spaced(kopecks, kopecks_shown=bool(kopecks % 100))} ₽"


def _ladder(steps: list[dict[str, Any]]) -> str:
    return ", ".join(f"с {step['day']}-го дня {_share(step['share'])}" for step in steps)


def _share(share: str) -> str:
    return {"year": "1/365 (1/366)", "1": "процент за день"}.get(share, share)


def _brackets(table: dict[str, Any]) -> str:
    steps = ru.plural(len(table["steps"]), "ступень", "ступени", "ступеней")
    return f"от {_roubles(table['minimum'])} до {_roubles(table['maximum'])}, {steps}"


def _cap(cap: dict[str, Any]) -> str:
    word = "ровно" if cap["kind"] == "fixed" else "не больше"
    return f"{word} {_number(cap['rate'])} %"


def _moratorium(rule: dict[str, Any]) -> str:
    before = rule.get("due_before")
    return "пени не начисляются" + (f" на долги со сроком оплаты до {before:%d.%m.%Y}" if before else "")


def _fee(rule: dict[str, Any]) -> str:
    return f"{rule['percent']} %, не менее {_roubles(rule['citizen'])} (организация {_roubles(rule['organisation'])})"


def _order(rule: dict[str, Any]) -> str:
    return rule["share"] + (f", не менее {_roubles(rule['minimum'])}" if "minimum" in rule else "")


def _thresholds(rule: dict[str, Any]) -> str:
    return (
        f"{_roubles(rule['general'])}; алименты и вред {_roubles(rule['special'])}; "
        f"через {rule['months']} мес. от {_roubles(rule['after_two_months'])}"
    )


def _calendar(year: dict[str, Any]) -> str:
    off = ", ".join(f"{day:%d.%m}" for day in year["off"])
    working = ", ".join(f"{day:%d.%m}" for day in year["working"])
    return f"нерабочие {off}" + (f"; рабочие субботы {working}" if working else "")


def _days(kind: str) -> Callable[[int], str]:
    return lambda value: f"{value} {kind}"


UNITS: dict[str, Callable[[Any], str]] = {
    "percent_a_year": lambda value: f"{_number(value)} %",
    "percent": lambda value: f"{_number(value)} %",
    "day_of_month": lambda value: f"{value}-е число",
    "flag": lambda value: "да" if value else "нет",
    "text": str,
    "choice": lambda value: WORDS[value],
    "list": lambda value: ", ".join(WORDS[word] for word in value),
    "roubles": _roubles,
    "kopecks": lambda value: f"до {_roubles(Decimal(value) / 100)}",
    "years": lambda value: ru.plural(value, "год", "года", "лет"),
    "months": lambda value: f"{value} мес.",
    "days": lambda value: ru.plural(value, "день", "дня", "дней"),
    "working_days": _days("раб. дн."),
    "calendar_days": _days("кал. дн."),
    "weekdays": lambda value: "суббота и воскресенье" if value == [6, 7] else ", ".join(map(str, value)),
    "month_days": lambda value: ", ".join(f"{day[3:]}.{day[:2]}" for day in value),
    "calendar_year": _calendar,
    "share_ladder": _ladder,
    "capped_rate": _cap,
    "moratorium": _moratorium,
    "brackets": _brackets,
    "order_share": _order,
    "by_party": lambda value: f"граждане {_roubles(value['citizen'])}, организации {_roubles(value['organisation'])}",
    "by_claim": lambda value: f"{value['general']} % (алименты, вред: {value['special']} %)",
    "fee": _fee,
    "months_by_document": lambda value: f"{value['court_document']} мес. (прочие документы {value['other_document']} мес.)",
    "thresholds": _thresholds,
    "range": lambda value: f"от {_roubles(value['least'])} до {_roubles(value['most'])}",
    "fields": lambda value: ", ".join(name for name, _ in value),
    "frequency": lambda value: f"{value['day']} в день, {value['week']} в неделю, {value['month']} в месяц",
    "hours": lambda value: f"с {value['from']}:00 до {value['until']}:00",
    "bytes": lambda value: ru.plural(value, "байт", "байта", "байт"),
}
