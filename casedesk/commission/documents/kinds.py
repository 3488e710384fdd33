"""Papers of a commission: the invitation of a debtor and the minutes."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.fields import Field

HERE = Path(__file__).parent / "texts"

SUMMONS = DocumentKind(
    "commission_summons",
    "Приглашение на комиссию",
    HERE / "commission_summons.txt",
    (
        Field("addressee", "адресат", "person", "кого приглашают"),
        Field("address", "адрес", "text", "адрес помещения"),
        Field("accounts", "лицевые_счета", "text", "номера лицевых счетов"),
        Field("creditor", "кому_должен", "text", "взыскатель, перед которым долг"),
        Field("commission", "комиссия", "text", "название комиссии"),
        Field("held_on", "день_заседания", "day", "день заседания"),
        Field("time", "время", "text", "время", required=False),
        Field("place", "место", "text", "место", required=False),
        Field("overdue", "сумма", "money", "просроченный долг на день приглашения"),
        Field("secretary", "секретарь", "text", "секретарь комиссии", required=False),
    ),
    total="overdue",
    addressee="addressee",
    address="address",
    about="Зовёт должника на заседание: где, когда, о каком долге, что взять с собой.",
)

ATTENDANCE = Field(
    "attendance",
    "состав",
    "table",
    "кто участвовал",
    columns=(
        Field("name", "имя", "text", "член комиссии"),
        Field("part", "кто", "text", "место в комиссии и должность"),
        Field("presence", "участие", "text", "лично, через представителя, нет"),
    ),
)
DECIDED = Field(
    "decided",
    "решения",
    "table",
    "что решили по каждому вопросу",
    required=False,
    columns=(
        Field("position", "номер", "text", "номер вопроса"),
        Field("debtor", "должник", "text", "должник, адрес, взыскатель"),
        Field("debt", "долг", "money", "долг в день заседания"),
        Field("came", "явка", "text", "явка должника", required=False),
        Field("decision", "решение", "text", "решение, срок, кто исполняет"),
        Field("votes", "голоса", "text", "за, против, воздержались", required=False),
    ),
)
MINUTES = DocumentKind(
    "commission_minutes",
    "Протокол заседания комиссии",
    HERE / "commission_minutes.txt",
    (
        Field("commission", "комиссия", "text", "название комиссии"),
        Field("minutes_number", "номер_протокола", "text", "номер протокола"),
        Field("held_on", "день_заседания", "day", "день заседания"),
        Field("place", "место", "text", "место", required=False),
        Field("topic", "тема", "text", "о чём заседание", required=False),
        Field("guests", "приглашены", "text", "кто приглашён", required=False),
        Field("members", "членов", "number", "членов с правом голоса"),
        Field("present", "участвуют", "number", "из них участвует"),
        Field("needed", "нужно", "number", "сколько нужно для кворума"),
        Field("presided", "вёл", "text", "кто вёл заседание"),
        Field("presided_part", "вёл_кто", "text", "председатель или заместитель"),
        Field("kept", "секретарь", "text", "кто вёл протокол"),
        ATTENDANCE,
        DECIDED,
        Field("is_draft", "проект", "flag", "ещё не подписан двумя людьми"),
        Field("presided_on", "подписал_вёл", "day", "день подписи ведущего", required=False),
        Field("kept_on", "подписал_секретарь", "day", "день подписи секретаря", required=False),
        Field("sha256", "отпечаток", "text", "отпечаток данных протокола", required=False),
    ),
    about="Кворум, явка, решения с голосами, сроками и исполнителями; подписанный протокол больше не меняется.",
)
KINDS = (SUMMONS, MINUTES)
