"""The side navigation as data. An app adds a line to `ENTRIES`; a person sees the lines their rights open."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casedesk.access.rights import Right
from casedesk.access.scope import Scope

WORK, TALK, COURT, MONEY = _("Работа"), _("До суда"), _("Суд и приставы"), _("Деньги")
COMMISSION, PAPERS = _("Комиссия"), _("Документы и расчёты")
REGISTERS, SETUP = _("Реестры"), _("Настройка")
SECTIONS = (WORK, TALK, COURT, COMMISSION, MONEY, PAPERS, REGISTERS, SETUP)


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
    Entry("desk:boards", _("Сводка"), "chart-column-stacked", Right.SEE_PLAN),
    Entry("debtors:cases", _("Дела"), "folder-open", Right.SEE_CASES),
    Entry("desk:deadlines", _("Сроки"), "calendar-clock", Right.SEE_CASES),
    Entry("desk:radar", _("Радар давности"), "radar", Right.SEE_CASES),
    Entry("plans:plans", _("Планы"), "target", Right.SEE_PLAN),
    Entry("debtors:notices", _("Напоминания"), "file-text", Right.SEE_CASES, TALK),
    Entry("debtors:agreements", _("Соглашения"), "handshake", Right.SEE_CASES, TALK),
    Entry("debtors:campaigns", _("Рассылки"), "send", Right.SEE_CASES, TALK),
    Entry("debtors:contacts", _("Обращения к должникам"), "message-square", Right.SEE_CASES, TALK),
    Entry("debtors:promises", _("Обещания оплатить"), "hand-coins", Right.SEE_CASES, TALK),
    Entry("debtors:rounds", _("Обходы"), "footprints", Right.SEE_CASES, TALK),
    Entry("enforcement:claims", _("Требования"), "scale", Right.SEE_CASES, COURT),
    Entry("enforcement:writs", _("Исполнительные документы"), "gavel", Right.SEE_WRITS, COURT),
    Entry("enforcement:proceedings", _("Производства"), "shield", Right.SEE_WRITS, COURT),
    Entry("enforcement:direct-payments", _("Прямые оплаты"), "banknote", Right.SEE_WRITS, MONEY),
    Entry("enforcement:complaints", _("Жалобы на приставов"), "megaphone", Right.SEE_WRITS, COURT),
    Entry("debtors:restrictions", _("Ограничение услуг"), "plug-zap", Right.SEE_CASES, TALK),
    Entry("debtors:outreach", _("Работа с населением"), "users", Right.SEE_OUTREACH, TALK),
    Entry("debtors:recipients", _("Письма руководителям"), "mail", Right.SEE_OUTREACH, REGISTERS),
    Entry("documents:documents", _("Документы"), "files", Right.SEE_DOCUMENTS, PAPERS),
    Entry("documents:runs", _("Печать пачками"), "printer", Right.SEE_DOCUMENTS, PAPERS),
    Entry("enforcement:reconciliations", _("Сверка с приставами"), "git-compare-arrows", Right.SEE_WRITS, COURT),
    Entry("enforcement:filing", _("Подача в суд"), "package", Right.SEE_CASES, COURT),
    Entry("enforcement:raids", _("Рейды"), "footprints", Right.SEE_RAIDS, COURT),
    Entry("commission:commissions", _("Комиссии"), "users", Right.SEE_COMMISSION, COMMISSION),
    Entry("commission:meetings", _("Заседания"), "calendar-check", Right.SEE_COMMISSION, COMMISSION),
    Entry("commission:decisions", _("Поручения комиссии"), "list-checks", Right.SEE_COMMISSION, COMMISSION),
    Entry("plans:commission-reports", _("Отчёты комиссии"), "file-text", Right.SEE_COMMISSION, COMMISSION),
    Entry("commission:reads", _("Журнал просмотров"), "eye", Right.SEE_READ_LOG, COMMISSION),
    Entry("debtors:rules", _("Правила открытия дел"), "sliders-horizontal", Right.EDIT_RULES, SETUP),
    Entry("enforcement:what-ifs", _("Проба правила"), "flask-conical", Right.EDIT_RULES, SETUP),
    Entry("enforcement:filing-policies", _("Порядок подачи"), "receipt", Right.EDIT_RULES, SETUP),
    Entry("debtors:strategies", _("Стратегии обращений"), "list-ordered", Right.EDIT_RULES, SETUP),
    Entry("access:requisites", _("Реквизиты"), "landmark", Right.EDIT_REQUISITES, SETUP),
    Entry("documents:templates", _("Шаблоны"), "file-pen-line", Right.EDIT_TEMPLATES, SETUP),
    Entry("common:jobs", _("Задания"), "hourglass", None, SETUP),
    Entry("access:people", _("Люди и роли"), "users", Right.MANAGE_PEOPLE, SETUP),
    Entry("imports:index", _("Загрузки"), "upload", Right.SEE_IMPORTS, REGISTERS),
    Entry("imports:bank-documents", _("Выписки"), "landmark", Right.SEE_IMPORTS, MONEY),
    Entry("imports:suspense", _("Невыясненные"), "circle-question-mark", Right.SEE_IMPORTS, MONEY),
    Entry("imports:doubts", _("Расхождения"), "git-compare", Right.SEE_IMPORTS, REGISTERS),
    Entry("debtors:accounts", _("Лицевые счета"), "wallet", Right.SEE_CASES, REGISTERS),
    Entry("debtors:premises-list", _("Помещения"), "building-2", Right.SEE_PREMISES, REGISTERS),
    Entry("enforcement:courts", _("Суды"), "gavel", Right.SEE_COURTS, REGISTERS),
    Entry("enforcement:departments", _("Отделы приставов"), "shield", Right.SEE_COURTS, REGISTERS),
    Entry("debtors:recovered", _("Взыскано"), "hand-coins", Right.SEE_CASES, MONEY),
    Entry("debtors:overpaid", _("Переплаты"), "undo-2", Right.SEE_CASES, MONEY),
    Entry("debtors:months", _("Закрытие месяцев"), "lock", Right.SEE_CASES, MONEY),
    Entry("debtors:write-offs", _("Списание"), "eraser", Right.SEE_CASES, MONEY),
    Entry("debtors:penalty-campaigns", _("Акции"), "badge-percent", Right.SEE_CASES, MONEY),
    Entry("plans:debt-packages", _("Обмен сведениями"), "package", Right.SEE_EXCHANGE, MONEY),
    Entry("desk:debt", _("Долг"), "chart-column-stacked", Right.SEE_PLAN, MONEY),
    Entry("desk:calculators", _("Калькуляторы"), "calculator", Right.SEE_NORMS, PAPERS),
    Entry("desk:norms", _("Нормы"), "scale", Right.SEE_NORMS, SETUP),
    Entry("desk:gallery", _("Компоненты"), "swatch-book", Right.MANAGE_PEOPLE, SETUP),
]


def sections(user, scope: Scope, path: str) -> list[dict]:
    """The lines this person may open, by section, with the current one marked and counters filled in."""
    shown: dict[str, list[dict]] = {section: [] for section in SECTIONS}
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
