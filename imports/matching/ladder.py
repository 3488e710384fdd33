"""The matching ladder: from what a bank document says and what our books know to one of five answers.

* auto: an exact key (proceeding; writ or order with its date or name; whole account number) and nothing against it;
* suggest: one candidate by weaker evidence, a person confirms;
* review: several candidates, a contradiction, a doubtful or unknown number;
* none: not a debtor's payment; register: the total of a bank's register.

A name alone never books, likeness of names never counts. Pure: the caller looks the keys up (`imports.queries.match_book`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from imports.matching import person
from imports.matching.keys import proceeding_key, writ_key
from imports.matching.purpose import OBJECTIONS, Examined

AUTO, SUGGEST, REVIEW, NONE, REGISTER = "auto", "suggest", "review", "none", "register"
BAILIFF, TREASURY, CITIZEN, BANK, FIRM = "bailiff", "treasury", "citizen", "bank", "firm"
MOST_CANDIDATES = 6


@dataclass(frozen=True)
class Hit:
    """An account of ours that a key leads to, with the writ and proceeding of that key when it has them."""

    account_id: int
    account: str
    names: tuple[str, ...] = ()
    writ_id: int | None = None
    writ: str = ""
    court_case: str = ""
    issued_on: dt.date | None = None
    proceeding: str = ""

    def is_writ(self, number: str) -> bool:
        """True when the number is this writ's or its court case's; unknown numbers of ours contradict nothing."""
        known = {writ_key(one) for one in (self.writ, self.court_case) if one}
        return writ_key(number) in known


@dataclass(frozen=True)
class Known:
    """What our books know of the keys of many documents, by key; persons by the printed name; payers by their account."""

    proceedings: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    consolidated: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    writs: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    accounts: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    persons: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    payers: Mapping[str, Sequence[tuple[Hit, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What a document says: its purpose read, who pays (one of the payer words) and from which account."""

    purpose: Examined
    payer: str
    payer_account: str = ""
    payer_name: str = ""


@dataclass(frozen=True)
class Candidate:
    """An account the document may pay, and why."""

    hit: Hit
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What the ladder says. `chosen` is there with `auto` alone; candidates come best first."""

    verdict: str
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    chosen: Hit | None = None


def decide(said: Said, known: Known) -> Answer:
    """Walk the ladder from the strongest evidence down; the first rung that speaks answers."""
    if not said.purpose.text:
        return Answer(NONE, ("назначение платежа пустое",))
    for rung in (_objection, _several, _proceeding, _writ, _account, _restored, _name, _payer):
        answer = rung(said, known)
        if answer is not None:
            return answer
    return _nothing(said)


# --- rungs ----------------------------------------------------------------------------------------------------------
def _objection(said: Said, known: Known) -> Answer | None:
    """Words that say the money is no payment of a debt."""
    code, found = said.purpose.objection, said.purpose.tokens
    if not code:
        return None
    why = (OBJECTIONS[code][1],)
    candidates = _candidates(_exact_hits(said, known), "назван его ключ")
    if code == "register":
        if said.payer in (BANK, FIRM) and not (found.proceedings or found.writs):
            return Answer(REGISTER, why)
        return None if found.proceedings or found.accounts else Answer(REVIEW, ("перевод по реестру: разделите по списку",))
    if code == "between" or (code == "budget" and "сбор" not in said.purpose.text.casefold() and said.payer == BAILIFF):
        return Answer(REVIEW, why, candidates)
    return Answer(NONE, why)


def _several(said: Said, known: Known) -> Answer | None:
    """Two proceedings or two accounts in one text: a person shares the sum out."""
    found = said.purpose.tokens
    if len(found.proceedings) > 1:
        hits = [hit for one in found.proceedings for hit in known.proceedings.get(proceeding_key(one.text), ())]
        return Answer(
            REVIEW, ("названо несколько производств: сумму делит человек",), _candidates(hits, "названо его производство")
        )
    numbers = {one.text for one in found.accounts}
    if len(numbers) > 1 and not found.proceedings:
        hits = [hit for number in sorted(numbers) for hit in known.accounts.get(number, ())]
        if len({hit.account_id for hit in hits}) > 1:
            return Answer(
                REVIEW, ("названо несколько лицевых счетов: сумму делит человек",), _candidates(hits, "назван его счёт")
            )
    return None


def _proceeding(said: Said, known: Known) -> Answer | None:
    found = said.purpose.tokens
    if not found.proceedings:
        return None
    number = found.proceedings[0]
    hits = known.proceedings.get(proceeding_key(number.text), ())
    if number.doubt:
        return Answer(REVIEW, (f"ИП {number.text}: {number.doubt}",), _candidates(hits, f"ИП {number.text}"))
    if not hits:
        return None if _by_writ(said, known) else _unknown(f"производства {number.text} нет в базе")
    return _exact(said, known, list(hits), f"ИП {number.text}")


def _writ(said: Said, known: Known) -> Answer | None:
    """A writ's or order's number is exact with its date or a name beside it; a case number alone is a hint."""
    found = said.purpose.tokens
    printed = said.purpose.purpose.writ
    if not printed:
        return None
    number = next(one for one in (*found.writs, *found.orders) if one.text == printed)
    date = next((one.date for one in (number, *found.orders) if one.date), None)
    hits = _by_writ(said, known)
    if not hits:
        if found.accounts or said.payer not in (BAILIFF, BANK, FIRM, TREASURY):
            return None
        return _unknown(f"документа {printed} нет в базе") if said.payer == BAILIFF else None
    label = f"документ {printed}"
    if number.doubt or not (found.writs or "/" in printed):
        return Answer(REVIEW, (f"{label}: {number.doubt or 'номер без года'}",), _candidates(hits, label))
    hits = _narrowed(hits, said, date)
    if len({hit.account_id for hit in hits}) > 1:
        return Answer(REVIEW, (f"{label}: подходит несколько счетов",), _candidates(hits, label))
    return _with_second_sign(said, known, hits, label, date)


def _account(said: Said, known: Known) -> Answer | None:
    found = said.purpose.tokens
    numbers = list(dict.fromkeys(one.text for one in found.accounts))
    if not numbers:
        return None
    hits = [hit for number in numbers for hit in known.accounts.get(number, ())]
    if not hits:
        return _unknown(f"лицевого счёта {numbers[0]} нет в базе") if said.payer in (CITIZEN, BAILIFF, BANK) else None
    return _exact(said, known, hits, f"л/с {hits[0].account}")


def _restored(said: Said, known: Known) -> Answer | None:
    """Numbers that had to be guessed: from the УИН, of a consolidated proceeding. Never more than a hint."""
    purpose = said.purpose.purpose
    if purpose.proceeding and purpose.uin:
        hits = known.proceedings.get(proceeding_key(purpose.proceeding), ())
        why = ("номер производства восстановлен из УИН",)
        return Answer(REVIEW, why, _candidates(hits, f"ИП {purpose.proceeding} из УИН"))
    if purpose.consolidated:
        hits = known.consolidated.get(proceeding_key(purpose.consolidated), ())
        why = f"названо только сводное производство {purpose.consolidated}"
        return Answer(REVIEW, (why,), _candidates(hits, why))
    return None


def _name(said: Said, known: Known) -> Answer | None:
    """A full name that one account answers to is a hint; two accounts, initials or a surname alone are for review."""
    printed = said.purpose.purpose.debtor
    kind = said.purpose.purpose.kind
    if not printed or kind == "other" or (said.payer == FIRM and kind != "employer"):
        return None
    hits = known.persons.get(printed, ())
    if not hits:
        return None
    same = [hit for hit in hits if _likeness(hit, printed) == person.SAME]
    if len({hit.account_id for hit in same}) == 1:
        why = f"только имя: {printed}, такой должник один"
        return Answer(SUGGEST, (why,), _candidates([*same, *hits], f"имя {printed}"))
    why = f"имя {printed} подходит нескольким счетам" if len(same) > 1 else f"имя {printed} неполное"
    return Answer(REVIEW, (why,), _candidates([*same, *hits], f"имя {printed}"))


def _payer(said: Said, known: Known) -> Answer | None:
    """People have placed money of this payer before: a hint with their reason."""
    learnt = known.payers.get(said.payer_account, ())
    if not learnt:
        return None
    candidates = tuple(Candidate(hit, (why,)) for hit, why in learnt[:MOST_CANDIDATES])
    return Answer(SUGGEST if len(learnt) == 1 else REVIEW, (learnt[0][1],), candidates)


def _nothing(said: Said) -> Answer:
    if said.payer == BAILIFF and said.purpose.purpose.kind != "other":
        return Answer(REVIEW, ("деньги приставов без номера, который есть в базе",))
    if said.payer == CITIZEN:
        return Answer(REVIEW, ("платёж гражданина без лицевого счёта",))
    return Answer(NONE, ("нет ни номера, ни имени наших должников",))


# --- judging one account --------------------------------------------------------------------------------------------
def _exact(said: Said, known: Known, hits: list[Hit], label: str) -> Answer:
    """An exact key was found: book it unless the text says something against it."""
    if len({hit.account_id for hit in hits}) > 1:
        same = [
            hit for hit in hits if said.purpose.purpose.debtor and _likeness(hit, said.purpose.purpose.debtor) == person.SAME
        ]
        why = (f"{label}: подходит несколько счетов",)
        if len({hit.account_id for hit in same}) == 1:
            return Answer(SUGGEST, why, _candidates([*same, *hits], label))
        return Answer(REVIEW, why, _candidates(hits, label))
    against = _against(said, hits[0], known)
    if against:
        return Answer(REVIEW, (label, *against), _candidates(hits, label))
    return _auto(hits[0], (label, *_supports(said, hits[0])))


def _with_second_sign(said: Said, known: Known, hits: list[Hit], label: str, date: dt.date | None) -> Answer:
    hit, printed = hits[0], said.purpose.purpose.debtor
    against = _against(said, hit, known)
    if against:
        return Answer(REVIEW, (label, *against), _candidates(hits, label))
    if date and hit.issued_on and date != hit.issued_on:
        why = f"дата в тексте {date:%d.%m.%Y}, а документ от {hit.issued_on:%d.%m.%Y}"
        return Answer(REVIEW, (label, why), _candidates(hits, label))
    if date and hit.issued_on:
        return _auto(hit, (label, f"дата {date:%d.%m.%Y}"))
    if printed and _likeness(hit, printed) in (person.SAME, person.POSSIBLE):
        return _auto(hit, (label, f"имя {printed}"))
    return Answer(SUGGEST, (label, "нет ни даты, ни имени рядом с номером"), _candidates(hits, label))


def _against(said: Said, hit: Hit, known: Known) -> tuple[str, ...]:
    """What the text says against this account: another's name, another writ, another account."""
    purpose, found = said.purpose.purpose, said.purpose.tokens
    reasons = []
    named = purpose.debtor and hit.names and not _cut_at_end(said, purpose.debtor)
    if named and _likeness(hit, purpose.debtor) == person.DIFFERENT:
        reasons.append(f"в тексте другое имя: {purpose.debtor}, а по счёту {hit.names[0]}")
    numbers = [one.text for one in (*found.writs, *found.orders)]
    if purpose.writ and _same_sort(purpose.writ, hit) and not any(map(hit.is_writ, numbers)):
        reasons.append(f"в тексте другой документ: {purpose.writ}, а по производству {hit.writ}")
    others = [one.text for one in found.accounts if one.text != hit.account]
    if others and hit.account not in [one.text for one in found.accounts]:
        reasons.append(f"в тексте другой лицевой счёт: {others[0]}")
    strangers = [other for other in _exact_hits(said, known) if other.account_id != hit.account_id]
    if strangers and not reasons and not any(other.account_id == hit.account_id for other in _by_writ(said, known)):
        reasons.append(f"другой номер в тексте ведёт к л/с {strangers[0].account}")
    return tuple(reasons)


def _same_sort(printed: str, hit: Hit) -> bool:
    """A number contradicts only a number of its own sort: a blank of a writ is not a case number."""
    series = writ_key(printed)[:2].isalpha()
    return any(writ_key(one)[:2].isalpha() == series for one in (hit.writ, hit.court_case) if one)


def _supports(said: Said, hit: Hit) -> tuple[str, ...]:
    printed = said.purpose.purpose.debtor
    named = (f"имя {printed}",) if printed and _likeness(hit, printed) != person.DIFFERENT else ()
    writ = said.purpose.purpose.writ
    return (*named, *((f"документ {writ}",) if writ and hit.is_writ(writ) else ()))


def _likeness(hit: Hit, printed: str) -> str:
    """How the printed name stands to the people of the account: the best of them."""
    found = {person.compare(name, printed) for name in hit.names}
    return next((one for one in (person.SAME, person.POSSIBLE) if one in found), person.DIFFERENT)


def _cut_at_end(said: Said, name: str) -> bool:
    """The bank cut the text inside this name."""
    return said.purpose.cut and said.purpose.text.rstrip(". ").endswith(name.split()[-1])


def _narrowed(hits: Sequence[Hit], said: Said, date: dt.date | None) -> list[Hit]:
    """Of several writs with one number (courts repeat them) those that the date, then the name, agrees with."""
    hits = list(hits)
    if date and len({hit.account_id for hit in hits}) > 1:
        hits = [hit for hit in hits if hit.issued_on == date] or hits
    printed = said.purpose.purpose.debtor
    if printed and len({hit.account_id for hit in hits}) > 1:
        hits = [hit for hit in hits if _likeness(hit, printed) == person.SAME] or hits
    return sorted(hits, key=lambda hit: hit.issued_on != date) if date else hits


# --- small parts ----------------------------------------------------------------------------------------------------
def _by_writ(said: Said, known: Known) -> list[Hit]:
    printed = said.purpose.purpose.writ
    found = said.purpose.tokens
    numbers = [printed] if printed else []
    if not found.writs:
        numbers += [one.text for one in found.orders if one.text != printed]
    for number in numbers:
        if hits := known.writs.get(writ_key(number)):
            return list(hits)
    return []


def _exact_hits(said: Said, known: Known) -> list[Hit]:
    found = said.purpose.tokens
    hits = [hit for one in found.proceedings for hit in known.proceedings.get(proceeding_key(one.text), ())]
    hits += _by_writ(said, known)
    return hits + [hit for one in found.accounts for hit in known.accounts.get(one.text, ())]


def _auto(hit: Hit, reasons: tuple[str, ...]) -> Answer:
    return Answer(AUTO, reasons, (Candidate(hit, reasons),), hit)


def _unknown(why: str) -> Answer:
    return Answer(REVIEW, (why,))


def _candidates(hits: Iterable[Hit], why: str) -> tuple[Candidate, ...]:
    """One candidate per account, in the order found."""
    first: dict[int, Hit] = {}
    for hit in hits:
        first.setdefault(hit.account_id, hit)
    return tuple(Candidate(hit, (why,)) for hit in list(first.values())[:MOST_CANDIDATES])
