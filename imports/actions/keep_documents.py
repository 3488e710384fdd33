"""Write bank documents with their candidates and the program's own decisions: a fixed number of statements."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from casedesk.common.keys import reserve_ids
from debtors.queries.dialect import bulk_load
from imports.actions.judge_documents import Judged
from imports.models import BankDocument, DecisionLine, ImportBatch, MatchCandidate, MatchDecision
from imports.statements.documents import Document

State, Kind = BankDocument.State, MatchDecision.Kind
_DOCUMENT = ("id", "creditor_id", "batch_id", "row", "own_account", "direction", "kind", "number", "dated_on", "counts_on")
_DOCUMENT += ("amount", "other_account", "other_name", "other_inn", "payer", "uin", "purpose", "verdict", "reasons", "state")
_CANDIDATE = ("document_id", "place", "account_id", "writ_id", "proceeding", "reasons")
_DECISION = ("id", "document_id", "kind", "reason", "decided_at", "booking_id", "undo_reason")
_LINE = ("decision_id", "account_id", "writ_id", "amount", "channel", "row")


@dataclass
class Taken:
    """A document of a file that is new to the books; money in carries the ladder's answer."""

    document: Document
    direction: str
    own_account: str
    other_account: str
    counts_on: dt.date
    judged: Judged | None = None
    held: tuple[str, ...] = field(default_factory=tuple)
    """Why an exact match is not booked all the same."""

    @property
    def verdict(self) -> str:
        if self.judged is None:
            return ""
        return BankDocument.Verdict.REVIEW if self.held else self.judged.answer.verdict

    @property
    def reasons(self) -> list[str]:
        return [] if self.judged is None else [*self.held, *self.judged.answer.reasons]

    @property
    def state(self) -> str:
        """Where the document stands by the ladder alone. Money of bailiffs is never put aside by a program."""
        if self.judged is None:
            return State.OUTSIDE
        if self.verdict == BankDocument.Verdict.AUTO:
            return State.BOOKED
        if self.verdict == BankDocument.Verdict.NONE and self.judged.payer != BankDocument.Payer.BAILIFF:
            return State.NOT_OURS
        return State.WAITING


def keep_documents(*, batch: ImportBatch, taken: Sequence[Taken], at: dt.datetime, draft: bool = False) -> None:
    """Write the documents of a saved batch; with `draft` they are only there to be looked at."""
    ids = reserve_ids(BankDocument, len(taken))
    pairs = list(zip(ids, taken, strict=True))
    bulk_load(BankDocument._meta.db_table, _DOCUMENT, (_document(pk, one, batch, draft) for pk, one in pairs))
    bulk_load(MatchCandidate._meta.db_table, _CANDIDATE, (line for pk, one in pairs for line in _candidates(pk, one)))
    if not draft:
        _decide(batch, pairs, at)


def forget_drafts(batch: ImportBatch) -> None:
    """Throw the documents of a preview away."""
    drafts = BankDocument.objects.filter(batch=batch, state=State.DRAFT)
    MatchCandidate.objects.filter(document__in=drafts).delete()
    drafts.delete()


def _document(pk: int, one: Taken, batch: ImportBatch, draft: bool) -> tuple:
    document = one.document
    incoming = one.direction == BankDocument.Direction.INCOMING
    name, inn = (document.payer_name, document.payer_inn) if incoming else (document.payee_name, document.payee_inn)
    return (
        pk,
        batch.creditor_id,
        batch.pk,
        document.line,
        one.own_account[:30],
        one.direction,
        document.kind[:60],
        document.number[:40],
        document.date,
        one.counts_on,
        document.amount,
        one.other_account[:30],
        name[:300],
        inn[:12],
        one.judged.payer if one.judged else "",
        document.code[:40],
        document.purpose,
        one.verdict,
        json.dumps(one.reasons, ensure_ascii=False),
        State.DRAFT.value if draft else str(one.state),
    )


def _candidates(pk: int, one: Taken):
    if one.judged is None:
        return
    for place, candidate in enumerate(one.judged.answer.candidates, start=1):
        hit = candidate.hit
        reasons = json.dumps(list(candidate.reasons), ensure_ascii=False)
        yield pk, place, hit.account_id, hit.writ_id, hit.proceeding[:40], reasons


def _decide(batch: ImportBatch, pairs: Sequence[tuple[int, Taken]], at: dt.datetime) -> None:
    decided = [(pk, one) for pk, one in pairs if one.state in (State.BOOKED, State.NOT_OURS)]
    keys = reserve_ids(MatchDecision, len(decided))
    decisions, lines = [], []
    for key, (pk, one) in zip(keys, decided, strict=True):
        booked = one.state == State.BOOKED
        kind = Kind.AUTO if booked else Kind.NOT_DEBT
        why = "; ".join(one.reasons)[:500]
        decisions.append((key, pk, kind.value, why, at, batch.booking_id if booked else None, ""))
        if booked:
            hit = one.judged.answer.chosen
            lines.append((key, hit.account_id, hit.writ_id, one.document.amount, one.judged.channel, one.document.line))
    bulk_load(MatchDecision._meta.db_table, _DECISION, decisions)
    bulk_load(DecisionLine._meta.db_table, _LINE, lines)
