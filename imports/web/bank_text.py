"""A purpose with what was found in it marked, as pieces for a template."""

from dataclasses import dataclass

from imports.matching.purpose import examine

NAMES = {
    "proceeding": "производство",
    "consolidated": "сводное производство",
    "writ": "исполнительный документ",
    "order": "номер дела или приказа",
    "account": "лицевой счёт",
    "uin": "УИН",
    "debtor": "имя",
}


@dataclass(frozen=True)
class Piece:
    """A piece of the text; `kind` is empty for plain words."""

    text: str
    kind: str = ""

    @property
    def title(self) -> str:
        return NAMES.get(self.kind, "")


def pieces(purpose: str) -> list[Piece]:
    """The cleaned purpose cut at its tokens."""
    read = examine(purpose)
    found, text = read.tokens, read.text
    spans = [(one.start, one.end, "proceeding") for one in found.proceedings]
    spans += [(one.start, one.end, "consolidated") for one in found.consolidated]
    spans += [(one.start, one.end, "writ") for one in found.writs]
    spans += [(one.start, one.end, "order") for one in found.orders]
    spans += [(one.start, one.end, "account") for one in found.accounts]
    spans += [(found.uin.start, found.uin.end, "uin")] if found.uin else []
    name = read.purpose.debtor
    if name and (at := text.find(name)) >= 0:
        spans.append((at, at + len(name), "debtor"))
    return _cut(text, sorted(spans))


def _cut(text: str, spans: list[tuple[int, int, str]]) -> list[Piece]:
    cut, place = [], 0
    for start, end, kind in spans:
        if start < place:
            continue
        if start > place:
            cut.append(Piece(text[place:start]))
        cut.append(Piece(text[start:end], kind))
        place = end
    return [*cut, Piece(text[place:])] if place < len(text) else cut
