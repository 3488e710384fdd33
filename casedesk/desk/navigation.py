"""The side navigation as data. An app adds a line to `ENTRIES`; a person sees the lines their rights open."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casedesk.access.rights import Right
from casedesk.access.scope import Scope

WORK, REGISTERS, SETUP = _("Работа"), _("Реестры"), _("Настройка")


@dataclass(frozen=True)
class Entry:
    """A line of the navigation. `right` None: everybody signed in. `counter` takes the user and gives a number or None."""

    url_name: str
    label: str
    icon: str
    right: str | None = None
    section: str = WORK
    counter: Callable | None = None
    prefix: bool = True
    """True: the line stays marked on every address below its own."""


ENTRIES: list[Entry] = [
    Entry("desk:today", _("Сегодня"), "sun", prefix=False),
    Entry("debtors:cases", _("Дела"), "folder-open", Right.SEE_CASES),
    Entry("debtors:notices", _("Напоминания"), "file-text", Right.SEE_CASES),
    Entry("desk:deadlines", _("Сроки"), "calendar-clock", Right.SEE_CASES),
    Entry("desk:radar", _("Радар давности"), "radar", Right.SEE_CASES),
    Entry("debtors:rules", _("Правила открытия дел"), "sliders-horizontal", Right.EDIT_RULES, SETUP),
    Entry("common:jobs", _("Задания"), "hourglass", None, SETUP),
    Entry("access:people", _("Люди и роли"), "users", Right.MANAGE_PEOPLE, SETUP),
    Entry("imports:index", _("Загрузки"), "upload", Right.SEE_IMPORTS, REGISTERS),
    Entry("imports:doubts", _("Расхождения"), "git-compare", Right.SEE_IMPORTS, REGISTERS),
    Entry("debtors:accounts", _("Лицевые счета"), "wallet", Right.SEE_CASES, REGISTERS),
    Entry("debtors:premises-list", _("Помещения"), "building-2", Right.SEE_PREMISES, REGISTERS),
    Entry("desk:debt", _("Долг"), "chart-column-stacked", Right.SEE_PLAN),
    Entry("plans:plans", _("Планы"), "target", Right.SEE_PLAN),
    Entry("desk:calculators", _("Калькуляторы"), "calculator", Right.SEE_NORMS),
    Entry("desk:norms", _("Нормы"), "scale", Right.SEE_NORMS, SETUP),
    Entry("desk:gallery", _("Компоненты"), "swatch-book", Right.MANAGE_PEOPLE, SETUP),
]


def sections(user, scope: Scope, path: str) -> list[dict]:
    """The lines this person may open, by section, with the current one marked and counters filled in."""
    shown: dict[str, list[dict]] = {section: [] for section in (WORK, REGISTERS, SETUP)}
    for entry in ENTRIES:
        if entry.right is None or scope.may(entry.right):
            shown[entry.section].append(_link(entry, user, path))
    return [{"label": "" if label is WORK else label, "links": links} for label, links in shown.items() if links]


def _link(entry: Entry, user, path: str) -> dict:
    url = reverse(entry.url_name)
    return {
        "url": url,
        "label": entry.label,
        "icon": entry.icon,
        "count": entry.counter(user) if entry.counter else None,
        "current": path.startswith(url) if entry.prefix else path == url,
    }
