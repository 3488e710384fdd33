"""A commission's frozen report as titled tables: the same on the screen, in the workbook and on paper."""

import datetime as dt
from dataclasses import dataclass

from casedesk.plans.documents.words import day


@dataclass(frozen=True)
class Block:
    """A table. `columns` are (label, kind); kinds are text, number and money (kopecks). `total`: the last row sums up."""

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: list[tuple]
    total: bool = False


TOTALS = (
    ("planned", "Заседаний комиссии по плану"),
    ("held", "Проведено заседаний комиссии"),
    ("group_held", "Проведено заседаний рабочих групп"),
    ("failed", "Не состоялось"),
    ("heard", "Рассмотрено вопросов"),
    ("cases", "Рассмотрено дел должников"),
    ("invited", "Отправлено приглашений"),
    ("came", "Пришли должники"),
    ("decisions", "Принято решений"),
    ("not_done", "Поручений, не исполненных к сроку, на последний день"),
)
DECISIONS = (
    ("adopted", "Принято"),
    ("rejected", "Не принято"),
    ("due", "Срок в периоде"),
    ("in_time", "Исполнено в срок"),
    ("late", "Исполнено позже"),
    ("not_done", "Не исполнено"),
)
EFFECT = (("decided", "Долг в день решения, ₽"), ("paid", "Оплачено после, ₽"), ("now", "Долг на дату, ₽"))


def title(content: dict) -> str:
    edition = f", редакция {content['edition']}" if content["edition"] > 1 else ""
    return f"Отчёт о работе комиссии за {content['period']}{edition}"


def whose(content: dict) -> str:
    one = content["commission"]
    return f"{one['name']}. {one['municipality']}. {one['act']}."


def dates(content: dict) -> str:
    known = dt.datetime.fromisoformat(content["known_at"])
    return f"На {day(content['as_of'])}, по данным, известным {known:%d.%m.%Y %H:%M} UTC. Учтены подписанные протоколы."


def blocks(content: dict) -> list[Block]:
    """The tables in their order; without a decision or a meeting their tables are empty and say so by their titles."""
    return [_totals(content), _meetings(content), _decisions(content), _effect(content)]


def _totals(content: dict) -> Block:
    rows = [(label, content["totals"][name]) for name, label in TOTALS]
    return Block("Итоги", (("Показатель", "text"), ("Значение", "number")), rows)


def _meetings(content: dict) -> Block:
    heads = (("Заседание", "text"), ("День", "text"), ("Итог", "text"), ("Членов", "number"), ("Присутствовало", "number"))
    heads += (("Вопросов", "number"), ("Пришли должники", "number"), ("Решений", "number"))
    rows = [
        (
            one["name"].capitalize() + (", рабочая группа" if one["group"] and one["held"] else ""),
            day(one["on"]),
            f"{one['state']}: {one['why']}" if one["why"] else one["state"],
            one["members"],
            one["present"],
            one["heard"],
            one["came"],
            one["decisions"],
        )
        for one in content["meetings"]
    ]
    return Block("Заседания", heads, rows)


def _decisions(content: dict) -> Block:
    heads = (("Решение", "text"), *((label, "number") for _, label in DECISIONS))
    rows = [(one["label"].capitalize(), *(one[name] for name, _ in DECISIONS)) for one in content["decisions"]]
    whole = ("Всего", *(sum(one[name] for one in content["decisions"]) for name, _ in DECISIONS))
    return Block("Решения и их исполнение", heads, [*rows, whole], total=True)


def _effect(content: dict) -> Block:
    heads = (("Какие заседания", "text"), ("Дел", "number"), ("Из них платят", "number"))
    heads += tuple((label, "money") for _, label in EFFECT) + (("Изменение, ₽", "money"),)
    rows = [
        (
            f"{one['label'].capitalize()}, {day(one['from'])}–{day(one['to'])}, на {day(one['until'])}",
            one["cases"],
            one["paying"],
            *(one[name] for name, _ in EFFECT),
            one["change"],
        )
        for one in content["effect"]
    ]
    return Block("Что дали решения", heads, rows)
