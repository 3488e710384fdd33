"""Finding our writs by what bailiffs call them: number and debtor first, then the number of the proceeding."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from debtors.models import Liability
from enforcement.models import EnforcementProceeding, Writ
from enforcement.rules.same_debtor import DIFFERENT, SAME, compare, writ_key

CHUNK = 2_000


@dataclass(frozen=True)
class Found:
    """Which writ was meant, or why none: `unknown_writ`, `debtor_differs`, `several_writs_fit`."""

    writ: Writ | None
    doubt: str = ""


@dataclass
class WritBook:
    """The creditor's live writs and proceedings that a list of numbers could mean. Three queries per 2 000 numbers."""

    by_number: dict[str, list[Writ]] = field(default_factory=lambda: defaultdict(list))
    by_proceeding: dict[str, list[EnforcementProceeding]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, creditor_id: int, numbers: Iterable[str], proceedings: Iterable[str] = ()) -> "WritBook":
        book = cls()
        writs, running = sorted({n for n in numbers if n}), sorted({n for n in proceedings if n})
        for at in range(0, max(len(writs), len(running)), CHUNK):
            book._load(creditor_id, writs[at : at + CHUNK], running[at : at + CHUNK])
        return book

    def _load(self, creditor_id: int, numbers: list[str], proceedings: list[str]) -> None:
        spelled = {spelling for number in numbers for spelling in spellings(number)}
        live = EnforcementProceeding.objects.live().filter(writ__creditor_id=creditor_id)
        known = live.filter(Q(number__in=proceedings) | Q(writ__number__in=spelled)).select_related("writ")
        for proceeding in known.order_by("id"):
            self.by_proceeding[proceeding.number].append(proceeding)
        meant = Q(number__in=spelled) | Q(proceedings__in=[p.pk for several in self.by_proceeding.values() for p in several])
        found = Writ.objects.live().filter(meant, creditor_id=creditor_id).select_related("debtor", "account", "case_file")
        seen = {writ.pk for several in self.by_number.values() for writ in several}
        fresh = [writ for writ in found.distinct().order_by("id") if writ.pk not in seen]
        for writ in fresh:
            self.by_number[writ_key(writ.number)].append(writ)
            self.names[writ.pk] = [writ.account.holder_name, writ.debtor.name if writ.debtor else ""]
        self._more_names(fresh)

    def _more_names(self, writs: list[Writ]) -> None:
        """A writ against joint debtors may be printed under any of them."""
        owed = defaultdict(list)
        for writ in writs:
            if writ.debtor_id is None:
                owed[writ.account_id].append(writ.pk)
        people = Liability.objects.filter(account__in=owed).values_list("account_id", "debtor__name")
        for account, name in people:
            for writ in owed[account]:
                self.names[writ].append(name)

    def find(self, number: str, debtor: str, issued_on: dt.date | None, proceeding: str = "") -> Found:
        """The one writ of this number and debtor. A name that is only alike needs the day of the writ, or the proceeding."""
        candidates = self.by_number.get(writ_key(number), []) if number else []
        running = {one.writ_id for one in self.by_proceeding.get(proceeding, [])} if proceeding else set()
        if not number:
            candidates = [writ for several in self.by_number.values() for writ in several if writ.pk in running]
        if not candidates:
            return Found(None, "unknown_writ")
        fitting = [writ for writ in candidates if self._fits(writ, debtor, issued_on, running)]
        if not fitting:
            return Found(None, "debtor_differs")
        return self._one_of(fitting, issued_on, running)

    def _fits(self, writ: Writ, debtor: str, issued_on: dt.date | None, running: set[int]) -> bool:
        verdicts = {compare(name, debtor) for name in self.names[writ.pk] if name} or {SAME}
        if SAME in verdicts:
            return True
        sure = writ.pk in running or (issued_on is not None and issued_on == writ.issued_on)
        return sure and verdicts != {DIFFERENT}

    @staticmethod
    def _one_of(fitting: list[Writ], issued_on: dt.date | None, running: set[int]) -> Found:
        for narrowed in (
            fitting,
            [writ for writ in fitting if writ.pk in running],
            [writ for writ in fitting if issued_on and writ.issued_on == issued_on],
        ):
            if len(narrowed) == 1:
                return Found(narrowed[0])
        return Found(None, "several_writs_fit")

    def proceeding_of(self, writ: Writ, number: str) -> EnforcementProceeding | None:
        """The writ's proceeding of this number, when it is known."""
        return next((one for one in self.by_proceeding.get(number, []) if one.writ_id == writ.pk), None)


def spellings(number: str) -> set[str]:
    """How the same number may stand in the books: as printed, and a series with and without its space."""
    key = writ_key(number)
    forms = {number, number.strip(), "".join(number.split())}
    if len(key) == 11 and key[:2] in ("фс", "вс") and key[2:].isdigit():
        series, digits = key[:2].upper(), key[2:]
        forms |= {f"{series} {digits}", f"{series}{digits}", f"{series} № {digits}", f"{series} №{digits}"}
    return forms | {form.lower() for form in forms} | {form.upper() for form in forms}
