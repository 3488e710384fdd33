"""Hold a claim while something happens to it. One order for everybody, so that two people never wait for each other.

The creditor's books, then case files by key, then accounts, then claims, then writs. What locks more than one of them takes
them in this order, whatever it needs them for; preparing claims and bookings do the same.
"""

from casedesk.access.models import Organisation
from debtors.actions.moves import hold_cases
from debtors.actions.replay_terms import lock_books, moves_terms
from enforcement.models import Claim
from enforcement.states.claim_moves import case_code

IN_THE_BOOKS = ("writ_issued",)
"""Events that make an award of the ledger."""


def lock_claim(claim: Claim) -> Claim:
    """The claim as it stands now with its case, both held until the transaction ends."""
    hold_cases([claim.case_file_id])
    held = Claim.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("creditor", "case_file").get(pk=claim.pk)


def lock_for_event(claim: Claim, code: str) -> Claim:
    """The same, the creditor's books before it where recording the event, or taking it back, comes to the ledger."""
    if code in IN_THE_BOOKS:
        hold_books(claim.creditor_id)
    elif moves_terms(case_code(code, claim.is_order)):
        lock_books(claim.case_file)
    return lock_claim(claim)


def hold_books(creditor_id: int) -> None:
    """Hold the creditor's ledger. Rows that only name the creditor may be written meanwhile."""
    Organisation.objects.select_for_update(no_key=True).get(pk=creditor_id)
