"""A bank statement full of what spoils purposes in life, and the truth of every document of it.

The money stands in no register, so the statement is loaded for its own sake: to measure how much of it a program places by
itself, and whether it ever places it wrongly. `matchable`: the text holds a number that leads to one account of ours, and
nothing in it speaks against that account but a slip of the pen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from casedesk.common import months
from casedesk.town.facts import TownAccount
from casedesk.town.files.base import Sheet
from casedesk.town.files.statement import TREASURER, Document, Statement
from casedesk.town.people import full_name, genitive, initials
from casedesk.town.plan import CREDITORS, TownPlan
from casedesk.town.writs import TownWrit

FILE = "bank_noise.txt"
FIELD = 210
"""A payment order's purpose ends here."""
HOME = ("owner", "social_tenant")
TRANSFERS = 24
"""Transfers of one proceeding: a year of advances and wages, so that even rare spoils come up many times in a town."""
_CREDITOR = CREDITORS[0]
_SAVINGS = ("ПАО СБЕРБАНК", "7707083893", "30232810300000000047")
_EMPLOYER = ("АО «ОЗЁРНЫЙ РЫБОКОМБИНАТ»", "5199007788", "40702810147000000033")
_CLEAN = (
    "Взыскание по ИП № {ip} от {opened} в отношении {genitive}",
    "По и/п {ip} взыскан долг с {name} Судебный приказ {order} от {issued}",
    "И/П {ip};{initials};Судебный приказ№{order}от{issued}",
    "Перечисление средств в счет погашения долга взыскателю: {creditor}, ИП {ip}, ИД № {order} от {issued}, должник: {upper}",
    "исп.пр-во {lower} {name}",
    "суд.пр {order} ИП {bare}",
    "Взыск по  ИП  №  {spaced}  д-к {initials}",
    "Оплата задолженности по ИП № {ip} от {iso} в отношении {genitive}",
    "И/п {ip}",
    "Взыскание по исп. пост. {decree} от {issued}. СПИ {bailiff} по и/п № {ip} от {opened}",
    "Судебный приказ {order} от {issued} по и/п {ip}",
    "(05491Я00340) Переч. ДС в счет погаш. долга: {creditor} по и/п {ip}, с/п {order} от {issued}, {name} СПИ {bailiff}",
    "Долг по ИД {order} от {issued}",
    "с/пр № {order} от {issued}; взыскано с должника {genitive}",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One document's truth: whose it is (empty: nobody's alone), whether a program can place it, what spoilt it."""

    account: str
    matchable: bool
    noise: str


def write_noise(plan: TownPlan, root: Path, writs: list[TownWrit], accounts: list[TownAccount]) -> tuple[Sheet, dict]:
    """Write the statement under `root`; return its sheet and the truth by document number."""
    period = plan.last + 1
    sheet = Sheet(root / FILE, "bank_statement", _CREDITOR.code, plan.today, period)
    statement, truth, rng = Statement(sheet, _CREDITOR), {}, Random(f"{plan.seed}:noise")
    first = months.first_day(period)
    for serial, (payer, purpose, told) in enumerate(_documents(rng, writs, accounts), start=1):
        number = str(700000 + serial)
        day = first.replace(day=1 + serial % 20)
        statement.documents.append(Document(number, day, rng.randrange(1_000, 60_000), payer, purpose))
        truth[number] = {"account": told.account, "matchable": told.matchable, "noise": told.noise}
    statement.close()
    return sheet, truth


def _documents(rng: Random, writs: list[TownWrit], accounts: list[TownAccount]) -> Iterator[tuple[tuple, str, Told]]:
    opened = [writ for writ in writs if writ.proceeding]
    for writ in opened:
        for _ in range(TRANSFERS):
            yield _of_bailiffs(rng, writ, opened)
    homes = [one for one in accounts if one.category in HOME]
    for account in homes[:: max(1, len(homes) // max(len(opened), 60))]:
        yield _of_citizen(rng, account)
    for place in range(len(opened) // 6 + 4):
        yield _of_others(rng, place)


def _of_bailiffs(rng: Random, writ: TownWrit, others: list[TownWrit]) -> tuple[tuple, str, Told]:
    spoil = rng.choices([None, *_SPOILT], [88, *(weight for _, weight in _SPOILT.values())])[0]
    if spoil is None:
        payer = rng.choices((TREASURER, _SAVINGS, _EMPLOYER), (88, 7, 5))[0]
        if payer is TREASURER:
            return payer, _worded(rng.choice(_CLEAN), writ), Told(writ.account.number, True, "")
        wording = "{{}} 54ПБ Взыскание по ИД от {issued} №{order} {upper}"
        if payer is _EMPLOYER:
            wording = "Удержание из з/п {short_genitive} за 03.2026 по исп.док. {order} от {issued}, ИП {ip}. //ВЗС//8450-35//"
        return payer, _worded(wording, writ), Told(writ.account.number, True, "")
    purpose, mine, matchable = _SPOILT[spoil][0](rng, writ, others)
    return TREASURER, purpose, Told(writ.account.number if mine else "", matchable, spoil)


# --- what goes wrong: (purpose, is it the writ's account, can a program place it) ---------------------------------------
def _digit_typo(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    number = writ.proceeding
    place = rng.randrange(0, number.index("/"))
    wrong = number[:place] + str((int(number[place]) + rng.randrange(1, 9)) % 10) + number[place + 1 :]
    return f"По и/п {wrong} взыскан долг с {writ.account.holder}", True, False


def _name_typo(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    name = writ.account.holder
    place = rng.randrange(1, max(2, len(name.split()[0]) - 1))
    wrong = name[:place] + "ъ" + name[place + 1 :]
    return f"По и/п {writ.proceeding} взыскан долг с {wrong}", True, True


def _cut(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    text = "Перечисление взысканных денежных средств взыскателю в счет погашения задолженности по оплате коммунальных услуг "
    text += "по постановлению о распределении денежных средств от должника "
    padded = (text + "по исполнительному производству ").ljust(FIELD - rng.randrange(3, 9), ".")
    return (padded + writ.proceeding)[:FIELD], True, False


def _two_proceedings(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    other = rng.choice([one for one in others if one is not writ] or others)
    return f"Погашение долга по ИП {writ.proceeding}; ИП {other.proceeding} согласно реестру", False, False


def _wrong_person(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    name = full_name(rng)
    while name.split()[1:] == writ.account.holder.split()[1:]:
        name = full_name(rng)
    return f"По и/п {writ.proceeding} взыскан долг с {name}", False, False


def _name_only(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    return f"Погашение долга: {writ.account.holder}", True, False


def _case_only(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    return f"Взыскание задолженности №СП-{writ.number}", True, False


def _unknown_proceeding(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    return (
        f"Судебный приказ 2-{rng.randrange(90_000, 99_999)}/2019 по и/п {rng.randrange(900_000, 999_999)}/19/34040-ИП",
        False,
        False,
    )


def _refund(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    return f"Возврат ошибочно перечисленных средств по ИП {writ.proceeding}", False, False


def _fee(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    return f"Исполнительский сбор по ИП {writ.proceeding}", False, False


def _moved(rng: Random, writ: TownWrit, others) -> tuple[str, bool, bool]:
    return f"Переч. в другое ОСП по распоряж. от должника {initials(writ.account.holder)} по ИП {writ.proceeding}", False, False


Spoil = Callable[[Random, TownWrit, list[TownWrit]], tuple[str, bool, bool]]
_SPOILT: dict[str, tuple[Spoil, int]] = {
    "digit_typo": (_digit_typo, 2),
    "name_typo": (_name_typo, 1),
    "cut": (_cut, 1),
    "two_proceedings": (_two_proceedings, 2),
    "wrong_person": (_wrong_person, 1),
    "name_only": (_name_only, 1),
    "case_only": (_case_only, 1),
    "unknown_proceeding": (_unknown_proceeding, 1),
    "refund": (_refund, 1),
    "fee": (_fee, 1),
    "moved": (_moved, 1),
}


def _of_citizen(rng: Random, account: TownAccount) -> tuple[tuple, str, Told]:
    payer = (account.holder.upper(), "", f"408178100470{rng.randrange(10**7, 10**8)}")
    wording = rng.choice(
        (
            "ЛС {number}; {address};{lower_name}. НДС не облагается",
            "ЛС: {number}",
            "период 202609 ЛС {number} {address}; {upper}",
            "Оплата за тепло л/с {number}",
            "за квартиру",
        )
    )
    name = account.holder
    purpose = wording.format(
        number=account.number, address=account.place.full_address, lower_name=name.lower(), upper=name.upper()
    )
    lost = wording == "за квартиру"
    return payer, purpose, Told(account.number, not lost, "no_number" if lost else "")


def _of_others(rng: Random, place: int) -> tuple[tuple, str, Told]:
    firm = (f"ООО «ПРИБОЙ-{place}»", "5199001234", f"4070281024700{rng.randrange(10**6, 10**7)}")
    wording = rng.choice(
        (
            "Оплата по счету № 2-{n}/2026 от 15.03.2026 за теплоснабжение. В т.ч. НДС 20%",
            "Оплата по договору {n}/22 от 01.03.2026",
            "{{VO70060}} Заработная плата по реестру №{n} от 05.03.2026",
        )
    )
    return firm, wording.format(n=100 + place), Told("", False, "business")


def _worded(wording: str, writ: TownWrit) -> str:
    name, bare = writ.account.holder, writ.proceeding.removesuffix("-ИП")
    short = initials(name).split(" ")
    bent = genitive(name)
    return wording.format(
        ip=writ.proceeding,
        bare=bare,
        lower=writ.proceeding.lower(),
        spaced=bare.replace("/", " / ") + " - ИП",
        opened=f"{writ.opened_on:%d.%m.%Y}",
        iso=writ.opened_on.isoformat(),
        order=writ.number,
        issued=f"{writ.issued_on:%d.%m.%Y}",
        name=name,
        upper=name.upper(),
        initials=" ".join(short),
        genitive=bent,
        short_genitive=" ".join([bent.split(" ")[0], *short[1:]]),
        bailiff=writ.bailiff.upper().replace(".", ". ").strip(),
        creditor=_CREDITOR.name,
        decree=f"{453000000 + int(writ.account.number[-6:])}/5134",
    )
