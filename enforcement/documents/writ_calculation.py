"""The calculation that lies in a writ's package; the other papers of it stand in `kinds`."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import SumOf
from casedesk.documents.rules.fields import Field

WRIT_CALCULATION = DocumentKind(
    "writ_calculation",
    "Расчёт остатка по исполнительному документу",
    Path(__file__).parent / "texts" / "writ_calculation.txt",
    (
        Field("writ", "документ", "text", "вид, номер и день исполнительного документа"),
        Field("debtor", "должник", "person", "должник"),
        Field("address", "адрес", "text", "адрес должника"),
        Field("as_of", "на_день", "day", "на какой день остаток"),
        Field(
            "rows",
            "части",
            "table",
            "составляющие долга",
            columns=(
                Field("part", "что", "text", "основной долг, пени, госпошлина"),
                Field("granted", "присуждено", "money", "присуждено"),
                Field("collected", "взыскано", "money", "взыскано"),
                Field("remaining", "осталось", "money", "осталось"),
            ),
        ),
        Field("granted", "присуждено", "money", "присуждено всего"),
        Field("collected", "взыскано", "money", "взыскано всего"),
        Field("total", "осталось", "money", "осталось всего"),
    ),
    checks=(SumOf("rows", "granted", "granted"), SumOf("rows", "collected", "collected"), SumOf("rows", "remaining", "total")),
    total="total",
    addressee="debtor",
    address="address",
    about="Сколько присуждено, взыскано и осталось взыскать по документу.",
)
