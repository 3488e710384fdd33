"""The catalogue of kinds of papers. Rooms register theirs when Django starts; nothing here knows the database."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from casedesk.documents.rules.checks import Check
from casedesk.documents.rules.fields import Field

REQUISITES = (
    Field("name", "взыскатель", "text", "полное наименование взыскателя"),
    Field("short_name", "взыскатель_кратко", "text", "краткое наименование взыскателя"),
    Field("inn", "инн", "text", "ИНН взыскателя", required=False),
    Field("kpp", "кпп", "text", "КПП взыскателя", required=False),
    Field("ogrn", "огрн", "text", "ОГРН взыскателя", required=False),
    Field("creditor_address", "адрес_взыскателя", "text", "адрес взыскателя", required=False),
    Field("phone", "телефон", "text", "телефон взыскателя", required=False),
    Field("email", "почта", "text", "электронная почта взыскателя", required=False),
    Field("account", "расчётный_счёт", "text", "расчётный счёт", required=False),
    Field("bank", "банк", "text", "банк взыскателя", required=False),
    Field("bic", "бик", "text", "БИК", required=False),
    Field("corr_account", "корр_счёт", "text", "корреспондентский счёт", required=False),
    Field("signer", "подписант", "person", "кто подписывает", required=False),
    Field("signer_post", "должность_подписанта", "text", "должность подписанта", required=False),
    Field("signer_basis", "основание_подписи", "text", "устав или доверенность с номером и датой", required=False),
    Field("executor", "исполнитель", "text", "кто составил документ"),
    Field("number", "номер", "text", "исходящий номер документа"),
    Field("day", "дата", "day", "день документа"),
)
"""What every paper may print of its creditor and of itself; filled in by the engine."""


@dataclass(frozen=True)
class DocumentKind:
    """A kind of paper: its fields, how it checks itself, and the shipped template as text (see `rules/paper_source.py`).

    `total` names the money field shown in lists and registers, `addressee` and `address` the fields a print run sorts and
    lists by. `code` is stored with documents and must not change.
    """

    code: str
    title: str
    source: Path
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()
    total: str = ""
    addressee: str = ""
    address: str = ""
    about: str = ""
    own: tuple[Field, ...] = field(init=False, default=REQUISITES)

    def __post_init__(self):
        words = [one.word for one in self.all_fields]
        doubled = {word for word in words if words.count(word) > 1}
        if doubled:
            raise ValueError(f"kind {self.code}: merge fields declared twice: {', '.join(sorted(doubled))}")
        names = {one.name for one in self.fields}
        shadowed = names & {one.name for one in self.own}
        if shadowed:
            raise ValueError(f"kind {self.code}: the engine fills these fields itself: {', '.join(sorted(shadowed))}")
        for given in filter(None, (self.total, self.addressee, self.address)):
            if given not in names:
                raise ValueError(f"kind {self.code}: no field {given!r}")

    @property
    def all_fields(self) -> tuple[Field, ...]:
        return self.fields + self.own

    @cached_property
    def by_word(self) -> dict[str, Field]:
        """Merge field -> field."""
        return {one.word: one for one in self.all_fields}

    def source_text(self) -> str:
        return self.source.read_text(encoding="utf-8")

    def __hash__(self) -> int:
        return hash(self.code)


class UnknownKind(LookupError):
    """No room registered this kind of paper."""


_KINDS: dict[str, DocumentKind] = {}


def register(*kinds: DocumentKind) -> None:
    """Make kinds known. Repeating the same is harmless; a code taken by another kind raises ValueError."""
    for kind in kinds:
        known = _KINDS.get(kind.code)
        if known and known.source != kind.source:
            raise ValueError(f"document kind {kind.code!r} is taken by «{known.title}»")
        _KINDS[kind.code] = kind


def find(code: str) -> DocumentKind:
    """The kind by code. Raises UnknownKind naming the known ones."""
    try:
        return _KINDS[code]
    except KeyError:
        raise UnknownKind(f"no document kind {code!r}; known: {', '.join(sorted(_KINDS)) or 'none'}") from None


def all_kinds() -> list[DocumentKind]:
    """Every registered kind, by title."""
    return sorted(_KINDS.values(), key=lambda kind: kind.title)


def title_of(code: str) -> str:
    """The title for people; the bare code when the kind is no longer known."""
    kind = _KINDS.get(code)
    return kind.title if kind else code
