"""What every page writes with: money, months and days as people read them, icons, badges, breadcrumbs.

Amounts are kopecks and months are the ints of `casedesk.common.months`; what is missing shows as a dash.
"""

import datetime as dt
from functools import cache

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from casedesk.access import gates
from casedesk.common import money as kopeck
from casedesk.common import months, ru

register = template.Library()

DASH = "—"
RUB = "\u00a0₽"
MISSING = (None, "")
"""What a template hands over when a link of the path is not there."""


@register.filter
def may_open(user, path: str) -> bool:
    """Whether the person has the right that the page at the path asks for: a link is shown only to them."""
    return gates.may_open(user, path)


@register.filter
def money(value: int | None) -> str:
    """Kopecks -> `1 234,56` with thin spaces."""
    return DASH if value in MISSING else kopeck.spaced(value)


@register.filter
def rub(value: int | None) -> str:
    """Kopecks -> `1 234,56 ₽`."""
    return DASH if value in MISSING else kopeck.spaced(value) + RUB


@register.filter
def rub_whole(value: int | None) -> str:
    """Kopecks -> `1 235 ₽`, half up: for tiles, where kopecks are noise."""
    if value in MISSING:
        return DASH
    whole = (abs(value) + 50) // 100 * 100
    return kopeck.spaced(whole if value >= 0 else -whole, kopecks_shown=False) + RUB


@register.filter
def rub_change(value: int | None) -> str:
    """Kopecks -> `+1 235 ₽` or `-1 235 ₽`: how a figure has changed."""
    return f"+{rub_whole(value)}" if value not in MISSING and value > 0 else rub_whole(value)


@register.filter
def number(value: int | None) -> str:
    """`12345` -> `12 345` with a thin space."""
    return DASH if value in MISSING else kopeck.spaced(value * 100, kopecks_shown=False)


@register.filter
def hundredths(value: int | None) -> str:
    """`250` -> `2,5`: months of debt, square metres and other numbers that are kept times 100."""
    if value in MISSING:
        return DASH
    return kopeck.spaced(value).rstrip("0").rstrip(",")


@register.filter
def percent(part: int, whole: int) -> str:
    """Share of a part in a whole with one place, half up; a dash when there is no whole."""
    if not whole:
        return DASH
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}\u00a0%"


@register.filter
def month(value: int | None) -> str:
    """Billing month -> `май 2024`, in the language of the page."""
    return DASH if value in MISSING else date_format(months.first_day(value), "F Y").lower()


@register.filter
def month_short(value: int | None) -> str:
    """Billing month -> `05.2024`."""
    return DASH if value in MISSING else months.short(value)


@register.filter
def day(value: dt.date | None) -> str:
    """Day -> `05.03.2024`."""
    return DASH if value in MISSING else value.strftime("%d.%m.%Y")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Moment -> `05.03.2024 14:05` by the installation's clock."""
    return DASH if value in MISSING else timezone.localtime(value).strftime("%d.%m.%Y %H:%M")


@register.filter
def plural(value: int, forms: str) -> str:
    """`{{ 5|plural:_("дело,дела,дел") }}` -> `5 дел`; a translation with two forms is one that counts one and many."""
    words = forms.split(",")
    if len(words) == 2:
        return f"{number(value)}\u00a0{words[value != 1]}"
    return ru.plural(value, *words)


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """A Lucide icon at text size. Hidden from screen readers unless it has a label of its own."""
    said = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return lucide(name, size=18, **{"class": "icon", **said})


@register.simple_tag
def badge(text: str, tone: str = "", icon_name: str = "") -> SafeString:
    """A pill: tone is one of info, ok, warn, danger, court, or empty for neutral."""
    return format_html('<span class="badge {}">{}{}</span>', tone, icon(icon_name) if icon_name else "", text)


@register.simple_tag
def crumb(label: str, url_name: str = "", *args) -> SafeString:
    """One step of the way here: a link, or plain text for the page itself."""
    if not url_name:
        return format_html('<li aria-current="page">{}</li>', label)
    return format_html('<li><a href="{}">{}</a></li>', reverse(url_name, args=args), label)


@register.filter
def days_left(value: dt.date | None, today: dt.date) -> str:
    """How far a day is: `сегодня`, `через 3 дня`, `просрочено на 2 дня`."""
    if value in MISSING:
        return DASH
    left = (value - today).days
    if left == 0:
        return _("сегодня")
    days = plural(abs(left), _("день,дня,дней"))
    return (_("через %s") if left > 0 else _("просрочено на %s")) % days
