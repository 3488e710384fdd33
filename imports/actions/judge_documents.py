"""Walk the matching ladder for many bank documents at once."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from imports.matching import ladder
from imports.matching.purpose import Examined, examine
from imports.queries.match_book import known_for
from imports.rules.payers import channel_of, payer_of

Progress = Callable[[int, int, str], None]
EVERY = 1_000


@dataclass(frozen=True)
class Asked:
    """What of a document the ladder looks at."""

    purpose: str
    payer_account: str
    payer_name: str


@dataclass(frozen=True)
class Judged:
    """The ladder's answer on one document, with the purpose as it was read and the channel its money would count by."""

    purpose: Examined
    payer: str
    answer: ladder.Answer
    channel: str


def judge_documents(*, creditor_id: int, documents: Iterable[Asked], progress: Progress | None = None) -> list[Judged]:
    """One answer for each document, in their order. A fixed number of queries. Needs a transaction."""
    said = []
    for number, one in enumerate(documents, start=1):
        payer = payer_of(one.payer_account, one.payer_name)
        said.append(ladder.Said(examine(one.purpose), payer, one.payer_account, one.payer_name))
        if progress and number % EVERY == 0:
            progress(number, 0, f"прочитано назначений: {number}")
    known = known_for(creditor_id, said)
    return [
        Judged(one.purpose, one.payer, ladder.decide(one, known), channel_of(one.payer, one.purpose.purpose.kind))
        for one in said
    ]


def designated(judged: Judged) -> int | None:
    """The month that a debtor's own payment names; money on a writ goes to the writ's months and names none."""
    period, chosen = judged.purpose.purpose.period, judged.answer.chosen
    if not period or (chosen is not None and chosen.writ_id is not None):
        return None
    year, month = (int(part) for part in period.split("-"))
    return year * 12 + month - 1


def day_of(received_on: dt.date | None, charged_on: dt.date | None, dated_on: dt.date) -> dt.date:
    """The day the money counts: when it came or went, else the document's own."""
    return received_on or charged_on or dated_on
