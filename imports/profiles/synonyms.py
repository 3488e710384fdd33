# ruff: noqa: E501 - one pattern a line reads as a table
"""How registers call the fields of a neutral row: header text -> field name.

`FIELDS` is tried from top to bottom against the whole joined header («сальдо на начало / дебет»), folded by `header_key`.
"""

import re

from casedesk.common.text import fold

_HYPHENATION = re.compile(r"(?<=[а-я])-\s*(?=[а-я])")
_SIGNS = re.compile(r"[«»\"':;,.()\s\u00a0]+")
_DATED = re.compile(r"(\d{1,2})[ .](\d{1,2})[ .](\d{4})|(\d{4})[_\-](\d{2})[_\-](\d{2})")

_ACCOUNT = r"(?:лс|л/с|л/сч|лиц(?:евой|евого|вой)? ?сч[её]?т?а?|лицсч[её]т|счет абонента)"
_HOLDER = r"(?:фио|ф и о|абонент|наниматель|собственник|потребитель|плательщик|должник|квартиросъемщик|владелец|контрагент)"
_BALANCE = r"(?:сальдо|остаток|долг|задолженность|переплата)"

FIELDS: list[tuple[str, re.Pattern[str]]] = [
    (name, re.compile(pattern))
    for name, pattern in [
        ("age_bucket", r"(?:^|/ )(?:от |до |свыше |более )?(?:\d+ ?(?:до|–|-) ?)?\d+ ?мес(?:яц\w*)?(?: и более)?$"),
        ("debt_months", r"^(?:кол(?:ичест)?во|число)? ?(?:мес\w*)(?: долга| задолженности| просрочки)?$(?<!месяц)(?<!мес)|^мес\w* задолженности$"),
        ("debt_months", r"^кол(?:ичест)?во мес"),
        ("row_number", r"^(?:№|n|№ ?п/п|п/п|№ ?пп|номер по порядку|nn|npp|№скв|№ строки)$"),
        ("account_holder", rf"^(?:№ ?|номер )?{_ACCOUNT}(?: абонента)?[ /]+(?:и )?{_HOLDER}"),
        ("alias", r"^(?:елс|единый лицевой счет|единый лс|код лс|идентификатор жку|внешний (?:лс|лицевой счет)|старый (?:лс|лицевой счет)|els|zhku)\b"),
        ("account", rf"^(?:№ ?|номер |n )?{_ACCOUNT}(?: \(?(?:абонента|потребителя|иной идентификатор.*))?$"),
        ("account", r"^(?:номер лс|ls|lc|lshet|lschet|lchet|lits|n_lits|n_ls|nls|nomls|num_ls|ls_num|licschet|lic_sch|kod_ls|abon_id|account|account_number|acc)$"),
        ("last_name", r"^(?:фамилия|fam|familia|lastname|last_name)$"),
        ("first_name", r"^(?:имя|im|imja|firstname|first_name)$"),
        ("patronymic", r"^(?:отчество(?: при наличии)?|ot|otch|patronymic|middlename)$"),
        ("birth_date", r"^(?:дата рождения|д р|birth_date|birth|data_rogd|dr)$"),
        ("holder", rf"^(?:ответственн\w+ )?{_HOLDER}(?!\w)"),
        ("holder", r"^(?:наименование(?: абонента| потребителя| должника)?|fio|name|abonent|payer|family)$"),
        ("street_type", r"^(?:тип улицы|ultype|ul_type|street_type)$"),
        ("address", r"^(?:адрес\w*(?: помещения| объекта| дома)?(?: / .*)?|addr|address|adres)$"),
        ("town", r"^(?:город|населенный пункт|нас пункт|town|city|gorod|np|naspunkt)$"),
        ("street", r"^(?:улица|ул|ul|ulica|street)$"),
        ("house", r"^(?:дом|№ ?дома|номер дома|д|здание|dom|house|ndom)$"),
        ("corpus", r"^(?:корп|корпус|корп/стр|korp|korpus|corpus)$"),
        ("flat", r"^(?:кв|квартира|№ ?кв|№ ?квартиры|номер квартиры|кв №|помещение|№ ?помещения|номер помещения.*|kv|kvar|kvart|kvartira|flat|n_kv)$"),
        ("service_code", r"^(?:код услуги|servicecd|service_code|kod_usl|usl_kod)$"),
        ("service", r"^(?:услуга|вид услуги|вид начисления|наименование услуги|статья(?: начисления)?|service|servicenam|usl|usluga|name_usl|nam_usl)$"),
        ("year", r"^(?:год|god|year|yy)$"),
        ("month_number", r"^(?:mes|mec|month|mm|номер месяца)$"),
        ("month", r"^(?:период|расчетный период.*|учетный период|отчетный период|месяц|за месяц|месяц начисления|месяц год|период (?:оплаты|платежа|начисления)|period|period_ym|mesgod|mes_god)$"),
        ("penalty_opening", rf"^(?:вх\w*|нач(?!исл)\w*|на начало) ?{_BALANCE}? ?/ пен|^{_BALANCE} (?:на начало\w*|вх\w*|нач\w*)(?: периода)? ?/? пен"),
        ("penalty_closing", rf"^(?:исх\w*|кон\w*|на конец) ?{_BALANCE}? ?/ пен|^{_BALANCE} (?:на конец\w*|исх\w*|кон\w*)(?: периода)? ?/? пен"),
        ("penalty_paid", r"^(?:оплачен|оплат|поступ)\w* ?/? ?пен"),
        ("penalty", r"^(?:начислен\w* ?/? ?)?пен[иья]|^неустойк|^(?:peni|penalty|pen)$|^сумма пени"),
        ("opening_debit", rf"^{_BALANCE} (?:на начало|вх|нач)\w*(?: \w+)* / (?:дебет|дт)|^(?:вх|нач)\w* {_BALANCE} / (?:дебет|дт)|^(?:dv|sn_dt|dt_n)$"),
        ("opening_credit", rf"^{_BALANCE} (?:на начало|вх|нач)\w*(?: \w+)* / (?:кредит|кт)|^(?:вх|нач)\w* {_BALANCE} / (?:кредит|кт)|^(?:kv_in|sn_kt|kt_n)$"),
        ("closing_debit", rf"^{_BALANCE} (?:на конец|исх|кон)\w*(?: \w+)* / (?:дебет|дт)|^(?:исх|кон)\w* {_BALANCE} / (?:дебет|дт)|^(?:di|sk_dt|dt_k)$"),
        ("closing_credit", rf"^{_BALANCE} (?:на конец|исх|кон)\w*(?: \w+)* / (?:кредит|кт)|^(?:исх|кон)\w* {_BALANCE} / (?:кредит|кт)|^(?:ki|sk_kt|kt_k)$"),
        ("charged", r"^оборот\w*(?: \w+)* / (?:дебет|дт)"),
        ("paid", r"^оборот\w*(?: \w+)* / (?:кредит|кт)"),
        ("opening", rf"^{_BALANCE} ?(?:(?:населения )?на нач|вх|нач|на 1 число)|^(?:вх|нач|вход)\w* ?{_BALANCE}|^на начало|^(?:saldo_n|saldo_b|saldo_in|saldo_vh|saldon|sal_n|s_nach|opening)$"),
        ("opening", r"^задолженность за предыдущие периоды"),
        ("closing", rf"^{_BALANCE} ?(?:(?:населения )?на кон|исх|кон)|^(?:исх|кон)\w* ?{_BALANCE}|^на конец|^(?:saldo_k|saldo_e|saldo_out|saldo_ish|saldok|sal_k|s_kon|closing)$"),
        ("recalculated", r"^(?:всего |итого |разовые )?(?:пере ?расч|изменени|корректиров|доначислен|снято)|^(?:perer|pererasch|pereras|recalc|recalculated|izm)$"),
        ("charged", r"^(?:всего |итого |сумма )?(?:начисл)(?!ени[ея] по услугам|\w* ?/ (?:пен|гкал|тариф|объем|норматив))|^(?:nach|nachisl|nachisleno|nach_sum|charged|accrued)$"),
        ("last_paid_on", r"^(?:дата|день) посл\w* ?(?:опл|плат)"),
        ("amount", r"^(?:сумма(?: платежа| операции| оплаты| к зачислению)?(?: руб)?|summa|sum|amount|suma)$"),
        ("paid", r"^(?:всего |итого |сумма )?(?:оплач|оплат|поступ|уплач|погаш|внесен)(?!\w* дат)|^(?:opl|oplata|oplach|paid|opl_sum|sum_opl)$"),
        ("paid_on", r"^(?:дата|день)(?: платежа| оплаты| операции| поступления| приема| внесения| документа)?$|^(?:dat_opl|data_opl|date|data|dat|dt|paydate|date_pay|pay_date)$"),
        ("document", r"^(?:№ ?|номер |код )?(?:документа?|платежа|операции|квитанции|транзакции|чека)$|^(?:id платежа|суип|уип|documentcd|document|doc_no|ndoc|doc)$"),
        ("channel", r"^(?:вид|способ|канал|место|пункт|источник) (?:оплаты|платежа|приема\w*)$|^(?:banknam|channel|kassa)$"),
        ("note", r"^(?:примечани\w+|комментари\w+|назначение платежа|note)$"),
        ("area", r"^(?:общ\w* )?площадь|^площ\w*$|^(?:area|s_ob|pl|plosh|ploshad)$"),
        ("category", r"^(?:kind|категория (?:потребителя|абонента)|группа потребителей|тип (?:потребителя|абонента))$"),
        ("tenure", r"^(?:вид|форма) (?:собственности|пользования|права)(?: помещения| жилья)?$|^(?:статус|тип) (?:жилья|жилого помещения)$"),
        ("tenant", r"^является нанимателем\??$"),
        ("status", r"^(?:статус(?: лс| лицевого счета| обработки)?)$"),
        ("closed_on", r"^дата закрытия"),
        ("balance", rf"^(?:всего |итого |сумма |общая |текущ\w+ )?{_BALANCE}(?:и|а)?\b(?! за | на нач| на кон)|^баланс|^(?:debt|dolg|balance|saldo|debt_\d{{4}}_\d{{2}}_\d{{2}})$"),
        ("extra", r"^(?:writ_\w+|ip_\w+|bailiff|case_num|korr|peni_\w+)$"),
    ]
]  # fmt: skip
"""Order matters: the narrow names stand above the broad ones."""

SUMS = ("opening", "charged", "recalculated", "paid", "closing", "penalty")
DAMPED = {"opening_debit": ("opening", 1), "opening_credit": ("opening", -1), "closing_debit": ("closing", 1)}
DAMPED["closing_credit"] = ("closing", -1)
SINGLE = (
    frozenset(SUMS) | set(DAMPED) | {"account", "account_holder", "balance", "amount", "month", "paid_on", "service", "holder"}
)
"""Fields that one column may claim; a second claimant is an ambiguity to ask about."""


def header_key(text: str) -> str:
    """Folded header: hyphenation joined, punctuation dropped, spaces single."""
    return _SIGNS.sub(" ", _HYPHENATION.sub("", fold(text))).strip()


def field_of(joined: str) -> str:
    """Field name for a header already in `header_key` form with parts joined by « / », or "" when it says nothing to us."""
    for name, pattern in FIELDS:
        if pattern.search(joined):
            return name
    return ""


def day_in(header: str) -> tuple[int, int, int] | None:
    """(year, month, day) named in a header such as «Долг на 01.02.2024» or `debt_2024_02_01`."""
    found = _DATED.search(header)
    if not found:
        return None
    if found[3]:
        return int(found[3]), int(found[2]), int(found[1])
    return int(found[4]), int(found[5]), int(found[6])
