"""How departments and creditors call the columns of their registers, and where in a sheet the header stands.

АИС column names (`O_IP.IPNO`) leak into the spreadsheets that departments send, so they are known too.
"""

import re
from dataclasses import dataclass

from imports.profiles.header import DEEPEST, Header, is_value, join
from imports.sheets import LOOK_AHEAD, Sheet

_FIELDS: list[tuple[str, re.Pattern[str]]] = [
    (name, re.compile(pattern))
    for name, pattern in [
        ("row_number", r"^(?:№|n|№ ?п/п|п/п|№ ?пп)$"),
        ("account", r"^(?:№ ?|номер )?(?:лс|л/с|лицевой счет|лиц счет)$"),
        ("data_proceeding", r"^exe_production$"),
        ("data_details", r"^details$"),
        ("data_subject", r"^subject$"),
        ("data_department", r"^department$"),
        ("data_bailiff", r"^bailiff$"),
        ("data_end", r"^ip_end$"),
        ("debtor", r"^name$"),
        ("creditor_inn", r"^инн взыскателя$"),
        ("creditor", r"^(?:наименование )?взыскател\w*$|^id_crdr_?name$"),
        ("debtor_all", r"^(?:фио )?должник\w*,? (?:его )?дата рождения(?: и|,)? адрес"),
        ("birth_date", r"^(?:дата|год) рожд\w*(?: должника)?$|^(?:id_)?dbtr_?born$"),
        ("address", r"^адрес(?: должника| проживания| регистрации)?$|^(?:id_)?dbtr_?adr$"),
        ("debtor", r"^(?:фио |ф и о |наименование )?должник\w*(?: фио)?$|^(?:id_)?dbtr_?name$|^фио$"),
        ("writ_all", r"^вид\W+№ и дата ид$|^(?:реквизиты|сведения об?) (?:ид|исполнительно\w+ документ\w+)$"),
        ("writ_date", r"^дата (?:выдачи )?(?:ид|исполнительн\w+ документ\w*)$|^(?:o_ip )?id_?doc_?date$"),
        ("writ_number", r"^(?:№|номер) ?(?:и/?д|исполнительн\w+ (?:документ\w*|лист\w*))$|^(?:o_ip )?id_?doc_?no$"),
        ("writ_kind", r"^вид (?:ид|исполнительн\w+ документ\w*)$"),
        ("court", r"^(?:суд|орган выдавший (?:ид|исполнительн\w+ документ)|кем выдан(?: ид)?)$|^(?:o_ip )?id_?court_?name$"),
        ("presented_on", r"^дата (?:предъявлени\w+|поступлени\w+|направлени\w+ ид)(?: (?:ид )?в (?:осп|отдел\w*))?$"),
        ("presented_on", r"^дата и исх\w* № предъявления"),
        ("principal", r"^(?:основной долг|сумма основного долга|долг)$"),
        ("penalty", r"^(?:пени|пеня|неустойка)$"),
        ("duty", r"^(?:госпошлина|гос пошлина|судебные расходы)$"),
        ("total", r"^(?:всего|итого|сумма всего)$"),
        ("claimed", r"^сумма(?: долга)? по ид|^сумма (?:долга|взыскания|требований)|^(?:o_ip )?id_?debt_?sum$"),
        ("consolidated", r"^(?:№|номер) (?:сводного|св) (?:ип|исполнительн\w+ производств\w*)$"),
        ("proceeding", r"^(?:№|номер)(?:, дата)? ?(?:ип|исполнительн\w+ производств\w*)$|^(?:o_ip )?ip_?no$"),
        ("opened_on", r"^дата возб\w*(?: ип| исполнительн\w+ производств\w*)?$|^(?:o_ip )?ip_?rise_?date$"),
        ("bailiff", r"^(?:судебный пристав(?:[- ]?исполнитель)?|спи|фио спи|пристав\w*)$|^spi$"),
        ("collected", r"^(?:взыскано|перечислено|сумма взысканная)"),
        ("remaining", r"^остат\w*(?: долга| задолженности)?|^(?:o_ip )?ip_?rest_?debt_?sum$"),
        ("status", r"^(?:статус|состояние)(?: ип| производства)?$"),
        ("ended_on", r"^дата (?:окончания|прекращения|окончания/прекращения)(?: ип)?$"),
        ("ended_all", r"^дата и основание окончания|^дата окончания и основание"),
        ("ground", r"^(?:основание|причина)(?: окончания| прекращения)?"),
        ("ground_article", r"^(?:ст|статья)$"),
        ("ground_part", r"^(?:ч|часть)$"),
        ("ground_point", r"^(?:п|пункт)$"),
        ("sent_on", r"^дата (?:направления|отправки)(?: постановления| взыскателю)?"),
        ("note", r"^примечани\w*$"),
        ("requisites", r"^(?:реквизиты|приложения|прилож)"),
    ]
]  # fmt: skip
_LEAST_KNOWN = 4


@dataclass(frozen=True)
class Found:
    """A header with the fields it holds: field -> column."""

    header: Header
    columns: dict[str, int]

    @property
    def shown(self) -> dict[str, str]:
        return {name: self.header.texts[at] for name, at in self.columns.items()}


def field_of(joined: str) -> str:
    """The field that a folded header names; for joined headers also the lower part alone («Окончание / статья»)."""
    for text in (joined.replace(" / ", " "), joined.rpartition(" / ")[2]):
        for name, pattern in _FIELDS:
            if text and pattern.search(text):
                return name
    return ""


def find_columns(sheet: Sheet) -> Found | None:
    """The header that names most of the fields, up to three rows deep; None when it is no bailiffs' table."""
    rows = sheet.peek(LOOK_AHEAD)
    best: Found | None = None
    best_score = (_LEAST_KNOWN - 1, 0)
    for first in range(len(rows)):
        for last in range(first, min(first + DEEPEST, len(rows))):
            if not _words_only(rows[last][1]):
                break
            found = _named(join(sheet, rows, first, last))
            score = (len(found.columns), first - last)
            if len(found.columns) >= _LEAST_KNOWN and score > best_score:
                best, best_score = found, score
    return best


def _words_only(cells) -> bool:
    filled = [cell for cell in cells if cell not in (None, "")]
    return bool(filled) and not any(is_value(cell) for cell in filled)


def _named(header: Header) -> Found:
    columns: dict[str, int] = {}
    for at, key in enumerate(header.keys):
        name = field_of(key) if key else ""
        if name:
            columns.setdefault(name, at)
    return Found(header, columns)


def layout_of(columns: dict[str, int]) -> str:
    """Which kind of register has these columns; empty for none of ours."""
    names = set(columns)
    if {"data_proceeding", "data_details", "debtor"} <= names:
        return "data_bank"
    has_writ = bool(names & {"writ_number", "writ_all"})
    if (
        names & {"proceeding"}
        and names & {"status", "collected", "remaining", "ended_on", "bailiff"}
        and (has_writ or "debtor" in names)
    ):
        return "reply"
    if has_writ and names & {"principal", "total", "claimed"} and names & {"debtor", "account", "debtor_all"}:
        return "writs"
    return ""
