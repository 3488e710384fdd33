"""Building a town: live every account's life once, file its facts, judge it, forget it."""

from collections.abc import Callable
from pathlib import Path

from casedesk.town.life import live
from casedesk.town.manifest import write_manifest
from casedesk.town.outbox import Outbox
from casedesk.town.papers import Papers
from casedesk.town.plan import TownPlan
from casedesk.town.reconciliations import write_reconciliations
from casedesk.town.truth import Truth


def build_town(plan: TownPlan, root: Path, *, tell: Callable[[int], None] = lambda done: None) -> dict:
    """Write the town under `root` and return its summary: `{"accounts", "files", "charges", "payments", "root"}`.

    `tell` hears how many accounts are done. Raises FileExistsError when the folder already holds something else.
    """
    if root.exists() and any(root.iterdir()) and not (root / "manifest.json").exists():
        raise FileExistsError(f"{root} не пуст и не содержит городка: укажите другую папку")
    outbox, papers, truth = Outbox(plan, root), Papers(plan, root), Truth(plan)
    done = 0
    for done, account in enumerate(live(plan), start=1):
        outbox.file_account(account)
        outbox.file_charges(account)
        outbox.file_payments(account)
        papers.file(account)
        truth.judge(account)
        tell(done)
    sheets, others = outbox.close(), papers.close()
    noise, documents = papers.spoil()
    write_manifest(plan, root, sheets, others, noise)
    truth.write(root / "truth.json", [*sheets, *others], root, {"file": noise.path.name, "documents": documents})
    write_reconciliations(plan, root, papers.writs)
    return {
        "accounts": done,
        "files": len(sheets) + len(others),
        "charges": truth.charges,
        "payments": truth.payments,
        "out": str(root),
    }
