"""Papers for court and bailiffs: application for an order, statement of claim, to open proceedings, travel ban, complaint."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import Adds, SumOf
from casedesk.documents.rules.fields import Field
from enforcement.documents.writ_calculation import WRIT_CALCULATION

HERE = Path(__file__).parent / "texts"

DEBTORS = Field(
    "debtors",
    "должники",
    "table",
    "должники с данными для суда",
    columns=(
        Field("name", "имя", "person", "имя или наименование"),
        Field("born", "родился", "day", "дата рождения", required=False),
        Field("birthplace", "место_рождения", "text", "место рождения", required=False),
        Field("address", "адрес", "text", "адрес", required=False),
        Field("identifier", "идентификатор", "text", "СНИЛС, ИНН, паспорт или «неизвестен»", required=False),
        Field("part", "как_отвечает", "text", "«солидарно» или «в доле 1/3»", required=False),
    ),
)
CALCULATION = Field(
    "lines",
    "расчёт",
    "table",
    "расчёт по месяцам и услугам",
    columns=(
        Field("account", "счёт", "text", "лицевой счёт"),
        Field("month", "месяц", "month", "месяц начисления"),
        Field("at_least", "и_ранее", "flag", "часть входящего остатка: этот месяц или раньше"),
        Field("service", "услуга", "text", "услуга"),
        Field("amount", "долг", "money", "основной долг"),
        Field("penalty", "пени", "money", "пени"),
    ),
)
ATTACHED = Field(
    "attached", "приложения", "table", "что приложено", columns=(Field("title", "название", "text", "документ и листы"),)
)
CLAIM = (
    Field("court", "суд", "text", "наименование суда или участка"),
    Field("court_address", "адрес_суда", "text", "адрес суда", required=False),
    DEBTORS,
    Field("main_debtor", "должник", "person", "первый должник: для обращений в падежах"),
    Field("jointly", "солидарно", "flag", "должники отвечают солидарно"),
    Field("of_citizens", "гражданин", "flag", "должник – гражданин: действует Жилищный кодекс"),
    Field("ground", "основание", "text", "«собственник», «наниматель по договору социального найма»", required=False),
    Field("in_arbitrazh", "арбитраж", "flag", "дело арбитражного суда"),
    Field("premises", "помещение", "text", "адрес помещения"),
    Field("accounts", "лицевые_счета", "text", "номера лицевых счетов"),
    Field("period_from", "период_с", "month", "первый месяц требования"),
    Field("period_to", "период_по", "month", "последний месяц требования"),
    Field("penalty_through", "пени_по", "day", "по какой день посчитаны пени", required=False),
    Field("principal", "основной_долг", "money", "основной долг"),
    Field("penalty", "пени", "money", "пени", required=False),
    Field("price", "цена", "money", "основной долг и пени: цена требования"),
    Field("duty", "пошлина", "money", "госпошлина", required=False),
    Field("duty_credited", "пошлина_зачтена", "money", "зачтено из уплаченного за отменённый приказ", required=False),
    Field("notice", "претензия", "text", "когда и как предупреждён должник", required=False),
    CALCULATION,
    ATTACHED,
)
CLAIM_CHECKS = (
    SumOf("lines", "amount", "principal"),
    SumOf("lines", "penalty", "penalty"),
    Adds(("principal", "penalty"), "price"),
)
COURT_ORDER_APPLICATION = DocumentKind(
    "court_order_application",
    "Заявление о судебном приказе",
    HERE / "court_order_application.txt",
    CLAIM,
    checks=CLAIM_CHECKS,
    total="price",
    addressee="court",
    address="premises",
    about="ГПК РФ ст. 121-124. С расчётом по месяцам и услугам на отдельных листах.",
)
CLAIM_STATEMENT = DocumentKind(
    "claim_statement",
    "Исковое заявление",
    HERE / "claim_statement.txt",
    (
        *CLAIM,
        Field("cancelled_order", "отменённый_приказ", "text", "номер и день отмены приказа", required=False),
    ),
    checks=CLAIM_CHECKS,
    total="price",
    addressee="court",
    address="premises",
    about="ГПК РФ ст. 131-132, АПК РФ ст. 125-126. С расчётом по месяцам и услугам на отдельных листах.",
)
WRIT = (
    Field("writ", "документ", "text", "вид, номер и день исполнительного документа"),
    Field("issued_by", "кем_выдан", "text", "кто выдал и по какому делу", required=False),
    Field("debtor", "должник", "person", "должник"),
    Field("born", "родился", "day", "дата рождения", required=False),
    Field("birthplace", "место_рождения", "text", "место рождения", required=False),
    Field("address", "адрес", "text", "адрес должника"),
    Field("identifier", "идентификатор", "text", "СНИЛС, ИНН или паспорт", required=False),
    Field("principal", "основной_долг", "money", "осталось взыскать: основной долг"),
    Field("penalty", "пени", "money", "осталось взыскать: пени", required=False),
    Field("duty", "пошлина", "money", "осталось взыскать: госпошлина", required=False),
    Field("total", "всего", "money", "осталось взыскать"),
)
WRIT_CHECKS = (Adds(("principal", "penalty", "duty"), "total"),)
DEPARTMENT = (
    Field("department", "отдел", "text", "отдел судебных приставов"),
    Field("department_address", "адрес_отдела", "text", "адрес отдела", required=False),
)
BAILIFF_APPLICATION = DocumentKind(
    "bailiff_application",
    "Заявление приставам о возбуждении",
    HERE / "bailiff_application.txt",
    (
        *DEPARTMENT,
        *WRIT,
        Field("property", "имущество", "text", "что известно об имуществе, счетах и работе", required=False),
        Field("asks_travel_ban", "просит_ограничить_выезд", "flag", "долг достиг порога статьи 67"),
        ATTACHED,
    ),
    checks=WRIT_CHECKS,
    total="total",
    addressee="department",
    address="address",
    about="229-ФЗ ст. 30. С реквизитами взыскателя для перечисления.",
)
TRAVEL_BAN_PETITION = DocumentKind(
    "travel_ban_petition",
    "Ходатайство об ограничении выезда",
    HERE / "travel_ban_petition.txt",
    (
        *DEPARTMENT,
        *WRIT,
        Field("proceeding", "производство", "text", "номер и день производства", required=False),
        Field("threshold", "порог", "money", "порог статьи 67 на день ходатайства"),
    ),
    checks=WRIT_CHECKS,
    total="total",
    addressee="department",
    address="address",
    about="229-ФЗ ст. 67: когда долг достиг порога.",
)
INACTION_COMPLAINT = DocumentKind(
    "inaction_complaint",
    "Жалоба на бездействие пристава",
    HERE / "inaction_complaint.txt",
    (
        *DEPARTMENT,
        *WRIT,
        Field("to_court", "в_суд", "flag", "жалоба подаётся в суд, иначе старшему приставу"),
        Field("court", "суд", "text", "наименование суда", required=False),
        Field("proceeding", "производство", "text", "номер и день производства", required=False),
        Field("sent_on", "предъявлен", "day", "когда документ предъявлен", required=False),
        Field("inaction", "бездействие", "text", "чего пристав не сделал, со статьёй"),
        Field("term_ended_on", "срок_истёк", "day", "последний день срока"),
        Field("demand", "требование", "text", "что обязать сделать"),
        Field("bailiff", "пристав", "text", "судебный пристав-исполнитель", required=False),
    ),
    checks=WRIT_CHECKS,
    total="total",
    addressee="department",
    address="address",
    about="229-ФЗ ст. 121-124: срок прошёл, а действие не совершено.",
)
DIRECT_PAYMENT_NOTICE = DocumentKind(
    "direct_payment_notice",
    "Уведомление приставу о прямой оплате",
    HERE / "direct_payment_notice.txt",
    (
        *DEPARTMENT,
        Field(
            "payments",
            "оплаты",
            "table",
            "оплаты по производствам",
            columns=(
                Field("proceeding", "производство", "text", "номер производства"),
                Field("debtor", "должник", "text", "должник"),
                Field("writ", "документ", "text", "исполнительный документ"),
                Field("paid_on", "оплачено", "day", "день оплаты"),
                Field("amount", "сумма", "money", "сумма"),
            ),
        ),
        Field("total", "всего", "money", "сумма оплат"),
    ),
    checks=(SumOf("payments", "amount", "total"),),
    total="total",
    addressee="department",
    about="229-ФЗ ст. 47, ГК РФ ст. 408: чтобы оплаченное не было взыскано второй раз.",
)
KINDS = (
    COURT_ORDER_APPLICATION,
    CLAIM_STATEMENT,
    BAILIFF_APPLICATION,
    TRAVEL_BAN_PETITION,
    INACTION_COMPLAINT,
    WRIT_CALCULATION,
    DIRECT_PAYMENT_NOTICE,
)
