"""What our books know of the keys of many bank documents: a fixed number of queries, whatever the number of documents.

Only the keys that the documents name are asked for; people are looked through once, and only when some document names
nothing but a person. Needs a transaction: the keys stand in a table of it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from debtors.models import Liability, UtilityAccount
from debtors.queries.dialect import LIVE, bulk_load, execute, fresh_table, on_postgres, rows
from imports.matching import person
from imports.matching.keys import proceeding_key, proceeding_spellings, writ_key, writ_spellings
from imports.matching.ladder import Hit, Known, Said
from imports.models import PayerPattern

KEYS, FOUND = "match_keys", "match_found"
PROCEEDING, CONSOLIDATED, WRIT, ACCOUNT, PAYER = "p", "c", "w", "a", "y"
_STANDING = f"(w.booking_id IS NULL OR w.{LIVE})"
_OF_WRIT = "a.id, a.number, a.holder_name, w.id, w.number, w.court_case, w.issued_on"
Hits = dict[str, list[Hit]]


def known_for(creditor_id: int, documents: Iterable[Said]) -> Known:
    """Look up everything that these documents name among the creditor's accounts, writs, proceedings, people and payers."""
    documents = list(documents)
    _load_keys(documents)
    by_proceeding = _proceedings(creditor_id, PROCEEDING, "p.number")
    consolidated = _proceedings(creditor_id, CONSOLIDATED, "p.consolidated_number")
    writs, accounts = _writs(creditor_id), _accounts(creditor_id)
    payers = _payers(creditor_id, documents)
    people = _people(
        hit.account_id for found in (by_proceeding, consolidated, writs, accounts) for hits in found.values() for hit in hits
    )
    return Known(
        proceedings=_named(by_proceeding, people),
        consolidated=_named(consolidated, people),
        writs=_named(writs, people),
        accounts=_named(accounts, people),
        persons=_persons(creditor_id, {name for one in documents if (name := _only_name(one))}),
        payers=payers,
    )


def _load_keys(documents: Iterable[Said]) -> None:
    fresh_table(KEYS, "sort varchar(1) NOT NULL, key varchar(80) NOT NULL, spelled varchar(100) NOT NULL")
    bulk_load(KEYS, ("sort", "key", "spelled"), sorted({key for one in documents for key in _keys(one)}))
    execute(f"CREATE INDEX IF NOT EXISTS {KEYS}_by_spelling ON {KEYS} (sort, spelled)")
    if on_postgres():
        execute(f"ANALYZE {KEYS}")


def _keys(said: Said) -> Iterator[tuple[str, str, str]]:
    purpose, found = said.purpose.purpose, said.purpose.tokens
    numbers = [one.text for one in found.proceedings]
    numbers += [purpose.proceeding] if purpose.proceeding else []
    yield from ((PROCEEDING, proceeding_key(one), spelled) for one in numbers for spelled in proceeding_spellings(one))
    for one in found.consolidated:
        yield from ((CONSOLIDATED, proceeding_key(one.text), spelled) for spelled in (one.text, proceeding_key(one.text)))
    for one in (*found.writs, *found.orders):
        yield from ((WRIT, writ_key(one.text)[:80], spelled[:100]) for spelled in writ_spellings(one.text))
    yield from ((ACCOUNT, one.text, one.text) for one in found.accounts)


def _proceedings(creditor_id: int, sort: str, column: str) -> Hits:
    found = rows(
        f"""SELECT DISTINCT k.key, {_OF_WRIT}, p.number
            FROM {KEYS} k JOIN enforcement_enforcementproceeding p ON {column} = k.spelled
            JOIN enforcement_writ w ON w.id = p.writ_id AND w.creditor_id = %s AND {_STANDING}
            JOIN debtors_utilityaccount a ON a.id = w.account_id
            WHERE k.sort = '{sort}' AND (p.booking_id IS NULL OR p.{LIVE}) ORDER BY 1, w.issued_on DESC""",
        [creditor_id],
    )
    return _hits(found)


def _writs(creditor_id: int) -> Hits:
    """Writs by their own number or by their case's."""
    matched = " UNION ".join(
        f"""SELECT k.key, {_OF_WRIT} FROM {KEYS} k
            JOIN enforcement_writ w ON w.creditor_id = %s AND w.{column} = k.spelled AND {_STANDING}
            JOIN debtors_utilityaccount a ON a.id = w.account_id WHERE k.sort = '{WRIT}'"""
        for column in ("number", "court_case")
    )
    return _hits(rows(f"SELECT m.*, '' FROM ({matched}) m ORDER BY 1, 5", [creditor_id, creditor_id]))


def _accounts(creditor_id: int) -> Hits:
    standing = (
        "(a.first_booking_id IS NULL OR a.first_booking_id NOT IN (SELECT id FROM debtors_booking WHERE undone_at IS NOT NULL))"
    )
    numbered = f"""SELECT k.key, a.id, a.number, a.holder_name FROM {KEYS} k
        JOIN debtors_utilityaccount a ON a.creditor_id = %s AND a.number = k.spelled
        WHERE k.sort = '{ACCOUNT}' AND {standing}"""
    # Other numbers have no index: the accounts that have one are walked through once and looked up among the keys.
    named_otherwise = [
        f"""SELECT k.key, a.id, a.number, a.holder_name FROM debtors_utilityaccount a CROSS JOIN {KEYS} k
            WHERE a.creditor_id = %s AND a.{column} <> '' AND k.sort = '{ACCOUNT}' AND k.spelled = a.{column} AND {standing}"""
        for column in ("unified_number", "gis_id")
    ]
    matched = " UNION ".join([numbered, *named_otherwise])
    found = rows(f"SELECT m.*, NULL, '', '', NULL, '' FROM ({matched}) m ORDER BY 1, 2", [creditor_id] * 3)
    return _hits(found)


def _hits(found: Iterable[tuple]) -> Hits:
    hits: Hits = defaultdict(list)
    for key, account_id, number, holder, writ_id, writ, court_case, issued_on, proceeding in found:
        names = (holder,) if holder else ()
        hits[key].append(Hit(account_id, number, names, writ_id, writ, court_case, _day(issued_on), proceeding))
    return hits


def _day(value: dt.date | str | None) -> dt.date | None:
    """SQLite hands days over as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _people(account_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Everybody who is liable for the accounts, by account."""
    fresh_table(FOUND, "account_id bigint PRIMARY KEY")
    bulk_load(FOUND, ("account_id",), ((pk,) for pk in sorted(set(account_ids))))
    names: dict[int, tuple[str, ...]] = {}
    for pk, name in rows(
        f"""SELECT l.account_id, d.name FROM {FOUND} f JOIN debtors_liability l ON l.account_id = f.account_id
            JOIN debtors_debtor d ON d.id = l.debtor_id ORDER BY 1, 2"""
    ):
        names[pk] = (*names.get(pk, ()), name)
    return names


def _named(found: Hits, people: dict[int, tuple[str, ...]]) -> Hits:
    return {
        key: [replace(hit, names=tuple(dict.fromkeys((*hit.names, *people.get(hit.account_id, ()))))) for hit in hits]
        for key, hits in found.items()
    }


def _only_name(said: Said) -> str | None:
    """The printed name when the text gives no number that could be a key."""
    found = said.purpose.tokens
    if found.proceedings or found.accounts:
        return None
    return said.purpose.purpose.debtor


def _persons(creditor_id: int, printed: set[str]) -> Hits:
    """Accounts whose people the printed names may be: one pass over the creditor's names, forms made of the likely ones."""
    if not printed:
        return {}
    wanted: dict[str, list[str]] = defaultdict(list)
    for name in sorted(printed):
        for start in {word[:letters] for word in person.tokens(name) for letters in person.KEY_LETTERS if len(word) >= letters}:
            wanted[start].append(name)
    hits: Hits = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    fitting: dict[str, list[str]] = {}
    for account_id, number, name in _every_name(creditor_id):
        if name not in fitting:
            fitting[name] = _fitting(name, wanted)
        for asked in fitting[name]:
            if (asked, account_id) not in seen:
                seen.add((asked, account_id))
                hits[asked].append(Hit(account_id, number, (name,)))
    return hits


def _fitting(name: str, wanted: dict[str, list[str]]) -> list[str]:
    """The printed names that this person of ours may be: those with a word that begins as the surname does in every case."""
    likely = wanted.get(person.surname_key(name), ())
    return [asked for asked in likely if person.compare(name, asked) != person.DIFFERENT]


def _every_name(creditor_id: int) -> Iterator[tuple[int, str, str]]:
    """(account id, number, name) of every holder and everybody liable."""
    accounts = UtilityAccount.objects.filter(creditor_id=creditor_id).standing().exclude(holder_name="")
    yield from accounts.order_by("number").values_list("id", "number", "holder_name").iterator(20_000)
    liable = Liability.objects.filter(account__creditor_id=creditor_id).order_by("account__number")
    yield from liable.values_list("account_id", "account__number", "debtor__name").iterator(20_000)


def _payers(creditor_id: int, documents: Iterable[Said]) -> dict[str, list[tuple[Hit, str]]]:
    """What people have learnt of the payers: by their bank account, newest first."""
    asked = {one.payer_account for one in documents if one.payer_account}
    found: dict[str, list[tuple[Hit, str]]] = defaultdict(list)
    patterns = PayerPattern.objects.live().filter(creditor_id=creditor_id).select_related("account", "learnt_by")
    for pattern in patterns:
        if pattern.payer_account in asked:
            who = f", {pattern.learnt_by.short_name}" if pattern.learnt_by else ""
            why = f"раньше этот плательщик платил за л/с {pattern.account.number} ({pattern.learnt_at:%d.%m.%Y}{who})"
            found[pattern.payer_account].append((Hit(pattern.account_id, pattern.account.number), why))
    return found
