"""Search over everything a person may see. Each kind of thing is a source; the page asks those the person's rights open."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casedesk.access.rights import Right
from casedesk.access.scope import Scope
from casedesk.common.text import fold
from debtors.models import CaseFile, Premises, UtilityAccount

SHOWN = 8


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found: `find` takes the user and folded words, `line` makes (title, subtitle, url)."""

    label: str
    icon: str
    right: str
    find: Callable[..., QuerySet]
    line: Callable
    list_name: str


@dataclass(frozen=True)
class Found:
    """The hits of one source, at most SHOWN of them; `more` says that there are others behind `url`."""

    source: Source
    hits: list[tuple[str, str, str]]
    more: bool
    url: str


def _by_search_column(queryset: QuerySet, words: list[str]) -> QuerySet:
    wanted = Q()
    for word in words:
        wanted &= Q(search__contains=word)
    return queryset.filter(wanted)


def _accounts(user, words):
    seen = UtilityAccount.objects.visible_to(user).select_related("premises__house", "creditor")
    return _by_search_column(seen, words).order_by("number", "pk")


def _account_line(one: UtilityAccount) -> tuple[str, str, str]:
    subtitle = f"{one.holder_name} · {one.premises or one.address_text}"
    return one.number, subtitle, reverse("debtors:account", args=[one.pk])


def _cases(user, words):
    return _by_search_column(CaseFile.objects.visible_to(user), words).order_by("-is_open", "-overdue", "pk")


def _case_line(one: CaseFile) -> tuple[str, str, str]:
    return f"№ {one.number}", f"{one.get_stage_display()} · {one.debtor_names} · {one.address}", one.get_absolute_url()


def _premises(user, words):
    """Words of the house's address; the last one may be the flat."""
    *house, last = words
    seen = Premises.objects.visible_to(user).select_related("house").order_by("house__address", "number_key")
    for word in house:
        seen = seen.filter(house__address_key__contains=word)
    ends = Q(house__address_key__contains=last)
    return seen.filter(ends | Q(number_key=last) if house else ends)


SOURCES = [
    Source(_("Дела"), "folder-open", Right.SEE_CASES, _cases, _case_line, "debtors:cases"),
    Source(
        _("Лицевые счета"),
        "wallet",
        Right.SEE_CASES,
        _accounts,
        _account_line,
        "debtors:accounts",
    ),
    Source(
        _("Помещения"),
        "building-2",
        Right.SEE_PREMISES,
        _premises,
        lambda one: (str(one), one.get_tenure_display(), reverse("debtors:premises", args=[one.pk])),
        "debtors:premises-list",
    ),
]
"""In the order of the page."""


def search(user, scope: Scope, text: str) -> list[Found]:
    """What the person may see and the words are in; nothing for an empty text."""
    words = fold(text).split()
    if not words:
        return []
    return [found for source in SOURCES if scope.may(source.right) and (found := _ask(source, user, words, text)).hits]


def _ask(source: Source, user, words: list[str], text: str) -> Found:
    rows = list(source.find(user, words)[: SHOWN + 1])
    url = reverse(source.list_name, query={"q": text})
    return Found(source, [source.line(row) for row in rows[:SHOWN]], len(rows) > SHOWN, url)
