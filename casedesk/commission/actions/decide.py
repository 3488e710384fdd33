"""Decide on a case: what is proposed, how the members voted, whether the debtor came."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.commission.actions.locked import locked
from casedesk.commission.models import AgendaItem, Attendance, Decision, Vote
from casedesk.commission.queries.quorum import regulations_of
from casedesk.commission.rules import voting
from casedesk.commission.rules.decision_kinds import KINDS, TASKS
from casedesk.commission.rules.words import CAME_NAMES, Choice
from casedesk.common.refusals import Refusal


class DecisionIncomplete(Refusal):
    """The kind of decision needs more to be said."""

    code = "decision_incomplete"


class AlreadyProposed(Refusal):
    """A decision of this kind on this case is there already."""

    code = "already_proposed"


class ProposalGone(Refusal):
    """The proposal was taken back while somebody had its page open."""

    code = "proposal_gone"


class WrongVotes(Refusal):
    """Somebody absent voted, somebody present did not, or a vote is none of the three."""

    code = "wrong_votes"


@transaction.atomic
def propose(
    *,
    item: AgendaItem,
    kind: str,
    by: User,
    on: dt.date,
    text: str = "",
    addressee: str = "",
    responsible: Organisation | None = None,
    due_on: dt.date | None = None,
) -> Decision:
    """Put a decision to the vote; a task gets the kind's usual term and the case's creditor unless told otherwise.

    Raises NotAllowed outside an open meeting, AlreadyProposed, DecisionIncomplete.
    """
    meeting = locked(item.meeting, "decide", by=by, on=on)
    if kind not in KINDS:
        raise DecisionIncomplete(f"Решения «{kind}» нет в перечне. Есть: {', '.join(one.name for one in KINDS.values())}.")
    chosen, is_task = KINDS[kind], kind in TASKS
    if Decision.objects.filter(item=item, kind=kind).exists():
        raise AlreadyProposed(
            f"По вопросу {item.position} решение «{chosen.name}» уже предложено. Измените его или выберите другое."
        )
    if chosen.needs_addressee and not addressee.strip():
        raise DecisionIncomplete(f"«{chosen.name.capitalize()}»: назовите, куда передать.")
    if is_task:
        due_on = due_on or meeting.held_on + dt.timedelta(days=chosen.days)
        if due_on < meeting.held_on:
            raise DecisionIncomplete(
                f"Срок {due_on:%d.%m.%Y} раньше заседания {meeting.held_on:%d.%m.%Y}. Укажите день не раньше."
            )
    return Decision.objects.create(
        item=item,
        kind=kind,
        text=text.strip(),
        addressee=addressee.strip(),
        responsible=(responsible or item.case.creditor) if is_task else None,
        due_on=due_on if is_task else None,
        proposed_on=on,
        proposed_by=by,
    )


@transaction.atomic
def withdraw(*, decision: Decision, by: User, on: dt.date) -> None:
    """Take a proposal back while the meeting goes on. Raises NotAllowed."""
    locked(decision.item.meeting, "decide", by=by, on=on)
    decision.delete()


@transaction.atomic
def vote(*, decision: Decision, votes: Mapping[int, str], by: User, on: dt.date) -> Decision:
    """Record how each seat voted (seat -> choice) and what it came to; voting again replaces the earlier vote.

    Raises NotAllowed outside an open meeting, ProposalGone, WrongVotes.
    """
    meeting = locked(decision.item.meeting, "decide", by=by, on=on)
    words = str(decision)
    decision = Decision.objects.select_for_update().filter(pk=decision.pk).first()
    if decision is None:
        raise ProposalGone(f"«{words}»: предложение уже снято. Обновите страницу и, если нужно, внесите его снова.")
    _check(meeting, votes)
    decision.votes.all().delete()
    Vote.objects.bulk_create([Vote(decision=decision, seat_id=seat, choice=choice) for seat, choice in votes.items()])
    rules = regulations_of(meeting)
    found = voting.count(votes, presiding_seat=meeting.presided_by_seat_id, base=rules.majority_of, casting=rules.casting_vote)
    decision.votes_for, decision.votes_against, decision.votes_abstained = found.for_, found.against, found.abstained
    decision.outcome, decision.by_casting = found.outcome, found.by_casting
    decision.save(update_fields=["votes_for", "votes_against", "votes_abstained", "outcome", "by_casting"])
    return decision


def voters(meeting) -> list[Attendance]:
    """The seats that vote: with a vote, here in person or through a representative."""
    here = Attendance.objects.filter(meeting=meeting, seat__has_vote=True, presence__in=voting.TAKES_PART)
    return list(here.select_related("seat").order_by("seat_id"))


def _check(meeting, votes: Mapping[int, str]) -> None:
    names = {one.seat_id: one.seat.name for one in voters(meeting)}
    wrong = [choice for choice in votes.values() if choice not in set(Choice)]
    if wrong:
        raise WrongVotes(f"Голос «{wrong[0]}» непонятен: нужен «за», «против» или «воздержался».")
    if set(votes) - set(names):
        raise WrongVotes("Голос отдан за того, кого на заседании нет или у кого нет права голоса.")
    silent = [name for seat, name in names.items() if seat not in votes]
    if silent:
        raise WrongVotes(f"Не отмечен голос: {', '.join(silent)}. Кто не голосовал ни за, ни против, воздержался.")


@transaction.atomic
def hear(*, item: AgendaItem, came: str, heard: str, by: User, on: dt.date) -> AgendaItem:
    """Whether the debtor came and what was said. Raises NotAllowed outside an open meeting, DecisionIncomplete."""
    locked(item.meeting, "decide", by=by, on=on)
    if came not in CAME_NAMES:
        raise DecisionIncomplete("Отметьте, пришёл ли должник: это войдёт в протокол и в отчёт комиссии.")
    item.came, item.heard = came, heard.strip()[:1000]
    item.save(update_fields=["came", "heard"])
    return item
